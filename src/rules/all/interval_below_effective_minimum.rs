//! The rule `interval-below-effective-minimum`.

use crate::rules::prelude::*;
use crate::rules::voice::LocatedInterval;

rule! {
    /// # What it checks
    ///
    /// The failure detection interval is at least 90 s.
    ///
    /// # Why
    ///
    /// Values from 30 s are accepted, but the servers never act before 90 s have passed. A shorter interval promises a
    /// failover that does not happen that early.
    ///
    /// # Example
    ///
    /// A request sets `failure-detection = "60s"`.
    ///
    /// # How to fix
    ///
    /// Request 90 s or more; 300 s is the default between pools.
    ///
    /// # Source
    ///
    /// The help page of Topology Builder on the general settings of a Front End pool.
    INTERVAL_BELOW_EFFECTIVE_MINIMUM = "interval-below-effective-minimum", Advice from Topology,
        "front-end general settings help", All(check)
}

/// `interval-out-of-range` covers shorter intervals.
const ACCEPTED_MIN: Interval = Interval::from_seconds(30);
const EFFECTIVE_MIN: Interval = Interval::from_seconds(90);

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let detection = context.intervals().into_iter().filter(|interval| interval.name == FAILURE_DETECTION);
    detection.filter_map(|interval| check_interval(context, &interval)).collect()
}

fn check_interval(context: &RuleContext<'_>, interval: &LocatedInterval) -> Option<Finding> {
    let value = interval.value.filter(|value| (ACCEPTED_MIN..EFFECTIVE_MIN).contains(value))?;
    let names = interval.names(context);
    let message = format!("the {FAILURE_DETECTION} of {} is {value}, but acts as {EFFECTIVE_MIN}", listed(&names));
    let finding = INTERVAL_BELOW_EFFECTIVE_MINIMUM.finding(names, message, format!("choose {EFFECTIVE_MIN} or more"));
    Some(finding.at(interval.place.clone(), value.to_string()))
}
