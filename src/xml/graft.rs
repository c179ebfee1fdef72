//! A document after edits: what they touch is parsed, and all else is taken over.
//!
//! The content of an element is well-formed or not by itself, given the depth and the namespaces around it. So it is
//! enough to parse the *window* of each edit: the run of children, with what stands between them, in the innermost
//! element whose content holds the edit. Where there is no such element, or a window is not well-formed, the whole is
//! parsed, which also tells what is wrong with it. Builds with debug assertions parse the whole every time, and
//! compare.

use std::fmt::Write;
use std::ops::Range;

use crate::source::{Edits, Limits, Source, Span};

use super::attribute::Attribute;
use super::builder::Builder;
use super::document::{Document, Element, NodeId};
use super::fault::Error;

impl Document {
    /// Reads `source`, which must be the source of this document after `edits`.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn edited(&self, source: Source, edits: &Edits, limits: &Limits) -> Result<Self, Error> {
        let Some(grafted) = Graft::new(self, &source, edits).and_then(|graft| graft.grow(limits)) else {
            return Self::parse(source, limits);
        };
        let Grafted { elements, namespaces } = grafted;
        let document = Self { source, elements, namespaces };
        debug_assert!(document.is_as_parsed(limits), "a graft that is no parse");
        Ok(document)
    }

    fn is_as_parsed(&self, limits: &Limits) -> bool {
        Builder::new(self.source.text(), limits).build().is_ok_and(|(elements, namespaces)| {
            let name = |names: &[Box<str>], element: &Element| names.get(element.namespace as usize).cloned();
            let is_same = |(one, other): (&Element, &Element)| {
                name(&self.namespaces, one) == name(&namespaces, other)
                    && Element { namespace: 0, ..*one } == Element { namespace: 0, ..*other }
            };
            elements.len() == self.elements.len() && self.elements.iter().zip(&elements).all(is_same)
        })
    }
}

/// The windows of all edits, none touching another.
struct Graft<'d> {
    old: &'d Document,
    text: &'d str,
    windows: Vec<Window>,
}

/// A run of children, with what is around each of them.
#[derive(Debug)]
struct Window {
    /// The number of the element in whose content it lies.
    parent: u32,
    /// The numbers of the old elements in it.
    elements: Range<u32>,
    /// Where it is in the old text.
    old: Span,
    /// Where it is in the new text.
    new: Span,
}

/// The parts of the new document.
struct Grafted {
    elements: Vec<Element>,
    namespaces: Vec<Box<str>>,
}

impl<'d> Graft<'d> {
    fn new(old: &'d Document, source: &'d Source, edits: &Edits) -> Option<Self> {
        let windows = edits.iter().map(|edit| Window::around(&old.elements, edit.span)).collect::<Option<Vec<_>>>()?;
        let mut windows = apart(windows)?;
        for window in &mut windows {
            window.new = edits.moved(window.old);
        }
        Some(Self { old, text: source.text(), windows })
    }

    fn grow(&self, limits: &Limits) -> Option<Grafted> {
        let mut namespaces = self.old.namespaces.clone();
        let fragment = |window| self.fragment(window, limits, &mut namespaces);
        let fragments = self.windows.iter().map(fragment).collect::<Option<Vec<_>>>()?;
        let shifts = Shift::between(&self.windows, &fragments);
        let count = self.old.elements.len() + fragments.iter().map(Vec::len).sum::<usize>();
        let mut elements = Vec::with_capacity(count);
        let mut from = 0;
        for (window, fragment) in self.windows.iter().zip(&fragments) {
            self.take_over(from..window.elements.start, &shifts, &mut elements);
            let first = elements.len() as u32;
            let parent = self.shift(&shifts, |before| before.elements.end <= window.parent).number(window.parent);
            elements.extend(fragment.iter().map(|element| element.grafted(first, parent)));
            from = window.elements.end;
        }
        self.take_over(from..self.old.elements.len() as u32, &shifts, &mut elements);
        (elements.len() <= limits.elements as usize).then_some(Grafted { elements, namespaces })
    }

    /// Takes elements over that are in no window, though a window may be in them.
    fn take_over(&self, numbers: Range<u32>, shifts: &[Shift], elements: &mut Vec<Element>) {
        let start = self.shift(shifts, |window| window.elements.end <= numbers.start);
        let old = self.old.elements.get(numbers.start as usize..numbers.end as usize).unwrap_or_default();
        elements.extend(old.iter().map(|element| {
            let end = self.shift(shifts, |window| window.old.start < element.end);
            let parent = self.shift(shifts, |window| window.elements.end <= element.parent);
            element.moved(start, end, parent)
        }));
    }

    /// How far something moves that these windows are before.
    fn shift(&self, shifts: &[Shift], is_before: impl Fn(&Window) -> bool) -> Shift {
        shifts.get(self.windows.partition_point(is_before)).copied().unwrap_or_default()
    }

    /// The elements of a window, their offsets already those of the new text.
    ///
    /// It is parsed within a start tag that declares what is in scope there, and an end tag.
    fn fragment(&self, window: &Window, limits: &Limits, namespaces: &mut Vec<Box<str>>) -> Option<Vec<Element>> {
        let inside = self.text.get(window.new.range())?;
        let (scope, limits) = self.scope(window.parent, limits)?;
        let text = format!("{scope}{inside}</{WRAP}>");
        let (mut elements, names) = Builder::new(&text, &limits).build().ok()?;
        elements.remove(0);
        let offset = window.new.start.wrapping_sub(scope.len() as u32);
        for element in &mut elements {
            let name = names.get(element.namespace as usize)?;
            element.displace(offset);
            element.namespace = number_of(name, namespaces);
        }
        Some(elements)
    }

    /// A start tag with all declarations that hold in the content of an element, and what of the limits is left
    /// there.
    fn scope(&self, parent: u32, limits: &Limits) -> Option<(String, Limits)> {
        let mut tag = format!("<{WRAP}");
        let (mut depth, mut declarations, mut declared) = (0, 0, Vec::new());
        let around = std::iter::successors(Some(self.old.node(NodeId(parent))), |node| node.parent());
        for node in around {
            depth += 1;
            for attribute in node.attributes().filter(Attribute::is_namespace_declaration) {
                declarations += 1;
                if !declared.contains(&attribute.name()) {
                    declared.push(attribute.name());
                    let quote = attribute.quote();
                    write!(tag, " {}={quote}{}{quote}", attribute.name(), attribute.raw_value()).ok()?;
                }
            }
        }
        tag.push('>');
        let limits = Limits {
            depth: (limits.depth + 1).checked_sub(depth)?,
            namespace_bindings: (limits.namespace_bindings + declared.len() as u32).checked_sub(declarations)?,
            ..limits.clone()
        };
        Some((tag, limits))
    }
}

/// The name of the element that a window is parsed in; which one is of no account.
const WRAP: &str = "wrap";

/// The number of a namespace, which may be new.
fn number_of(name: &str, namespaces: &mut Vec<Box<str>>) -> u32 {
    let known = namespaces.iter().position(|known| **known == *name);
    let number = known.unwrap_or(namespaces.len());
    if known.is_none() {
        namespaces.push(name.into());
    }
    number as u32
}

impl Window {
    /// The window of an edit; none where no element's content holds it.
    fn around(elements: &[Element], edit: Span) -> Option<Self> {
        let get = |number: u32| elements.get(number as usize);
        let before = elements.partition_point(|element| element.start < edit.start).checked_sub(1)? as u32;
        let mut parent = before;
        while !get(parent)?.holds(edit) {
            parent = get(parent).filter(|_| parent > 0)?.parent;
        }
        let child = |number| child_of(elements, parent, number);
        let touched = child(before).filter(|&child| get(child).is_some_and(|child| child.end > edit.start));
        let last_kept = touched.map_or(child(before), |touched| child(touched - 1));
        let (start, first) = match last_kept.and_then(get) {
            Some(kept) => (kept.end, kept.next),
            None => (get(parent)?.tag_end, parent + 1),
        };
        let end = get(parent)?.next;
        let behind = (elements.partition_point(|element| element.start < edit.end) as u32).min(end);
        let last = match child(behind).filter(|_| behind < end) {
            Some(child) if child < behind => get(child)?.next,
            _ => behind,
        };
        let stop = if last < end { get(last)?.start } else { get(parent)?.close };
        let old = Span { start, end: stop };
        Some(Self { parent, elements: first..last, old, new: old })
    }

    /// The window of two that touch; none where they are of different elements.
    fn joined(&mut self, other: &Self) -> Option<()> {
        if self.old.contains(other.old) {
            return Some(());
        }
        self.old.end = other.old.end;
        self.elements.end = other.elements.end;
        (self.parent == other.parent).then_some(())
    }
}

/// The child of `parent` that an element is, or is in; none for `parent` itself.
fn child_of(elements: &[Element], parent: u32, number: u32) -> Option<u32> {
    let parent_of = |number: u32| Some(elements.get(number as usize)?.parent);
    let mut child = number;
    while child > parent {
        match parent_of(child)? {
            around if around == parent => return Some(child),
            around => child = around,
        }
    }
    None
}

/// Windows in the order of the text, those that touch made one.
fn apart(mut windows: Vec<Window>) -> Option<Vec<Window>> {
    windows.sort_by_key(|window| (window.old.start, std::cmp::Reverse(window.old.end), window.parent));
    let mut apart: Vec<Window> = Vec::with_capacity(windows.len());
    for window in windows {
        match apart.last_mut() {
            Some(last) if window.old.start <= last.old.end => last.joined(&window)?,
            _ => apart.push(window),
        }
    }
    Some(apart)
}

/// How far things move: in the text, and in the numbers of elements. Both may be less than nothing.
#[derive(Clone, Copy, Debug, Default)]
struct Shift {
    offset: u32,
    number: u32,
}

impl Shift {
    /// What moves before the first window, between each two, and behind the last.
    fn between(windows: &[Window], fragments: &[Vec<Element>]) -> Vec<Self> {
        let mut shifts = vec![Self::default()];
        for (window, fragment) in windows.iter().zip(fragments) {
            let number = (fragment.len() as u32).wrapping_sub(window.elements.len() as u32);
            let last = shifts.last().copied().unwrap_or_default();
            shifts.push(Self {
                offset: window.new.end.wrapping_sub(window.old.end),
                number: last.number.wrapping_add(number),
            });
        }
        shifts
    }

    fn offset(self, offset: u32) -> u32 {
        offset.wrapping_add(self.offset)
    }

    fn number(self, number: u32) -> u32 {
        number.wrapping_add(self.number)
    }
}

impl Element {
    /// Whether the content holds an edit whole.
    fn holds(&self, edit: Span) -> bool {
        self.close < self.end && self.tag_end <= edit.start && edit.end <= self.close
    }

    fn moved(&self, start: Shift, end: Shift, parent: Shift) -> Self {
        Self {
            start: start.offset(self.start),
            local: start.offset(self.local),
            name_end: start.offset(self.name_end),
            tag_end: start.offset(self.tag_end),
            close: end.offset(self.close),
            end: end.offset(self.end),
            namespace: self.namespace,
            parent: parent.number(self.parent),
            next: end.number(self.next),
        }
    }

    fn displace(&mut self, offset: u32) {
        for at in
            [&mut self.start, &mut self.local, &mut self.name_end, &mut self.tag_end, &mut self.close, &mut self.end]
        {
            *at = at.wrapping_add(offset);
        }
    }

    /// An element of a fragment, whose first element gets the number `first`; the top ones are below `parent`.
    pub(super) fn grafted(&self, first: u32, parent: u32) -> Self {
        let parent = if self.parent == 0 { parent } else { first + self.parent - 1 };
        Self { parent, next: first + self.next - 1, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::Graft;
    use crate::source::{Edit, Edits, Options, Source, Span};
    use crate::xml::Document;

    const TEXT: &str = "<?xml version='1.0'?><a xmlns='u' xmlns:p='v'> <b><p:c x='1'/>t<d></d></b>\n\
                        <e xmlns='w' p:y='2'>&amp;<p:f/></e><!-- g --></a>\n";

    fn source(text: &str) -> Source {
        Source::from_bytes("t", text.into(), &Options::default()).unwrap()
    }

    /// Grafts and parses; the graft itself makes sure that both are the same.
    fn assert_same(edits: Vec<Edit>) -> bool {
        let limits = Options::default().limits;
        let old = Document::parse(source(TEXT), &limits).unwrap();
        let Ok(edits) = Edits::ordered(edits) else { return false };
        let bytes = old.source().edited(&edits);
        let Ok(source_after) = Source::from_bytes("t", bytes.clone(), &Options::default()) else { return false };
        let parsed = Document::parse(source(str::from_utf8(&bytes).unwrap()), &limits);
        match (old.edited(source_after, &edits, &limits), parsed) {
            (Ok(_), Ok(_)) => true,
            (Err(grafted), Err(parsed)) => {
                assert_eq!((grafted.to_string(), grafted.position()), (parsed.to_string(), parsed.position()));
                false
            }
            (grafted, parsed) => panic!("{edits:?}: {grafted:?}, {parsed:?}"),
        }
    }

    #[test]
    fn every_edit_gives_what_a_parse_gives() {
        let mut read = 0;
        for start in 0..=TEXT.len() {
            for end in start..=TEXT.len() {
                for text in ["", "<x/>", "<x xmlns='n'><y/></x>", "</b><b>", "]]>", "<!--", "</wrap><wrap>"] {
                    read += usize::from(assert_same(vec![Edit { span: Span::new(start, end), text: text.into() }]));
                }
            }
        }
        assert!(read > 500, "only {read} of the edited documents are well-formed");
    }

    #[test]
    fn what_no_edit_touches_is_not_parsed() {
        let limits = Options::default().limits;
        let old = Document::parse(source(TEXT), &limits).unwrap();
        let edit = |at: &str, text: &str| Edit { span: Span::empty_at(TEXT.find(at).unwrap()), text: text.into() };
        let edits = Edits::ordered(vec![edit("<p:c", "<x/>"), edit("<p:f", "<y/>")]).unwrap();
        let after = source(str::from_utf8(&old.source().edited(&edits)).unwrap());
        let graft = Graft::new(&old, &after, &edits).unwrap();
        let windows: Vec<_> = graft.windows.iter().map(|window| graft.text.get(window.new.range()).unwrap()).collect();
        assert_eq!(windows, ["<x/>", "&amp;<y/>"]);
        assert_eq!(graft.grow(&limits).unwrap().elements.len(), old.element_count() + 2);
    }

    #[test]
    fn several_edits_give_what_a_parse_gives() {
        let places = [21, 47, 49, 50, 64, 65, 74, 75, 98, 101, 112, 122];
        for first in places {
            for second in places {
                for (one, other) in [("<x/>", "<y/>"), ("<x>", "</x>"), ("", "<z p:z=''/>")] {
                    let edit = |at, text: &str| Edit { span: Span::empty_at(at), text: text.into() };
                    assert_same(vec![edit(first, one), edit(second, other)]);
                    let removed = Edit { span: Span::new(first.min(second), first.max(second)), text: other.into() };
                    assert_same(vec![removed, edit(101, one)]);
                }
            }
        }
    }
}
