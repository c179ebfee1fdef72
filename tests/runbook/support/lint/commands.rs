//! What a script calls: known commands only, with their documented parameters by their full names.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::report;
use crate::support::cmdlets::{PRODUCT, SHELL, TEMPTING, VERBS};
use crate::support::script::Script;

pub(super) fn shadowed_cmdlet(script: &Script<'_>) -> Vec<String> {
    let names = script.all("function_name").into_iter();
    report(script, names.filter(|name| known(script.of(*name)).is_some() || TEMPTING.contains(&script.of(*name))))
}

/// Aliases, misspelt cmdlets and functions that nobody wrote; the case of a name counts too.
pub(super) fn unknown_command(script: &Script<'_>) -> Vec<String> {
    let functions: BTreeSet<String> =
        script.all("function_name").into_iter().map(|name| script.of(name).to_owned()).collect();
    let of_module = |name: &str| script.known.contains_key(&name.to_lowercase());
    let unknown = |command: &Node<'_>| {
        let name = script.command_name(*command);
        name.is_some_and(|name| {
            known(&name).is_none() && !functions.contains(&name) && !of_module(&name) && !is_number(&name)
        })
    };
    report(script, script.all("command").into_iter().filter(unknown))
}

pub(super) fn unknown_parameter(script: &Script<'_>) -> Vec<String> {
    let functions = script.functions();
    let unknown = |command: &Node<'_>| {
        let Some(name) = script.command_name(*command) else {
            return false;
        };
        let allowed: Vec<String> = match (known(&name), functions.get(&name.to_lowercase())) {
            (Some(parameters), _) => parameters.iter().map(|parameter| parameter.to_lowercase()).collect(),
            (None, Some(function)) => script.parameters(*function),
            (None, None) => match script.known.get(&name.to_lowercase()) {
                Some(parameters) => parameters.clone(),
                None => return false,
            },
        };
        script.arguments(*command).iter().any(|argument| !allowed.contains(argument))
    };
    report(script, script.all("command").into_iter().filter(unknown))
}

/// Full parameter names, except where a filter's block is the whole sense of a cmdlet.
pub(super) fn positional_argument(script: &Script<'_>) -> Vec<String> {
    // The module's own functions for a reader's eye, and native programs.
    let free = [
        "Where-Object",
        "ForEach-Object",
        "whoami.exe",
        "net",
        "Step",
        "Write-Note",
        "Assert-Yes",
        "Save-Export",
        "Test-Export",
        "Get-ExportPath",
        "Get-ReportPath",
        "Get-PropertyValue",
        "Show-Output",
        "ConvertTo-Second",
    ];
    let bad = |command: &Node<'_>| {
        let name = script.command_name(*command).unwrap_or_default();
        !name.is_empty() && !free.contains(&name.as_str()) && !is_number(&name) && script.positional(*command) > 0
    };
    report(script, script.all("command").into_iter().filter(bad))
}

pub(super) fn unapproved_verb(script: &Script<'_>) -> Vec<String> {
    let verb = |name: &str| name.split('-').next().unwrap_or_default().to_owned();
    let bad = |name: &Node<'_>| {
        script.of(*name) != "Step"
            && (script.of(*name).matches('-').count() != 1
                || !(VERBS.contains(&verb(script.of(*name)).as_str()) || verb(script.of(*name)) == "Write"))
    };
    report(script, script.all("function_name").into_iter().filter(bad))
}

/// Every service of a server is started or stopped only where that server is being updated.
pub(super) fn every_service(script: &Script<'_>) -> Vec<String> {
    let cmdlets = ["Start-CsWindowsService", "Stop-CsWindowsService"];
    let updates = |node: Node<'_>| {
        let mut around = script.parent(node);
        while let Some(parent) = around {
            if parent.kind() == "command" && script.of(parent).starts_with("Step ") {
                return script.of(parent).contains(" -Update");
            }
            around = script.parent(parent);
        }
        false
    };
    let bad = |node: &Node<'_>| {
        let name = script.command_name(*node).unwrap_or_default();
        cmdlets.contains(&name.as_str()) && !script.arguments(*node).contains(&"name".to_owned()) && !updates(*node)
    };
    report(script, script.all("command").into_iter().filter(bad))
}

fn known(name: &str) -> Option<&'static [&'static str]> {
    let entry = PRODUCT.iter().chain(SHELL).find(|(known, _)| *known == name)?;
    Some(entry.1)
}

/// The grammar takes a range such as `1..3` for a command.
fn is_number(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_digit())
}
