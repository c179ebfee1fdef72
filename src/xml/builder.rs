//! The single pass that checks a document and builds its tree.

use quick_xml::events::Event;

use crate::source::{Limit, Limits, Source, Span};

use super::declaration::check_declaration;
use super::document::Document;
use super::element::Element;
use super::error::{Error, XmlErrorBuilder, XmlFault, XmlResult, shown};
use super::misc::{check_comment, check_instruction, first_forbidden};
use super::name::is_qname;
use super::namespace::Namespaces;
use super::tag::{self, Name, RawAttribute, check_length, check_reference, check_unique, may_repeat};
use super::text::attribute_value;
use super::tokens::{Token, Tokens};

impl Document {
    /// Reads `source`.
    ///
    /// # Errors
    /// The text is not well-formed, has a document type declaration, or exceeds a limit.
    pub fn parse(source: Source, limits: &Limits) -> Result<Self, Error> {
        match Builder::new(source.text(), limits).build() {
            Ok((elements, namespaces)) => Ok(Self { source, elements, namespaces }),
            Err(error) => Err(error.at(&source)),
        }
    }
}

/// Fewer bytes than an element of a topology takes on average.
const BYTES_AN_ELEMENT: usize = 64;

/// Builds the tree from tokens, and checks everything else that well-formedness requires.
pub(super) struct Builder<'d> {
    text: &'d str,
    limits: &'d Limits,
    elements: Vec<Element>,
    namespaces: Namespaces<'d>,
    /// The attributes of the current tag; reused so that no tag allocates.
    attributes: Vec<RawAttribute>,
    /// The innermost open element.
    open: Option<u32>,
    depth: u32,
}

impl<'d> Builder<'d> {
    pub(super) fn new(text: &'d str, limits: &'d Limits) -> Self {
        Self {
            text,
            limits,
            // Unused capacity is never touched; growing would copy the elements.
            elements: Vec::with_capacity(text.len() / BYTES_AN_ELEMENT),
            namespaces: Namespaces::new(),
            attributes: Vec::new(),
            open: None,
            depth: 0,
        }
    }

    /// Reads the whole text, and returns the elements and the names of their namespaces.
    pub(super) fn build(mut self) -> XmlResult<(Vec<Element>, Vec<Box<str>>)> {
        let outcome = self.read();
        // The whole text is tested at once; the first fault in it is reported.
        let last = outcome.as_ref().err().map_or(self.text.len(), |error| error.offset());
        if let Some((span, character)) = first_forbidden(self.text).filter(|(span, _)| span.range().start <= last) {
            return Err(XmlErrorBuilder::new(XmlFault::Character(character), span, "here"));
        }
        match outcome {
            Ok(()) => Ok((self.elements, self.namespaces.into_names())),
            Err(error) if is_html(self.text) => Err(error.explained(XmlFault::HtmlPage)),
            Err(error) => Err(error),
        }
    }

    fn read(&mut self) -> XmlResult {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            return Err(stray_mark(0));
        }
        let mut tokens = Tokens::new(self.text);
        loop {
            let Token { before, start, end, event } = tokens.next().map_err(|at| self.explain(at))?;
            let text_end = if matches!(event, Event::Text(_)) { end } else { start };
            if self.open.is_some() {
                check_length(Span::new(before, text_end), self.limits)?;
            }
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

    fn start_tag(&mut self, start: usize, end: usize) -> XmlResult {
        let number = self.element(start, end, end - 1)?;
        if self.depth >= self.limits.depth {
            let fault = XmlFault::Limit(self.limits.exceeded(Limit::Depth));
            return Err(XmlErrorBuilder::new(fault, Span::new(start, end), "one too deep"));
        }
        self.depth += 1;
        self.open = Some(number);
        Ok(())
    }

    fn empty_tag(&mut self, start: usize, end: usize) -> XmlResult {
        let number = self.element(start, end, end - 2)?;
        self.close(number, end);
        Ok(())
    }

    /// The end tag with this name, up to `end`.
    fn end_tag(&mut self, name: Span, end: usize) -> XmlResult {
        let (found, start) = (self.slice_of(name), name.start as usize - 2);
        let Some((number, element)) = self.open_element() else {
            return Err(stray_end_tag(found, None, start, end));
        };
        let open = self.slice_of(element.name());
        if open != found {
            return Err(stray_end_tag(found, Some((open, element.name())), start, end));
        }
        self.close(number, end);
        self.depth -= 1;
        self.open = (number > 0).then_some(element.parent);
        Ok(())
    }

    /// Adds the element whose start tag reaches from `start` to `end`, its attributes ending at `inside`.
    fn element(&mut self, start: usize, end: usize, inside: usize) -> XmlResult<u32> {
        let name = tag::scan(self.text, start, inside, self.limits, &mut self.attributes)?;
        let number = self.elements.len() as u32;
        if self.open.is_none() && number > 0 {
            let label = "the second one starts here";
            return Err(XmlErrorBuilder::new(XmlFault::SecondRoot, name.span(), label));
        }
        if number >= self.limits.elements {
            let fault = XmlFault::Limit(self.limits.exceeded(Limit::Elements));
            return Err(XmlErrorBuilder::new(fault, name.span(), "one too many"));
        }
        let namespace = self.bind(number, name)?;
        let parent = self.open.unwrap_or(number);
        self.elements.push(Element::opened(Span::new(start, end), name, namespace, parent));
        Ok(number)
    }

    fn close(&mut self, number: u32, end: usize) {
        let next = self.elements.len() as u32;
        if let Some(element) = self.elements.get_mut(number as usize) {
            (element.end, element.next) = (end as u32, next);
        }
        self.namespaces.close(number);
    }

    /// Brings the namespaces that a tag declares into scope, checks its prefixes and that no attribute occurs twice,
    /// and returns the number of its own namespace.
    fn bind(&mut self, number: u32, name: Name) -> XmlResult<u32> {
        let text = self.text;
        let mut prefixed = false;
        for attribute in &self.attributes {
            let declared = if !attribute.name.has_prefix() {
                if attribute.name.qualified(text) != "xmlns" {
                    continue;
                }
                ""
            } else if attribute.name.prefix(text) == "xmlns" {
                attribute.name.local(text)
            } else {
                prefixed = true;
                continue;
            };
            declare(&mut self.namespaces, self.limits, text, number, attribute, declared)?;
        }
        if may_repeat(&self.attributes, text) {
            check_unique(&self.attributes, |attribute| Some(attribute.name.qualified(text)), text)?;
        }
        if prefixed {
            self.check_prefixes()?;
        }
        if name.has_prefix() { self.resolve(name) } else { Ok(self.namespaces.default()) }
    }

    fn check_prefixes(&self) -> XmlResult {
        let prefixed =
            |attribute: &&RawAttribute| attribute.name.has_prefix() && attribute.name.prefix(self.text) != "xmlns";
        for attribute in self.attributes.iter().filter(prefixed) {
            self.resolve(attribute.name)?;
        }
        let expanded = |attribute: &RawAttribute| {
            let namespace =
                prefixed(&attribute).then(|| self.namespaces.resolve(attribute.name.prefix(self.text)))??;
            Some((namespace, attribute.name.local(self.text)))
        };
        check_unique(&self.attributes, expanded, self.text)
    }

    fn resolve(&self, name: Name) -> XmlResult<u32> {
        let prefix = name.prefix(self.text);
        self.namespaces
            .resolve(prefix)
            .ok_or_else(|| XmlErrorBuilder::new(XmlFault::UndeclaredPrefix(shown(prefix)), name.prefix_span(), "here"))
    }

    fn check_text(&self, start: usize, end: usize) -> XmlResult {
        let text = self.slice(start, end);
        if self.open.is_none() {
            let is_mark = text.starts_with(BYTE_ORDER_MARK);
            return Err(if is_mark { stray_mark(start) } else { outside("text", start) });
        }
        let close = |at: &usize| text.as_bytes().get(..*at).is_some_and(|before| before.ends_with(b"]]"));
        let Some(at) = memchr::memchr_iter(b'>', text.as_bytes()).find(close) else {
            return Ok(());
        };
        let span = Span::new(start + at - 2, start + at + 1);
        Err(XmlErrorBuilder::new(XmlFault::CdataEnd, span, "no CDATA section is open"))
    }

    fn check_reference(&self, start: usize) -> XmlResult {
        if self.open.is_none() {
            return Err(outside("a reference", start));
        }
        check_reference(self.text, start).map(drop)
    }

    fn check_cdata(&self, start: usize, end: usize) -> XmlResult {
        if self.open.is_none() {
            return Err(outside("a CDATA section", start));
        }
        check_length(Span::new(start, end), self.limits)
    }

    fn check_end(&self) -> XmlResult {
        let end = Span::empty_at(self.text.len());
        match self.open_element() {
            Some((_, element)) => {
                let fault = XmlFault::UnclosedElement(shown(self.slice_of(element.name())));
                let error = XmlErrorBuilder::new(fault, end, "the document ends here");
                Err(error.and(element.name(), "still open"))
            }
            None if self.elements.is_empty() => Err(XmlErrorBuilder::new(XmlFault::NoRoot, end, "nothing up to here")),
            None => Ok(()),
        }
    }

    /// Explains what is wrong with markup that quick-xml rejects.
    fn explain(&mut self, at: usize) -> Box<XmlErrorBuilder> {
        let markup = self.slice(at, self.text.len());
        let unclosed = |what| {
            let end = Span::empty_at(self.text.len());
            XmlErrorBuilder::new(XmlFault::UnclosedMarkup(what), end, "the document ends here")
                .and(Span::new(at, at + 1), "still open")
        };
        // Where a quote is missing, the rest of the document looks like a value: the first fault in it is the cause.
        let mut tag_fault = || {
            let end = self.text.len();
            let scanned = tag::scan(self.text, at, end, self.limits, &mut self.attributes);
            scanned.err().filter(|error| error.offset() < end)
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
            [b'<', b'!', ..] => XmlErrorBuilder::new(XmlFault::Markup, Span::new(at, at + 2), "here"),
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
) -> XmlResult {
    if namespaces.in_scope() >= limits.namespace_bindings as usize {
        let fault = XmlFault::Limit(limits.exceeded(Limit::NamespaceBindings));
        return Err(XmlErrorBuilder::new(fault, attribute.name.span(), "one too many"));
    }
    let value = text.get(attribute.value.range()).unwrap_or_default();
    let declared = namespaces.declare(number, prefix, attribute_value(value));
    declared.map_err(|fault| XmlErrorBuilder::new(fault, attribute.name.span(), "here"))
}

/// What a `<!` at the end of a document may have been the start of.
const LONGER_MARKUP: [&str; 3] = ["<!--", "<![CDATA[", "<!DOCTYPE"];

/// What else is wrong with an instruction or declaration that has no `?>`.
fn unclosed_instruction(markup: &str, at: usize) -> Option<Box<XmlErrorBuilder>> {
    if markup.starts_with("<?>") {
        let fault = XmlFault::ProcessingInstruction("a processing instruction starts with a name");
        return Some(XmlErrorBuilder::new(fault, Span::new(at, at + 3), "here"));
    }
    let close = markup.find('>').filter(|_| at == 0 && markup.starts_with("<?xml"))?;
    let fault = XmlFault::Declaration("the XML declaration is not closed with `?>`");
    Some(XmlErrorBuilder::new(fault, Span::new(close, close + 1), "closed here"))
}

/// An end tag that does not close `open`, the name and span of the open element.
fn stray_end_tag(found: &str, open: Option<(&str, Span)>, start: usize, end: usize) -> Box<XmlErrorBuilder> {
    let span = Span::new(start, end);
    if !is_qname(found) {
        let fault = XmlFault::Tag("an end tag holds a name and nothing else");
        return XmlErrorBuilder::new(fault, span, "here");
    }
    let found = shown(found);
    match open {
        None => XmlErrorBuilder::new(XmlFault::UnexpectedEndTag(found), span, "here"),
        Some((open, name)) => {
            let fault = XmlFault::MismatchedEndTag { open: shown(open), found };
            XmlErrorBuilder::new(fault, span, "closed here").and(name, "opened here")
        }
    }
}

fn doctype(start: usize) -> Box<XmlErrorBuilder> {
    XmlErrorBuilder::new(XmlFault::Doctype, Span::new(start, start + "<!DOCTYPE".len()), "here")
}

/// Inside the root element it is an ordinary character.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

fn stray_mark(at: usize) -> Box<XmlErrorBuilder> {
    XmlErrorBuilder::new(XmlFault::StrayByteOrderMark, Span::empty_at(at), "here")
}

fn outside(what: &'static str, at: usize) -> Box<XmlErrorBuilder> {
    XmlErrorBuilder::new(XmlFault::OutsideRoot(what), Span::empty_at(at), "here")
}

fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches([' ', '\t', '\r', '\n']);
    ["<!doctype html", "<html"].iter().any(|token| {
        start.get(..token.len()).is_some_and(|start| start.eq_ignore_ascii_case(token))
            && !start.get(token.len()..).is_some_and(|rest| rest.starts_with(|next: char| next.is_alphanumeric()))
    })
}
