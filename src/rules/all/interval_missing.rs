//! The rule `interval-missing`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// Where automatic failover and failback for Voice is on, both intervals are set.
    ///
    /// # Why
    ///
    /// The failure detection interval determines when calls move to the backup pool, the failback interval when they
    /// move back. Topology Builder always writes both; without them, the switch was set by other means, and nobody
    /// chose how long callers wait.
    ///
    /// # Example
    ///
    /// `pool01.contoso.com` has automatic failover on and a failure detection interval of 300 s, and no failback
    /// interval.
    ///
    /// # How to fix
    ///
    /// Request the pair again: a request sets 300 s and 600 s by default.
    ///
    /// # Source
    ///
    /// The help page of Topology Builder on the resiliency of a Front End pool.
    INTERVAL_MISSING = "interval-missing", Integrity from Topology, "help page", Document(check)
}

/// Requests need no check: they have defaults.
fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.voices().iter().filter_map(|voice| check_pool(context, voice)).collect()
}

fn check_pool(context: &RuleContext<'_>, voice: &PoolVoice) -> Option<Finding> {
    let automatic = voice.automatic.as_ref().filter(|automatic| automatic.value == Some(true))?;
    let missing = match (&voice.failure_detection, &voice.failback) {
        (Some(_), Some(_)) => return None,
        (None, Some(_)) => format!("no {FAILURE_DETECTION}"),
        (Some(_), None) => format!("no {FAILBACK}"),
        (None, None) => format!("neither a {FAILURE_DETECTION} nor a {FAILBACK}"),
    };
    let name = context.name(voice.pool);
    let message = format!("`{name}` has automatic failover for Voice on, but {missing}");
    let finding = INTERVAL_MISSING.finding([name], message, "set both; between pools 300 s and 600 s are the defaults");
    Some(finding.at(automatic.place.clone(), "switched on here"))
}
