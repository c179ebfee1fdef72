//! The rule `voice-failover-disabled`.

use crate::rules::rule::rule;
use crate::rules::{Finding, PoolVoice, RuleContext};

rule! {
    /// # What it checks
    ///
    /// Both pools of a pair have automatic failover and failback for Voice on. A switch that is not written is off.
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
    /// Leave the switch out of the request: it is on by default. If calls shall wait for an administrator, allow this
    /// rule and say why.
    ///
    /// # Source
    ///
    /// "Deploy paired Front End pools for disaster recovery", step 5.
    VOICE_FAILOVER_DISABLED = "voice-failover-disabled", Advice from Topology, "MS-DEPLOY 5"
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.paired_voices().iter().flatten().filter_map(|voice| of_pool(context, voice)).collect()
}

fn of_pool(context: &RuleContext<'_>, voice: &PoolVoice) -> Option<Finding> {
    // What is written and cannot be read is neither on nor off.
    let is_off = voice.automatic.as_ref().is_none_or(|automatic| automatic.value == Some(false));
    let name = context.name(voice.pool);
    let finding = || {
        VOICE_FAILOVER_DISABLED.finding([name], 
            format!("automatic failover and failback for Voice is off on `{name}`"),
            "switch it on, so that calls do not wait for an administrator when the pool fails",
        )
    };
    is_off.then(|| match &voice.automatic {
        Some(automatic) => finding().at(automatic.place.clone(), "switched off here"),
        None => finding().at(context.pool_span(voice.pool), "nothing is switched on here"),
    })
}
