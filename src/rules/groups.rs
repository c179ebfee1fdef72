//! Groups of pools that are connected by backup relations.

use std::collections::BTreeSet;

use crate::pairing::{Backup, Pairing};
use crate::topology::PoolIndex;

/// A group of connected pools, with their backup relations.
#[derive(Debug)]
pub(super) struct PoolGroup<'a> {
    /// In document order.
    pub(super) pools: Vec<PoolIndex>,
    /// In document order.
    pub(super) backups: Vec<&'a Backup>,
}

/// All groups of pools that are connected by backup relations.
pub(super) fn groups(pairing: &Pairing) -> Vec<PoolGroup<'_>> {
    let is_between_pools = |backup: &&Backup| backup.pool != backup.partner;
    let mut seen = BTreeSet::new();
    let mut groups = Vec::new();
    for backup in pairing.backups.iter().filter(is_between_pools) {
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
        let backups = pools.iter().flat_map(|&pool| pairing.backups_of(pool)).filter(is_between_pools).collect();
        groups.push(PoolGroup { pools: pools.into_iter().collect(), backups });
    }
    groups.sort_by_key(|group| group.pools[0]);
    groups
}
