//! The rule `interval-below-effective-minimum`.

use crate::rules::prelude::*;
use crate::rules::voice::PlacedInterval;

rule! {
    /// # What it checks
    ///
    /// The failure detection interval is at least 90 s.
    ///
    /// # Why
    ///
    /// Values from 30 s on are taken, but the servers never act before 90 s have passed. A shorter interval promises a
    /// failover that does not come as early.
    ///
    /// # Example
    ///
    /// A request asks for `failure-detection = "60s"`.
    ///
    /// # How to fix
    ///
    /// Ask for 90 s or more; 300 s is the default between pools.
    ///
    /// # Source
    ///
    /// The help page of Topology Builder on the general settings of a Front End pool.
    INTERVAL_BELOW_EFFECTIVE_MINIMUM = "interval-below-effective-minimum", Advice from Topology,
        "front-end general settings help", All(check)
}

/// Below this, `interval-out-of-range` says more.
const LEAST: Interval = Interval::from_seconds(30);
const EFFECTIVE: Interval = Interval::from_seconds(90);

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let detection = context.intervals().into_iter().filter(|interval| interval.words == FAILURE_DETECTION);
    detection.filter_map(|interval| of_interval(context, &interval)).collect()
}

fn of_interval(context: &RuleContext<'_>, interval: &PlacedInterval) -> Option<Finding> {
    let value = interval.value.filter(|value| (LEAST..EFFECTIVE).contains(value))?;
    let names = interval.names(context);
    let message = format!("the {FAILURE_DETECTION} of {} is {value}, but acts as {EFFECTIVE}", listed(&names));
    let finding = INTERVAL_BELOW_EFFECTIVE_MINIMUM.finding(names, message, format!("choose {EFFECTIVE} or more"));
    Some(finding.at(interval.place.clone(), value.to_string()))
}
