//! The second half of a long text, read while the first one is.
//!
//! What is around it is not known then: which elements are open, and which namespace names without a prefix have. So an
//! element of no name stands for all that is open, that namespace gets a number of its own, and end tags for which
//! nothing is open here are noted. Once the first half is read, they close what is open there, and what stands between
//! two of them goes into the element that is open then.
//!
//! A half in which anything is wrong, or may be, is thrown away, and the builder goes on alone: no error is found here.

use std::ops::Range;

use crate::source::{Limits, Span};

use super::builder::Builder;
use super::document::Element;
use super::fault::Checked;
use super::namespace::{Namespaces, UNKNOWN};
use super::tokens::Tokens;

/// The second half of a text.
pub(super) struct Half {
    /// The first one stands for what is open around the half.
    elements: Vec<Element>,
    /// The names of the namespaces by number.
    names: Vec<Box<str>>,
    closings: Vec<Closing>,
}

/// The end tag of an element that is not opened in the half.
pub(super) struct Closing {
    pub(super) name: Span,
    /// After the `>`.
    pub(super) end: usize,
    /// The number of elements before it.
    pub(super) elements: usize,
}

/// Where the second half of a text starts, if it is worth another thread.
pub(super) fn second_half(text: &str) -> Option<usize> {
    let middle = Some(text.len() / 2).filter(|_| text.len() >= LONG)?;
    memchr::memchr(b'<', text.as_bytes().get(middle..)?).map(|tag| middle + tag)
}

/// How many bytes are worth another thread; few where tests run.
const LONG: usize = if cfg!(debug_assertions) { 1 << 12 } else { 1 << 21 };

impl Half {
    /// Reads a text from the tag at `middle` on; nothing where it can not be read by itself.
    pub(super) fn read(text: &str, middle: usize, limits: &Limits) -> Option<Self> {
        let limits = half_of(limits);
        let mut builder = Builder::with_room(text, text.as_bytes().get(middle..)?, &limits);
        builder.elements.push(Element::NONE);
        builder.open = Some(0);
        builder.namespaces = Namespaces::unknown();
        builder.closings = Some(Vec::new());
        builder.read(&mut Tokens::new(text, middle), text.len()).ok()?;
        let Builder { elements, namespaces, open, closings, .. } = builder;
        // Another element that is open at the end of the text is not closed at all.
        (open == Some(0)).then(|| Self {
            elements,
            names: namespaces.into_names(),
            closings: closings.unwrap_or_default(),
        })
    }

    /// Whether the half goes on where a builder is, and both are within the limits.
    pub(super) fn fits(&self, first: &Builder<'_>) -> bool {
        let limits = half_of(first.limits);
        first.open.is_some()
            && first.depth <= limits.depth
            && first.namespaces.in_scope() <= limits.namespace_bindings as usize
            && first.elements.len() + self.elements.len() <= first.limits.elements as usize
    }

    /// Adds the half to a builder that is where it starts, and tells up to where the text is read then: the end of the
    /// document's element, behind which all is otherwise.
    pub(super) fn join(self, first: &mut Builder<'_>) -> Checked<usize> {
        let numbers = self.names.iter().enumerate().map(|(number, name)| match number as u32 {
            UNKNOWN => UNKNOWN,
            _ => first.namespaces.number(name.to_string().into()),
        });
        let numbers: Vec<_> = numbers.collect();
        let number = first.elements.len() as u32;
        let mut from = 1;
        for closing in &self.closings {
            self.move_to(first, from..closing.elements, number, &numbers);
            first.end_tag(closing.name, closing.end)?;
            if first.open.is_none() {
                return Ok(closing.end);
            }
            from = closing.elements;
        }
        self.move_to(first, from..self.elements.len(), number, &numbers);
        Ok(first.text.len())
    }

    /// Adds elements to the one that is open; the first of all has the number `first_number`.
    fn move_to(&self, first: &mut Builder<'_>, elements: Range<usize>, first_number: u32, numbers: &[u32]) {
        let around = first.open.unwrap_or_default();
        let default = first.namespaces.default();
        let elements = self.elements.get(elements).unwrap_or_default();
        first.elements.extend(elements.iter().map(|element| {
            let namespace = match element.namespace {
                UNKNOWN => default,
                other => numbers.get(other as usize).copied().unwrap_or_default(),
            };
            Element { namespace, ..element.grafted(first_number, around) }
        }));
    }
}

/// Two of these together are within the limits.
fn half_of(limits: &Limits) -> Limits {
    Limits { depth: limits.depth / 2, namespace_bindings: limits.namespace_bindings / 2, ..limits.clone() }
}

#[cfg(test)]
mod tests {
    use super::{Builder, Half, second_half};
    use crate::source::{Limits, Options, Source};

    const TEXT: &str = "<?xml version='1.0'?><!-- - --><a xmlns='u' xmlns:p='v'> <b><p:c x='1'/>t<d xmlns=''><e/></d>&lt;</b>\n\
                        <f xmlns='w'><g p:y='2'><![CDATA[<h>]]></g ><h/></f><i/><!-- <j> --></a>\n<?end?>";

    fn limits() -> Limits {
        Options::default().limits
    }

    /// Reads in two halves and alone, the same each time; tells whether it is a document.
    fn assert_same(text: &str, limits: &Limits) -> bool {
        let source = || Source::from_bytes("t", text.into(), &Options::default()).unwrap();
        let alone = Builder::new(text, limits).build_split(None).map_err(|broken| broken.at(&source()));
        for (middle, _) in text.match_indices('<') {
            let halves = Builder::new(text, limits).build_split(Some(middle)).map_err(|broken| broken.at(&source()));
            match (&alone, &halves) {
                (Ok(alone), Ok(halves)) => assert_eq!(alone, halves, "{text} at {middle}"),
                (Err(alone), Err(halves)) => {
                    let told = |error: &crate::xml::Error| (error.to_string(), error.position());
                    assert_eq!(told(alone), told(halves), "{text} at {middle}");
                }
                _ => panic!("{text} at {middle}: {alone:?}, {halves:?}"),
            }
        }
        alone.is_ok()
    }

    #[test]
    fn two_halves_are_the_whole() {
        assert!(assert_same(TEXT, &limits()));
    }

    #[test]
    fn two_halves_of_a_damaged_document_have_its_fault() {
        let mut documents = 0;
        for at in (1..TEXT.len()).filter(|&at| TEXT.is_char_boundary(at)) {
            for damage in
                ["</a>", "</>", "</b>", "<x>", "<p:x/>", "<q:x/>", "<!--", "]]>", "t", "&", "\u{FEFF}", "<?xml?>"]
            {
                let (before, after) = TEXT.split_at(at);
                documents += usize::from(assert_same(&[before, damage, after].concat(), &limits()));
                documents += usize::from(assert_same(before, &limits()));
            }
        }
        assert!(documents > 100, "only {documents} are well-formed");
    }

    #[test]
    fn two_halves_keep_the_limits_of_the_whole() {
        for most in 0..12 {
            assert_same(TEXT, &Limits { depth: most, ..limits() });
            assert_same(TEXT, &Limits { elements: most, ..limits() });
            assert_same(TEXT, &Limits { namespace_bindings: most, ..limits() });
        }
    }

    #[test]
    fn a_long_document_is_read_in_halves() {
        let text = format!("<a>{}</a>", "<b><c/></b>".repeat(1000));
        let middle = second_half(&text).unwrap();
        assert!(Half::read(&text, middle, &limits()).is_some());
        assert_eq!(second_half(TEXT), None);
    }
}
