//! What holds for every request, and for every text.

use poolpair::request::{Request, RequestErrors};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{BEYOND_THE_SCHEMA, SCHEMA, code, render, written};

/// Values that are right for some key and wrong for the others.
fn scalar() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(300),
        json!(-1),
        json!(1.5),
        json!(12000.0),
        json!(""),
        json!(" "),
        json!("300s"),
        json!("PT5M"),
        json!("P1M"),
        json!("one campus"),
        json!("two\nlines"),
        json!("none"),
        json!("virtual"),
        json!("7.0.2046.530"),
        json!("pool01.contoso.com"),
        json!("POOL01.contoso.com"),
        json!("pool02.contoso.com"),
    ])
}

/// A table that has each of the keys or not, and seldom one that nobody knows.
fn table(entries: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let entry = |(key, value): (&'static str, BoxedStrategy<Value>)| {
        let value = prop_oneof![9 => value, 1 => scalar()];
        prop::option::weighted(0.8, value).prop_map(move |value| Some((key.to_owned(), value?)))
    };
    let unknown = prop::option::weighted(0.03, scalar()).prop_map(|value| Some(("unknown".to_owned(), value?)));
    (entries.into_iter().map(entry).collect::<Vec<_>>(), unknown)
        .prop_map(|(known, unknown)| Value::Object(known.into_iter().chain([unknown]).flatten().collect::<Map<_, _>>()))
        .boxed()
}

fn select(values: &[Value]) -> BoxedStrategy<Value> {
    prop::sample::select(values.to_vec()).boxed()
}

fn list(items: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop::collection::vec(items, 0..3).prop_map(Value::Array).boxed()
}

fn request() -> BoxedStrategy<Value> {
    let boolean = || select(&[json!(true), json!(false)]);
    let name = || select(&[json!("pool01.contoso.com"), json!("POOL01.contoso.com"), json!("pool02.contoso.com")]);
    let interval = || select(&[json!(300), json!("5m"), json!("PT5M"), json!("00:05:00"), json!(600.0)]);
    let words = || select(&[json!("one campus"), json!("same-site")]);
    let settings = || vec![("automatic", boolean()), ("failure-detection", interval()), ("failback", interval())];
    let mut voice = settings();
    voice.push(("pool01.contoso.com", table(settings())));
    let build = select(&[json!("7.0.2046.530"), json!("7.0")]);
    let update = prop_oneof![Just(json!("none")), table(vec![("installer", words()), ("build", build)])].boxed();
    let pools = (name(), name()).prop_map(|(first, second)| json!([first, second])).boxed();
    let pool = table(vec![
        ("fqdn", name()),
        ("deployed", boolean()),
        ("operating-system", words()),
        ("hosting", select(&[json!("physical"), json!("virtual")])),
        ("users", select(&[json!(0), json!(12000), json!(1e3)])),
        ("branch-users", select(&[json!(0), json!(400)])),
        ("product", words()),
        ("program-folder", words()),
        ("cumulative-update", update),
    ]);
    table(vec![
        ("$schema", words()),
        ("accept-unverified-notation", boolean()),
        ("origin", select(&[json!("topology-builder"), json!("other")])),
        ("pair", list(table(vec![("pools", pools), ("voice-failover", table(voice)), ("replace", boolean())]))),
        ("unpair", list(table(vec![("pool", name())]))),
        ("pool", list(pool)),
        ("allow", list(table(vec![("rule", words()), ("reason", words())]))),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// The schema accepts a request exactly when the decoder does, but for what no schema can say.
    #[test]
    fn schema_and_decoder_agree(value in request()) {
        let decoded = Request::from_json("request.json", &value.to_string());
        let accepted = match &decoded {
            Ok(_) => true,
            Err(errors) => errors.errors.iter().all(|error| BEYOND_THE_SCHEMA.contains(&code(error).as_str())),
        };
        prop_assert_eq!(SCHEMA.is_valid(&value), accepted, "{:?}", decoded.map_err(|errors| render(&errors)));
    }

    /// What a plan keeps of its request is the whole request.
    #[test]
    fn a_decoded_request_is_written_and_read_back(value in request()) {
        if let Ok(request) = Request::from_json("request.json", &value.to_string()) {
            let json = written(&request);
            let read = request.checked("plan.json").map_err(|errors| TestCaseError::fail(render(&errors)))?;
            prop_assert_eq!(&written(&read), &json);
            prop_assert!(SCHEMA.is_valid(&json));
            let again: Request = serde_json::from_value(json.clone()).unwrap();
            prop_assert_eq!(serde_json::to_value(again).unwrap(), json);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        for name in ["request.toml", "request.json"] {
            if let Err(errors) = Request::from_file(name, &bytes) {
                prop_assert!(!errors.errors.is_empty());
                render(&errors);
            }
        }
    }

    /// Pieces of TOML and JSON get further than random bytes.
    #[test]
    fn any_pieces_are_read_or_refused(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30)) {
        let text = pieces.concat();
        for name in ["request.toml", "request.json"] {
            if let Err(errors) = Request::from_file(name, text.as_bytes()) {
                prop_assert!(!errors.errors.is_empty());
                render(&errors);
            }
        }
    }

    /// A file is JSON exactly when another parser of JSON says so.
    #[test]
    fn json_is_strict(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..8)) {
        let text = pieces.concat();
        let refused = match Request::from_json("request.json", &text) {
            Ok(_) => false,
            Err(errors) => errors.errors.iter().any(|error| code(error) == "poolpair::request::syntax"),
        };
        prop_assert_eq!(serde_json::from_str::<Value>(&text).is_err(), refused, "{}", text);
    }
}

const PIECES: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    "[[pair]]",
    "[[",
    "]]",
    "=",
    ":",
    ",",
    ".",
    "\"",
    "'",
    "\n",
    "\r\n",
    "\t",
    " ",
    "#",
    "//",
    "/*",
    "1",
    "-",
    "0",
    "1e9",
    "true",
    "null",
    "nan",
    "00:05:00",
    "pools",
    "pair",
    "\"pair\"",
    "\"pools\"",
    "\"a\"",
    "\"\"",
    "\\",
    "\\u",
    "d800",
    "ü",
    "\u{feff}",
    "\u{2028}",
    "\u{1f6d2}",
    "\u{0}",
    "allow",
    "voice-failover",
];

#[test]
fn deep_nesting_is_refused() {
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        assert!(Request::from_json("request.json", &text).is_err());
    }
    for text in ["a=".to_owned() + &"[".repeat(100_000), "a.".repeat(100_000) + "a=1"] {
        assert!(Request::from_toml("request.toml", &text).is_err());
    }
}

#[test]
fn a_huge_file_is_refused() {
    let errors = Request::from_file("request.toml", &vec![b'\n'; (1 << 23) + 1]).unwrap_err();
    assert_eq!(render(&errors).lines().next(), Some("poolpair::request::too-large"));
}

/// Messages stay short whatever the file: nobody reads the thousandth of its errors.
#[test]
fn only_the_first_errors_are_reported() {
    let equal = "[[allow]]\nrule = 'same-site'\nreason = 'one campus'\n".repeat(2_000);
    let unknown: String = (0..2_000).map(|number| format!("key-{number} = 1\n")).collect();
    for text in [equal, unknown, "=\n".repeat(2_000)] {
        let errors = Request::from_toml("request.toml", &text).unwrap_err();
        assert_eq!(errors.errors.len(), RequestErrors::MAX);
        assert_eq!(errors.to_string(), "`request.toml` has more than 20 errors");
    }
}
