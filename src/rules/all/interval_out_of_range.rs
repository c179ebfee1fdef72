//! The rule `interval-out-of-range`.

use crate::rules::prelude::*;
use crate::rules::voice::LocatedInterval;

rule! {
    /// # What it checks
    ///
    /// The failure detection interval and the failback interval are at least 30 s and at most 86400 s. Above 84400 s
    /// there is a warning.
    ///
    /// # Why
    ///
    /// `Set-CsRegistrar` refuses other values, and so does publishing. Its page gives the upper limit as "84,400
    /// seconds (24 hours)", but 24 hours are 86400 s: one of the two is a mistake, so values between them may be
    /// refused.
    ///
    /// # Example
    ///
    /// A request sets `failure-detection = "20s"`.
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

const MIN: Interval = Interval::from_seconds(30);
/// The upper limit in seconds on the page.
const PRINTED_MAX: Interval = Interval::from_seconds(84_400);
/// The upper limit in hours on the page: 24.
const MAX: Interval = Interval::from_seconds(86_400);

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    context.intervals().iter().filter_map(|interval| check_interval(context, interval)).collect()
}

fn check_interval(context: &RuleContext<'_>, interval: &LocatedInterval) -> Option<Finding> {
    let value = interval.value?;
    let (severity, limit, help) = assess(value)?;
    let names = interval.names(context);
    let message = format!("the {} of {} is {value}, {limit}", interval.name, listed(&names));
    let finding = INTERVAL_OUT_OF_RANGE.finding(names, message, help).on(interval.name).with_severity(severity);
    Some(finding.at(interval.place.clone(), value.to_string()))
}

fn assess(interval: Interval) -> Option<(Severity, String, String)> {
    let range = || format!("choose {MIN} to {MAX}");
    let (severity, limit, help) = match interval {
        _ if interval < MIN => (Severity::Error, format!("less than {MIN}"), range()),
        _ if interval > MAX => (Severity::Error, format!("more than {MAX}"), range()),
        _ if interval > PRINTED_MAX => {
            let limit = format!("more than the {PRINTED_MAX} that the documentation prints as 24 hours");
            (Severity::Warning, limit, format!("choose {PRINTED_MAX} or less, which both readings allow"))
        }
        _ => return None,
    };
    Some((severity, limit, help))
}
