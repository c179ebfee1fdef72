//! What only a whole script can keep.

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

/// Every function of a module is used, by itself or by a script.
pub(crate) fn unused_functions(module: &Script<'_>, scripts: &[String]) -> Vec<String> {
    let calls: Vec<String> = module.all("command").into_iter().filter_map(|node| module.command_name(node)).collect();
    let used =
        |name: &&str| calls.iter().any(|call| call == name) || scripts.iter().any(|script| script.contains(*name));
    let names = module.all("function_name").into_iter().map(|name| module.of(name));
    names.filter(|name| !used(name)).map(str::to_owned).collect()
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
