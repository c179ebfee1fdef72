//! The pairs and pools that rules check.

use super::{Finding, Place};
use crate::pairing::Backup;
use crate::request::{Located, Origin, ResolvedPair, ResolvedUnpair};
use crate::topology::{Fqdn, PoolIndex};

/// Two pools with a current or requested pairing.
#[derive(Clone, Copy, Debug)]
pub struct PairContext<'a> {
    /// The two pools in document order, so that messages about current and requested pairs are equal.
    pub pools: [PoolIndex; 2],
    /// The request for the pair, if the request is checked.
    pub requested: Option<&'a ResolvedPair<'a>>,
}

/// A pool with a current or requested pairing.
#[derive(Clone, Debug)]
pub struct PairedPool {
    /// The pool.
    pub pool: PoolIndex,
    /// Where the pairing is written.
    pub place: Place,
    /// The text of the label.
    pub text: &'static str,
}

impl<'a> PairContext<'a> {
    pub(super) fn requested(pair: &'a ResolvedPair<'a>) -> Option<Self> {
        let mut pools = pair.both()?;
        pools.sort_unstable();
        (pools[0] != pools[1]).then_some(Self { pools, requested: Some(pair) })
    }

    pub(super) fn current(mut pools: [PoolIndex; 2]) -> Self {
        pools.sort_unstable();
        Self { pools, requested: None }
    }
}

impl PairedPool {
    pub(super) fn requested(pair: &ResolvedPair<'_>) -> Vec<Self> {
        let member = |(pool, name): (Option<PoolIndex>, &Located<Fqdn>)| {
            Some(Self { pool: pool?, place: Place::from(&name.origin), text: "requested here" })
        };
        pair.pools.into_iter().zip(&pair.request.pools).filter_map(member).collect()
    }

    pub(super) fn unpaired(unpair: &ResolvedUnpair<'_>) -> Option<Self> {
        let place = Place::from(&unpair.request.pool.origin);
        Some(Self { pool: unpair.pool?, place, text: "requested here" })
    }

    pub(super) fn current(backup: &Backup) -> [Self; 2] {
        [backup.pool, backup.partner].map(|pool| Self { pool, place: backup.span.into(), text: "paired here" })
    }
}

impl Finding {
    /// Labels the request for the pair, if any.
    #[must_use]
    pub fn label_pair(self, pair: &PairContext<'_>) -> Self {
        match pair.requested {
            Some(requested) => self.at(both_names(&requested.request.pools), "requested here"),
            None => self,
        }
    }

    /// Labels the pairing of a pool.
    #[must_use]
    pub fn label_member(self, member: &PairedPool) -> Self {
        self.at(member.place.clone(), member.text)
    }
}

/// The range from the first name to the end of the second.
fn both_names([first, second]: &[Located<Fqdn>; 2]) -> Place {
    match (&first.origin, &second.origin) {
        (Origin::File(first), Origin::File(second)) => Place::Request(first.start..second.end.max(first.end)),
        (origin, _) => origin.into(),
    }
}
