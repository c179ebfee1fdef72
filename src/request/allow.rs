//! Accepted rule breaks.

use super::{Located, Origin};

/// A rule whose breaks are accepted for a written reason.
///
/// Whether there is such a rule, and whether it can be allowed at all, the rule book says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The rule's id.
    pub rule: Located<String>,
    /// The reason; a single line, never blank.
    pub reason: Located<String>,
    /// The table or flag that accepts it.
    pub origin: Origin,
}
