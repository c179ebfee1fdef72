//! The pools that a pool can be paired with, and why not the others: Topology Builder's list of backup pools, with
//! reasons.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Export;
use crate::notation::{Evidence, Notation};
use crate::pairing::Pairing;
use crate::request::{Located, PairRequest, Request, ResolvedRequest};
use crate::rules::{self, Finding, RuleContext, Severity};
use crate::topology::{Edition, Fqdn, PoolIndex, PoolKind, ServiceVersion, Topology};

/// The pools that a pool can be paired with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "poolpair partners")]
pub struct Partners {
    /// The version of this format; 1. Within a version, fields are only added.
    pub format_version: u32,
    /// The pool in question.
    pub pool: Fqdn,
    /// The pool that it names as its backup now.
    pub backup_pool: Option<Fqdn>,
    /// Every other pool that runs server roles: Front End pools first, otherwise in document order.
    pub partners: Vec<Partner>,
}

/// A possible partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Partner {
    /// The pool.
    pub fqdn: Fqdn,
    /// What it is for.
    pub kind: PoolKind,
    /// Standard or Enterprise; for Front End pools only.
    pub edition: Option<Edition>,
    /// The product's name.
    pub product: Option<String>,
    /// The name of its site.
    pub site: String,
    /// Whether a request for this pair would be planned without an allowance; for the present partner, as if the two
    /// were not paired yet.
    pub eligible: bool,
    /// Why it would not be.
    pub reasons: Vec<Reason>,
    /// The warnings on a request for this pair.
    pub warnings: Vec<Reason>,
}

/// What a rule says of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// The rule's id.
    pub rule: String,
    /// What it says.
    pub message: String,
}

/// How many breaks that make publishing fail are reported per pool.
const MOST_OF_DOCUMENT: usize = 10;

/// Evaluates the pair of `pool` with every other pool, as if each were requested with nothing declared.
///
/// What applies to all of them is left out: facts, what a request would have to declare, and whether the notation is
/// verified. With `replace`, both pools leave their current partners.
pub fn partners(export: &Export, notation: &Notation, pool: PoolIndex, replace: bool) -> Partners {
    let topology = &export.topology;
    // The evidence of the notation does not depend on the pools.
    let notation = &Notation { evidence: Evidence::Learned, ..notation.clone() };
    let pairing = Pairing::read(&export.document, topology, notation);
    let name = |pool: PoolIndex| topology.pool_name(pool).clone();
    let mut others: Vec<_> = topology.pool_indices().filter(|&other| other != pool).collect();
    others.retain(|&other| runs_server_roles(topology.kind(other)));
    others.sort_by_key(|&other| topology.kind(other) != PoolKind::FrontEnd);
    let context = RuleContext { export, pairing: &pairing, notation, requested: None, declared: None };
    // What makes publishing fail applies to all of them.
    let mut of_document = rules::check_document(&context);
    of_document.truncate(MOST_OF_DOCUMENT);
    let judged = |other| {
        let request = pair_of([name(pool), name(other)], replace);
        let requested = ResolvedRequest::of(&request, topology);
        let mut findings = rules::check_request(&RuleContext { requested: Some(&requested), ..context });
        findings.extend(of_document.iter().cloned());
        rules::sort(&mut findings);
        Partner::new(topology, other, &findings)
    };
    Partners {
        format_version: 1,
        pool: name(pool),
        backup_pool: pairing.backup_pool(pool).map(name),
        partners: others.into_iter().map(judged).collect(),
    }
}

/// The errors that keep each Front End pool from any pairing: those about the pool alone.
pub fn lacking(export: &Export, pairing: &Pairing, notation: &Notation) -> BTreeMap<Fqdn, Vec<Reason>> {
    let topology = &export.topology;
    let pools: Vec<_> = topology.front_end_pools().map(|pool| topology.pool_name(pool).clone()).collect();
    // The choice of pairs does not matter, since findings about two pools do not count.
    let other = |pair: &[Fqdn]| pair.get(1).unwrap_or(&pools[0]).clone();
    let pairs: Vec<_> = pools.chunks(2).map(|pair| [pair[0].clone(), other(pair)]).collect();
    let mut lacking: BTreeMap<Fqdn, Vec<Reason>> = BTreeMap::new();
    for finding in findings_of(export, pairing, notation, &pairs) {
        let is_error = finding.severity == Severity::Error && !finding.is_about_request();
        if let (true, Some(pool), 1) = (is_error, finding.pools.first(), finding.pools.len()) {
            lacking.entry(pool.clone()).or_default().push(Reason::of(&finding));
        }
    }
    lacking
}

/// The errors and warnings on each of these pairs, if all were requested at once. No pool may be in two of them.
pub fn verdicts(export: &Export, pairing: &Pairing, notation: &Notation, pairs: &[[Fqdn; 2]]) -> Vec<[Vec<Reason>; 2]> {
    let notation = &Notation { evidence: Evidence::Learned, ..notation.clone() };
    let places = pairs.iter().enumerate().flat_map(|(at, pair)| pair.iter().map(move |pool| (pool, at)));
    let places: BTreeMap<_, _> = places.collect();
    let mut verdicts: Vec<[Vec<Reason>; 2]> = vec![Default::default(); pairs.len()];
    for finding in findings_of(export, pairing, notation, pairs) {
        let of_pairs: BTreeSet<_> = finding.pools.iter().filter_map(|pool| places.get(pool)).collect();
        let side = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => continue,
        };
        for &at in of_pairs {
            verdicts[at][side].push(Reason::of(&finding));
        }
    }
    verdicts
}

fn findings_of(export: &Export, pairing: &Pairing, notation: &Notation, pairs: &[[Fqdn; 2]]) -> Vec<Finding> {
    let pairs = pairs.iter().flat_map(|pair| pair_of(pair.clone(), false).pairs).collect();
    let request = Request { pairs, ..Request::default() };
    let requested = ResolvedRequest::of(&request, &export.topology);
    rules::check(&RuleContext { export, pairing, notation, requested: Some(&requested), declared: None })
}

/// Whether it could be taken for a pool to pair with, unlike database, file and web servers.
fn runs_server_roles(kind: PoolKind) -> bool {
    !matches!(kind, PoolKind::Sql | PoolKind::File | PoolKind::OfficeWebApps | PoolKind::Gateway | PoolKind::Other)
}

/// The request for a pair with the default settings.
fn pair_of(pools: [Fqdn; 2], replace: bool) -> Request {
    let pair = PairRequest {
        pools: pools.map(Located::by_default),
        voice: Default::default(),
        replace: Located::by_default(replace),
    };
    Request { pairs: vec![pair], ..Request::default() }
}

impl Partner {
    fn new(topology: &Topology, pool: PoolIndex, findings: &[Finding]) -> Self {
        let of = |severity| findings.iter().filter(move |finding| finding.severity == severity).map(Reason::of);
        let reasons: Vec<_> = of(Severity::Error).collect();
        Self {
            fqdn: topology.pool_name(pool).clone(),
            kind: topology.kind(pool),
            edition: topology.edition(pool),
            product: topology.version(pool).map(|version| ServiceVersion::product(version.value)),
            site: topology.site_name(pool).to_owned(),
            eligible: reasons.is_empty(),
            reasons,
            warnings: of(Severity::Warning).collect(),
        }
    }
}

impl Reason {
    /// What a finding says.
    pub(crate) fn of(finding: &Finding) -> Self {
        Self { rule: finding.rule.id.to_owned(), message: finding.message.clone() }
    }
}
