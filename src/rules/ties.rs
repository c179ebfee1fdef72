//! Pools that are tied to each other by their backups.

use std::collections::BTreeMap;

use crate::pairing::{Backup, Pairing};
use crate::topology::PoolIndex;

/// Pools that are tied to each other, and the backups that tie them.
#[derive(Debug)]
pub(super) struct TiedPools<'a> {
    /// In document order.
    pub(super) pools: Vec<PoolIndex>,
    /// In document order.
    pub(super) backups: Vec<&'a Backup>,
}

/// All pools that name another one as their backup or are named by one, in groups that nothing ties to each other.
pub(super) fn ties(pairing: &Pairing) -> Vec<TiedPools<'_>> {
    let mut roots: BTreeMap<PoolIndex, PoolIndex> = BTreeMap::new();
    let real = || pairing.backups.iter().filter(|backup| backup.pool != backup.partner);
    for backup in real() {
        let ends = [backup.pool, backup.partner].map(|pool| root(&mut roots, pool));
        roots.insert(ends[0].max(ends[1]), ends[0].min(ends[1]));
    }
    let mut ties: BTreeMap<PoolIndex, TiedPools<'_>> = BTreeMap::new();
    let pools: Vec<_> = roots.keys().copied().collect();
    for pool in pools {
        let tie = ties.entry(root(&mut roots, pool)).or_insert(TiedPools { pools: Vec::new(), backups: Vec::new() });
        tie.pools.push(pool);
        tie.backups.extend(pairing.backups_of(pool).filter(|backup| backup.partner != pool));
    }
    ties.into_values().collect()
}

/// The pool that stands for all that `pool` is tied to so far.
fn root(roots: &mut BTreeMap<PoolIndex, PoolIndex>, pool: PoolIndex) -> PoolIndex {
    let mut last = pool;
    while let Some(&next) = roots.get(&last).filter(|&&next| next != last) {
        last = next;
    }
    // Those on the way point at it, so that the way is short the next time.
    let mut at = pool;
    while let Some(next) = roots.insert(at, last).filter(|&next| next != at) {
        at = next;
    }
    last
}
