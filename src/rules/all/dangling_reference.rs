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
    /// A reference to nothing means that the file was cut or edited by hand. What it would do once published nobody
    /// can tell, so that no change is made to such a document.
    ///
    /// # Example
    ///
    /// The Registrar `1-Registrar-1` depends on `1-EdgeServer-1`, and the Edge pool was deleted from the file.
    ///
    /// # How to fix
    ///
    /// Export the topology again. If the reference is in the fresh export too, repair it in Topology Builder and
    /// publish.
    ///
    /// # Source
    ///
    /// Follows from the form of the document: an id stands for a part of the same document.
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
            .at(dangling.span, "names nothing")
    };
    dangling.map(finding).collect()
}
