//! What a generated script must never be: reviewers' rules, and the defects that the grammar lets pass.

mod commands;
mod grammar;
mod objects;
mod variables;
pub(crate) mod whole;
pub(crate) mod words;

use tree_sitter::Node;

use super::script::Script;

/// A rule: its name and what it finds in a script.
pub(crate) type Rule = (&'static str, fn(&Script<'_>) -> Vec<String>);

/// The rules that any piece of PowerShell keeps, whatever is around it.
pub(crate) const PIECE: [Rule; 25] = [
    ("syntax", grammar::syntax),
    ("try-without-catch", grammar::try_without_catch),
    ("empty-catch", grammar::empty_catch),
    ("catch-all-first", grammar::catch_all_first),
    ("variable-before-colon", grammar::variable_before_colon),
    ("duplicate-parameter", grammar::duplicate_parameter),
    ("duplicate-key", grammar::duplicate_key),
    ("duplicate-argument", grammar::duplicate_argument),
    ("splat-as-expression", grammar::splat_as_expression),
    ("literal-assigned", grammar::literal_assigned),
    ("newer-shell", grammar::newer_shell),
    ("duplicate-function", grammar::duplicate_function),
    ("null-on-the-right", grammar::null_on_the_right),
    ("forbidden", words::forbidden),
    ("shadowed-cmdlet", commands::shadowed_cmdlet),
    ("unknown-command", commands::unknown_command),
    ("unknown-parameter", commands::unknown_parameter),
    ("positional-argument", commands::positional_argument),
    ("unapproved-verb", commands::unapproved_verb),
    ("every-service", commands::every_service),
    ("undeclared-variable", variables::undeclared_variable),
    ("automatic-variable", variables::automatic_variable),
    ("preference-of-module", variables::preference_of_module),
    ("count-of-scalar", objects::count_of_scalar),
    ("leaking-call", objects::leaking_call),
];

/// The rules that only a whole script can keep.
pub(crate) const WHOLE: [Rule; 3] =
    [("header", whole::header), ("checks-change", whole::checks_change), ("broken-line", whole::broken_line)];

/// What the rules of a piece find.
pub(crate) fn piece(script: &Script<'_>) -> Vec<String> {
    findings(&PIECE, script)
}

/// What the rules of a whole script find, those of a piece included.
pub(crate) fn script(script: &Script<'_>) -> Vec<String> {
    [findings(&PIECE, script), findings(&WHOLE, script)].concat()
}

fn findings(rules: &[Rule], script: &Script<'_>) -> Vec<String> {
    let found =
        |(name, rule): &Rule| rule(script).into_iter().map(move |at| format!("{name}: {at}")).collect::<Vec<_>>();
    rules.iter().flat_map(found).collect()
}

fn report<'t>(script: &Script<'_>, nodes: impl IntoIterator<Item = Node<'t>>) -> Vec<String> {
    nodes.into_iter().map(|node| script.at(node)).collect()
}
