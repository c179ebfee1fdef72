//! New elements, and writing them in the style of a place.

use super::style::{EmptyTag, Style};
use crate::source::{Options, Source};
use crate::xml::escape::{self, Unwritable};
use crate::xml::{Document, Node};

/// An element that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fresh {
    name: String,
    attributes: Vec<(String, String)>,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Elements(Vec<Fresh>),
    Text(String),
}

impl Fresh {
    /// An element of this name beside or below `relative`, in whose namespace it is.
    pub(super) fn like(relative: Node<'_>, local_name: &str) -> Self {
        let name = match relative.prefix() {
            Some(prefix) => format!("{prefix}:{local_name}"),
            None => local_name.to_owned(),
        };
        Self { name, attributes: Vec::new(), content: Content::Elements(Vec::new()) }
    }

    /// With one more attribute.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// With one more child.
    pub(super) fn containing(mut self, child: Self) -> Self {
        match &mut self.content {
            Content::Elements(children) => children.push(child),
            Content::Text(_) => self.content = Content::Elements(vec![child]),
        }
        self
    }

    /// Reads an element from XML text of its own; `None` where it is no well-formed XML.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let options = Options::default();
        let source = Source::from_bytes("notation", text.as_bytes().to_vec(), &options).ok()?;
        let document = Document::parse(source, &options.limits).ok()?;
        Some(Self::copy(document.root()))
    }

    /// Copies an element, its layout left behind.
    pub(super) fn copy(node: Node<'_>) -> Self {
        let attributes = node.attributes();
        let children: Vec<_> = node.children().map(Self::copy).collect();
        let text = node.text();
        let has_text = children.is_empty() && !text.trim().is_empty();
        Self {
            name: node.qualified_name().to_owned(),
            attributes: attributes.map(|one| (one.name().to_owned(), one.value().into_owned())).collect(),
            content: if has_text { Content::Text(text.into_owned()) } else { Content::Elements(children) },
        }
    }

    /// Writes the element, without the gap before it.
    ///
    /// # Errors
    ///
    /// When a value holds a character that XML has no way to write.
    pub(super) fn write(&self, style: &Style) -> Result<String, Unwritable> {
        let mut written = String::new();
        self.write_into(style, &mut written)?;
        Ok(written)
    }

    fn write_into(&self, style: &Style, out: &mut String) -> Result<(), Unwritable> {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            push_attribute(out, " ", name, value, style.quote)?;
        }
        match &self.content {
            Content::Text(text) => {
                out.push('>');
                out.push_str(&escape::text(text)?);
                self.close(out);
            }
            Content::Elements(children) if children.is_empty() => match style.empty {
                EmptyTag::Spaced => out.push_str(" />"),
                EmptyTag::Tight => out.push_str("/>"),
                EmptyTag::Pair => {
                    out.push('>');
                    self.close(out);
                }
            },
            Content::Elements(children) => {
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

/// Writes an attribute after `gap`.
///
/// # Errors
///
/// When the value holds a character that XML has no way to write.
pub(super) fn push_attribute(
    out: &mut String,
    gap: &str,
    name: &str,
    value: &str,
    quote: char,
) -> Result<(), Unwritable> {
    out.push_str(gap);
    out.push_str(name);
    out.push('=');
    out.push(quote);
    out.push_str(&escape::attribute(value, quote)?);
    out.push(quote);
    Ok(())
}
