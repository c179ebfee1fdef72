//! Broken edits, put in where the proof looks: it has to refuse every one of them, or they do no harm.

use std::cell::RefCell;

use super::{Outcome, PlanFault, PlanOptions, Planned, plan};
use crate::Export;
use crate::diff::{Class, compare};
use crate::notation::Notation;
use crate::request::{Flags, Request};
use crate::source::{Edit, Edits, Options, Span};

thread_local! {
    static NEXT: RefCell<Option<Edits>> = const { RefCell::new(None) };
}

/// Lets `broken` take the place of the next plan's edits on this thread.
pub(crate) fn inject(broken: Edits) {
    NEXT.set(Some(broken));
}

/// What is proved in the place of these edits.
pub(super) fn injected(edits: &Edits) -> Edits {
    NEXT.take().unwrap_or_else(|| edits.clone())
}

/// The edits of a request that pairs the two pools of a generated topology, or parts them.
struct Case {
    before: Export,
    request: Request,
    planned: Planned,
}

impl Case {
    fn new(bytes: Vec<u8>, flags: &Flags) -> Self {
        let before = Export::read("topology.xml", bytes, &Options::default()).unwrap();
        let request = Request::from_flags(flags).unwrap();
        match run(&before, &request).unwrap() {
            Outcome::Planned(planned) => Self { before, request, planned: *planned },
            Outcome::Refused(findings) => panic!("{findings:#?}"),
        }
    }

    /// Whether the proof refuses `broken`; what it lets pass must mean what the plan says.
    fn refuses(&self, broken: &Edits) -> bool {
        inject(broken.clone());
        match run(&self.before, &self.request) {
            Err(error) => {
                assert!(matches!(error.fault(), PlanFault::Proof { .. }), "{error}");
                true
            }
            Ok(Outcome::Planned(passed)) => {
                let found = compare(&self.planned.after, &passed.after);
                assert!(found.iter().all(|one| one.class == Class::Formatting), "{broken:#?} passed: {found:#?}");
                let (right, wrong) = (self.planned.after.source(), passed.after.source());
                assert_eq!(without_space(right.text()), without_space(wrong.text()), "{broken:#?} passed");
                false
            }
            Ok(Outcome::Refused(findings)) => panic!("{findings:#?}"),
        }
    }

    fn edits(&self) -> Vec<Edit> {
        self.planned.edits.iter().cloned().collect()
    }

    /// Every edit in turn, changed by each of the faults.
    fn broken(&self) -> Vec<Edits> {
        let edits = self.edits();
        let mut broken = Vec::new();
        for (at, edit) in edits.iter().enumerate() {
            for faulty in faults(edit, self.before.source().text()) {
                let mut list = edits.clone();
                list.splice(at..=at, faulty);
                broken.extend(Edits::ordered(list).ok().filter(|list| *list != self.planned.edits));
            }
        }
        broken
    }
}

fn run(before: &Export, request: &Request) -> Result<Outcome, super::Error> {
    let options = PlanOptions { reading: Options::default(), strict: false };
    plan(before, request, &Notation::built_in(), &options)
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
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
    for (index, character) in edit.text.char_indices().skip(start % 3).step_by(3) {
        let (head, tail) = (&edit.text[..index], &edit.text[index + character.len_utf8()..]);
        faults.extend([with(format!("{head}{tail}")), with(format!("{head}~{tail}"))]);
    }
    faults
}

fn pair() -> Flags {
    Flags { pool: Some("pool01.contoso.com".into()), backup: Some("pool02.contoso.com".into()), ..Flags::default() }
}

fn unpair() -> Flags {
    Flags { unpair: Some("pool02.contoso.com".into()), ..Flags::default() }
}

/// Pairing and parting, in both dialects that are written, in one encoding of each width.
fn cases() -> Vec<Case> {
    let notation = topogen::Notation::default();
    let (wide, narrow) = (topogen::Layout::default(), topogen::Layout::topology_builder());
    vec![
        Case::new(topogen::two_standard().published(&wide, &notation), &pair()),
        Case::new(topogen::with_pair().published(&narrow, &notation), &unpair()),
        Case::new(topogen::two_enterprise().topology_builder(&narrow, &notation), &pair()),
    ]
}

#[test]
fn the_proof_refuses_every_broken_edit() {
    for case in cases() {
        let (refused, harmless): (Vec<_>, Vec<_>) = case.broken().into_iter().partition(|broken| case.refuses(broken));
        // What passes differs in white space, as `refuses` makes sure of.
        assert!(refused.len() > 50 && refused.len() > 2 * harmless.len(), "{} {}", refused.len(), harmless.len());
    }
}

#[test]
fn the_proof_refuses_an_edit_that_nobody_planned() {
    for case in cases() {
        let text = case.before.source().text();
        let places = text.char_indices().map(|(at, _)| at).step_by(211);
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
fn no_edits_and_edits_of_another_plan_are_refused() {
    let [pairing, parting, _] = <[Case; 3]>::try_from(cases()).ok().unwrap();
    assert!(pairing.refuses(&Edits::default()));
    assert!(parting.refuses(&Edits::default()));
    assert!(pairing.refuses(&parting.planned.edits));
}
