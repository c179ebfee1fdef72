//! Differences that are still to be explained.

use super::error::LearnError;
use crate::Export;
use crate::diff::{Aspect, Difference, DifferenceClass, State, compare};

/// Differences that are still to be explained.
#[derive(Debug)]
pub(super) struct Unexplained {
    differences: Vec<Difference>,
    reasons: Vec<(Difference, String)>,
}

impl Unexplained {
    /// Everything that two documents differ by in meaning.
    pub(super) fn between(before: &Export, after: &Export) -> Self {
        let mut differences = compare(before, after);
        differences.retain(|difference| difference.class == DifferenceClass::Meaning);
        Self { differences, reasons: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// All in domain words, each with the reason why it is not explained, where that is known.
    pub(super) fn words(&self) -> Vec<String> {
        let reason = |difference: &Difference| {
            let reason = self.reasons.iter().find(|(about, _)| about == difference);
            reason.map_or_else(String::new, |(_, reason)| format!(" ({reason})"))
        };
        let words = self.differences.iter();
        words.map(|difference| format!("{}{}", in_words(difference), reason(difference))).collect()
    }

    /// Takes a difference that the pairing explains off the list.
    pub(super) fn explain(&mut self, difference: &Difference) {
        if let Some(at) = self.differences.iter().position(|open| open == difference) {
            self.differences.remove(at);
        }
    }

    /// Says why a difference stays open.
    pub(super) fn keep(&mut self, difference: Difference, reason: impl Into<String>) {
        self.reasons.push((difference, reason.into()));
    }

    /// Refuses what is left.
    pub(super) fn finish(&self) -> Result<(), LearnError> {
        if self.is_empty() { Ok(()) } else { Err(LearnError::Unexplained { differences: self.words() }) }
    }
}

fn in_words(difference: &Difference) -> String {
    let Difference { subject, aspect, before, after, .. } = difference;
    match (before, after) {
        // The content of an element is told by machines for machines.
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

/// Words that hold quotes of their own stay as they are.
fn quoted(state: &State) -> String {
    if let State::Text(text) = state { format!("`{text}`") } else { state.to_string() }
}
