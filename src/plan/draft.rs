//! A change worked out and proved, before anybody judged its result.

use super::PlanOptions;
use super::change::Change;
use super::error::Error;
use super::target::{self, Target};
use super::work::{self, Work};
use crate::Export;
use crate::asked::Asked;
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::source::Edits;

/// A change worked out and proved, before anybody judged its result.
pub(super) struct Draft {
    pub(super) targets: Vec<Target>,
    pub(super) changes: Vec<Change>,
    pub(super) edits: Edits,
    pub(super) after: Export,
}

impl Draft {
    /// Works out what a request changes.
    ///
    /// # Errors
    ///
    /// When the document or the notation lacks what writing the change needs, or when the proof fails.
    pub(super) fn new(
        before: &Export,
        asked: &Asked<'_>,
        pairing: &Pairing,
        notation: &Notation,
        options: &PlanOptions,
    ) -> Result<Self, Error> {
        let targets = target::targets(asked, pairing);
        let Work { changes, edits, after } = work::work_out(before, pairing, notation, &targets, &options.reading)?;
        Ok(Self { targets, changes, edits, after })
    }
}
