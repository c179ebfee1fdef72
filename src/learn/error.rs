//! Why nothing was learned.

use miette::Diagnostic;
use thiserror::Error;

use crate::{ReadError, plan};

/// Why nothing was learned from two documents.
#[derive(Debug, Error, Diagnostic)]
pub enum LearnError {
    /// A published document and a Topology Builder file, or the like.
    #[error("the two documents are of different kinds: {before} and {after}")]
    #[diagnostic(
        code("poolpair::notation::dialects"),
        help("give two exports of one kind; what was learned from one kind applies to the other")
    )]
    Dialects {
        /// The kind of the one.
        before: &'static str,
        /// The kind of the other.
        after: &'static str,
    },
    /// Two services, pools or sites with one id: references to it are ambiguous.
    #[error("a document to learn from is damaged: {what} is there twice")]
    #[diagnostic(
        code("poolpair::notation::damaged"),
        help(
            "export the topology again, or remove one of the two in Topology Builder; `poolpair check` shows both places"
        )
    )]
    Damaged {
        /// The part that occurs twice.
        what: String,
    },
    /// The same deployment twice.
    #[error("the two documents mean the same: there is nothing to learn from")]
    #[diagnostic(code("poolpair::notation::nothing-differs"), help("{FRESH_PAIR}"))]
    NothingDiffers,
    /// No two pools became each other's backup.
    #[error("no two Front End pools became each other's backup pool; what differs: {}", list(differences))]
    #[diagnostic(
        code("poolpair::notation::no-pair"),
        help("give the document without the pair as `--before` and the one with it as `--after`; {FRESH_PAIR}")
    )]
    NoPair {
        /// What differs, in domain words.
        differences: Vec<String>,
    },
    /// More than one pair was made.
    #[error("more than one pair was made: {}", list(pairs))]
    #[diagnostic(code("poolpair::notation::several-pairs"), help("{FRESH_PAIR}"))]
    SeveralPairs {
        /// The pairs.
        pairs: Vec<String>,
    },
    /// Differences that no pairing explains.
    #[error("no pairing explains {}: {}", crate::text::count(differences.len(), "difference"), list(differences))]
    #[diagnostic(code("poolpair::notation::unexplained"), help("{FRESH_PAIR}"))]
    Unexplained {
        /// Each difference in domain words, with the reason where there is one.
        differences: Vec<String>,
    },
    /// The example lacks settings.
    #[error("the pair shows no {}: it may carry defaults, which are not written", missing.join(" and no "))]
    #[diagnostic(
        code("poolpair::notation::incomplete"),
        help(
            "switch on automatic failover and failback for Voice for the example pair, with intervals that are no \
             defaults: 330 s for failure detection and 660 s for failback"
        )
    )]
    Incomplete {
        /// What is missing, in domain words.
        missing: Vec<&'static str>,
    },
    /// The two intervals cannot be told apart.
    #[error("the settings `{first}` and `{second}` are both intervals, and nothing tells which one is for failback")]
    #[diagnostic(
        code("poolpair::notation::ambiguous-intervals"),
        help(
            "make the example with the intervals 330 s and 660 s, the failback interval being the larger one on both pools"
        )
    )]
    AmbiguousIntervals {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// The example contains something that no notation can express.
    #[error("what the pair shows cannot be kept in a notation: `{path}`: {reason}")]
    #[diagnostic(code("poolpair::notation::unwritable"), help("{FRESH_PAIR}"))]
    Unwritable {
        /// The place in the notation.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// The learned notation cannot be applied to the document that it was learned from.
    #[error("what was learned cannot be applied to the first document: {0}")]
    #[diagnostic(code("poolpair::notation::inapplicable"), help("{FRESH_PAIR}"))]
    Inapplicable(plan::Error),
    /// The learned notation produces an unreadable document.
    #[error("what was learned, applied to the first document, gives one that does not read: {0}")]
    #[diagnostic(code("poolpair::notation::unreadable"), help("{FRESH_PAIR}"))]
    Unreadable(ReadError),
    /// The learned notation produces a document other than the example.
    #[error("what was learned gives another document than the second one; it differs in: {}", list(differences))]
    #[diagnostic(code("poolpair::notation::unfaithful"), help("{FRESH_PAIR}"))]
    Unfaithful {
        /// The differences, in domain words.
        differences: Vec<String>,
    },
}

const FRESH_PAIR: &str = "make both files from one deployment, changing nothing but the pairing: in Topology Builder, \
                          save a copy, set the associated backup pool with automatic failover and the intervals 330 s and 660 s, which \
                          are no defaults, and save again";

fn list(items: &[String]) -> String {
    items.iter().map(|item| format!("\n- {item}")).collect()
}
