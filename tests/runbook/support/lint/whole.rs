//! What only a whole script can keep.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::report;
use crate::support::cmdlets::CHANGING;
use crate::support::script::Script;

pub(super) fn header(script: &Script<'_>) -> Vec<String> {
    let needed = [
        "#Requires -Version 5.1\n\n<#\n.SYNOPSIS\n",
        "#>\n[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]\nparam(\n",
        "\nSet-StrictMode -Version 3.0\n",
        "\n$ErrorActionPreference = 'Stop'\n",
        // What the operator and the script prefer reaches the cmdlets of every block.
        "\n$PSDefaultParameterValues = @{ '*-Cs*:ErrorAction' = 'Stop'; '*-Cs*:Confirm' = $false }\n",
        "\nif ($Force -or $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }\n",
    ];
    let mut findings: Vec<String> =
        needed.iter().filter(|text| !script.text.contains(**text)).map(|text| format!("lacks {text:?}")).collect();
    if !script.text.starts_with("#Requires") {
        findings.push("does not start with #Requires".into());
    }
    let trailing = script.text.lines().filter(|line| line.ends_with([' ', '\t']));
    findings.extend(trailing.map(|line| format!("trailing white space: {line}")));
    findings
}

/// What changes anything stands in the block `-Do` of a step: only that runs after a yes. With `-WhatIf` it only asks.
pub(super) fn checks_change(script: &Script<'_>) -> Vec<String> {
    let bad = |command: &Node<'_>| {
        let name = script.command_name(*command).unwrap_or_default();
        (CHANGING.contains(&name.as_str()) || script.of(*command).starts_with("& \"$env:"))
            && !script.arguments(*command).contains(&"whatif".to_owned())
            && !is_done(script, *command)
    };
    report(script, script.all("command").into_iter().filter(bad))
}

/// Whether a node stands in a script block that follows the parameter `-Do`.
fn is_done(script: &Script<'_>, node: Node<'_>) -> bool {
    let mut around = Some(node);
    while let Some(current) = around {
        if current.kind() == "script_block_expression" {
            let before = script.text[..current.start_byte()].trim_end();
            if before.ends_with("-Do") {
                return true;
            }
        }
        around = script.parent(current);
    }
    false
}

/// A cmdlet of the product stands on one line.
pub(super) fn broken_line(script: &Script<'_>) -> Vec<String> {
    let bad = |command: &Node<'_>| {
        let name = script.command_name(*command).unwrap_or_default();
        name.contains("-Cs") && script.of(*command).lines().next().is_some_and(|line| line.ends_with('`'))
    };
    report(script, script.all("command").into_iter().filter(bad))
}

/// The names of the commands of a script.
pub(crate) fn calls(script: &Script<'_>) -> BTreeSet<String> {
    script.all("command").into_iter().filter_map(|command| script.command_name(command)).collect()
}

/// Every function of a module is called by another one or by a script; those that scripts call are exported, no others.
pub(crate) fn misplaced_functions(module: &Script<'_>, called: &BTreeSet<String>) -> Vec<String> {
    let list = module.text.split_once("Export-ModuleMember").map_or("", |(_, list)| list);
    let exported: BTreeSet<&str> = list.split('\'').skip(1).step_by(2).collect();
    let functions = module.all("function_statement").into_iter().filter_map(|function| {
        let name = module.of(*module.of_kind(function, "function_name").first()?);
        let calls = module.all("command").into_iter().filter(|one| module.command_name(*one).as_deref() == Some(name));
        let is_used = calls.into_iter().any(|call| !function.byte_range().contains(&call.start_byte()));
        let is_called = called.contains(name);
        (exported.contains(name) != is_called || !is_used && !is_called).then(|| name.to_owned())
    });
    functions.collect()
}

/// Lines that are too long, names not counted.
pub(crate) fn long_lines(text: &str) -> Vec<String> {
    const LONGEST: usize = 120;
    let width = |line: &str| {
        let words = line.split(['\'', '"', ' ', ',', '(', ')']);
        let names: usize =
            words.filter(|word| word.matches('.').count() > 1 || word.contains('\\')).map(str::len).sum();
        line.len() - names
    };
    // What people wrote has the length that they gave it.
    let free = ["Write-", "Assert-Yes", "    notation "];
    let own = |line: &&str| !free.iter().any(|part| line.contains(part));
    text.lines().filter(own).filter(|line| width(line) > LONGEST).map(str::to_owned).collect()
}
