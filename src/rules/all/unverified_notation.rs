//! The rule `unverified-notation`.

use crate::notation::Evidence;
use crate::pairing::{ReadSetting, Voice};
use crate::request::{Origin, ResolvedPair, VoiceRequest};
use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// A requested change is written in a verified notation (how the XML writes a pairing); the built-in one is not.
    ///
    /// # Why
    ///
    /// No public document shows a paired topology. The built-in notation is the best-supported guess: a document that
    /// is written in it is a preview, and the runbook has Topology Builder make the change.
    ///
    /// # Example
    ///
    /// A request pairs `pool01.contoso.com` with `pool02.contoso.com`, and no `--notation` is given.
    ///
    /// # How to fix
    ///
    /// Make a pair in Topology Builder, which needs no server: save a new topology with two pools, set the associated
    /// backup pool, save again. Then `poolpair learn --before A --after B --out notation.toml` and `--notation
    /// notation.toml`. Without that, let Topology Builder publish as the runbook says.
    ///
    /// # Source
    ///
    /// Inferred: no page of Microsoft's documentation shows how a pairing is written.
    UNVERIFIED_NOTATION = "unverified-notation", Advice from Topology, "inferred", Request(check)
}

fn check(context: &RuleContext<'_>, requested: &ResolvedRequest<'_>) -> Vec<Finding> {
    let places = changes(context, requested);
    if places.is_empty() || context.notation.evidence == Evidence::Learned {
        return Vec::new();
    }
    let finding = UNVERIFIED_NOTATION.finding(
        [],
        format!("the change is written in the notation `{}`, which is unverified", context.notation.name),
        "learn the notation from a file before and after a pairing in Topology Builder (`poolpair learn`), or let \
         Topology Builder make the change",
    );
    vec![finding.at_each(places.into_iter().map(|place| (place, "requested here")))]
}

/// The parts of the request that change the topology.
fn changes<'a>(context: &RuleContext<'a>, requested: &'a ResolvedRequest<'a>) -> Vec<&'a Origin> {
    let tied = |pool: PoolIndex| !context.pairing.ties_of(pool).is_empty();
    let pairs =
        requested.pairs.iter().filter(|pair| pair.both().is_some_and(|pools| changes_pair(context, pair, pools)));
    let unpairs = requested.unpairs.iter().filter(|unpair| unpair.pool.is_some_and(tied));
    let places = pairs.map(|pair| &pair.request.pools[0]).chain(unpairs.map(|unpair| &unpair.request.pool));
    places.map(|name: &Located<_>| &name.origin).collect()
}

fn changes_pair(context: &RuleContext<'_>, pair: &ResolvedPair<'_>, pools: [PoolIndex; 2]) -> bool {
    let mut voices = pools.into_iter().zip(&pair.request.voice);
    pools[0] != pools[1]
        && (!context.is_pair(pools)
            || voices.any(|(pool, requested)| changes_voice(context.pairing.voice(pool), requested)))
}

fn changes_voice(current: Option<&Voice>, requested: &VoiceRequest) -> bool {
    let Some(current) = current else { return false };
    // A missing switch means off.
    let automatic = current.automatic.as_ref().map_or(Some(false), |setting| setting.value);
    let changes = |current: Option<&ReadSetting<Interval>>, requested: Option<&Located<Interval>>| {
        requested.is_some_and(|requested| current.and_then(|setting| setting.value) != Some(requested.value))
    };
    automatic != Some(requested.automatic.value)
        || changes(current.failure_detection.as_ref(), requested.failure_detection.as_ref())
        || changes(current.failback.as_ref(), requested.failback.as_ref())
}
