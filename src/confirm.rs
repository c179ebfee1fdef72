//! Whether a fresh export shows what was planned, and nothing else.

use crate::Export;
use crate::diff::{Class, Difference, Inventory, compare};
use crate::learn::choose_for_reading;
use crate::notation::Evidence;
use crate::pairing::{Pairing, VoiceSettings};
use crate::plan::PlanRecord;
use crate::runbook::deployment::{DeployedPool, PublishRoute};
use crate::source::Options;
use crate::topology::{Fqdn, PoolIndex};

/// What a fresh export shows, held against a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmation {
    /// What was planned and is there, in words.
    pub confirmed: Vec<String>,
    /// What was planned and is not there, in words.
    pub missing: Vec<String>,
    /// What Topology Builder wrote in another way than the preview, in words.
    pub otherwise: Vec<String>,
    /// What is different and was not planned, in words.
    pub others: Vec<String>,
}

impl Confirmation {
    /// Whether everything is as planned, and nothing else changed.
    pub fn is_good(&self) -> bool {
        self.missing.is_empty() && self.others.is_empty()
    }
}

/// Holds a fresh export against a plan; `planned` is the topology that the plan wrote, where that is at hand.
///
/// With it, every other difference is told in full. Without it the plan's inventory tells what differs, but not how.
/// After a preview in an unverified notation the pairing itself may be written otherwise, which is no deviation.
pub fn confirm(record: &PlanRecord, planned: Option<&Export>, fresh: &Export, reading: &Options) -> Confirmation {
    let mut confirmation = Confirmation::default();
    let is_preview =
        record.notation.evidence == Evidence::Unverified && record.publish_route == PublishRoute::TopologyBuilder;
    let notation = match is_preview {
        true => choose_for_reading(fresh, None, reading).notation,
        false => record.notation.clone(),
    };
    let pairing = Pairing::read(&fresh.document, &fresh.topology, &notation);
    for pool in &record.deployment.pools {
        confirmation.hold_pool(pool, fresh, &pairing);
    }
    let others = match planned {
        Some(planned) => differences(planned, fresh),
        None => record.inventory.changes_to(&Inventory::of(fresh)),
    };
    let is_of_pairing = |line: &String| is_preview && is_of_pairing(line, &record.deployment.pools);
    (confirmation.otherwise, confirmation.others) = others.into_iter().partition(is_of_pairing);
    confirmation
}

/// Whether a difference is in what a pairing is written in: a dependency or a setting of a Registrar of the plan, or a
/// service that is new there.
fn is_of_pairing(line: &str, pools: &[DeployedPool]) -> bool {
    pools.iter().any(|pool| {
        let owner = format!(" of `{}`", pool.fqdn);
        let registrar = format!("Registrar{owner}: ");
        let aspect = line
            .strip_prefix(&registrar)
            .is_some_and(|aspect| aspect.starts_with("dependency ") || aspect.starts_with("setting "));
        aspect || line.ends_with(&format!("{owner} is new"))
    })
}

impl Confirmation {
    fn hold_pool(&mut self, planned: &DeployedPool, fresh: &Export, pairing: &Pairing) {
        let Some(pool) = fresh.topology.pool_named(&planned.fqdn) else {
            self.missing.push(format!("pool `{}` is not in the export", planned.fqdn));
            return;
        };
        self.hold_backup(planned, fresh, pairing, pool);
        self.hold_voice(planned, pairing.voice_settings(pool));
    }

    fn hold_backup(&mut self, planned: &DeployedPool, fresh: &Export, pairing: &Pairing, pool: PoolIndex) {
        let names = |pool: PoolIndex| fresh.topology.pool_name(pool).clone();
        let found: Vec<Fqdn> = pairing.backups_of(pool).map(|backup| names(backup.partner)).collect();
        let (fqdn, wanted) = (&planned.fqdn, &planned.backup_pool_after);
        match (wanted, found.as_slice()) {
            (Some(wanted), [found]) if wanted == found => {
                self.confirmed.push(format!("the backup pool of `{fqdn}` is `{wanted}`"));
            }
            (None, []) => self.confirmed.push(format!("`{fqdn}` has no backup pool")),
            (wanted, found) => {
                let wanted = wanted.as_ref().map_or_else(|| "none".to_owned(), |name| format!("`{name}`"));
                let found: Vec<_> = found.iter().map(|name| format!("`{name}`")).collect();
                let found = if found.is_empty() { "none".to_owned() } else { found.join(" and ") };
                self.missing.push(format!("the backup pool of `{fqdn}` is {found}, and {wanted} was planned"));
            }
        }
    }

    fn hold_voice(&mut self, planned: &DeployedPool, found: Option<VoiceSettings>) {
        let fqdn = &planned.fqdn;
        let words =
            |voice: Option<VoiceSettings>| voice.map_or_else(|| "not set".to_owned(), |voice| voice.to_string());
        if found == planned.voice_after {
            self.confirmed.push(format!("voice failover of `{fqdn}` is {}", words(found)));
        } else {
            let (found, wanted) = (words(found), words(planned.voice_after));
            self.missing.push(format!("voice failover of `{fqdn}` is {found}, and {wanted} was planned"));
        }
    }
}

fn differences(planned: &Export, fresh: &Export) -> Vec<String> {
    let found = compare(planned, fresh);
    found.iter().filter(|difference| difference.class == Class::Meaning).map(Difference::to_string).collect()
}
