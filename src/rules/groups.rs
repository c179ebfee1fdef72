//! Pools that are tied to each other by their backups.

use std::collections::BTreeSet;

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
    let is_real = |backup: &&Backup| backup.pool != backup.partner;
    let mut seen = BTreeSet::new();
    let mut ties = Vec::new();
    for backup in pairing.backups.iter().filter(is_real) {
        if seen.contains(&backup.pool) {
            continue;
        }
        let mut left = vec![backup.pool];
        let mut pools = BTreeSet::new();
        while let Some(pool) = left.pop() {
            if seen.insert(pool) {
                pools.insert(pool);
                left.extend(pairing.ties_of(pool).into_iter().map(|tie| tie.other(pool)));
            }
        }
        let backups = pools.iter().flat_map(|&pool| pairing.backups_of(pool)).filter(is_real).collect();
        ties.push(TiedPools { pools: pools.into_iter().collect(), backups });
    }
    ties.sort_by_key(|tie| tie.pools[0]);
    ties
}
