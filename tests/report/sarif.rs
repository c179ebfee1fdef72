//! SARIF against the standard's own schema, and what the schema cannot say.

use std::path::PathBuf;
use std::process::Command;

use poolpair::report::sarif;
use poolpair::report::unread::UnreadRecord;
use serde_json::Value;

use crate::run;

/// The schema of OASIS, as a crate that generates its types from it brings it along.
fn schema() -> Value {
    // Crates for other platforms were never fetched.
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output().unwrap();
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform"])
        .arg(String::from_utf8(host.stdout).unwrap().trim())
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let mut schema: Value =
        serde_json::from_slice(&std::fs::read(manifest.with_file_name("src/schema.json")).unwrap()).unwrap();
    // A property that is not written here, whose pattern has a stray bracket that not every engine takes.
    for holder in ["run", "toolComponent"] {
        schema["definitions"][holder]["properties"]["language"] = Value::Bool(true);
    }
    schema
}

fn unread() -> UnreadRecord {
    let message = "`Topology` is not closed".to_owned();
    let code = "poolpair::xml::truncated".to_owned();
    UnreadRecord { file: "other.xml".into(), code, message, line: Some(7), column: Some(1) }
}

fn log() -> Value {
    let run = run::two_enterprise();
    serde_json::from_slice(&sarif::to_bytes(&run.records(), &[unread()], &run::RULES)).unwrap()
}

#[test]
fn a_log_is_valid() {
    let schema = schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(&log()).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut broken = log();
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&broken), "the schema must be able to refuse");
}

#[test]
fn a_log_reads_as_the_types_of_another_crate() {
    let log: serde_sarif::sarif::Sarif = serde_json::from_value(log()).unwrap();
    assert_eq!(log.runs[0].results.as_ref().unwrap().len(), 4);
}

#[test]
fn a_rule_index_names_the_rule() {
    let log = log();
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}

#[test]
fn only_what_is_allowed_is_suppressed() {
    let log = log();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let reasons: Vec<_> = results.iter().map(|result| &result["suppressions"][0]["justification"]).collect();
    assert_eq!(
        reasons,
        [&Value::from("pool02 moves to virtual servers in May (CHG-1234)"), &Value::Null, &Value::Null, &Value::Null]
    );
}

#[test]
fn a_fingerprint_does_not_move_with_the_lines() {
    let run = run::two_enterprise();
    let prints = |records: &[poolpair::rules::FindingRecord]| -> Vec<Value> {
        let log: Value = serde_json::from_slice(&sarif::to_bytes(records, &[], &run::RULES)).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.into_iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let mut records = run.records();
    let before = prints(&records);
    for location in records.iter_mut().flat_map(|record| &mut record.locations) {
        location.line += 7;
        location.byte_offset += 500;
    }
    assert_eq!(prints(&records), before);
    records.push(records[1].clone());
    let twice = prints(&records);
    assert_ne!(twice[1], twice[3], "two findings that read alike are still two");
    records[1].message.push('!');
    assert_ne!(prints(&records)[1], before[1]);
}
