//! The deployment facts of a plan, for its runbook.

use super::deployment::{
    Allowed, BackEndInstance, CentralManagement, CumulativeUpdate, DeployedPool, Deployment, FileStore, NotationName,
    PublishRoute,
};
use super::target::Target;
use crate::Export;
use crate::request::{self, PoolFacts};
use crate::rules::{Finding, FindingChange, RuleContext};
use crate::topology::{Dialect, Edition, Fqdn, PoolIndex, PoolKind, ServiceVersion, Topology};

/// The document before and after the change, and how the change is made.
pub(super) struct DeployedChange<'a> {
    pub(super) old: RuleContext<'a>,
    pub(super) new: RuleContext<'a>,
    pub(super) route: PublishRoute,
    pub(super) as_requested: bool,
}

/// Collects the facts that the runbook of a plan needs.
pub(super) fn deployment(comparison: &DeployedChange<'_>, targets: &[Target], findings: &[Finding]) -> Deployment {
    let DeployedChange {
        old: RuleContext { export: before, notation, .. },
        new: RuleContext { export: after, .. },
        route,
        ..
    } = *comparison;
    let text_hash = |export: &Export| {
        let published = export.topology.dialect == Dialect::Published;
        published.then(|| export.source().normalised_sha256())
    };
    Deployment {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        input_sha256: before.source().sha256(),
        result_sha256: after.topology_sha256(),
        baseline_text_sha256: text_hash(before),
        result_text_sha256: text_hash(after).filter(|_| route == PublishRoute::Cmdlet),
        topology_file: before.topology.dialect.file_name().to_owned(),
        publish_route: route,
        notation: NotationName {
            name: notation.name.clone(),
            evidence: notation.evidence,
            learned_from: notation.learned_from.clone(),
        },
        as_requested: comparison.as_requested && targets.iter().any(|target| target.backup.is_some()),
        pools: targets.iter().map(|target| comparison.pool(target, targets)).collect(),
        edges: edges(&before.topology, targets),
        allowed: findings.iter().filter_map(allowed).collect(),
        questions: findings.iter().filter_map(|finding| Some(finding.question.as_ref()?.text.clone())).collect(),
        notes: findings.iter().filter(|finding| is_note(finding)).map(|one| one.message.clone()).collect(),
    }
}

fn allowed(finding: &Finding) -> Option<Allowed> {
    let reason = finding.allowed.clone()?;
    Some(Allowed { rule: finding.rule.id.to_owned(), message: finding.message.clone(), reason })
}

/// Whether a finding neither refuses a plan nor is accepted with a reason: facts, and every warning.
fn is_note(finding: &Finding) -> bool {
    finding.question.is_none() && finding.allowed.is_none() && finding.change != Some(FindingChange::Repaired)
}

impl DeployedChange<'_> {
    fn pool(&self, target: &Target, targets: &[Target]) -> DeployedPool {
        let topology = self.old.topology();
        let pool = target.pool;
        let name = |pool: PoolIndex| topology.pool_name(pool).clone();
        let facts = self.old.facts(pool);
        let deployed = facts.and_then(|facts| facts.deployed.as_ref()).is_none_or(|deployed| deployed.value);
        let version = topology.version(pool).map_or(ServiceVersion(0), |version| version.value);
        let declared = |value: Option<&String>| value.cloned();
        let product = declared(facts.and_then(|facts| facts.product.as_ref()).map(|product| &product.value));
        let folder = declared(facts.and_then(|facts| facts.program_folder.as_ref()).map(|folder| &folder.value));
        DeployedPool {
            fqdn: name(pool),
            site: topology.site_name(pool).to_owned(),
            edition: topology.edition(pool).unwrap_or(Edition::Enterprise),
            version,
            product: product.unwrap_or_else(|| version.product()),
            program_folder: folder.or_else(|| version.program_folder().map(str::to_owned)),
            line: self.old.export.source().position(topology[pool].fqdn.span.start).line.into(),
            machines: topology[pool].machines.iter().map(|machine| machine.value.clone()).collect(),
            file_store: file_store(topology, pool),
            sql_instance: topology.back_end(pool).and_then(|sql| BackEndInstance::of(topology, sql)),
            central_management: topology.central_management(pool),
            gains_central_management: gains_central_management(topology, target, targets),
            loses_central_management: loses_central_management(topology, target),
            deployed,
            cumulative_update: cumulative_update(facts),
            backup_pool_before: self.old.pairing.backup_pool(pool).map(name),
            backup_pool_after: target.backup.map(name),
            voice_before: self.old.pairing.voice_settings(pool),
            voice_after: self.new.pairing.voice_settings(pool),
        }
    }
}

/// The Edge Servers: the active store sends each its replica, and a standby store may have to.
fn edges(topology: &Topology, targets: &[Target]) -> Vec<Fqdn> {
    if targets.iter().all(|target| topology.central_management(target.pool) == CentralManagement::None) {
        return Vec::new();
    }
    let edges = topology.pool_indices().filter(|&pool| topology.kind(pool) == PoolKind::Edge);
    edges.flat_map(|pool| &topology[pool].machines).map(|machine| machine.value.clone()).collect()
}

fn file_store(topology: &Topology, pool: PoolIndex) -> Option<FileStore> {
    let service = topology.file_store(pool)?;
    let host = topology.pool_name(topology.pool_of(service)?).clone();
    let share = topology.setting(service, "ShareName").unwrap_or_default().to_owned();
    Some(FileStore { host, share })
}

/// From Lync Server 2013 on, the partner of the pool with the active store gains the standby one, whether or not the
/// notation says how that is written.
fn gains_central_management(topology: &Topology, target: &Target, targets: &[Target]) -> bool {
    let is_new = topology.central_management(target.pool) == CentralManagement::None;
    is_new && backs_active_store(topology, target) && targets.iter().any(|other| Some(other.pool) == target.backup)
}

fn loses_central_management(topology: &Topology, target: &Target) -> bool {
    topology.central_management(target.pool) == CentralManagement::Standby && !backs_active_store(topology, target)
}

/// Whether the pool is to be paired with the pool of the active store.
fn backs_active_store(topology: &Topology, target: &Target) -> bool {
    target.backup.is_some_and(|pool| topology.central_management(pool) == CentralManagement::Active)
}

fn cumulative_update(facts: Option<&PoolFacts>) -> CumulativeUpdate {
    match facts.and_then(|facts| facts.cumulative_update.as_ref()).map(|update| &update.value) {
        None => CumulativeUpdate::Undeclared,
        Some(request::DeclaredUpdate::None) => CumulativeUpdate::None,
        Some(request::DeclaredUpdate::Installed(request::InstalledUpdate { installer, build })) => {
            CumulativeUpdate::Installed { installer: installer.clone(), build: build.clone() }
        }
    }
}
