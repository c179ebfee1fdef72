//! A PowerShell script as a syntax tree, with the questions that the lints ask.

use std::collections::{BTreeMap, HashMap};

use tree_sitter::{Node, Parser, Tree};

/// A script's text with its tree.
pub(crate) struct Source {
    text: String,
    tree: Tree,
}

impl Source {
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        let mut parser = Parser::new();
        parser.set_language(&tree_sitter_pwsh::LANGUAGE.into()).unwrap();
        let tree = parser.parse(&text, None).unwrap();
        Self { text, tree }
    }

    pub(crate) fn script(&self) -> Script<'_> {
        let mut script = Script { text: &self.text, nodes: Vec::new(), places: HashMap::new(), known: BTreeMap::new() };
        script.collect(self.tree.root_node(), None);
        script
    }
}

/// The nodes of a script in document order, each with its parent and the end of what is below it. The tree itself
/// finds a parent only by searching from its root.
pub(crate) struct Script<'t> {
    pub(crate) text: &'t str,
    nodes: Vec<Node<'t>>,
    places: HashMap<usize, Place<'t>>,
    /// The functions of the module that the script loads, with their parameters.
    pub(crate) known: BTreeMap<String, Vec<String>>,
}

struct Place<'t> {
    parent: Option<Node<'t>>,
    first: usize,
    end: usize,
}

impl<'t> Script<'t> {
    fn collect(&mut self, node: Node<'t>, parent: Option<Node<'t>>) {
        let first = self.nodes.len();
        self.nodes.push(node);
        for child in children(node) {
            self.collect(child, Some(node));
        }
        let end = self.nodes.len();
        self.places.insert(node.id(), Place { parent, first, end });
    }

    pub(crate) fn parent(&self, node: Node<'_>) -> Option<Node<'t>> {
        self.places[&node.id()].parent
    }

    /// The nearest node of a kind around `node`.
    pub(crate) fn within(&self, node: Node<'_>, kind: &str) -> Option<Node<'t>> {
        let mut around = self.parent(node);
        while let Some(parent) = around {
            if parent.kind() == kind {
                return Some(parent);
            }
            around = self.parent(parent);
        }
        None
    }

    pub(crate) fn of(&self, node: Node<'_>) -> &'t str {
        &self.text[node.byte_range()]
    }

    pub(crate) fn everything(&self) -> &[Node<'t>] {
        &self.nodes
    }

    /// The nodes of a kind below `node`, itself included, in document order.
    pub(crate) fn of_kind(&self, node: Node<'_>, kind: &str) -> Vec<Node<'t>> {
        let place = &self.places[&node.id()];
        let below = self.nodes[place.first..place.end].iter();
        below.copied().filter(|node| node.kind() == kind).collect()
    }

    pub(crate) fn all(&self, kind: &str) -> Vec<Node<'t>> {
        self.nodes.iter().copied().filter(|node| node.kind() == kind).collect()
    }

    /// Where a node is, for a message.
    pub(crate) fn at(&self, node: Node<'_>) -> String {
        let line = self.of(node).lines().next().unwrap_or_default();
        format!("line {}: {line}", node.start_position().row + 1)
    }

    /// The functions by their names in lower case; a name that is defined twice keeps its first definition.
    pub(crate) fn functions(&self) -> BTreeMap<String, Node<'t>> {
        let mut functions = BTreeMap::new();
        for function in self.all("function_statement") {
            functions.entry(self.name_of(function)).or_insert(function);
        }
        functions
    }

    pub(crate) fn name_of(&self, function: Node<'_>) -> String {
        let name = children(function).into_iter().find(|child| child.kind() == "function_name");
        name.map(|name| self.of(name).to_lowercase()).unwrap_or_default()
    }

    /// The parameter blocks of functions, of both kinds.
    pub(crate) fn parameter_blocks(&self) -> Vec<Node<'t>> {
        [self.all("param_block"), self.all("function_parameter_declaration")].concat()
    }

    /// The script blocks that are held in a variable at the top of the script, by the variable's name.
    pub(crate) fn blocks(&self) -> BTreeMap<String, Node<'t>> {
        let assignments = self
            .all("assignment_expression")
            .into_iter()
            .filter(|node| self.within(*node, "function_statement").is_none());
        let mut blocks = BTreeMap::new();
        for assignment in assignments {
            let value = self.of_kind(assignment, "script_block_expression").into_iter().next();
            if let Some(block) = value.filter(|_| self.of(assignment).contains("= {")) {
                blocks.insert(self.targets(assignment).remove(0), block);
            }
        }
        blocks
    }

    /// The names, in lower case, of the variables that an assignment sets.
    pub(crate) fn targets(&self, assignment: Node<'_>) -> Vec<String> {
        let left = children(assignment).into_iter().find(|child| child.kind() == "left_assignment_expression");
        let variables = left.map(|left| self.of_kind(left, "variable")).unwrap_or_default();
        variables.into_iter().map(|variable| self.variable(variable)).collect()
    }

    /// A variable's name in lower case, without its sigil and braces.
    pub(crate) fn variable(&self, variable: Node<'_>) -> String {
        self.of(variable).trim_start_matches(['$', '@', '{']).trim_end_matches('}').to_lowercase()
    }

    /// The parameters that a function or block declares, in lower case.
    pub(crate) fn parameters(&self, function: Node<'_>) -> Vec<String> {
        let block = self.parameter_block(function);
        block.map(|block| self.declared(block)).unwrap_or_default()
    }

    /// Where a function or block declares its parameters: behind its name, or in a block of its own.
    fn parameter_block(&self, function: Node<'_>) -> Option<Node<'t>> {
        let declared = |kind| self.of_kind(function, kind).into_iter().next();
        declared("function_parameter_declaration").or_else(|| declared("param_block"))
    }

    /// The functions with their parameters, for a script that loads this module.
    pub(crate) fn signatures(&self) -> BTreeMap<String, Vec<String>> {
        self.functions().into_iter().map(|(name, node)| (name, self.parameters(node))).collect()
    }

    /// The parameters of a block. The grammar takes what follows a default value for more items of it, so that every
    /// variable of the block counts, but for the constants.
    pub(crate) fn declared(&self, block: Node<'_>) -> Vec<String> {
        let names = self.of_kind(block, "variable").into_iter().map(|variable| self.variable(variable));
        names.filter(|name| !["true", "false", "null"].contains(&name.as_str())).collect()
    }

    /// A command's name, where it is a plain word.
    pub(crate) fn command_name(&self, command: Node<'_>) -> Option<String> {
        let name = children(command).into_iter().find(|child| child.kind() == "command_name")?;
        Some(self.of(name).to_owned())
    }

    /// The named parameters of a command, in lower case, without the dash.
    pub(crate) fn arguments(&self, command: Node<'_>) -> Vec<String> {
        let Some(elements) = children(command).into_iter().find(|child| child.kind() == "command_elements") else {
            return Vec::new();
        };
        let named = children(elements).into_iter().filter(|child| child.kind() == "command_parameter");
        named.map(|parameter| self.of(parameter).trim_start_matches('-').to_lowercase()).collect()
    }

    /// The arguments of a command that no parameter's name precedes, and that are no splat.
    pub(crate) fn positional(&self, command: Node<'_>) -> usize {
        let Some(elements) = children(command).into_iter().find(|child| child.kind() == "command_elements") else {
            return 0;
        };
        let mut after_name = false;
        let mut count = 0;
        for child in children(elements).into_iter().filter(|child| child.kind() != "command_argument_sep") {
            match child.kind() {
                "command_parameter" => after_name = true,
                _ if after_name || self.of(child).starts_with('@') => after_name = false,
                _ => count += 1,
            }
        }
        count
    }
}

pub(crate) fn children<'t>(node: Node<'t>) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).collect()
}
