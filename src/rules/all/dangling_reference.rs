//! The rule `dangling-reference`.

use crate::rules::prelude::*;
use crate::topology::Dangling;

rule! {
    /// # What it checks
    ///
    /// Every service, cluster, site and SQL Server instance that the document refers to is in the document.
    ///
    /// # Why
    ///
    /// A dangling reference means that the file was truncated or edited by hand. The effect of publishing it is
    /// unknown, so such a document is not changed.
    ///
    /// # Example
    ///
    /// The Registrar `1-Registrar-1` depends on `1-EdgeServer-1`, and the Edge pool was deleted from the file.
    ///
    /// # How to fix
    ///
    /// Export the topology again. If the reference is still dangling, repair it in Topology Builder and publish.
    ///
    /// # Source
    ///
    /// Follows from the format: an id refers to an element of the same document.
    DANGLING_REFERENCE = "dangling-reference", Integrity from Topology, "follows from the document", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let dangling = context.topology().dangling.iter();
    let finding = |dangling: &Dangling| {
        DANGLING_REFERENCE
            .finding(
                [],
                format!("{} refers to {}, which is not in the document", dangling.from, dangling.to),
                "export the topology again, or repair it in Topology Builder",
            )
            .on(format!("{} to {}", dangling.from, dangling.to))
            .at(dangling.span, "refers to nothing")
    };
    dangling.map(finding).collect()
}
