//! Why a change cannot be written, or failed its proof.

use crate::Export;
use crate::source::{Edit, LocatedFault};
use crate::topology::Fqdn;

/// A [`PlanFault`], and where it is.
pub type Error = LocatedFault<PlanFault>;

/// Why a change cannot be written, or failed its proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum PlanFault {
    /// A Registrar lacks an element that the pairing is written in: the file was cut or edited by hand.
    #[error("this service has no element `{name}`, in which the pairing is written")]
    #[diagnostic(code("poolpair::plan::missing-element"), help("export the topology again"))]
    MissingElement {
        /// The element.
        name: &'static str,
    },
    /// A service that the notation adds needs another one that the pool lacks.
    #[error("the notation adds the service `{role}` to `{pool}`, which needs `{missing}`, and there is none")]
    #[diagnostic(
        code("poolpair::plan::no-service"),
        help("the notation was learned from a deployment of another kind: learn it again")
    )]
    NoServiceFor {
        /// The role that is added.
        role: String,
        /// What is missing.
        missing: String,
        /// The pool.
        pool: Fqdn,
    },
    /// A service that is removed with the pair is needed by one that stays.
    #[error("the service `{service}` goes with the pair, but `{by}` depends on it")]
    #[diagnostic(
        code("poolpair::plan::still-needed"),
        help("make this change in Topology Builder, which settles what depends on the service")
    )]
    StillNeeded {
        /// The removed service.
        service: String,
        /// The service that stays.
        by: String,
    },
    /// Two pools have one database, and the notation keeps a service of each pool there.
    #[error("`{pool}` and `{other}` share the database in which each would have a service `{role}`")]
    #[diagnostic(
        code("poolpair::plan::shared-back-end"),
        help("give each pool a database of its own: with one, neither can stand in for the other")
    )]
    SharedBackEnd {
        /// The role of the service.
        role: String,
        /// The one pool.
        pool: Fqdn,
        /// The other pool.
        other: Fqdn,
    },
    /// The ports or the body of a service in the notation are not XML.
    #[error("the notation's ports or body of the service `{role}` are no well-formed XML element")]
    #[diagnostic(code("poolpair::plan::notation-part"), help("write the notation with `poolpair learn`"))]
    NotationPart {
        /// The role that is added.
        role: String,
    },
    /// A value of the notation contains a character that XML cannot represent.
    #[error("the notation holds a character that XML has no way to write")]
    #[diagnostic(code("poolpair::plan::unwritable"), help("write the notation with `poolpair learn`"))]
    Unwritable,
    /// The request asks two different things of a pool.
    #[error("the request asks two different things of `{pool}`")]
    #[diagnostic(code("poolpair::plan::contradiction"), help("name each pool in one pair, or in one un-pairing"))]
    Contradiction {
        /// The pool.
        pool: Fqdn,
    },
    /// The proof after splicing failed: a bug.
    #[error("the proof failed: {reason}")]
    #[diagnostic(
        code("poolpair::plan::proof"),
        help(
            "nothing was written; this is a bug in poolpair: report it with this message, the version, and an export in which names are replaced"
        )
    )]
    Proof {
        /// What was found.
        reason: String,
    },
}

/// Two edits of one plan overlap, which is a bug.
pub(super) fn overlap(before: &Export, edit: &Edit) -> Error {
    unproved(before, format!("two edits overlap at offset {} of the text", edit.span.start))
}

/// The edited document is not the planned one, which is a bug.
pub(super) fn unproved(before: &Export, reason: String) -> Error {
    Error::new(PlanFault::Proof { reason }, before.source(), Vec::new())
}
