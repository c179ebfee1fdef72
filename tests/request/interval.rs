//! Intervals: their spellings, and what documents write.

use poolpair::interval::{Interval, IntervalError, IntervalForm};
use proptest::prelude::*;

const FORMS: [IntervalForm; 3] = [IntervalForm::Seconds, IntervalForm::HoursMinutesSeconds, IntervalForm::XmlDuration];

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
        ("P1Y", E::XmlDuration),
        ("P1M", E::XmlDuration),
        ("P1MT5M", E::XmlDuration),
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
