//! The verdict on a plan and other phrases, shared by all reports.

use std::collections::BTreeMap;

use crate::notation::{Evidence, Notation, NotationOrigin, basis};
use crate::plan::deployment::PublishRoute;
use crate::plan::{Change, ChangeKind, ChangeValue, PlanRecord};
use crate::rules::{FindingRecord, Severity};
use crate::text::{count, sanitize_truncated};
use crate::topology::{Dialect, Fqdn};

/// The verdict on a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing to do.
    NothingToChange,
    /// The document is as requested; the runbook finishes the pairing on the servers.
    AsRequested {
        /// The id of the first step with work to do.
        first: &'static str,
    },
    /// There is a plan, and the edited document passed the file check.
    Planned {
        /// The number of changes.
        changes: usize,
        /// The number of changed pools.
        pools: usize,
        /// Whether the written document is only a preview, and the change is made by hand.
        preview: bool,
    },
    /// A rule is broken.
    Refused {
        /// The number of errors.
        errors: usize,
        /// The number of warnings, which refuse a plan with `--strict`.
        warnings: usize,
    },
}

impl Verdict {
    /// The verdict on a plan.
    pub fn of(record: &PlanRecord) -> Self {
        let deployment = &record.deployment;
        match record.changes.len() {
            0 if deployment.as_requested && deployment.pools.iter().any(|pool| pool.deployed) => {
                Self::AsRequested { first: "6a-replicate" }
            }
            0 if deployment.as_requested => Self::AsRequested { first: "7-deploy" },
            0 => Self::NothingToChange,
            changes => Self::Planned {
                changes,
                pools: changes_by_pool(&record.changes).len(),
                preview: record.publish_route == PublishRoute::TopologyBuilder,
            },
        }
    }

    /// The verdict on a refused plan.
    pub fn refused(findings: &[FindingRecord]) -> Self {
        let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self::Refused { errors: number(Severity::Error), warnings: number(Severity::Warning) }
    }

    /// The verdict as a sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::NothingToChange => "nothing to change: the topology is already as requested".to_owned(),
            Self::AsRequested { first } => {
                format!("the document is as requested: nothing is published, and the runbook begins at `{first}`")
            }
            Self::Planned { changes, pools, preview } => {
                let how = match preview {
                    true => "make the change in Topology Builder",
                    false => "publish the file with `Publish-CsTopology`",
                };
                format!("planned: {} on {}; file check passed; {how}", count(changes, "change"), count(pools, "pool"))
            }
            Self::Refused { errors: 0, warnings } => {
                format!("refused: {} with `--strict`; nothing was planned", count(warnings, "warning"))
            }
            Self::Refused { errors, .. } => format!("refused: {}; nothing was planned", count(errors, "error")),
        }
    }
}

/// Groups changes by pool, in the order of the pools' first changes.
pub fn changes_by_pool(changes: &[Change]) -> Vec<(&Fqdn, Vec<&Change>)> {
    let mut pools: BTreeMap<&Fqdn, (usize, Vec<&Change>)> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        pools.entry(&change.pool).or_insert((at, Vec::new())).1.push(change);
    }
    let mut pools: Vec<_> = pools.into_iter().collect();
    pools.sort_unstable_by_key(|(_, (first, _))| *first);
    pools.into_iter().map(|(pool, (_, changes))| (pool, changes)).collect()
}

/// A value before or after a change, or a word for its absence.
pub fn value_words(change: &Change, value: Option<&ChangeValue>) -> String {
    match (value, change.kind) {
        (Some(value), _) => sanitize_truncated(&value.to_string()),
        (None, ChangeKind::BackupPool | ChangeKind::Service | ChangeKind::Dependency) => "none".to_owned(),
        (None, _) => "unset".to_owned(),
    }
}

/// The name of the notation and its evidence.
pub fn notation_words(record: &PlanRecord) -> String {
    let Notation { name, evidence, learned_from, .. } = &record.notation;
    let pair = match &record.notation_origin {
        NotationOrigin::LearnedFromPair { pools: [first, second] } => {
            format!("; it holds the pair of `{first}` and `{second}`")
        }
        NotationOrigin::Given | NotationOrigin::BuiltIn => String::new(),
    };
    let doubt = match evidence {
        Evidence::Learned => "",
        Evidence::Unverified => " (unverified)",
    };
    sanitize_truncated(&format!("{name}{doubt}: {}{pair}", basis(learned_from.as_ref())))
}

/// How the change is published, and why.
pub fn route_words(record: &PlanRecord) -> String {
    let by_hand = match (record.publish_route, record.input.dialect, record.notation.evidence) {
        (PublishRoute::Cmdlet, _, Evidence::Learned) => {
            return "by `Publish-CsTopology` with the written file, because the notation (how the XML writes a pairing) is \
                    learned"
                .to_owned();
        }
        (PublishRoute::Cmdlet, _, Evidence::Unverified) => {
            return "by `Publish-CsTopology` with the written file, because the request accepts the notation (how the XML \
                    writes a pairing) unverified"
                .to_owned();
        }
        (PublishRoute::TopologyBuilder, Dialect::TopologyBuilder, _) => {
            "the only tool that can publish this kind of file; the written one"
        }
        (PublishRoute::TopologyBuilder, Dialect::ConfigurationExport, _) => {
            "because no cmdlet publishes a configuration export; the written file"
        }
        (PublishRoute::TopologyBuilder, Dialect::Published, _) => {
            "because the notation (how the XML writes a pairing) is unverified; the written file"
        }
    };
    format!("by hand in Topology Builder, {by_hand} is a preview, and the runbook checks the result against the plan")
}
