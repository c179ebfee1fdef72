//! What only a whole script can keep.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::report;
use crate::runbook_support::cmdlets::CHANGING;
use crate::runbook_support::script::{Script, children, reach};

pub(super) fn header(script: &Script<'_>) -> Vec<String> {
    let needed = [
        "#Requires -Version 5.1\n\n<#\n.SYNOPSIS\n",
        "#>\n[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]\nparam(\n",
        "\nSet-StrictMode -Version 3.0\n",
        "\n$ErrorActionPreference = 'Stop'\n",
    ];
    let mut findings: Vec<String> =
        needed.iter().filter(|text| !script.text.contains(**text)).map(|text| format!("lacks {text:?}")).collect();
    if !script.text.starts_with("#Requires") {
        findings.push("does not start with #Requires".into());
    }
    findings.extend(
        script
            .text
            .lines()
            .filter(|line| line.ends_with([' ', '\t']))
            .map(|line| format!("trailing white space: {line}")),
    );
    findings
}

/// A function that is called by its name in a string has to be there.
pub(super) fn dangling_handler(script: &Script<'_>) -> Vec<String> {
    let functions = script.functions();
    let mut named = handlers(script, &["Ready", "Done", "Change", "Verify"]);
    for command in script.all("command") {
        let elements = children(command).into_iter().find(|child| child.kind() == "command_elements");
        let elements = elements.map(children).unwrap_or_default();
        let follows = |pair: &[Node<'_>]| pair[0].kind() == "command_parameter" && script.of(pair[0]) == "-Test";
        let plain: Vec<Node<'_>> = elements.into_iter().filter(|node| node.kind() != "command_argument_sep").collect();
        let tests = plain
            .windows(2)
            .filter(|pair| follows(pair))
            .map(|pair| (pair[1], script.of(pair[1]).trim_matches('\'').to_owned()));
        named.extend(tests);
    }
    let missing = named.into_iter().filter(|(_, name)| !functions.contains_key(&name.to_lowercase()));
    report(script, missing.map(|(node, _)| node))
}

/// What checks, tests and waits must not be able to change anything: only a `Change` runs after a yes.
pub(super) fn checks_change(script: &Script<'_>) -> Vec<String> {
    let changing: BTreeSet<String> = CHANGING.iter().map(|name| name.to_lowercase()).collect();
    let graph = script.graph();
    let bad = |(_, name): &(Node<'_>, String)| reach(&graph, name).iter().any(|name| changing.contains(name));
    report(script, handlers(script, &["Ready", "Done", "Verify"]).into_iter().filter(bad).map(|(node, _)| node))
}

/// The functions that the table of handlers names, by the part that they play.
fn handlers<'t>(script: &Script<'t>, parts: &[&str]) -> Vec<(Node<'t>, String)> {
    let assignment = script.all("assignment_expression").into_iter().find(|node| script.targets(*node) == ["handlers"]);
    let entries = assignment.map(|node| script.of_kind(node, "hash_entry")).unwrap_or_default();
    let part = |entry: Node<'t>| {
        let (key, value) = script.of(entry).split_once('=')?;
        let value = value.trim().trim_end_matches(';').trim_matches('\'');
        (parts.contains(&key.trim()) && !value.is_empty()).then(|| (entry, value.to_owned()))
    };
    entries.into_iter().filter_map(part).collect()
}
