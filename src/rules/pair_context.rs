//! Who takes part in a pairing, or shall.

use super::{Finding, Place};
use crate::pairing::Backup;
use crate::request::{Located, Origin, ResolvedPair, ResolvedUnpair};
use crate::topology::{Fqdn, PoolIndex};

/// Two pools that are a pair, or shall become one.
#[derive(Clone, Copy, Debug)]
pub struct PairContext<'a> {
    /// The two pools in document order, so that a message about them reads the same whether they are a pair or shall
    /// become one.
    pub pools: [PoolIndex; 2],
    /// The request for it, when that is what is looked at.
    pub requested: Option<&'a ResolvedPair<'a>>,
}

/// A pool that takes part in a pairing, or shall.
#[derive(Clone, Debug)]
pub struct PairedPool {
    /// The pool.
    pub pool: PoolIndex,
    /// Where that is said.
    pub place: Place,
    /// A few words about the place.
    pub text: &'static str,
}

impl<'a> PairContext<'a> {
    pub(super) fn requested(pair: &'a ResolvedPair<'a>) -> Option<Self> {
        let mut pools = pair.both()?;
        pools.sort_unstable();
        (pools[0] != pools[1]).then_some(Self { pools, requested: Some(pair) })
    }

    pub(super) fn present(mut pools: [PoolIndex; 2]) -> Self {
        pools.sort_unstable();
        Self { pools, requested: None }
    }
}

impl PairedPool {
    pub(super) fn requested(pair: &ResolvedPair<'_>) -> Vec<Self> {
        let member = |(pool, name): (Option<PoolIndex>, &Located<Fqdn>)| {
            Some(Self { pool: pool?, place: Place::from(&name.origin), text: "asked for here" })
        };
        pair.pools.into_iter().zip(&pair.request.pools).filter_map(member).collect()
    }

    pub(super) fn unpaired(unpair: &ResolvedUnpair<'_>) -> Option<Self> {
        let place = Place::from(&unpair.request.pool.origin);
        Some(Self { pool: unpair.pool?, place, text: "asked for here" })
    }

    pub(super) fn present(backup: &Backup) -> [Self; 2] {
        [backup.pool, backup.partner].map(|pool| Self { pool, place: backup.span.into(), text: "paired here" })
    }
}

impl Finding {
    /// With the place in the request that asks for the pair, where one does.
    #[must_use]
    pub fn asked_for(self, pair: &PairContext<'_>) -> Self {
        match pair.requested {
            Some(requested) => self.at(both_names(&requested.request.pools), "asked for here"),
            None => self,
        }
    }

    /// With the place that makes a pool a member of a pairing.
    #[must_use]
    pub fn label_member(self, member: &PairedPool) -> Self {
        self.at(member.place.clone(), member.text)
    }
}

/// From the first name to the end of the second.
fn both_names([first, second]: &[Located<Fqdn>; 2]) -> Place {
    match (&first.origin, &second.origin) {
        (Origin::File(one), Origin::File(other)) => Place::Request(one.start..other.end.max(one.end)),
        (origin, _) => origin.into(),
    }
}
