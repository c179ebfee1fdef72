//! Defects that the grammar lets pass.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::report;
use crate::support::script::{Script, children};

pub(super) fn syntax(script: &Script<'_>) -> Vec<String> {
    let broken = script.everything().iter().copied().filter(|node| node.is_error() || node.is_missing());
    report(script, broken)
}

pub(super) fn try_without_catch(script: &Script<'_>) -> Vec<String> {
    let complete = |node: &Node<'_>| {
        children(*node).iter().any(|child| ["catch_clauses", "finally_clause"].contains(&child.kind()))
    };
    report(script, script.all("try_statement").into_iter().filter(|node| !complete(node)))
}

pub(super) fn empty_catch(script: &Script<'_>) -> Vec<String> {
    let empty = |node: &Node<'_>| script.of_kind(*node, "statement_list").is_empty();
    report(script, script.all("catch_clause").into_iter().filter(empty))
}

pub(super) fn catch_all_first(script: &Script<'_>) -> Vec<String> {
    let typed = |clause: &Node<'_>| children(*clause).iter().any(|child| child.kind() == "catch_type_list");
    let hides = |clauses: &Node<'_>| children(*clauses).windows(2).any(|pair| !typed(&pair[0]) && typed(&pair[1]));
    report(script, script.all("catch_clauses").into_iter().filter(hides))
}

/// In a string, `$name:` begins a drive or scope name.
pub(super) fn variable_before_colon(script: &Script<'_>) -> Vec<String> {
    let strings =
        script.all("expandable_string_literal").into_iter().chain(script.all("expandable_here_string_literal"));
    let variables = strings.flat_map(children).filter(|child| child.kind() == "variable");
    let bad = |variable: &Node<'_>| {
        let follows = script.text[variable.end_byte()..].starts_with(':') || script.of(*variable).ends_with(':');
        follows && !script.of(*variable).starts_with("${")
    };
    report(script, variables.filter(bad))
}

pub(super) fn duplicate_parameter(script: &Script<'_>) -> Vec<String> {
    let doubled = |block: &Node<'_>| repeated(script.declared(*block).into_iter());
    report(script, script.parameter_blocks().into_iter().filter(doubled))
}

pub(super) fn duplicate_key(script: &Script<'_>) -> Vec<String> {
    let doubled = |body: &Node<'_>| {
        let entries = children(*body).into_iter().filter(|child| child.kind() == "hash_entry");
        let key = |entry| children(entry).into_iter().find(|child| child.kind() == "key_expression");
        repeated(entries.filter_map(key).map(|key| script.of(key).trim_matches('\'').to_lowercase()))
    };
    report(script, script.all("hash_literal_body").into_iter().filter(doubled))
}

pub(super) fn duplicate_argument(script: &Script<'_>) -> Vec<String> {
    let doubled = |command: &Node<'_>| repeated(script.arguments(*command).into_iter());
    report(script, script.all("command").into_iter().filter(doubled))
}

fn repeated(names: impl Iterator<Item = String>) -> bool {
    let mut seen = BTreeSet::new();
    !names.into_iter().all(|name| seen.insert(name))
}

pub(super) fn splat_as_expression(script: &Script<'_>) -> Vec<String> {
    let splats = script.all("variable").into_iter().filter(|node| script.of(*node).starts_with('@'));
    let argument = |node: &Node<'_>| {
        script.parent(*node).and_then(|node| script.parent(node)).is_some_and(|node| node.kind() == "command_elements")
    };
    report(script, splats.filter(|node| !argument(node)))
}

pub(super) fn literal_assigned(script: &Script<'_>) -> Vec<String> {
    let literals = ["integer_literal", "real_literal", "string_literal"];
    let literal = |left: &Node<'_>| {
        let inner = children(*left).first().map(|node| children(*node)).unwrap_or_default();
        inner.first().is_some_and(|node| literals.contains(&node.kind()))
    };
    report(script, script.all("left_assignment_expression").into_iter().filter(literal))
}

/// What Windows PowerShell 5.1 cannot read.
pub(super) fn newer_shell(script: &Script<'_>) -> Vec<String> {
    let kinds = [
        "ternary_expression",
        "ternary_argument_expression",
        "null_coalesce_expression",
        "null_coalesce_argument_expression",
        "pipeline_chain_tail",
    ];
    let tokens = ["?.", "?[", "??=", "&&", "||", "??"];
    let newer = |node: &Node<'_>| kinds.contains(&node.kind()) || tokens.contains(&node.kind());
    report(script, script.everything().iter().copied().filter(newer))
}

pub(super) fn duplicate_function(script: &Script<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let doubled = |node: &Node<'_>| !seen.insert(script.name_of(*node));
    report(script, script.all("function_statement").into_iter().filter(doubled))
}

/// `$list -eq $null` filters the list instead of comparing it.
pub(super) fn null_on_the_right(script: &Script<'_>) -> Vec<String> {
    let bad = |node: &Node<'_>| {
        script.of(*node).trim_end().to_lowercase().ends_with(" $null")
            && !script.of(*node).to_lowercase().starts_with("$null")
    };
    report(script, script.all("comparison_expression").into_iter().filter(bad))
}
