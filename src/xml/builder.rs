//! The one pass that checks a document and makes its tree.

use quick_xml::events::Event;

use crate::source::{Limit, Limits, Span};

use super::declaration::check_declaration;
use super::document::Element;
use super::fault::{Broken, Checked, Fault, shown};
use super::misc::{check_comment, check_instruction, first_forbidden};
use super::name::{is_qname, is_space};
use super::namespace::Namespaces;
use super::tag::{self, Name, RawAttribute, check_length, check_reference, check_unique};
use super::text::attribute_value;
use super::tokens::Tokens;

/// Takes tokens, and adds everything that makes a document well-formed.
pub(super) struct Builder<'d> {
    text: &'d str,
    limits: &'d Limits,
    elements: Vec<Element>,
    namespaces: Namespaces<'d>,
    /// The attributes of the tag at hand; kept so that no tag allocates.
    attributes: Vec<RawAttribute>,
    /// The innermost open element.
    open: Option<u32>,
    depth: u32,
}

impl<'d> Builder<'d> {
    pub(super) fn new(text: &'d str, limits: &'d Limits) -> Self {
        let tags = memchr::memchr_iter(b'<', text.as_bytes()).count();
        Self {
            text,
            limits,
            // Space that is not used is never touched, and costs no memory.
            elements: Vec::with_capacity(tags.min(limits.elements as usize)),
            namespaces: Namespaces::new(),
            attributes: Vec::new(),
            open: None,
            depth: 0,
        }
    }

    /// Reads the whole text, and makes the elements and the names of their namespaces.
    pub(super) fn build(mut self) -> Checked<(Vec<Element>, Vec<Box<str>>)> {
        let outcome = self.read();
        // The whole text is tested at once; what comes first in it is told.
        let last = outcome.as_ref().err().map_or(self.text.len(), |broken| broken.offset());
        if let Some((span, character)) = first_forbidden(self.text).filter(|(span, _)| span.range().start <= last) {
            return Err(Broken::new(Fault::Character(character), span, "here"));
        }
        match outcome {
            Ok(()) => Ok((self.elements, self.namespaces.into_names())),
            Err(broken) if is_html(self.text) => Err(broken.explained(Fault::HtmlPage)),
            Err(broken) => Err(broken),
        }
    }

    fn read(&mut self) -> Checked {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            return Err(stray_mark(0));
        }
        let mut tokens = Tokens::new(self.text);
        loop {
            let start = tokens.offset();
            let event = tokens.next().map_err(|at| self.explain(at))?;
            let end = tokens.offset();
            match event {
                Event::Start(_) => self.start_tag(start, end)?,
                Event::Empty(_) => self.empty_tag(start, end)?,
                Event::End(tag) => self.end_tag(Span::new(start + 2, start + 2 + tag.name().as_ref().len()), end)?,
                Event::Text(_) => self.check_text(start, end)?,
                Event::GeneralRef(_) => self.check_reference(start)?,
                Event::CData(_) => self.check_cdata(start, end)?,
                Event::Comment(_) => check_comment(self.slice(start, end), start)?,
                Event::PI(_) => check_instruction(self.slice(start, end), start)?,
                Event::Decl(_) => check_declaration(self.slice(start, end), start)?,
                Event::DocType(_) => return Err(doctype(start)),
                Event::Eof => return self.check_end(),
            }
        }
    }

    fn start_tag(&mut self, start: usize, end: usize) -> Checked {
        let number = self.element(start, end, end - 1)?;
        if self.depth >= self.limits.depth {
            let fault = Fault::Limit(self.limits.exceeded(Limit::Depth));
            return Err(Broken::new(fault, Span::new(start, end), "one too deep"));
        }
        self.depth += 1;
        self.open = Some(number);
        Ok(())
    }

    fn empty_tag(&mut self, start: usize, end: usize) -> Checked {
        let number = self.element(start, end, end - 2)?;
        self.close(number, end, end);
        Ok(())
    }

    /// The end tag with this name, up to `end`.
    fn end_tag(&mut self, name: Span, end: usize) -> Checked {
        let (found, start) = (self.slice_of(name), name.start as usize - 2);
        let Some((number, element)) = self.open_element() else {
            return Err(stray_end_tag(found, None, start, end));
        };
        let open = self.slice_of(element.name());
        if open != found {
            return Err(stray_end_tag(found, Some((open, element.name())), start, end));
        }
        self.close(number, start, end);
        self.depth -= 1;
        self.open = (number > 0).then_some(element.parent);
        Ok(())
    }

    /// Adds the element whose start tag reaches from `start` to `end`, its attributes ending at `inside`.
    fn element(&mut self, start: usize, end: usize, inside: usize) -> Checked<u32> {
        let name = tag::scan(self.text, start, inside, self.limits, &mut self.attributes)?;
        let number = self.elements.len() as u32;
        if self.open.is_none() && number > 0 {
            let label = "the second one starts here";
            return Err(Broken::new(Fault::SecondRoot, name.span(), label));
        }
        if number >= self.limits.elements {
            let fault = Fault::Limit(self.limits.exceeded(Limit::Elements));
            return Err(Broken::new(fault, name.span(), "one too many"));
        }
        let namespace = self.bind(number, name)?;
        let parent = self.open.unwrap_or(number);
        self.elements.push(Element::opened(Span::new(start, end), name, namespace, parent));
        Ok(number)
    }

    fn close(&mut self, number: u32, close: usize, end: usize) {
        let next = self.elements.len() as u32;
        if let Some(element) = self.elements.get_mut(number as usize) {
            let Span { start: close, end } = Span::new(close, end);
            (element.close, element.end, element.next) = (close, end, next);
        }
        self.namespaces.close(number);
    }

    /// Brings the namespaces that a tag declares into scope, checks its prefixes and that no attribute is there
    /// twice, and tells the number of its own namespace.
    fn bind(&mut self, number: u32, name: Name) -> Checked<u32> {
        let text = self.text;
        let mut prefixed = false;
        for attribute in &self.attributes {
            prefixed |= attribute.name.has_prefix();
            let declared = match attribute.name.prefix(text) {
                "xmlns" => attribute.name.local(text),
                "" if attribute.name.qualified(text) == "xmlns" => "",
                _ => continue,
            };
            declare(&mut self.namespaces, self.limits, text, number, attribute, declared)?;
        }
        check_unique(&self.attributes, text, |attribute| Some(attribute.name.bytes(text)))?;
        if prefixed {
            self.check_prefixes()?;
        }
        if name.has_prefix() { self.resolve(name) } else { Ok(self.namespaces.default()) }
    }

    fn check_prefixes(&self) -> Checked {
        let prefixed =
            |attribute: &&RawAttribute| attribute.name.has_prefix() && attribute.name.prefix(self.text) != "xmlns";
        for attribute in self.attributes.iter().filter(prefixed) {
            self.resolve(attribute.name)?;
        }
        check_unique(&self.attributes, self.text, |attribute| {
            let namespace =
                prefixed(&attribute).then(|| self.namespaces.resolve(attribute.name.prefix(self.text)))??;
            Some((namespace, attribute.name.local(self.text)))
        })
    }

    fn resolve(&self, name: Name) -> Checked<u32> {
        let prefix = name.prefix(self.text);
        self.namespaces.resolve(prefix).ok_or_else(|| {
            let span = Span::new(name.start, name.local - 1);
            Broken::new(Fault::UndeclaredPrefix(shown(prefix)), span, "here")
        })
    }

    fn check_text(&self, start: usize, end: usize) -> Checked {
        let text = self.slice(start, end);
        if self.open.is_none() {
            let Some(at) = text.bytes().position(|byte| !is_space(byte)) else {
                return Ok(());
            };
            let is_mark = text.get(at..).is_some_and(|rest| rest.starts_with(BYTE_ORDER_MARK));
            return Err(if is_mark { stray_mark(start + at) } else { outside("text", start + at) });
        }
        check_length(Span::new(start, end), self.limits)?;
        let close = |at: &usize| text.as_bytes().get(..*at).is_some_and(|before| before.ends_with(b"]]"));
        let Some(at) = memchr::memchr_iter(b'>', text.as_bytes()).find(close) else {
            return Ok(());
        };
        let span = Span::new(start + at - 2, start + at + 1);
        Err(Broken::new(Fault::CdataEnd, span, "no CDATA section is open"))
    }

    fn check_reference(&self, start: usize) -> Checked {
        if self.open.is_none() {
            return Err(outside("a reference", start));
        }
        check_reference(self.text, start).map(drop)
    }

    fn check_cdata(&self, start: usize, end: usize) -> Checked {
        if self.open.is_none() {
            return Err(outside("a CDATA section", start));
        }
        check_length(Span::new(start, end), self.limits)
    }

    fn check_end(&self) -> Checked {
        let end = Span::empty_at(self.text.len());
        match self.open_element() {
            Some((_, element)) => {
                let fault = Fault::UnclosedElement(shown(self.slice_of(element.name())));
                let broken = Broken::new(fault, end, "the document ends here");
                Err(broken.and(element.name(), "still open"))
            }
            None if self.elements.is_empty() => Err(Broken::new(Fault::NoRoot, end, "nothing up to here")),
            None => Ok(()),
        }
    }

    /// Tells what is wrong with markup that quick-xml gives up on.
    fn explain(&mut self, at: usize) -> Box<Broken> {
        let markup = self.slice(at, self.text.len());
        let unclosed = |what| {
            let end = Span::empty_at(self.text.len());
            Broken::new(Fault::UnclosedMarkup(what), end, "the document ends here")
                .and(Span::new(at, at + 1), "still open")
        };
        // Where a quote is missing the rest of the document looks like a value: the first slip in it is the cause.
        let mut tag_fault = || {
            let end = self.text.len();
            let scanned = tag::scan(self.text, at, end, self.limits, &mut self.attributes);
            scanned.err().filter(|broken| broken.offset() < end)
        };
        match markup.as_bytes() {
            [b'&', ..] => check_reference(self.text, at).err().unwrap_or_else(|| unclosed("a reference")),
            [b'<', b'?', ..] => {
                unclosed_instruction(markup, at).unwrap_or_else(|| unclosed("a processing instruction"))
            }
            [b'<', b'/', ..] => unclosed("an end tag"),
            [b'<', b'!', ..] if markup.starts_with("<!--") => unclosed("a comment"),
            [b'<', b'!', ..] if markup.starts_with("<![CDATA[") => unclosed("a CDATA section"),
            [b'<', b'!', ..] if markup.starts_with("<!DOCTYPE") => doctype(at),
            [b'<', b'!', ..] if LONGER_MARKUP.iter().any(|token| token.starts_with(markup)) => {
                unclosed("a comment or a CDATA section")
            }
            [b'<', b'!', ..] => Broken::new(Fault::Markup, Span::new(at, at + 2), "here"),
            _ => tag_fault().unwrap_or_else(|| unclosed("a tag")),
        }
    }

    fn open_element(&self) -> Option<(u32, Element)> {
        let number = self.open?;
        Some((number, *self.elements.get(number as usize)?))
    }

    fn slice_of(&self, span: Span) -> &'d str {
        self.slice(span.start as usize, span.end as usize)
    }

    fn slice(&self, start: usize, end: usize) -> &'d str {
        self.text.get(start..end).unwrap_or_default()
    }
}

fn declare<'d>(
    namespaces: &mut Namespaces<'d>,
    limits: &Limits,
    text: &'d str,
    number: u32,
    attribute: &RawAttribute,
    prefix: &'d str,
) -> Checked {
    if namespaces.in_scope() >= limits.namespace_bindings as usize {
        let fault = Fault::Limit(limits.exceeded(Limit::NamespaceBindings));
        return Err(Broken::new(fault, attribute.name.span(), "one too many"));
    }
    let value = text.get(attribute.value.range()).unwrap_or_default();
    let declared = namespaces.declare(number, prefix, attribute_value(value));
    declared.map_err(|fault| Broken::new(fault, attribute.name.span(), "here"))
}

/// What a `<!` at the end of a document can have been the start of.
const LONGER_MARKUP: [&str; 3] = ["<!--", "<![CDATA[", "<!DOCTYPE"];

/// What is wrong with an instruction or declaration that has no `?>`, beside its end.
fn unclosed_instruction(markup: &str, at: usize) -> Option<Box<Broken>> {
    if markup.starts_with("<?>") {
        let fault = Fault::ProcessingInstruction("a processing instruction starts with a name");
        return Some(Broken::new(fault, Span::new(at, at + 3), "here"));
    }
    let close = markup.find('>').filter(|_| at == 0 && markup.starts_with("<?xml"))?;
    let fault = Fault::Declaration("the XML declaration is not closed with `?>`");
    Some(Broken::new(fault, Span::new(close, close + 1), "closed here"))
}

/// An end tag that does not close what is open, whose name and place are given.
fn stray_end_tag(found: &str, open: Option<(&str, Span)>, start: usize, end: usize) -> Box<Broken> {
    let span = Span::new(start, end);
    if !is_qname(found) {
        let fault = Fault::Tag("an end tag holds a name and nothing else");
        return Broken::new(fault, span, "here");
    }
    let found = shown(found);
    match open {
        None => Broken::new(Fault::UnexpectedEndTag(found), span, "here"),
        Some((open, name)) => {
            let fault = Fault::MismatchedEndTag { open: shown(open), found };
            Broken::new(fault, span, "closed here").and(name, "opened here")
        }
    }
}

fn doctype(start: usize) -> Box<Broken> {
    Broken::new(Fault::Doctype, Span::new(start, start + "<!DOCTYPE".len()), "here")
}

/// Within the document's element it is a character like others.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

fn stray_mark(at: usize) -> Box<Broken> {
    Broken::new(Fault::StrayByteOrderMark, Span::empty_at(at), "here")
}

fn outside(what: &'static str, at: usize) -> Box<Broken> {
    Broken::new(Fault::OutsideRoot(what), Span::empty_at(at), "here")
}

fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches([' ', '\t', '\r', '\n']);
    ["<!doctype html", "<html"].iter().any(|token| {
        start.get(..token.len()).is_some_and(|start| start.eq_ignore_ascii_case(token))
            && !start.get(token.len()..).is_some_and(|rest| rest.starts_with(|next: char| next.is_alphanumeric()))
    })
}
