//! Broken edits, put in where the proof looks: it has to refuse every one of them, or they do no harm.

use std::cell::RefCell;

use super::unproved::UnprovedPlan;
use crate::Export;
use crate::diff::unified;
use crate::notation::{Notation, ServicesPosition};
use crate::pairing::Pairing;
use crate::proof;
use crate::request::{Flags, Request, ResolvedRequest};
use crate::rules::RuleContext;
use crate::source::{Edit, Edits, Options, Span};

thread_local! {
    static NEXT: RefCell<Option<Edits>> = const { RefCell::new(None) };
}

/// Lets `broken` take the place of the next plan's edits on this thread.
pub(crate) fn inject(broken: Edits) {
    NEXT.set(Some(broken));
}

/// What is proved in the place of these edits.
pub(super) fn injected(edits: Edits) -> Edits {
    NEXT.take().unwrap_or(edits)
}

/// A request that pairs the two pools of a generated topology, or un-pairs them, and what it makes of the document.
struct Case {
    context: RuleContext<'static>,
    right: UnprovedPlan<'static>,
}

impl Case {
    fn new(bytes: Vec<u8>, flags: &Flags) -> Self {
        Self::in_notation(bytes, flags, Notation::built_in())
    }

    fn in_notation(bytes: Vec<u8>, flags: &Flags, notation: Notation) -> Self {
        let (export, notation) = (kept(read(bytes)), kept(notation));
        let pairing = kept(Pairing::read(&export.document, &export.topology, notation));
        let context = RuleContext { export, pairing, notation, requested: None, declared: None };
        let request = Request::from_flags(flags).unwrap();
        let requested = ResolvedRequest::of(&request, &export.topology);
        let right = UnprovedPlan::new(&context, &requested, &Options::default()).unwrap();
        right.prove(&context).unwrap();
        Self { context, right }
    }

    /// Whether `broken` changes a byte, and the proof refuses it; what changes one must not pass.
    fn refuses(&self, broken: &Edits) -> bool {
        let RuleContext { export: before, notation, .. } = self.context;
        let applied = proof::apply(before, broken, &Options::default());
        let proved = applied.and_then(|after| {
            proof::prove(before, &after, &self.right.actions, notation)?;
            Ok(after)
        });
        let Ok(passed) = proved else { return true };
        let (right, wrong) = (self.right.after.source(), passed.source());
        let difference = unified("right", right.text(), "passed", wrong.text());
        assert!(right.bytes() == wrong.bytes(), "{difference}");
        false
    }

    fn edits(&self) -> Vec<Edit> {
        self.right.edits.iter().cloned().collect()
    }

    /// Every edit in turn, changed by each of the faults.
    fn broken(&self) -> Vec<Edits> {
        let edits = self.edits();
        let mut broken = Vec::new();
        for (at, edit) in edits.iter().enumerate() {
            for faulty in faults(edit, self.context.export.source().text()) {
                let mut list = edits.clone();
                list.splice(at..=at, faulty);
                broken.extend(Edits::ordered(list).ok().filter(|list| *list != self.right.edits));
            }
        }
        broken
    }
}

fn read(bytes: Vec<u8>) -> Export {
    Export::read("topology.xml", bytes, &Options::default()).unwrap()
}

fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// What can go wrong with one edit: dropped, doubled, moved, wider, narrower, another text.
fn faults(edit: &Edit, text: &str) -> Vec<Vec<Edit>> {
    let (start, end) = (edit.span.range().start, edit.span.range().end);
    let at = |start: usize, end: usize| {
        let sound = start <= end && end <= text.len();
        sound.then(|| vec![Edit { span: Span::new(start, end), text: edit.text.clone() }])
    };
    let with = |text: String| vec![Edit { span: edit.span, text }];
    let mut faults = vec![Vec::new(), with(edit.text.repeat(2)), with(String::new())];
    for by in 1..=3 {
        faults.extend([at(start + by, end + by), at(start, end + by), at(start + by, end)].into_iter().flatten());
        let before = start.checked_sub(by).map(|start| [at(start, end.saturating_sub(by)), at(start, end)]);
        faults.extend(before.into_iter().flatten().flatten());
        faults.extend(end.checked_sub(by).and_then(|end| at(start, end)));
    }
    // One that reaches as far as the text does, and one beyond it.
    faults.extend([at(start, text.len()), at(0, end)].into_iter().flatten());
    faults.push(vec![Edit { span: Span::new(text.len() + 1, text.len() + 2), text: edit.text.clone() }]);
    faults.extend(trivia(&edit.text).into_iter().map(with));
    for (index, character) in edit.text.char_indices().skip(start % 3).step_by(3) {
        let (head, tail) = (&edit.text[..index], &edit.text[index + character.len_utf8()..]);
        faults.extend([with(format!("{head}{tail}")), with(format!("{head}~{tail}"))]);
    }
    faults
}

/// What says the same in other words: white space, quotes, an order of attributes, comments.
fn trivia(text: &str) -> Vec<String> {
    let at_each = |from: &str, to: &str| -> Vec<String> {
        text.match_indices(from).map(|(at, _)| [&text[..at], to, &text[at + from.len()..]].concat()).collect()
    };
    let brought = ["<!-- x -->", "<?x?>", "<![CDATA[]]>", " ", "&#32;"].map(|trivia| format!(">{trivia}<"));
    let replaced =
        [(" ", "  "), (" ", "\n"), ("=", " ="), (" />", "/>"), ("/>", " />"), ("\r\n", "\n"), ("P", "&#80;")];
    let mut changed: Vec<_> = replaced.iter().flat_map(|(from, to)| at_each(from, to)).collect();
    changed.extend(brought.iter().flat_map(|brought| at_each("><", brought)));
    changed.extend([text.replace('"', "'"), text.replace('\'', "\"")]);
    changed
        .extend(["<!-- x -->", " "].iter().flat_map(|trivia| [format!("{trivia}{text}"), format!("{text}{trivia}")]));
    let words: Vec<_> = text.split(' ').collect();
    for at in 1..words.len() {
        let mut swapped = words.clone();
        swapped.swap(at - 1, at);
        changed.push(swapped.join(" "));
    }
    changed
}

fn pair() -> Flags {
    Flags { pool: Some("pool01.contoso.com".into()), backup: Some("pool02.contoso.com".into()), ..Flags::default() }
}

fn unpair() -> Flags {
    Flags { unpair: Some("pool02.contoso.com".into()), ..Flags::default() }
}

/// Pairing and un-pairing, in both dialects that are written, in one encoding of each width; and a change of partners
/// and an empty list of dependencies.
fn cases() -> Vec<Case> {
    let notation = topogen::Notation::default();
    let (wide, narrow) = (topogen::Layout::default(), topogen::Layout::topology_builder());
    let lonely = SMALL.replacen(LISTED, "<DependsOn></DependsOn>", 1).replacen(LISTED_TOO, "<DependsOn />", 1);
    let alone = Case::new(
        lonely.into_bytes(),
        &Flags { pool: Some("p1.c.com".into()), backup: Some("p2.c.com".into()), ..Flags::default() },
    );
    let unpaired = Flags { unpair: Some("p2.c.com".into()), ..Flags::default() };
    vec![
        Case::new(topogen::two_standard().published(&wide, &notation), &pair()),
        Case::new(topogen::with_pair().published(&narrow, &notation), &unpair()),
        Case::new(topogen::two_enterprise().topology_builder(&narrow, &notation), &pair()),
        change_of_partners(),
        Case::new(alone.right.after.source().bytes().to_vec(), &unpaired),
        alone,
    ]
}

/// Two pools that can be paired, and the dependencies of their Registrars.
const SMALL: &str = include_str!("../../tests/faults/small.xml");
const LISTED: &str = r#"<DependsOn><Dependency Usage="Default"><ServiceId SiteId="1" RoleName="UserServices" Instance="1" /></Dependency></DependsOn>"#;
const LISTED_TOO: &str = r#"<DependsOn><Dependency Usage="Default"><ServiceId SiteId="2" RoleName="UserServices" Instance="1" /></Dependency></DependsOn>"#;

/// Services come, go and follow their partner, in a document that many editors have left their marks in.
fn change_of_partners() -> Case {
    let written = topogen::Notation::with_backup_service();
    let layout = topogen::Layout {
        line_ending: topogen::LineEnding::Mixed,
        indent: "\t".into(),
        quote: '\'',
        comments: true,
        self_close_empty: false,
        ..topogen::Layout::utf8()
    };
    let [apart, paired] =
        [topogen::two_standard(), topogen::with_pair()].map(|one| read(one.published(&layout, &written)));
    let mut notation = crate::learn::learn(&apart, &paired, Default::default(), &Options::default()).unwrap().notation;
    notation.placement.services = ServicesPosition::AfterPool;
    let before = topogen::three_pools().pair("pool01.contoso.com", "pool02.contoso.com").published(&layout, &written);
    let flags = Flags { backup: Some("pool03.contoso.com".into()), replace: true, ..pair() };
    Case::in_notation(before, &flags, notation)
}

#[test]
fn the_proof_refuses_every_broken_edit() {
    for case in cases() {
        let refused = case.broken().iter().filter(|broken| case.refuses(broken)).count();
        assert!(refused > 90, "{refused}");
    }
}

#[test]
fn the_proof_refuses_an_edit_that_nobody_planned() {
    for case in cases() {
        let text = case.context.export.source().text();
        let places = text.char_indices().map(|(at, _)| at).step_by(997);
        for place in places {
            for (end, inserted) in [(place + 1, ""), (place, "x"), (place, "<x/>"), (place + 1, "\u{e9}")] {
                let mut edits = case.edits();
                edits.push(Edit { span: Span::new(place, end), text: inserted.into() });
                let Ok(broken) = Edits::ordered(edits) else { continue };
                case.refuses(&broken);
            }
        }
    }
}

#[test]
fn the_proof_refuses_a_change_behind_the_last_edit() {
    for case in cases() {
        let text = case.context.export.source().text();
        for (place, inserted) in [(text.rfind("</").unwrap(), " "), (text.len(), "\n"), (text.len(), "<!-- x -->")] {
            let mut edits = case.edits();
            edits.push(Edit { span: Span::empty_at(place), text: inserted.into() });
            assert!(case.refuses(&Edits::ordered(edits).unwrap()), "{inserted:?} at {place}");
        }
    }
}

#[test]
fn no_edits_and_edits_of_another_plan_are_refused() {
    let [pairing, parting, ..] = <[Case; 6]>::try_from(cases()).ok().unwrap();
    assert!(pairing.refuses(&Edits::default()));
    assert!(parting.refuses(&Edits::default()));
    assert!(pairing.refuses(&parting.right.edits));
}
