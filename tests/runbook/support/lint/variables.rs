//! Variables under strict mode.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::report;
use crate::support::cmdlets::AUTOMATIC;
use crate::support::script::{Script, children};

/// Under strict mode a variable that was never set stops the script. A function sees its own variables and those of
/// the script; a block that may run on another server sees its own only.
pub(super) fn undeclared_variable(script: &Script<'_>) -> Vec<String> {
    let blocks = script.blocks();
    let is_home =
        |node: Node<'_>| node.kind() == "function_statement" || blocks.values().any(|block| block.id() == node.id());
    let home = |node: Node<'_>| {
        let mut around = script.parent(node);
        while let Some(parent) = around {
            if is_home(parent) {
                return Some(parent.id());
            }
            around = script.parent(parent);
        }
        None
    };
    let mut declared: BTreeSet<(Option<usize>, String)> = BTreeSet::new();
    for assignment in script.all("assignment_expression") {
        declared.extend(script.targets(assignment).into_iter().map(|name| (home(assignment), name)));
    }
    for node in script.all("foreach_statement") {
        let variable = children(node).into_iter().find(|child| child.kind() == "variable");
        declared.extend(variable.map(|variable| (home(node), script.variable(variable))));
    }
    for block in script.parameter_blocks() {
        declared.extend(script.declared(block).into_iter().map(|name| (home(block), name)));
    }
    let remote: BTreeSet<usize> = blocks.values().map(Node::id).collect();
    let bad = |variable: &Node<'_>| {
        let name = script.variable(*variable);
        let home = home(*variable);
        let automatic = AUTOMATIC.contains(&name.as_str()) || name.starts_with("env:");
        let visible = declared.contains(&(home, name.clone()));
        let shared = home.is_none_or(|home| !remote.contains(&home)) && declared.contains(&(None, name));
        !(automatic || visible || shared)
    };
    report(script, script.all("variable").into_iter().filter(bad))
}

/// A function of a module does not see what the script prefers: it reads that from the script, or is told.
pub(super) fn preference_of_module(script: &Script<'_>) -> Vec<String> {
    let preferences = ["whatifpreference", "confirmpreference"];
    let functions = script.all("function_statement").into_iter();
    let variables = functions.flat_map(|function| script.of_kind(function, "variable"));
    report(script, variables.filter(|variable| preferences.contains(&script.variable(*variable).as_str())))
}

/// What the shell itself sets or reads must not be set by a script that means something else.
pub(super) fn automatic_variable(script: &Script<'_>) -> Vec<String> {
    let taken = |name: &String| READ_ONLY.contains(&name.as_str());
    let assigned =
        script.all("assignment_expression").into_iter().filter(|node| script.targets(*node).iter().any(taken));
    let declared = script.parameter_blocks().into_iter().filter(|node| script.declared(*node).iter().any(taken));
    let loops = script.all("foreach_statement").into_iter().filter(|node| {
        let variable = children(*node).into_iter().find(|child| child.kind() == "variable");
        variable.is_some_and(|variable| taken(&script.variable(variable)))
    });
    report(script, assigned.chain(declared).chain(loops))
}

/// Automatic variables that look like free names.
const READ_ONLY: [&str; 15] = [
    "_",
    "args",
    "error",
    "event",
    "foreach",
    "home",
    "host",
    "input",
    "matches",
    "myinvocation",
    "pid",
    "profile",
    "pwd",
    "sender",
    "this",
];
