//! The namespaces that prefixes are bound to.

use std::borrow::Cow;

use foldhash::HashMap;

use super::error::XmlFault;

/// The namespace of the prefix `xml`.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of the prefix `xmlns`.
pub(super) const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The namespaces of a document, numbered in the order of their first declaration, and the bindings in scope.
///
/// Prefixes are numbered too. A binding replaces the previous one of its prefix and is undone when its element is
/// closed, so that a lookup takes the same time however many are in scope.
pub(super) struct Namespaces<'d> {
    names: HashMap<Cow<'d, str>, u32>,
    prefixes: HashMap<&'d str, usize>,
    bound: Vec<Option<u32>>,
    undo: Vec<Undo>,
}

struct Undo {
    element: u32,
    prefix: usize,
    before: Option<u32>,
}

const NONE: u32 = 0;
/// The number that stands for the empty prefix.
const DEFAULT: usize = 0;

impl<'d> Namespaces<'d> {
    /// Only the prefix `xml` is bound.
    pub(super) fn new() -> Self {
        Self {
            names: HashMap::from_iter([(Cow::Borrowed(""), NONE), (Cow::Borrowed(XML), 1)]),
            prefixes: HashMap::from_iter([("", DEFAULT), ("xml", 1)]),
            bound: vec![Some(NONE), Some(1)],
            undo: Vec::new(),
        }
    }

    /// The number of declarations in scope.
    pub(super) fn in_scope(&self) -> usize {
        self.undo.len()
    }

    /// Binds `prefix`, which is `""` for `xmlns="…"`, to the namespace `name` within `element`.
    pub(super) fn declare(&mut self, element: u32, prefix: &'d str, name: Cow<'d, str>) -> Result<(), XmlFault> {
        check(prefix, &name).map_err(XmlFault::NamespaceDeclaration)?;
        let next = self.names.len() as u32;
        let number = *self.names.entry(name).or_insert(next);
        let next = self.bound.len();
        let prefix = *self.prefixes.entry(prefix).or_insert(next);
        if prefix == next {
            self.bound.push(None);
        }
        if let Some(bound) = self.bound.get_mut(prefix) {
            let before = bound.replace(number);
            self.undo.push(Undo { element, prefix, before });
        }
        Ok(())
    }

    /// The number of the default namespace.
    pub(super) fn default(&self) -> u32 {
        self.bound.first().copied().flatten().unwrap_or(NONE)
    }

    /// The number of the namespace that `prefix` is bound to.
    pub(super) fn resolve(&self, prefix: &str) -> Option<u32> {
        self.bound.get(*self.prefixes.get(prefix)?).copied().flatten()
    }

    /// Ends the scope of `element`.
    pub(super) fn close(&mut self, element: u32) {
        while let Some(undo) = self.undo.pop_if(|undo| undo.element == element) {
            if let Some(bound) = self.bound.get_mut(undo.prefix) {
                *bound = undo.before;
            }
        }
    }

    /// The names by number.
    pub(super) fn into_names(self) -> Vec<Box<str>> {
        let mut names: Vec<_> = self.names.into_iter().collect();
        names.sort_unstable_by_key(|&(_, number)| number);
        names.into_iter().map(|(name, _)| name.into()).collect()
    }
}

/// The constraints of section 3 of Namespaces in XML.
fn check(prefix: &str, name: &str) -> Result<(), &'static str> {
    match (prefix, name) {
        ("xmlns", _) => Err("the prefix `xmlns` cannot be declared"),
        ("xml", XML) => Ok(()),
        ("xml", _) => Err("the prefix `xml` cannot stand for another namespace"),
        (_, XML) => Err("the namespace of the prefix `xml` cannot be given to another"),
        (_, XMLNS) => Err("the namespace of the prefix `xmlns` cannot be declared"),
        (_, "") if !prefix.is_empty() => Err("a prefix cannot be declared to stand for no namespace"),
        _ => Ok(()),
    }
}
