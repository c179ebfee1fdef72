//! The rule `product-version-unknown`.

use std::collections::BTreeSet;

use crate::request::PoolFacts;
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The Registrar of a Front End pool has one of the service versions 5 to 8 (Lync Server 2010 to Skype for
    /// Business Server 2019), or the request declares the `product` and the `program-folder` of the pool.
    ///
    /// # Why
    ///
    /// The runbook starts programs in the product's folder, and other rules apply the limits of its product. A document
    /// of an unknown version is read like any other, but a change to one of its pools is planned only if the request
    /// declares the product.
    ///
    /// # Example
    ///
    /// The services of `pool01.contoso.com` have `ServiceVersion="9"`.
    ///
    /// # How to fix
    ///
    /// Declare both for the pool, in a `[[pool]]` table of the request: `product = "..."` and `program-folder = "..."`,
    /// the folder below `Program Files`. Every artifact then marks them as declared.
    ///
    /// # Source
    ///
    /// poolpair's own: the versions are those of real exports.
    PRODUCT_VERSION_UNKNOWN = "product-version-unknown", Integrity from Topology, "poolpair", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let topology = context.topology();
    let pools: BTreeSet<PoolIndex> = match context.requested {
        Some(_) => context.affected(),
        None => topology.front_end_pools().collect(),
    };
    let front_ends = pools.into_iter().filter(|&pool| topology.kind(pool) == PoolKind::FrontEnd);
    front_ends.filter_map(|pool| check_pool(context, pool)).collect()
}

fn check_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let version = context.topology().version(pool).filter(|version| !version.value.is_known())?;
    let (name, ServiceVersion(number)) = (context.name(pool), version.value);
    let declared =
        |facts: &PoolFacts| Some((facts.product.as_ref()?.value.clone(), facts.program_folder.as_ref()?.value.clone()));
    let finding = match context.facts(pool).and_then(declared) {
        Some((product, folder)) => PRODUCT_VERSION_UNKNOWN
            .finding(
                [name],
                format!(
                    "the product of `{name}` (service version {number}), {product}, and its folder, `{folder}`, are \
                     declared in the request"
                ),
                "check both: poolpair does not know them",
            )
            .with_severity(Severity::Note),
        None => {
            let severity = if context.requested.is_some() { Severity::Error } else { Severity::Warning };
            let message = format!("`{name}` has service version {number}, which is not a known product");
            let help = format!("declare `product` and `program-folder` of `{name}` in the request");
            PRODUCT_VERSION_UNKNOWN.finding([name], message, help).with_severity(severity)
        }
    };
    Some(finding.label_request(context, pool).at(version.span, format!("service version {number}")))
}
