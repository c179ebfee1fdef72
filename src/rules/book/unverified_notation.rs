//! The rule `unverified-notation`.

use crate::asked::{Asked, AskedPair};
use crate::interval::Interval;
use crate::notation::Evidence;
use crate::pairing::{Setting, Voice};
use crate::request::{Located, Origin, VoiceRequest};
use crate::rules::rule::rule;
use crate::rules::{Finding, Scene};
use crate::topology::PoolIndex;

rule! {
    /// # What it checks
    ///
    /// A change that a request asks for would not be written in a notation that nobody has verified, such as the
    /// built-in one.
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
    UNVERIFIED_NOTATION = "unverified-notation", Advice from Topology, "inferred"
}

fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let Some(asked) = scene.asked.filter(|_| scene.notation.evidence == Evidence::Unverified) else {
        return Vec::new();
    };
    let places = changes(scene, asked);
    if places.is_empty() {
        return Vec::new();
    }
    let finding = UNVERIFIED_NOTATION.finding(
        format!("the change is written in the notation `{}`, which nobody has verified", scene.notation.name),
        "learn the notation from a file before and after a pairing in Topology Builder (`poolpair learn`), or let \
         Topology Builder make the change",
    );
    vec![places.into_iter().fold(finding, |finding, place| finding.at(place, "asked for here"))]
}

/// Where the request asks for what is not so already.
fn changes<'a>(scene: &Scene<'a>, asked: &'a Asked<'a>) -> Vec<&'a Origin> {
    let tied = |pool: PoolIndex| scene.pairing.backups.iter().any(|tie| tie.pool == pool || tie.partner == pool);
    let pairs = asked.pairs.iter().filter(|pair| pair.both().is_some_and(|pools| changes_pair(scene, pair, pools)));
    let unpairs = asked.unpairs.iter().filter(|unpair| unpair.pool.is_some_and(tied));
    let places = pairs.map(|pair| &pair.request.pools[0]).chain(unpairs.map(|unpair| &unpair.request.pool));
    places.map(|name: &Located<_>| &name.origin).collect()
}

fn changes_pair(scene: &Scene<'_>, pair: &AskedPair<'_>, pools: [PoolIndex; 2]) -> bool {
    let mut voices = pools.into_iter().zip(&pair.request.voice);
    pools[0] != pools[1]
        && (!scene.is_pair(pools) || voices.any(|(pool, asked)| changes_voice(scene.pairing.voice(pool), asked)))
}

fn changes_voice(present: Option<&Voice>, asked: &VoiceRequest) -> bool {
    let Some(present) = present else { return false };
    // A switch that is not written is off.
    let automatic = present.automatic.as_ref().map_or(Some(false), |setting| setting.value);
    let changes = |present: Option<&Setting<Interval>>, asked: Option<&Located<Interval>>| {
        asked.is_some_and(|asked| present.and_then(|setting| setting.value) != Some(asked.value))
    };
    automatic != Some(asked.automatic.value)
        || changes(present.failure_detection.as_ref(), asked.failure_detection.as_ref())
        || changes(present.failback.as_ref(), asked.failback.as_ref())
}
