//! What is asked of an object.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::report;
use crate::support::script::{Script, children};

/// Under strict mode a single object has no `Count` and no `Length`: what is counted has to be made a collection.
pub(super) fn count_of_scalar(script: &Script<'_>) -> Vec<String> {
    let mut collections = BTreeSet::new();
    for assignment in script.all("assignment_expression") {
        let (_, value) = script.of(assignment).split_once('=').unwrap_or_default();
        if COLLECTIONS.iter().any(|start| value.trim_start().starts_with(start)) {
            collections.extend(script.targets(assignment));
        }
    }
    for parameter in script.all("script_parameter") {
        if script.of(parameter).contains("[]]") {
            collections.extend(script.of_kind(parameter, "variable").into_iter().map(|name| script.variable(name)));
        }
    }
    let bad = |access: &Node<'_>| {
        let parts = children(*access);
        let (Some(owner), Some(member)) = (parts.first(), parts.last()) else {
            return false;
        };
        ["Count", "Length"].contains(&script.of(*member))
            && owner.kind() == "variable"
            && !collections.contains(&script.variable(*owner))
    };
    report(script, script.all("member_access").into_iter().filter(bad))
}

/// How a collection is made.
const COLLECTIONS: [&str; 3] = ["@(", "@{", "New-Object -TypeName System.Collections.Generic.List"];

/// A method's value that nobody takes becomes a part of what the function returns.
pub(super) fn leaking_call(script: &Script<'_>) -> Vec<String> {
    let alone = |call: &Node<'_>| {
        let mut around = script.parent(*call);
        while let Some(parent) = around {
            if parent.kind() == "pipeline" {
                let statement = script.parent(parent).is_some_and(|block| block.kind() == "statement_list");
                return statement && script.of(parent) == script.of(*call);
            }
            around = script.parent(parent);
        }
        false
    };
    let meant = |call: &Node<'_>| {
        let name = children(*call).into_iter().find(|child| child.kind() == "member_name");
        let name = name.map(|name| script.of(name)).unwrap_or_default();
        SILENT.contains(&name) || VALUES.contains(&name) || name.starts_with("get_")
    };
    report(script, script.all("invocation_expression").into_iter().filter(|call| alone(call) && !meant(call)))
}

/// Methods that return nothing. `Add` returns nothing for a generic list only.
const SILENT: [&str; 8] = ["Add", "Close", "Dispose", "LoadXml", "Move", "Replace", "Sort", "WriteAllText"];

/// Methods that nobody calls but for their value.
const VALUES: [&str; 4] = ["ToString", "Substring", "Trim", "TrimEnd"];
