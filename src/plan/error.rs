//! Why a change cannot be written, or a written one is not trusted.

use crate::Export;
use crate::source::{Edit, Fault, LocatedFault};
use crate::topology::Fqdn;

/// A [`PlanFault`], and where it is.
pub type Error = LocatedFault<PlanFault>;

/// Why a change cannot be written, or a written one is not trusted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// A Registrar lacks an element that the pairing is written in: the file was cut or edited by hand.
    #[error("this service has no element `{name}`, in which the pairing is written")]
    MissingElement {
        /// The element.
        name: &'static str,
    },
    /// A service that the notation adds needs another one that the pool has not.
    #[error("the notation adds the service `{role}` to `{pool}`, which needs `{missing}`, and there is none")]
    NoServiceFor {
        /// The role that is added.
        role: String,
        /// What is missing.
        missing: String,
        /// The pool.
        pool: Fqdn,
    },
    /// A service goes with the pair, and one that stays depends on it.
    #[error("the service `{service}` goes with the pair, but `{by}` depends on it")]
    StillNeeded {
        /// The service that goes.
        service: String,
        /// The one that stays.
        by: String,
    },
    /// Two pools have one database, and the notation keeps a service of each pool there.
    #[error("`{pool}` and `{other}` share the database in which each would have a service `{role}`")]
    SharedBackEnd {
        /// The role of the service.
        role: String,
        /// The one pool.
        pool: Fqdn,
        /// The other pool.
        other: Fqdn,
    },
    /// The ports or the body of a service in the notation are no XML.
    #[error("the notation's ports or body of the service `{role}` are no well-formed XML element")]
    NotationPart {
        /// The role that is added.
        role: String,
    },
    /// A value of the notation holds a character that XML has no way to write.
    #[error("the notation holds a character that XML has no way to write")]
    Unwritable,
    /// The request wants a pool to be two different things.
    #[error("the request asks two different things of `{pool}`")]
    Contradiction {
        /// The pool.
        pool: Fqdn,
    },
    /// The proof after splicing failed: a bug.
    #[error("the proof failed: {reason}")]
    Proof {
        /// What was found.
        reason: String,
    },
}

impl Fault for PlanFault {
    fn code(&self) -> &'static str {
        match self {
            Self::MissingElement { .. } => "poolpair::plan::missing-element",
            Self::NoServiceFor { .. } => "poolpair::plan::no-service",
            Self::StillNeeded { .. } => "poolpair::plan::still-needed",
            Self::SharedBackEnd { .. } => "poolpair::plan::shared-back-end",
            Self::NotationPart { .. } => "poolpair::plan::notation-part",
            Self::Unwritable => "poolpair::plan::unwritable",
            Self::Contradiction { .. } => "poolpair::plan::contradiction",
            Self::Proof { .. } => "poolpair::plan::proof",
        }
    }

    fn help(&self) -> Option<String> {
        let help = match self {
            Self::MissingElement { .. } => "export the topology again",
            Self::NoServiceFor { .. } => "the notation was learned from a deployment of another kind: learn it again",
            Self::StillNeeded { .. } => {
                "make this change in Topology Builder, which settles what depends on the service"
            }
            Self::SharedBackEnd { .. } => {
                "give each pool a database of its own: with one, neither can stand in for the other"
            }
            Self::NotationPart { .. } | Self::Unwritable => "write the notation with `poolpair learn`",
            Self::Contradiction { .. } => "name each pool in one pair, or in one un-pairing",
            Self::Proof { .. } => {
                "nothing was written; this is a bug in poolpair: report it with this message, the version, and an \
                 export in which names are replaced"
            }
        };
        Some(help.to_owned())
    }
}

/// Two edits of one plan overlap, which is a bug.
pub(super) fn overlap(before: &Export, edit: &Edit) -> Error {
    unproved(before, format!("two edits overlap at offset {} of the text", edit.span.start))
}

/// The edited document is not what was to be made, which is a bug.
pub(super) fn unproved(before: &Export, reason: String) -> Error {
    Error::new(PlanFault::Proof { reason }, before.source(), Vec::new())
}
