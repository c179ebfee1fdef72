//! The proof of the bytes: each byte of the edited text is the old one at its place, or belongs to what an action adds,
//! laid out like its neighbours.
//!
//! Both documents are walked in parallel. Text that no action touches has to be equal, and so do the white space,
//! comments and texts between elements and everything that the actions leave of a touched element.

use super::layout::{self, ElementLayout, ExpectedStyle};
use super::tag;
use super::touched::{InsertionPoint, Touched};
use crate::Export;
use crate::action::Action;
use crate::notation::Notation;
use crate::topology::ServiceId;
use crate::xml::{Node, NodeId};

/// Proves every byte of an edited document.
///
/// # Errors
///
/// The first byte that is neither kept nor planned.
pub(super) fn prove(
    before: &Export,
    after: &Export,
    actions: &[Action<'_>],
    notation: &Notation,
) -> Result<(), String> {
    let touched = Touched::by(actions, before, notation);
    let expected_style = ExpectedStyle::of(&before.document);
    let mut walk = Walk { after, notation, touched: &touched, expected_style, rest: after.source().text() };
    let proved =
        walk.document(before.document.node(before.topology.element), after.document.node(after.topology.element));
    let offset = after.source().text().len() - walk.rest.len();
    proved.ok_or_else(|| format!("the edited text is neither kept nor planned from offset {offset} on"))
}

/// How far the edited text is proved; each step returns `None` if it fails.
struct Walk<'a> {
    after: &'a Export,
    notation: &'a Notation,
    touched: &'a Touched<'a>,
    expected_style: ExpectedStyle<'a>,
    rest: &'a str,
}

impl Walk<'_> {
    fn document(&mut self, was: Node<'_>, is: Node<'_>) -> Option<()> {
        let text = was.document().source().text();
        let topology = was.span().range();
        self.expect(text.get(..topology.start)?)?;
        self.element(was, is)?;
        self.expect(text.get(topology.end..)?)?;
        self.rest.is_empty().then_some(())
    }

    fn expect(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Descends only into touched elements.
    fn element(&mut self, was: Node<'_>, is: Node<'_>) -> Option<()> {
        let source = was.document().source();
        if !self.touched.holds(was) {
            return self.expect(source.slice(was.span()));
        }
        let (head, tail) = tag::changed(was, self.touched, self.notation.placement.settings)?;
        self.expect(&head)?;
        if !self.touched.insertions(InsertionPoint::Inside(was.id())).is_empty() {
            return self.opened(was, is, tail);
        }
        if self.is_emptied(was) {
            return self.emptied(was, tail);
        }
        self.expect(tail)?;
        self.content(was, is)?;
        was.end_tag().map_or(Some(()), |end_tag| self.expect(source.slice(end_tag)))
    }

    fn content(&mut self, was: Node<'_>, is: Node<'_>) -> Option<()> {
        let Some(content) = was.content() else { return Some(()) };
        let (text, content) = (was.document().source().text(), content.range());
        let (mut at, mut children) = (content.start, is.children());
        for child in was.children() {
            let before = text.get(at..child.span().range().start)?;
            let space = layout::gap_at_end(before);
            if self.touched.is_removed(child) {
                self.expect(before.get(..before.len() - layout::line_of(space).len())?)?;
            } else {
                let (above, rest) =
                    before.split_at_checked(before.len() - space.len() + layout::blanks_of_line(space).len())?;
                self.expect(above)?;
                self.siblings(child, InsertionPoint::Before(child.id()), &mut children)?;
                self.expect(rest)?;
                self.element(child, children.next()?)?;
            }
            at = child.span().range().end;
            let after = InsertionPoint::After(child.id());
            if !self.touched.insertions(after).is_empty() && layout::gap(child).contains('\n') {
                let blanks = layout::blanks_of_line(text.get(at..)?);
                self.expect(blanks)?;
                at += blanks.len();
            }
            self.siblings(child, after, &mut children)?;
        }
        self.expect(text.get(at..content.end)?)
    }

    /// The elements inserted next to a child, laid out like it.
    fn siblings<'n>(
        &mut self,
        child: Node<'_>,
        place: InsertionPoint,
        new: &mut impl Iterator<Item = Node<'n>>,
    ) -> Option<()> {
        let touched = self.touched;
        let [_, ..] = touched.insertions(place) else { return Some(()) };
        let layout = ElementLayout::of(child, &self.expected_style);
        for id in touched.insertions(place) {
            self.expect(layout.gap)?;
            self.added(*id, new.next()?, &layout, layout.gap)?;
        }
        Some(())
    }

    /// The first children of an element; its previous white space comes after them.
    fn opened(&mut self, was: Node<'_>, is: Node<'_>, tail: &str) -> Option<()> {
        let source = was.document().source();
        let content = was.content().map(|content| source.slice(content));
        let layout = ElementLayout::of(was, &self.expected_style);
        let gap = layout.gap_inside();
        self.expect(if content.is_some() { tail } else { ">" })?;
        let content = content.unwrap_or_default();
        let is_open = content.is_empty() || !layout::is_blank(content);
        let (above, content) =
            content.split_at_checked(if is_open { 0 } else { layout::blanks_of_line(content).len() })?;
        self.expect(above)?;
        let mut children = is.children();
        for id in self.touched.insertions(InsertionPoint::Inside(was.id())) {
            self.expect(&gap)?;
            self.added(*id, children.next()?, &layout, &gap)?;
        }
        if is_open {
            self.expect(layout.gap)?;
        }
        self.expect(content)?;
        match was.end_tag() {
            Some(end_tag) => self.expect(source.slice(end_tag)),
            None => self.expect(&format!("</{}>", was.qualified_name())),
        }
    }

    /// Whether the only child is removed and only white space is left.
    fn is_emptied(&self, was: Node<'_>) -> bool {
        let mut children = was.children();
        let (Some(only), None) = (children.next(), children.next()) else { return false };
        self.touched.is_removed(only)
            && self.touched.insertions(InsertionPoint::After(only.id())).is_empty()
            && was.is_blank()
            && !self.expected_style.is_empty_over_lines(was)
    }

    fn emptied(&mut self, was: Node<'_>, tail: &str) -> Option<()> {
        match self.expected_style.empty(was) {
            "></" => {
                self.expect(tail)?;
                self.expect(was.document().source().slice(was.end_tag()?))
            }
            empty => {
                self.expect(tail.strip_suffix('>')?)?;
                self.expect(empty)
            }
        }
    }

    /// An inserted element; its content is proved elsewhere.
    fn added(&mut self, id: Option<&ServiceId>, new: Node<'_>, layout: &ElementLayout<'_>, gap: &str) -> Option<()> {
        self.expect(&layout.render_like(new, gap)?)?;
        let is_in_turn = id.is_none_or(|id| self.service_at(new.id()) == Some(id));
        (is_in_turn && is_in_order(new)).then_some(())
    }

    fn service_at(&self, element: NodeId) -> Option<&ServiceId> {
        // Services are in document order.
        let services = &self.after.topology.services;
        let at = services.binary_search_by_key(&element, |service| service.element).ok()?;
        Some(&services.get(at)?.id.value)
    }
}

/// The attributes of the parts of a service, in the order in which documents have them.
const ORDER: [&str; 13] = [
    "xmlns",
    "UniqueId",
    "ServiceUniqueId",
    "Usage",
    "SiteId",
    "RoleName",
    "RoleVersion",
    "InstalledOn",
    "ServiceVersion",
    "Type",
    "Instance",
    "Number",
    "Name",
];

/// Whether attributes have their usual order; ports and role elements are checked against the notation instead.
fn is_in_order(new: Node<'_>) -> bool {
    let parts = new.children().filter(|child| ["ServiceId", "DependsOn", "InstalledOn"].contains(&child.local_name()));
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let sorted = |node: Node<'_>| node.attributes().is_sorted_by_key(|attribute| rank(attribute.name()));
    sorted(new) && parts.flat_map(Node::descendants).all(sorted)
}
