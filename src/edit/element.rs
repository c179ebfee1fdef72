//! New elements, and writing them in the style of their neighbours.

use super::attribute::push_attribute;
use super::style::{EmptyTag, Style, is_space};
use crate::source::{Options, Source};
use crate::xml::escape::{self, Unwritable};
use crate::xml::{Document, Node};

/// An element to be written: its meaning, without layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewElement {
    name: String,
    /// The default namespace that the element declares; none if it has that of its parent.
    namespace: Option<String>,
    attributes: Vec<(String, String)>,
    content: ElementContent,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum ElementContent {
    Elements(Vec<NewElement>),
    Text(String),
}

/// Text next to elements, where white space may or may not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MixedContent;

impl NewElement {
    /// An element of this name in the namespace of `relative`, which is its sibling or parent.
    pub(crate) fn like(relative: Node<'_>, local_name: &str) -> Self {
        let name = match relative.prefix() {
            Some(prefix) => format!("{prefix}:{local_name}"),
            None => local_name.to_owned(),
        };
        Self { name, namespace: None, attributes: Vec::new(), content: ElementContent::Elements(Vec::new()) }
    }

    /// With one more attribute.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// With one more child.
    pub(crate) fn containing(mut self, child: Self) -> Self {
        match &mut self.content {
            ElementContent::Elements(children) => children.push(child),
            ElementContent::Text(_) => self.content = ElementContent::Elements(vec![child]),
        }
        self
    }

    /// Reads an element from a separate XML text; `None` if that is not well-formed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let options = Options::default();
        let source = Source::from_bytes("notation", text.as_bytes().to_vec(), &options).ok()?;
        let document = Document::parse(source, &options.limits).ok()?;
        Self::copy(document.root()).ok()
    }

    /// Copies an element without its layout, so that it means the same in any other place.
    ///
    /// # Errors
    ///
    /// When it contains text next to elements.
    pub(crate) fn copy(node: Node<'_>) -> Result<Self, MixedContent> {
        Self::copy_below(None, node)
    }

    fn copy_below(parent_namespace: Option<&str>, node: Node<'_>) -> Result<Self, MixedContent> {
        let namespace = node.namespace();
        let children: Result<Vec<_>, _> =
            node.children().map(|child| Self::copy_below(Some(namespace), child)).collect();
        let (children, text) = (children?, node.text());
        let has_text = !text.chars().all(is_space);
        if has_text && !children.is_empty() {
            return Err(MixedContent);
        }
        Ok(Self {
            name: node.local_name().to_owned(),
            namespace: (parent_namespace != Some(namespace)).then(|| namespace.to_owned()),
            attributes: portable_attributes(node),
            content: if has_text {
                ElementContent::Text(text.into_owned())
            } else {
                ElementContent::Elements(children)
            },
        })
    }

    /// The element with every value passed through `change`.
    pub(crate) fn map_values(mut self, change: &impl Fn(&str) -> String) -> Self {
        for (name, value) in &mut self.attributes {
            if !name.starts_with("xmlns:") {
                *value = change(value);
            }
        }
        self.content = match self.content {
            ElementContent::Text(text) => ElementContent::Text(change(&text)),
            ElementContent::Elements(children) => {
                ElementContent::Elements(children.into_iter().map(|child| child.map_values(change)).collect())
            }
        };
        self
    }

    /// The element on one line, in the style of notation files.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub(crate) fn to_line(&self) -> Result<String, Unwritable> {
        self.write(&Style::one_line())
    }

    /// Writes the element, without the gap before it.
    ///
    /// # Errors
    ///
    /// When a value contains a character that XML cannot represent.
    pub(crate) fn write(&self, style: &Style) -> Result<String, Unwritable> {
        let mut written = String::new();
        self.write_into(style, &mut written)?;
        Ok(written)
    }

    fn write_into(&self, style: &Style, out: &mut String) -> Result<(), Unwritable> {
        out.push('<');
        out.push_str(&self.name);
        let namespace = self.namespace.as_deref().map(|namespace| ("xmlns", namespace));
        let ordinary = self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let (first, last) = if style.namespace_last { (None, namespace) } else { (namespace, None) };
        for (name, value) in first.into_iter().chain(ordinary).chain(last) {
            push_attribute(out, " ", name, value, style.quote)?;
        }
        match &self.content {
            ElementContent::Text(text) => {
                out.push('>');
                out.push_str(&escape::text(text)?);
                self.close(out);
            }
            ElementContent::Elements(children) if children.is_empty() => match style.empty {
                EmptyTag::Spaced => out.push_str(" />"),
                EmptyTag::Tight => out.push_str("/>"),
                EmptyTag::Pair => {
                    out.push('>');
                    self.close(out);
                }
            },
            ElementContent::Elements(children) => {
                out.push('>');
                let deeper = style.indented();
                for child in children {
                    out.push_str(&deeper.gap);
                    child.write_into(&deeper, out)?;
                }
                out.push_str(&style.gap);
                self.close(out);
            }
        }
        Ok(())
    }

    fn close(&self, out: &mut String) {
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// The attributes, with a declaration for each prefix that one of them needs.
fn portable_attributes(node: Node<'_>) -> Vec<(String, String)> {
    let mut attributes: Vec<(String, String)> = Vec::new();
    for attribute in node.attributes().filter(|attribute| attribute.name() != "xmlns") {
        if let Some(prefix) = attribute.prefix().filter(|prefix| !["xml", "xmlns"].contains(prefix)) {
            let declaration = format!("xmlns:{prefix}");
            let here = node.attributes().any(|other| other.name() == declaration);
            if !here && attributes.iter().all(|(name, _)| *name != declaration) {
                attributes.push((declaration, node.namespace_of(&attribute).into_owned()));
            }
        }
        attributes.push((attribute.name().to_owned(), attribute.value().into_owned()));
    }
    attributes
}
