//! A change worked out and proved, before anybody judged its result.

use super::change::Change;
use super::edit::Edits;
use super::error::{self, Error};
use super::target::{self, Target};
use super::{PlanOptions, action, proof, write};
use crate::Export;
use crate::asked::Asked;
use crate::notation::Notation;
use crate::pairing::Pairing;

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
        let actions = action::actions(before, pairing, notation, &targets);
        let writer = write::Writer::new(before, notation, &actions);
        let mut edits = Vec::new();
        for action in &actions {
            edits.extend(writer.edits(action)?);
        }
        let edits = Edits::ordered(edits).map_err(|edit| error::overlap(before, &edit))?;
        let after = proof::apply_and_prove(before, &edits, &actions, notation, &options.reading)?;
        let changes = actions.iter().map(|action| action.change(&before.topology)).collect();
        Ok(Self { targets, changes, edits, after })
    }
}
