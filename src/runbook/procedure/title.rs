//! The titles of runbooks of changes.

use crate::plan::deployment::DeployedPool;
use crate::runbook::view::View;
use crate::text::capitalized;
use crate::topology::Fqdn;

/// The maximum number of changes that a title names.
const MOST: usize = 3;

/// What the runbook does, and for which pools.
pub(super) fn title(view: &View) -> String {
    let mut parts = Vec::new();
    let pools = &view.deployment.pools;
    for (index, pool) in pools.iter().enumerate() {
        let told = |partner: &Fqdn| pools[..index].iter().any(|earlier| earlier.fqdn == *partner);
        parts.extend(part(view, pool, &told));
    }
    if parts.len() > MOST + 1 {
        let more = parts.split_off(MOST).len();
        parts.push(format!("and {more} more changes"));
    }
    let text = if parts.is_empty() { "change nothing".to_owned() } else { parts.join("; ") };
    if view.is_undo { format!("Undo: {text}") } else { capitalized(&text) }
}

/// The title part of a pair, given with its first pool.
fn part(view: &View, pool: &DeployedPool, told: &dyn Fn(&Fqdn) -> bool) -> Option<String> {
    let (name, before, after) = (&pool.fqdn, pool.backup_pool_before.as_ref(), pool.backup_pool_after.as_ref());
    let changes = |fqdn: &Fqdn| view.pool(fqdn).is_some_and(View::changes);
    match (before, after) {
        (Some(old), Some(new)) if old != new => Some(format!("change the partner of {name} from {old} to {new}")),
        (None, Some(partner)) | (Some(partner), None) if changes(partner) || told(partner) => None,
        (None, Some(partner)) if view.deployment.as_requested => {
            Some(format!("finish the pairing of {name} with {partner}"))
        }
        (None, Some(partner)) => Some(format!("pair {name} with {partner}")),
        (Some(partner), None) => Some(format!("un-pair {name} from {partner}")),
        (Some(_), Some(partner)) if !told(partner) => Some(format!("set the voice failover of {name} and {partner}")),
        _ => None,
    }
}
