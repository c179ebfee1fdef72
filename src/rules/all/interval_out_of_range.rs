//! The rule `interval-out-of-range`.

use crate::rules::prelude::*;
use crate::rules::voice::PlacedInterval;

rule! {
    /// # What it checks
    ///
    /// The failure detection interval and the failback interval are at least 30 s and at most 86400 s. Above 84400 s
    /// there is a warning.
    ///
    /// # Why
    ///
    /// `Set-CsRegistrar` refuses other values, and so does publishing. Its page gives the upper limit as "84,400
    /// seconds (24 hours)", and 24 hours are 86400 s: one of the two is a slip, so that values between them may or may
    /// not be taken.
    ///
    /// # Example
    ///
    /// A request asks for `failure-detection = "20s"`.
    ///
    /// # How to fix
    ///
    /// Choose a value in the range; 300 s and 600 s are the defaults between pools.
    ///
    /// # Source
    ///
    /// `Set-CsRegistrar`, parameters `FailureDetectionInterval` and `FailbackDetectionInterval`.
    INTERVAL_OUT_OF_RANGE = "interval-out-of-range", Integrity from Topology, "Set-CsRegistrar", All(check)
}

const LEAST: Interval = Interval::from_seconds(30);
/// The upper limit as the page prints it.
const PRINTED_MOST: Interval = Interval::from_seconds(84_400);
/// The upper limit as the page explains it: 24 hours.
const MOST: Interval = Interval::from_seconds(86_400);

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.intervals().iter().filter_map(|interval| of_interval(context, interval)).collect()
}

fn of_interval(context: &RuleContext<'_>, interval: &PlacedInterval) -> Option<Finding> {
    let value = interval.value?;
    let (severity, limit, help) = assess(value)?;
    let names = interval.names(context);
    let message = format!("the {} of {} is {value}, {limit}", interval.words, listed(&names));
    let finding = INTERVAL_OUT_OF_RANGE.finding(names, message, help).on(interval.words).as_severe_as(severity);
    Some(finding.at(interval.place.clone(), value.to_string()))
}

fn assess(interval: Interval) -> Option<(Severity, String, String)> {
    let range = || format!("choose {LEAST} to {MOST}");
    let (severity, limit, help) = match interval {
        _ if interval < LEAST => (Severity::Error, format!("less than {LEAST}"), range()),
        _ if interval > MOST => (Severity::Error, format!("more than {MOST}"), range()),
        _ if interval > PRINTED_MOST => {
            let limit = format!("more than the {PRINTED_MOST} that the documentation prints as 24 hours");
            (Severity::Warning, limit, format!("choose {PRINTED_MOST} or less, which both readings allow"))
        }
        _ => return None,
    };
    Some((severity, limit, help))
}
