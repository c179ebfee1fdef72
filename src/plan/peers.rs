//! The services of pools as the actions leave them.

use std::collections::{HashMap, HashSet};

use crate::action::{Action, Peer};
use crate::topology::{PoolIndex, ServiceIndex, Topology};

/// The services of pools as the actions leave them.
pub(super) struct Peers<'a> {
    topology: &'a Topology,
    added: HashMap<(PoolIndex, &'a str), Peer>,
    removed: HashSet<ServiceIndex>,
}

impl<'a> Peers<'a> {
    pub(super) fn after(topology: &'a Topology, actions: &[Action<'a>]) -> Self {
        // Reversed, so that the first service of a role counts.
        let added = actions.iter().rev().filter_map(Action::added);
        Self {
            topology,
            added: added.map(|add| ((add.pool, add.notation.role.as_str()), add.as_peer(topology))).collect(),
            removed: actions.iter().filter_map(Action::removed).collect(),
        }
    }

    /// The service of a role that serves a pool: one that an action adds, or an existing one.
    pub(super) fn serving(&self, pool: PoolIndex, role: &str) -> Option<Peer> {
        let present = || self.topology.serving(pool, role).filter(|found| !self.removed.contains(found));
        let added = self.added.get(&(pool, role)).cloned();
        added.or_else(|| Some(Peer::present(self.topology, present()?)))
    }
}
