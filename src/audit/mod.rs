//! A whole deployment: which pairs hold, the impact of each pool's failure, and partners for the unpaired.

mod impact;
mod matching;
mod partner;

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use impact::{Impact, NotBackedUp, RecoveryTarget, StoreImpact, UserImpact};
pub use partner::{NoSuggestion, Suggestion, Unmatched};

use crate::Export;
use crate::notation::{Evidence, Notation};
use crate::pairing::Pairing;
use crate::partners::Reason;
use crate::plan::InputRecord;
use crate::rules::{self, Finding, RuleClass, RuleContext, Severity, Summary};
use crate::text::{MAX_TEXT_BYTES, truncate};
use crate::topology::{Edition, Fqdn, PoolIndex, ServiceVersion, Topology};

/// The result of an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair audit")]
pub struct Audit {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// The topology.
    pub input: InputRecord,
    /// The notation that pairs were read through.
    pub notation: NotationRecord,
    /// The Front End pools, in document order.
    pub pools: Vec<AuditedPool>,
    /// Partners for the unpaired, in the order of their names.
    pub suggestions: Vec<Suggestion>,
    /// The unpaired pools without a suggestion, in the order of their names.
    pub unmatched: Vec<Unmatched>,
    /// The errors that refuse every plan on this topology, and its publishing.
    pub blocking: Vec<Reason>,
    /// Findings about no Front End pool in particular.
    pub findings: Vec<PoolFinding>,
    /// The number of findings, including those of all pools, each counted once.
    pub summary: Summary,
}

/// The notation that pairs are read with, and its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotationRecord {
    /// Its name.
    pub name: String,
    /// Its evidence.
    pub evidence: Evidence,
}

/// A Front End pool, its pair, and the impact of its failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditedPool {
    /// Its name.
    pub fqdn: Fqdn,
    /// The name of its site.
    pub site: String,
    /// Standard or Enterprise.
    pub edition: Option<Edition>,
    /// The product's name.
    pub product: Option<String>,
    /// How many Front Ends it has.
    pub front_ends: usize,
    /// The pool that it names as its backup pool.
    pub partner: Option<Fqdn>,
    /// Whether the two name each other.
    pub tie: Tie,
    /// Whether the pair would hold: the two name only each other, and no rule finds an error in either.
    pub holds: bool,
    /// The rules because of which a pair would not hold.
    pub broken_rules: Vec<String>,
    /// The findings about the pool.
    pub findings: Vec<PoolFinding>,
    /// The impact of its failure.
    pub impact: Impact,
}

/// How a pool is tied to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// It and its partner name each other.
    Paired,
    /// It names a pool that does not name it, or is named by one that it does not name.
    OneSided,
    /// It names no pool, and none names it.
    None,
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PoolFinding {
    /// The rule's id.
    pub rule: String,
    /// Its severity.
    pub class: RuleClass,
    /// How severe it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// An audit with its findings.
#[derive(Clone, Debug)]
pub struct Audited {
    /// The audit.
    pub audit: Audit,
    /// What the rules found in the topology.
    pub findings: Vec<Finding>,
}

impl Audited {
    /// Audits a deployment.
    pub fn new(export: &Export, pairing: &Pairing, notation: &Notation) -> Self {
        let topology = &export.topology;
        let context = RuleContext { export, pairing, notation, requested: None, declared: None };
        let findings = rules::check(&context);
        let mut by_pool: HashMap<&Fqdn, Vec<&Finding>> = HashMap::new();
        for finding in &findings {
            finding.pools.iter().for_each(|pool| by_pool.entry(pool).or_default().push(finding));
        }
        let pool = |pool: PoolIndex| {
            let impact = Impact::read(export, pairing, pool);
            AuditedPool::new(topology, pairing, &by_pool, impact, pool)
        };
        let names: HashSet<_> = topology.front_end_pools().map(|pool| topology.pool_name(pool)).collect();
        let is_about_none = |finding: &&Finding| finding.pools.iter().all(|pool| !names.contains(pool));
        let (suggestions, unmatched) = partner::suggest(export, pairing, notation);
        let blocking = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let audit = Audit {
            format_version: 1,
            input: InputRecord { sha256: export.source().sha256(), dialect: topology.dialect },
            notation: NotationRecord { name: notation.name.clone(), evidence: notation.evidence },
            pools: topology.front_end_pools().map(pool).collect(),
            suggestions,
            unmatched,
            blocking: blocking.filter(|finding| finding.rule.fails_publishing()).map(Reason::of).collect(),
            findings: findings.iter().filter(is_about_none).map(PoolFinding::of).collect(),
            summary: Summary::of(findings.iter().map(|finding| finding.severity)),
        };
        Self { audit, findings }
    }
}

impl AuditedPool {
    fn new(
        topology: &Topology,
        pairing: &Pairing,
        findings: &HashMap<&Fqdn, Vec<&Finding>>,
        impact: Impact,
        pool: PoolIndex,
    ) -> Self {
        let partner = pairing.backup_pool(pool);
        let tie = match pairing.naming(pool).next() {
            _ if pairing.partner_of(pool).is_some() => Tie::Paired,
            None if partner.is_none() => Tie::None,
            _ => Tie::OneSided,
        };
        let of = |pool| findings.get(topology.pool_name(pool)).map_or(&[][..], Vec::as_slice);
        let errors = [Some(pool), partner].into_iter().flatten().flat_map(of);
        let errors = errors.filter(|finding| finding.severity == Severity::Error);
        let mut broken_rules: Vec<_> = errors.map(|finding| finding.rule.id.to_owned()).collect();
        broken_rules.sort();
        broken_rules.dedup();
        Self {
            fqdn: topology.pool_name(pool).clone(),
            site: topology.site_name(pool).to_owned(),
            edition: topology.edition(pool),
            product: topology.version(pool).map(|version| ServiceVersion::product(version.value)),
            front_ends: topology[pool].machines.len(),
            partner: partner.map(|partner| topology.pool_name(partner).clone()),
            tie,
            holds: tie == Tie::Paired && broken_rules.is_empty(),
            broken_rules: if tie == Tie::None { Vec::new() } else { broken_rules },
            findings: of(pool).iter().map(|finding| PoolFinding::of(finding)).collect(),
            impact,
        }
    }
}

impl PoolFinding {
    fn of(finding: &Finding) -> Self {
        Self {
            rule: finding.rule.id.to_owned(),
            class: finding.rule.class,
            severity: finding.severity,
            message: truncate(&finding.message, MAX_TEXT_BYTES),
            help: truncate(&finding.help, MAX_TEXT_BYTES),
        }
    }
}
