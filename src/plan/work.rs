//! From targets to a proved document, before anybody judges the result.

use super::VoiceTarget;
use super::action::{self, Action};
use super::change::Change;
use super::error::{self, Error, PlanFault};
use super::fresh_id::{FreshIds, GivenIds};
use super::target::{self, Target};
use super::{conflict, proof, write};
use crate::Export;
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::source::{Edits, Label, Options};
use crate::topology::PoolIndex;

/// What has to be changed, and what comes of it.
pub(super) struct Work {
    pub(super) changes: Vec<Change>,
    pub(super) edits: Edits,
    pub(super) after: Export,
}

/// Works out what makes the targets hold, and proves it.
///
/// # Errors
///
/// When the document or the notation lacks what writing the change needs, when targets contradict each other, when a
/// service that goes is needed, or when the proof fails.
pub(super) fn work_out(
    before: &Export,
    pairing: &Pairing,
    notation: &Notation,
    targets: &[Target],
    reading: &Options,
) -> Result<Work, Error> {
    if let Some(pool) = target::contradiction(targets) {
        let pool = &before.topology[pool].fqdn;
        let fault = PlanFault::Contradiction { pool: pool.value.clone() };
        return Err(Error::new(fault, before.source(), vec![Label::new(pool.span, "this pool")]));
    }
    let ids = GivenIds::new();
    let (actions, edits) = write(before, pairing, notation, targets, &ids)?;
    let after = proof::apply_and_prove(before, &edits, &actions, notation, reading)?;
    let changes = actions.iter().map(|action| action.change(&before.topology)).collect();
    Ok(Work { changes, edits, after })
}

/// What has to be done, and the edits that do it.
fn write<'a>(
    before: &'a Export,
    pairing: &'a Pairing,
    notation: &'a Notation,
    targets: &[Target],
    ids: &'a GivenIds,
) -> Result<(Vec<Action<'a>>, Edits), Error> {
    let ids = FreshIds::new(before, notation.placement.instance_numbers, ids);
    let actions = action::actions(before, pairing, notation, targets, ids);
    conflict::refuse(&actions, before)?;
    let writer = write::Writer::new(before, notation, &actions);
    let mut edits = Vec::new();
    for action in &actions {
        edits.extend(writer.edits(action)?);
    }
    let edits = Edits::ordered(edits).map_err(|edit| error::overlap(before, &edit))?;
    Ok((actions, edits))
}

/// The edits that pair two pools whatever the rules say, the new services under these ids: learning holds what comes
/// of them against its example.
///
/// # Errors
///
/// As [`work_out`], but that nothing is proved.
pub(crate) fn edits_to_pair(
    before: &Export,
    notation: &Notation,
    pools: [(PoolIndex, VoiceTarget); 2],
    ids: &GivenIds,
) -> Result<Edits, Error> {
    let pairing = Pairing::read(&before.document, &before.topology, notation);
    let [(first, first_voice), (second, second_voice)] = pools;
    let targets = [
        Target { pool: first, backup: Some(second), voice: first_voice },
        Target { pool: second, backup: Some(first), voice: second_voice },
    ];
    Ok(write(before, &pairing, notation, &targets, ids)?.1)
}
