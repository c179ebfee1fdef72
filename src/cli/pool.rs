//! A pool named on the command line.

use super::{Exit, Failure};
use crate::Export;
use crate::text::{did_you_mean, nearest_few};
use crate::topology::{Fqdn, PoolIndex};

/// Finds a pool by its name.
pub(super) fn find(export: &Export, name: &str) -> Result<PoolIndex, Failure> {
    let topology = &export.topology;
    let name = Fqdn::new(name);
    topology.pool_named(&name).ok_or_else(|| {
        let known = topology.front_end_pools().map(|pool| topology.pool_name(pool).as_str());
        let help = did_you_mean(&nearest_few(name.as_str(), known, 3))
            .unwrap_or_else(|| "`poolpair inspect` lists the pools of a topology".to_owned());
        let message = format!("there is no pool `{name}` in this topology");
        Failure::with_help(Exit::Broken, "poolpair::cli::no-such-pool", message, help)
    })
}
