//! How intervals are spelt, and read.

use std::str::FromStr;

use super::{DAY, HOUR, Interval, MINUTE};

/// Why an interval is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntervalError {
    /// There is no text.
    #[error("it is empty")]
    Empty,
    /// A leading minus sign.
    #[error("an interval is never negative")]
    Negative,
    /// A decimal point or comma.
    #[error("only whole seconds are possible, no fractions")]
    Fraction,
    /// More seconds than 64 bits hold.
    #[error("the number is too large")]
    Overflow,
    /// An `xs:duration` with a part whose length depends on the calendar.
    #[error("years and months have no fixed length; use days, hours, minutes and seconds")]
    YearsOrMonths,
    /// Something that starts like an `xs:duration`.
    #[error("an `xs:duration` has the form `P1DT2H3M4S`: capital letters, in this order, at least one part")]
    XmlDuration,
    /// Something with colons.
    #[error(
        "a time has two digits each for hours (to 23), minutes and seconds (to 59), and days in front: `1.02:03:04`"
    )]
    TimeSpan,
    /// Letters after the number that name no unit.
    #[error("the unit is not `s`, `m`, `h` or `d`")]
    Unit,
    /// No number at all where one must be.
    #[error("it is no number of seconds")]
    Number,
}

impl FromStr for Interval {
    type Err = IntervalError;

    /// Reads any of the five spellings; which one it is shows in the text.
    fn from_str(text: &str) -> Result<Self, IntervalError> {
        if text.starts_with(['P', 'p']) || text.starts_with("-P") {
            xml_duration(text).map(Self::from_seconds)
        } else if text.contains(':') {
            time_span(text).map(Self::from_seconds)
        } else {
            with_unit(text).map(Self::from_seconds)
        }
    }
}

fn with_unit(text: &str) -> Result<u64, IntervalError> {
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    let unit = match text.get(digits.len()..).unwrap_or_default() {
        "" | "s" => 1,
        "m" => MINUTE,
        "h" => HOUR,
        "d" => DAY,
        _ if digits.is_empty() => return Err(IntervalError::Number),
        _ => return Err(IntervalError::Unit),
    };
    times(number(digits)?, unit)
}

pub(super) fn time_span(text: &str) -> Result<u64, IntervalError> {
    refuse_sign(text)?;
    let (days, time) = match text.split_once('.') {
        Some((_, fraction)) if !fraction.contains(':') => return Err(IntervalError::Fraction),
        Some((days, time)) => (number(days)?, time),
        None => (0, text),
    };
    if time.contains(['.', ',']) {
        return Err(IntervalError::Fraction);
    }
    let mut parts = time.split(':').map(two_digits);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Some(hours @ 0..24)), Some(Some(minutes @ 0..60)), Some(Some(seconds @ 0..60)), None) => {
            plus(times(days, DAY)?, hours * HOUR + minutes * MINUTE + seconds)
        }
        _ => Err(IntervalError::TimeSpan),
    }
}

fn two_digits(text: &str) -> Option<u64> {
    (text.len() == 2).then(|| number(text).ok()).flatten()
}

pub(super) fn xml_seconds(text: &str) -> Result<u64, IntervalError> {
    refuse_sign(text)?;
    let seconds = text.strip_prefix("PT").and_then(|rest| rest.strip_suffix('S'));
    number(seconds.ok_or(IntervalError::XmlDuration)?)
}

pub(super) fn xml_duration(text: &str) -> Result<u64, IntervalError> {
    refuse_sign(text)?;
    if text.contains(['.', ',']) {
        return Err(IntervalError::Fraction);
    }
    let parts = text.strip_prefix('P').ok_or(IntervalError::XmlDuration)?;
    let (date, time) = parts.split_once('T').map_or((parts, None), |(date, time)| (date, Some(time)));
    if date.contains(['Y', 'M']) {
        return Err(IntervalError::YearsOrMonths);
    }
    if time.map_or(date.is_empty(), str::is_empty) {
        return Err(IntervalError::XmlDuration);
    }
    let days = designated(date, &[('D', DAY)])?;
    let rest = designated(time.unwrap_or_default(), &[('H', HOUR), ('M', MINUTE), ('S', 1)])?;
    plus(days, rest)
}

/// Sums numbers that are each followed by a letter; the letters must come in the given order, at most once.
fn designated(mut text: &str, designators: &[(char, u64)]) -> Result<u64, IntervalError> {
    let mut sum = 0;
    for &(letter, length) in designators {
        let Some((digits, rest)) = text.split_once(letter) else {
            continue;
        };
        let count = number(digits).map_err(|error| match error {
            IntervalError::Overflow => error,
            _ => IntervalError::XmlDuration,
        })?;
        sum = plus(sum, times(count, length)?)?;
        text = rest;
    }
    if text.is_empty() { Ok(sum) } else { Err(IntervalError::XmlDuration) }
}

pub(super) fn number(digits: &str) -> Result<u64, IntervalError> {
    refuse_sign(digits)?;
    if digits.is_empty() {
        return Err(IntervalError::Empty);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let fraction = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
        return Err(if fraction { IntervalError::Fraction } else { IntervalError::Number });
    }
    digits.parse().map_err(|_| IntervalError::Overflow)
}

fn refuse_sign(text: &str) -> Result<(), IntervalError> {
    if text.starts_with('-') { Err(IntervalError::Negative) } else { Ok(()) }
}

fn times(count: u64, length: u64) -> Result<u64, IntervalError> {
    count.checked_mul(length).ok_or(IntervalError::Overflow)
}

fn plus(left: u64, right: u64) -> Result<u64, IntervalError> {
    left.checked_add(right).ok_or(IntervalError::Overflow)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::interval::{Interval, IntervalError, IntervalForm};

    const FORMS: [IntervalForm; 3] =
        [IntervalForm::Seconds, IntervalForm::HoursMinutesSeconds, IntervalForm::XmlDuration];

    #[test]
    fn the_five_spellings_are_one_interval() {
        for text in ["300", "300s", "5m", "PT5M", "00:05:00"] {
            assert_eq!(text.parse(), Ok(Interval::from_seconds(300)), "{text}");
        }
    }

    #[test]
    fn longer_units() {
        for (text, seconds) in [
            ("1h", 3600),
            ("1d", 86_400),
            ("P1D", 86_400),
            ("1.00:00:00", 86_400),
            ("P1DT2H3M4S", 93_784),
            ("PT0S", 0),
            ("PT90M", 5400),
            ("P0DT1S", 1),
            ("007", 7),
        ] {
            assert_eq!(text.parse(), Ok(Interval::from_seconds(seconds)), "{text}");
        }
    }

    #[test]
    fn every_refusal_says_why() {
        use IntervalError as E;
        for (text, reason) in [
            ("", E::Empty),
            ("-300", E::Negative),
            ("-PT5M", E::Negative),
            ("-00:05:00", E::Negative),
            ("1.5", E::Fraction),
            ("1.5m", E::Fraction),
            ("1,5", E::Fraction),
            ("PT1.5S", E::Fraction),
            ("00:05:00.5", E::Fraction),
            ("1.00:05:00.5", E::Fraction),
            ("18446744073709551616", E::Overflow),
            ("307445734561825861m", E::Overflow),
            ("P213503982334602D", E::Overflow),
            ("213503982334602.00:00:00", E::Overflow),
            ("P1Y", E::YearsOrMonths),
            ("P1M", E::YearsOrMonths),
            ("P1MT5M", E::YearsOrMonths),
            ("P", E::XmlDuration),
            ("PT", E::XmlDuration),
            ("P1DT", E::XmlDuration),
            ("pt5m", E::XmlDuration),
            ("PT5", E::XmlDuration),
            ("PTM", E::XmlDuration),
            ("PT5S5M", E::XmlDuration),
            ("PT5M5M", E::XmlDuration),
            ("P5H", E::XmlDuration),
            ("24:00:00", E::TimeSpan),
            ("00:60:00", E::TimeSpan),
            ("00:00:60", E::TimeSpan),
            ("0:05:00", E::TimeSpan),
            ("05:00", E::TimeSpan),
            ("00:00:05:00", E::TimeSpan),
            ("00:+5:00", E::TimeSpan),
            ("5 m", E::Unit),
            ("5min", E::Unit),
            ("5M", E::Unit),
            ("five", E::Number),
            ("m", E::Empty),
            ("5 x 5", E::Number),
            ("+5", E::Number),
            ("٣", E::Number),
        ] {
            assert_eq!(text.parse::<Interval>(), Err(reason), "{text}");
        }
    }

    #[test]
    fn written_as_dotnet_writes_it() {
        for (seconds, time_span, duration) in [
            (0, "00:00:00", "PT0S"),
            (90, "00:01:30", "PT1M30S"),
            (300, "00:05:00", "PT5M"),
            (3600, "01:00:00", "PT1H"),
            (86_400, "1.00:00:00", "P1D"),
            (86_401, "1.00:00:01", "P1DT1S"),
            (90_061, "1.01:01:01", "P1DT1H1M1S"),
        ] {
            let interval = Interval::from_seconds(seconds);
            assert_eq!(interval.write(IntervalForm::HoursMinutesSeconds), time_span);
            assert_eq!(interval.write(IntervalForm::XmlDuration), duration);
            assert_eq!(interval.to_string(), format!("{seconds} s"));
        }
    }

    #[test]
    fn seconds_alone_are_a_form_of_their_own() {
        let form = IntervalForm::XmlSeconds;
        assert_eq!(Interval::from_seconds(300).write(form), "PT300S");
        assert_eq!(Interval::read(form, "PT300S"), Ok(Interval::from_seconds(300)));
        for (text, reason) in [
            ("PT5M", IntervalError::XmlDuration),
            ("PTS", IntervalError::Empty),
            ("PT1.5S", IntervalError::Fraction),
            ("-PT5S", IntervalError::Negative),
        ] {
            assert_eq!(Interval::read(form, text), Err(reason), "{text}");
        }
    }

    #[test]
    fn a_form_reads_no_other_form() {
        let interval = Interval::from_seconds(300);
        for written in FORMS {
            for read in FORMS {
                let result = Interval::read(read, &interval.write(written));
                assert_eq!(result.is_ok(), written == read, "{written:?} read as {read:?}");
            }
        }
    }

    fn schema() -> jsonschema::Validator {
        jsonschema::validator_for(schemars::schema_for!(Interval).as_value()).unwrap()
    }

    proptest! {
        #[test]
        fn written_and_read_back(seconds: u64) {
            let interval = Interval::from_seconds(seconds);
            for form in FORMS {
                let text = interval.write(form);
                prop_assert_eq!(Interval::read(form, &text), Ok(interval));
                prop_assert_eq!(text.parse(), Ok(interval));
            }
            let json = serde_json::to_string(&interval).unwrap();
            prop_assert_eq!(serde_json::from_str::<Interval>(&json).unwrap(), interval);
        }

        #[test]
        fn the_schema_accepts_what_the_parser_accepts(text in "-?[PpT0-9:.smhdDHMSY ]{0,9}") {
            let accepted = schema().is_valid(&serde_json::Value::from(text.as_str()));
            prop_assert_eq!(text.parse::<Interval>().is_ok(), accepted, "{}", text);
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let accepted = schema().is_valid(&serde_json::Value::from(text.as_str()));
            prop_assert_eq!(text.parse::<Interval>().is_ok(), accepted);
        }
    }
}
