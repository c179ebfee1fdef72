//! Differences that no pairing explains.

use super::error::LearnError;
use crate::Export;
use crate::diff::{Aspect, Difference, DifferenceClass, State, compare};

/// The differences of two documents, with the known reasons why no pairing explains them.
#[derive(Debug)]
pub(super) struct Unexplained {
    differences: Vec<Difference>,
    reasons: Vec<(Difference, String)>,
}

impl Unexplained {
    /// All differences in meaning of two documents.
    pub(super) fn between(before: &Export, after: &Export) -> Self {
        Self { differences: between(before, after), reasons: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// All in domain words.
    pub(super) fn words(&self) -> Vec<String> {
        self.words_of(&self.differences)
    }

    fn reason(&self, difference: &Difference) -> Option<&str> {
        self.reasons.iter().find(|(about, _)| about == difference).map(|(_, reason)| reason.as_str())
    }

    /// Each in domain words, with the reason why it is not explained, where that is known.
    fn words_of<'d>(&self, differences: impl IntoIterator<Item = &'d Difference>) -> Vec<String> {
        let reason = |one| self.reason(one).map_or_else(String::new, |reason| format!(" ({reason})"));
        differences.into_iter().map(|one| format!("{}{}", in_words(one), reason(one))).collect()
    }

    /// Notes why a difference may be left unexplained.
    pub(super) fn note(&mut self, difference: Difference, reason: impl Into<String>) {
        self.reasons.push((difference, reason.into()));
    }

    /// The differences that were noted, or another error where none was.
    pub(super) fn noted_or(&self, error: LearnError) -> LearnError {
        let noted: Vec<_> = self.differences.iter().filter(|one| self.reason(one).is_some()).collect();
        if noted.is_empty() { error } else { LearnError::Unexplained { differences: self.words_of(noted) } }
    }

    /// Why the learned notation does not reproduce the second document, with these remaining differences.
    pub(super) fn left(&self, left: &[Difference]) -> LearnError {
        let unexplained: Vec<_> = left.iter().filter(|one| self.differences.contains(one)).collect();
        match unexplained.is_empty() {
            true => LearnError::Unfaithful { differences: self.words_of(left) },
            false => LearnError::Unexplained { differences: self.words_of(unexplained) },
        }
    }
}

/// The differences in meaning of two documents.
pub(super) fn between(before: &Export, after: &Export) -> Vec<Difference> {
    let mut differences = compare(before, after);
    differences.retain(|difference| difference.class == DifferenceClass::Meaning);
    differences
}

fn in_words(difference: &Difference) -> String {
    let Difference { subject, aspect, before, after, .. } = difference;
    match (before, after) {
        // The content of an element is not meant for people.
        _ if *aspect == Aspect::Rest => "something outside sites, pools and services".to_owned(),
        _ if *aspect == Aspect::Content => format!("what {subject} holds beside its dependencies and settings"),
        (Some(_), None) if *aspect == Aspect::Whole => format!("{subject} removed"),
        (None, Some(_)) if *aspect == Aspect::Whole => format!("{subject} added"),
        (Some(before), Some(after)) => format!("{aspect} of {subject} changed from `{before}` to `{after}`"),
        (None, Some(after)) => format!("{aspect} of {subject} added: {}", quoted(after)),
        (Some(before), None) => format!("{aspect} of {subject} removed: {}", quoted(before)),
        (None, None) => format!("{aspect} of {subject}"),
    }
}

/// Text that contains quotes stays as it is.
fn quoted(state: &State) -> String {
    if let State::Text(text) = state { format!("`{text}`") } else { state.to_string() }
}
