//! Who takes part in a pairing, or shall.

use super::{Finding, Place, Scene};
use crate::asked::{AskedPair, AskedUnpair};
use crate::pairing::Backup;
use crate::request::{Located, Origin};
use crate::topology::{Fqdn, PoolIndex};

/// Two pools that are a pair, or shall become one.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The two pools in document order, so that a message about them reads the same whether they are a pair or shall
    /// become one.
    pub pools: [PoolIndex; 2],
    /// The request for it, when that is what is looked at.
    pub asked: Option<&'a AskedPair<'a>>,
}

/// A pool that takes part in a pairing, or shall.
#[derive(Clone, Debug)]
pub struct Member {
    /// The pool.
    pub pool: PoolIndex,
    /// Where that is said.
    pub place: Place,
    /// A few words about the place.
    pub text: &'static str,
}

impl<'a> Candidate<'a> {
    pub(super) fn asked(pair: &'a AskedPair<'a>) -> Option<Self> {
        let mut pools = pair.both()?;
        pools.sort_unstable();
        (pools[0] != pools[1]).then_some(Self { pools, asked: Some(pair) })
    }

    pub(super) fn present(mut pools: [PoolIndex; 2]) -> Self {
        pools.sort_unstable();
        Self { pools, asked: None }
    }

    /// The names of the two pools.
    pub fn names(&self, scene: &Scene<'a>) -> [&'a Fqdn; 2] {
        self.pools.map(|pool| scene.name(pool))
    }

    /// Where a pool is made one of the pair: its name in the request, else its backup in the topology.
    pub fn named_at(&self, pool: PoolIndex, scene: &Scene<'_>) -> Option<Place> {
        match self.asked {
            Some(pair) => pair.request.pools.get(pair.side(pool)?).map(|name| Place::from(&name.origin)),
            None => {
                let mut backups = scene.pairing.backups_of(pool);
                backups.find(|backup| self.pools.contains(&backup.partner)).map(|backup| backup.span.into())
            }
        }
    }
}

impl Member {
    pub(super) fn asked(pair: &AskedPair<'_>) -> Vec<Self> {
        let member = |(pool, name): (Option<PoolIndex>, &Located<Fqdn>)| {
            Some(Self { pool: pool?, place: Place::from(&name.origin), text: "asked for here" })
        };
        pair.pools.into_iter().zip(&pair.request.pools).filter_map(member).collect()
    }

    pub(super) fn parted(unpair: &AskedUnpair<'_>) -> Option<Self> {
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
    pub fn asked_for(self, candidate: &Candidate<'_>) -> Self {
        match candidate.asked {
            Some(pair) => self.at(both_names(&pair.request.pools), "asked for here"),
            None => self,
        }
    }

    /// With the place in the request that names the pool, where it does.
    #[must_use]
    pub fn asked_of(self, scene: &Scene<'_>, pool: PoolIndex) -> Self {
        let Some(asked) = scene.asked else { return self };
        let paired = asked.pairs.iter().flat_map(|pair| pair.pools.into_iter().zip(&pair.request.pools));
        let parted = asked.unpairs.iter().map(|unpair| (unpair.pool, &unpair.request.pool));
        let named = paired.chain(parted).find(|(named, _)| *named == Some(pool));
        self.at_some(named.map(|(_, name)| &name.origin), "asked for here")
    }

    /// With the place that makes a pool a member of a pairing.
    #[must_use]
    pub fn of_member(self, member: &Member) -> Self {
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
