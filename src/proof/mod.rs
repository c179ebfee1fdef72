//! The proof before anything is written: the bytes outside the edits are equal, and the new model differs from the
//! old one by exactly the plan.

mod bytes;
mod content;
mod layout;
mod tag;
mod touched;

use crate::Export;
use crate::action::{Action, Peer};
use crate::diff::{Difference, DifferenceClass, State, Subject, compare};
use crate::notation::Notation;
use crate::source::{Edits, Options};
use crate::topology::{Dependency, Topology};

/// Splices edits into a document, and reads it again.
///
/// # Errors
///
/// When a byte outside the edits changed or the result does not read, which is a bug.
pub(crate) fn apply(before: &Export, edits: &Edits, reading: &Options) -> Result<Export, String> {
    let after = before.edited(edits, reading).map_err(|error| format!("the edited document does not read: {error}"))?;
    outside_is_equal(before, edits, after.source().bytes())?;
    Ok(after)
}

/// Proves that two documents differ by the actions and nothing else.
///
/// # Errors
///
/// When they do not, which is a bug; nothing may be written then.
pub(crate) fn prove(
    before: &Export,
    after: &Export,
    actions: &[Action<'_>],
    notation: &Notation,
) -> Result<(), String> {
    differs_as_expected(before, after, &expected(&before.topology, actions))?;
    content::prove(after, actions)?;
    bytes::prove(before, after, actions, notation)
}

fn differs_as_expected(before: &Export, after: &Export, expected: &[Difference]) -> Result<(), String> {
    let mut found = compare(before, after);
    found.retain(|difference| difference.class == DifferenceClass::Meaning);
    if found == expected { Ok(()) } else { Err(mismatch(expected, &found)) }
}

/// Walks both files as stored, edit by edit, and compares the bytes between the edits.
fn outside_is_equal(before: &Export, edits: &Edits, after: &[u8]) -> Result<(), String> {
    let source = before.source();
    let (mut old_rest, mut new_rest) = (source.bytes(), after);
    let mut at = 0;
    for edit in edits {
        let std::ops::Range { start, end } = source.stored_range(edit.span);
        let inserted = source.encoding().encoded(&edit.text).len();
        let kept = start.checked_sub(at).and_then(|length| old_rest.split_at_checked(length));
        let edited = kept.and_then(|(kept, rest)| {
            let old = rest.get(end.checked_sub(start)?..)?;
            Some((old, new_rest.strip_prefix(kept)?.get(inserted..)?))
        });
        let Some(rests) = edited else {
            return Err(format!("a byte before offset {} of the text changed outside the edits", edit.span.start));
        };
        ((old_rest, new_rest), at) = (rests, end);
    }
    if old_rest == new_rest { Ok(()) } else { Err("a byte after the last edit changed".to_owned()) }
}

/// The differences that the actions make, sorted.
fn expected(topology: &Topology, actions: &[Action<'_>]) -> Vec<Difference> {
    let mut expected: Vec<_> = actions.iter().flat_map(|action| action.differences(topology)).collect();
    expected.sort();
    expected
}

fn mismatch(expected: &[Difference], found: &[Difference]) -> String {
    let words = |difference: &Difference| format!("{} {}", difference.subject, difference.aspect);
    let missing = expected.iter().find(|difference| !found.contains(difference)).map(words);
    let extra = found.iter().find(|difference| !expected.contains(difference)).map(words);
    match (missing, extra) {
        (Some(missing), _) => format!("the planned change of {missing} is not in the edited document"),
        (None, Some(extra)) => format!("the edited document also differs in {extra}"),
        (None, None) => "a planned change is there more than once".to_owned(),
    }
}

impl Action<'_> {
    /// The difference that [`compare`] has to find after this action, derived from the model, not from the edits.
    fn differences(&self, topology: &Topology) -> Vec<Difference> {
        let former = |dependency: &Dependency| State::target(topology, dependency.target, &dependency.names.value);
        let service = |service| Subject::service(topology, service);
        let peer = |peer: &Peer| State::Subject(peer.subject(topology));
        match self {
            Self::AddDependency { service: on, usage, peer: target, .. } => {
                vec![Difference::dependency_added(service(*on), usage, peer(target))]
            }
            Self::MoveDependency { service: on, dependency, peer: target, .. } => {
                let dependency = &topology[*on].depends_on[*dependency];
                let usage = &dependency.usage.value;
                vec![
                    Difference::dependency_removed(service(*on), usage, former(dependency)),
                    Difference::dependency_added(service(*on), usage, peer(target)),
                ]
            }
            Self::RemoveDependency { service: on, dependency, .. } => {
                let dependency = &topology[*on].depends_on[*dependency];
                vec![Difference::dependency_removed(service(*on), &dependency.usage.value, former(dependency))]
            }
            Self::Set(action) => vec![Difference::setting(
                service(action.registrar),
                action.name,
                action.before.map(|before| before.value.as_str()),
                action.after.as_deref(),
            )],
            Self::AddService(action) => vec![Difference::added(action.as_peer(topology).subject(topology))],
            Self::RemoveService { service: gone, .. } => vec![Difference::removed(service(*gone))],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::outside_is_equal;
    use crate::Export;
    use crate::source::{Edit, Edits, Options, Span};

    #[test]
    fn no_byte_outside_the_edits_may_differ() {
        let bytes = topogen::two_standard().published(&topogen::Layout::default(), &topogen::Notation::default());
        let before = Export::read("topology.xml", bytes, &Options::default()).unwrap();
        let edits = ["<Clusters>", "</Topology>"].map(|tag| {
            let span = Span::empty_at(before.source().text().find(tag).unwrap());
            Edit { span, text: "<!-- \u{1F600} -->".into() }
        });
        let edits = Edits::ordered(edits.into()).unwrap();
        let after = before.source().edited(&edits);
        assert_eq!(outside_is_equal(&before, &edits, &after), Ok(()));
        for at in [0, 2, after.len() / 2, after.len() - 20, after.len() - 1] {
            let mut changed = after.clone();
            changed[at] ^= 1;
            assert!(outside_is_equal(&before, &edits, &changed).is_err(), "byte {at}");
        }
        assert!(outside_is_equal(&before, &edits, &after[..after.len() - 2]).is_err());
        assert!(outside_is_equal(&before, &edits, &[&after[..], b"\n\0"].concat()).is_err());
    }
}
