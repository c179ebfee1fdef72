//! The rule `duplicate-identity`.

use crate::rules::prelude::*;
use crate::topology::Duplicate;

rule! {
    /// # What it checks
    ///
    /// No two sites, clusters, services or SQL Server instances of the document share an id, and no two pools share a
    /// name.
    ///
    /// # Why
    ///
    /// With a duplicate id, a reference is ambiguous, and a change may be written to the wrong element.
    ///
    /// # Example
    ///
    /// A cluster was copied by hand together with its id `1:2`.
    ///
    /// # How to fix
    ///
    /// Export the topology again. If the duplicate is still there, remove one of the two in Topology Builder and
    /// publish.
    ///
    /// # Source
    ///
    /// Follows from the format: an id identifies one element.
    DUPLICATE_IDENTITY = "duplicate-identity", Integrity from Topology, "follows from the document", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let duplicates = context.topology().duplicates.iter();
    let finding = |duplicate: &Duplicate| {
        DUPLICATE_IDENTITY
            .finding(
                [],
                format!("{} occurs twice", duplicate.what),
                "export the topology again, or remove one of the two in Topology Builder",
            )
            .on(&duplicate.what)
            .at(duplicate.second, "the second")
            .at(duplicate.first, "the first")
    };
    duplicates.map(finding).collect()
}
