//! A change with its edits, before it is proved and the rules run over its result.

use super::change::Change;
use super::error::{self, Error, PlanFault};
use super::id_allocator::{GivenIds, IdAllocator};
use super::target::{self, Target, VoiceTarget};
use super::{actions, conflict, write};
use crate::Export;
use crate::action::Action;
use crate::notation::Notation;
use crate::pairing::Pairing;
use crate::proof;
use crate::request::ResolvedRequest;
use crate::rules::RuleContext;
use crate::source::{Edits, Label, Options};
use crate::topology::PoolIndex;

/// A change with its edits, before it is proved and the rules run over its result.
pub(super) struct UnprovedPlan<'a> {
    pub(super) targets: Vec<Target>,
    pub(super) actions: Vec<Action<'a>>,
    pub(super) edits: Edits,
    pub(super) after: Export,
    pairing: Pairing,
}

impl<'a> UnprovedPlan<'a> {
    /// Works out what a request changes in the document of a context.
    ///
    /// # Errors
    ///
    /// When the document or the notation lacks what writing the change needs, when targets contradict each other, when
    /// a service to be removed is needed, or when a byte outside the edits changed.
    pub(super) fn new(
        context: &RuleContext<'a>,
        requested: &ResolvedRequest<'_>,
        reading: &Options,
    ) -> Result<Self, Error> {
        let RuleContext { export: before, pairing: present, notation, .. } = *context;
        let targets = target::targets(requested, present);
        if let Some(pool) = target::contradiction(&targets) {
            let pool = &before.topology[pool].fqdn;
            let fault = PlanFault::Contradiction { pool: pool.value.clone() };
            return Err(Error::new(fault, before.source(), vec![Label::new(pool.span, "this pool")]));
        }
        let (actions, edits) = write(before, present, notation, &targets, &GivenIds::new())?;
        #[cfg(test)]
        let edits = super::faults::injected(edits);
        let after = proof::apply(before, &edits, reading).map_err(|reason| error::unproved(before, reason))?;
        let pairing = Pairing::read(&after.document, &after.topology, notation);
        Ok(Self { targets, actions, edits, after, pairing })
    }

    /// The pools that are edited.
    pub(super) fn touched(&self) -> impl Iterator<Item = PoolIndex> {
        self.actions.iter().map(Action::pool)
    }

    /// The result, as a context for the rules.
    pub(super) fn result<'r>(&'r self, context: &RuleContext<'r>) -> RuleContext<'r> {
        RuleContext { export: &self.after, pairing: &self.pairing, ..*context }
    }

    /// Proves that the document changed by the actions and nothing else.
    ///
    /// # Errors
    ///
    /// When it is not, which is a bug.
    pub(super) fn prove(&self, context: &RuleContext<'_>) -> Result<(), Error> {
        let proved = proof::prove(context.export, &self.after, &self.actions, context.notation);
        proved.map_err(|reason| error::unproved(context.export, reason))
    }

    /// The changes, in the order of the request.
    pub(super) fn changes(&self, context: &RuleContext<'_>) -> Vec<Change> {
        let change = |action| Change::of(action, context.topology(), context.notation);
        self.actions.iter().map(change).collect()
    }
}

/// The actions and their edits.
fn write<'a>(
    before: &'a Export,
    pairing: &'a Pairing,
    notation: &'a Notation,
    targets: &[Target],
    ids: &GivenIds,
) -> Result<(Vec<Action<'a>>, Edits), Error> {
    let ids = IdAllocator::new(before, notation.placement.instance_numbers, ids);
    let actions = actions::actions(before, pairing, notation, targets, ids);
    conflict::refuse(&actions, before)?;
    let writer = write::Writer::new(before, notation, &actions);
    let mut edits = Vec::new();
    for action in &actions {
        edits.extend(writer.edits(action)?);
    }
    let edits = Edits::ordered(edits).map_err(|edit| error::overlap(before, &edit))?;
    Ok((actions, edits))
}

/// The edits that pair two pools regardless of the rules, with these ids for new services: learning compares their
/// result with its example.
///
/// # Errors
///
/// As [`UnprovedPlan::new`], except that nothing is proved.
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
