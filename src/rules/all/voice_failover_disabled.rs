//! The rule `voice-failover-disabled`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Both pools of a pair have automatic failover and failback for Voice on. A missing switch means off.
    ///
    /// # Why
    ///
    /// The documented procedure selects it. Without it, a failed pool's users cannot call until an administrator
    /// starts the failover by hand.
    ///
    /// # Example
    ///
    /// `--no-automatic-failover`, or `voice-failover = { automatic = false }`.
    ///
    /// # How to fix
    ///
    /// Omit the switch from the request: it is on by default. If calls are to wait for an administrator, allow this
    /// rule and say why.
    ///
    /// # Source
    ///
    /// "Deploy paired Front End pools for disaster recovery", step 5.
    VOICE_FAILOVER_DISABLED = "voice-failover-disabled", Advice from Topology, "MS-DEPLOY 5", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.paired_voices().iter().flat_map(|pair| check_pair(context, pair)).collect()
}

fn check_pair(context: &RuleContext<'_>, pair: &[PoolVoice; 2]) -> Vec<Finding> {
    let off: Vec<_> = pair.iter().filter(|voice| is_off(voice)).collect();
    // A setting that a request makes once for both pools is one finding.
    let same_place = |one: &&PoolVoice, other: &&PoolVoice| place(one).is_some() && place(one) == place(other);
    off.chunk_by(same_place).map(|voices| pools_finding(context, voices)).collect()
}

/// Whether automatic failover is off; an unreadable value is neither on nor off.
fn is_off(voice: &PoolVoice) -> bool {
    voice.automatic.as_ref().is_none_or(|automatic| automatic.value == Some(false))
}

fn place(voice: &PoolVoice) -> Option<&Place> {
    voice.automatic.as_ref().map(|automatic| &automatic.place)
}

fn pools_finding(context: &RuleContext<'_>, voices: &[&PoolVoice]) -> Finding {
    let names: Vec<_> = voices.iter().map(|voice| context.name(voice.pool)).collect();
    let message = format!("automatic failover and failback for Voice is off on {}", listed(&names));
    let help = "switch it on, so that calls do not wait for an administrator when the pool fails";
    let finding = VOICE_FAILOVER_DISABLED.finding(names, message, help);
    match voices.iter().find_map(|voice| place(voice)) {
        Some(place) => finding.at(place.clone(), "switched off here"),
        None => voices
            .iter()
            .fold(finding, |finding, voice| finding.at(context.pool_span(voice.pool), "nothing is switched on here")),
    }
}
