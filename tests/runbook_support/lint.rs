//! What a generated script must never be: reviewers' rules, and the defects that the grammar lets pass.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::cmdlets::{AUTOMATIC, CHANGING, PRODUCT, SHELL, TEMPTING, VERBS};
use super::script::{Script, children, reach};

/// A rule: its name and what it finds in a script.
pub(crate) type Rule = (&'static str, fn(&Script<'_>) -> Vec<String>);

/// The rules that any piece of PowerShell keeps.
pub(crate) const SYNTAX: [Rule; 14] = [
    ("syntax", syntax),
    ("try-without-catch", try_without_catch),
    ("empty-catch", empty_catch),
    ("catch-all-first", catch_all_first),
    ("variable-before-colon", variable_before_colon),
    ("duplicate-parameter", duplicate_parameter),
    ("duplicate-key", duplicate_key),
    ("duplicate-argument", duplicate_argument),
    ("splat-as-expression", splat_as_expression),
    ("literal-assigned", literal_assigned),
    ("newer-shell", newer_shell),
    ("duplicate-function", duplicate_function),
    ("shadowed-cmdlet", shadowed_cmdlet),
    ("null-on-the-right", null_on_the_right),
];

/// The rules that the words of a script keep.
pub(crate) const WORDS: [Rule; 7] = [
    ("forbidden", forbidden),
    ("unknown-command", unknown_command),
    ("unknown-parameter", unknown_parameter),
    ("positional-argument", positional_argument),
    ("unapproved-verb", unapproved_verb),
    ("undeclared-variable", undeclared_variable),
    ("every-service", every_service),
];

/// The rules that only a whole script can keep.
pub(crate) const WHOLE: [Rule; 3] =
    [("header", header), ("dangling-handler", dangling_handler), ("checks-change", checks_change)];

pub(crate) fn findings(script: &Script<'_>) -> Vec<String> {
    let rules = SYNTAX.iter().chain(&WORDS).chain(&WHOLE);
    rules.flat_map(|(name, rule)| rule(script).into_iter().map(move |finding| format!("{name}: {finding}"))).collect()
}

fn report<'t>(script: &Script<'_>, nodes: impl IntoIterator<Item = Node<'t>>) -> Vec<String> {
    nodes.into_iter().map(|node| script.at(node)).collect()
}

fn syntax(script: &Script<'_>) -> Vec<String> {
    let broken = script.everything().iter().copied().filter(|node| node.is_error() || node.is_missing());
    report(script, broken)
}

fn try_without_catch(script: &Script<'_>) -> Vec<String> {
    let complete = |node: &Node<'_>| {
        children(*node).iter().any(|child| ["catch_clauses", "finally_clause"].contains(&child.kind()))
    };
    report(script, script.all("try_statement").into_iter().filter(|node| !complete(node)))
}

fn empty_catch(script: &Script<'_>) -> Vec<String> {
    let empty = |node: &Node<'_>| script.of_kind(*node, "statement_list").is_empty();
    report(script, script.all("catch_clause").into_iter().filter(empty))
}

fn catch_all_first(script: &Script<'_>) -> Vec<String> {
    let typed = |clause: &Node<'_>| children(*clause).iter().any(|child| child.kind() == "catch_type_list");
    let hides = |clauses: &Node<'_>| children(*clauses).windows(2).any(|pair| !typed(&pair[0]) && typed(&pair[1]));
    report(script, script.all("catch_clauses").into_iter().filter(hides))
}

/// In a string, `$name:` begins a drive or scope name.
fn variable_before_colon(script: &Script<'_>) -> Vec<String> {
    let strings =
        script.all("expandable_string_literal").into_iter().chain(script.all("expandable_here_string_literal"));
    let variables = strings.flat_map(children).filter(|child| child.kind() == "variable");
    let bad = |variable: &Node<'_>| {
        let follows = script.text[variable.end_byte()..].starts_with(':') || script.of(*variable).ends_with(':');
        follows && !script.of(*variable).starts_with("${")
    };
    report(script, variables.filter(bad))
}

fn duplicate_parameter(script: &Script<'_>) -> Vec<String> {
    let doubled = |block: &Node<'_>| repeated(script.declared(*block).into_iter());
    report(script, script.all("param_block").into_iter().filter(doubled))
}

fn duplicate_key(script: &Script<'_>) -> Vec<String> {
    let doubled = |body: &Node<'_>| {
        let entries = children(*body).into_iter().filter(|child| child.kind() == "hash_entry");
        let key = |entry| children(entry).into_iter().find(|child| child.kind() == "key_expression");
        repeated(entries.filter_map(key).map(|key| script.of(key).trim_matches('\'').to_lowercase()))
    };
    report(script, script.all("hash_literal_body").into_iter().filter(doubled))
}

fn duplicate_argument(script: &Script<'_>) -> Vec<String> {
    let doubled = |command: &Node<'_>| repeated(script.arguments(*command).into_iter());
    report(script, script.all("command").into_iter().filter(doubled))
}

fn repeated(names: impl Iterator<Item = String>) -> bool {
    let mut seen = BTreeSet::new();
    !names.into_iter().all(|name| seen.insert(name))
}

fn splat_as_expression(script: &Script<'_>) -> Vec<String> {
    let splats = script.all("variable").into_iter().filter(|node| script.of(*node).starts_with('@'));
    let argument = |node: &Node<'_>| {
        script.parent(*node).and_then(|node| script.parent(node)).is_some_and(|node| node.kind() == "command_elements")
    };
    report(script, splats.filter(|node| !argument(node)))
}

fn literal_assigned(script: &Script<'_>) -> Vec<String> {
    let literals = ["integer_literal", "real_literal", "string_literal"];
    let literal = |left: &Node<'_>| {
        let inner = children(*left).first().map(|node| children(*node)).unwrap_or_default();
        inner.first().is_some_and(|node| literals.contains(&node.kind()))
    };
    report(script, script.all("left_assignment_expression").into_iter().filter(literal))
}

/// What Windows PowerShell 5.1 cannot read.
fn newer_shell(script: &Script<'_>) -> Vec<String> {
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

fn duplicate_function(script: &Script<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let doubled = |node: &Node<'_>| !seen.insert(script.name_of(*node));
    report(script, script.all("function_statement").into_iter().filter(doubled))
}

fn shadowed_cmdlet(script: &Script<'_>) -> Vec<String> {
    let names = script.all("function_name").into_iter();
    report(script, names.filter(|name| known(script.of(*name)).is_some() || TEMPTING.contains(&script.of(*name))))
}

/// `$list -eq $null` filters the list instead of comparing it.
fn null_on_the_right(script: &Script<'_>) -> Vec<String> {
    let bad = |node: &Node<'_>| {
        script.of(*node).trim_end().to_lowercase().ends_with(" $null")
            && !script.of(*node).to_lowercase().starts_with("$null")
    };
    report(script, script.all("comparison_expression").into_iter().filter(bad))
}

/// Words that stand in no output, whatever the situation.
const FORBIDDEN: [&str; 22] = [
    "-FinalizeUninstall",
    "-Clean",
    "-RemoveExportedConfiguration",
    "Set-CsRegistrar",
    "-BackupRegistrar",
    "Set-CsManagementConnection",
    "Move-CsManagementServer",
    "Invoke-CsManagementServerFailover",
    "Set-CsConfigurationStoreLocation",
    "Backup-CsPool",
    "Import-CsConfiguration",
    "Write-Host",
    "Invoke-Expression",
    "iex",
    "$global:",
    "-Credential",
    "Get-Credential",
    "ConvertTo-SecureString",
    "-AsPlainText",
    "Add-Type",
    "Enable-WSManCredSSP",
    "-ExecutionPolicy",
];

fn forbidden(script: &Script<'_>) -> Vec<String> {
    forbidden_words(script.text)
}

/// The forbidden words of any text, a Markdown document too.
pub(crate) fn forbidden_words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let found =
        |word: &&&str| lower.match_indices(&word.to_lowercase()).any(|(at, hit)| is_word(&lower, at, at + hit.len()));
    FORBIDDEN.iter().filter(found).map(|word| (*word).to_owned()).collect()
}

fn is_word(text: &str, start: usize, end: usize) -> bool {
    let inner = |character: char| character.is_alphanumeric() || character == '_' || character == '-';
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(inner) && (text[..end].ends_with(':') || !after.is_some_and(inner))
}

fn known(name: &str) -> Option<&'static [&'static str]> {
    let entry = PRODUCT.iter().chain(&SHELL).find(|(known, _)| *known == name)?;
    Some(entry.1)
}

/// Aliases, misspelt cmdlets and functions that nobody wrote; the case of a name counts too.
fn unknown_command(script: &Script<'_>) -> Vec<String> {
    let functions: BTreeSet<String> =
        script.all("function_name").into_iter().map(|name| script.of(name).to_owned()).collect();
    let unknown = |command: &Node<'_>| {
        let name = script.command_name(*command);
        name.is_some_and(|name| known(&name).is_none() && !functions.contains(&name) && !is_number(&name))
    };
    report(script, script.all("command").into_iter().filter(unknown))
}

/// The grammar takes a range such as `1..3` for a command.
fn is_number(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_digit())
}

fn unknown_parameter(script: &Script<'_>) -> Vec<String> {
    let functions = script.functions();
    let unknown = |command: &Node<'_>| {
        let Some(name) = script.command_name(*command) else {
            return false;
        };
        let allowed: Vec<String> = match (known(&name), functions.get(&name.to_lowercase())) {
            (Some(parameters), _) => parameters.iter().map(|parameter| parameter.to_lowercase()).collect(),
            (None, Some(function)) => script.parameters(*function),
            (None, None) => return false,
        };
        script.arguments(*command).iter().any(|argument| !allowed.contains(argument))
    };
    report(script, script.all("command").into_iter().filter(unknown))
}

/// Full parameter names, except where a filter's block is the whole sense of a cmdlet.
fn positional_argument(script: &Script<'_>) -> Vec<String> {
    let free = ["Where-Object", "ForEach-Object", "whoami.exe"];
    let bad = |command: &Node<'_>| {
        let name = script.command_name(*command).unwrap_or_default();
        !name.is_empty() && !free.contains(&name.as_str()) && !is_number(&name) && script.positional(*command) > 0
    };
    report(script, script.all("command").into_iter().filter(bad))
}

fn unapproved_verb(script: &Script<'_>) -> Vec<String> {
    let verb = |name: &str| name.split('-').next().unwrap_or_default().to_owned();
    let bad = |name: &Node<'_>| {
        script.of(*name).matches('-').count() != 1
            || !(VERBS.contains(&verb(script.of(*name)).as_str()) || verb(script.of(*name)) == "Write")
    };
    report(script, script.all("function_name").into_iter().filter(bad))
}

/// Under strict mode a variable that was never set stops the script. A function sees its own variables and those of
/// the script; a block that may run on another server sees its own only.
fn undeclared_variable(script: &Script<'_>) -> Vec<String> {
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
    for block in script.all("param_block") {
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

/// Every service of a server is started or stopped only where that server is being updated.
fn every_service(script: &Script<'_>) -> Vec<String> {
    let cmdlets = ["Start-CsWindowsService", "Stop-CsWindowsService"];
    let blocks = script.blocks();
    let allowed = |node: Node<'_>| {
        let block = ["drainblock", "returnblock"].iter().filter_map(|name| blocks.get(*name));
        let command = script
            .within(node, "function_statement")
            .is_some_and(|function| script.name_of(function) == "get-updatecommand");
        command || block.into_iter().any(|block| block.byte_range().contains(&node.start_byte()))
    };
    let bad_command = |node: &Node<'_>| {
        let name = script.command_name(*node).unwrap_or_default();
        cmdlets.contains(&name.as_str()) && !script.arguments(*node).contains(&"name".to_owned()) && !allowed(*node)
    };
    let bad_text = |node: &Node<'_>| {
        let text = script.of(*node);
        let nameless = |at: usize, cmdlet: &str| !text[at + cmdlet.len()..].trim_start().starts_with("-Name");
        !allowed(*node) && cmdlets.iter().any(|cmdlet| text.match_indices(cmdlet).any(|(at, _)| nameless(at, cmdlet)))
    };
    let commands = script.all("command").into_iter().filter(bad_command);
    report(script, commands.chain(script.all("string_literal").into_iter().filter(bad_text)))
}

fn header(script: &Script<'_>) -> Vec<String> {
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

/// A function that is called by its name in a string has to be there.
fn dangling_handler(script: &Script<'_>) -> Vec<String> {
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
fn checks_change(script: &Script<'_>) -> Vec<String> {
    let changing: BTreeSet<String> = CHANGING.iter().map(|name| name.to_lowercase()).collect();
    let graph = script.graph();
    let bad = |(_, name): &(Node<'_>, String)| reach(&graph, name).iter().any(|name| changing.contains(name));
    report(script, handlers(script, &["Ready", "Done", "Verify"]).into_iter().filter(bad).map(|(node, _)| node))
}
