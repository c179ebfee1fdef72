//! The committed JSON Schemas are those of the program, and all JSON that it prints or writes is valid by them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum as _;
use jsonschema::Validator;
use poolpair::report::json;
use poolpair::schema::SchemaKind;
use serde_json::Value;

const UPDATE: &str = "run `UPDATE_FIXTURES=1 cargo test --test project schemas` and review the difference";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_committed_schemas_are_those_of_the_program() {
    let folder = repository().join("schema");
    for document in SchemaKind::value_variants() {
        let path = folder.join(document.file_name());
        let schema = json::to_bytes(&document.schema());
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &schema).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == String::from_utf8(schema).unwrap(), "{} is not of today: {UPDATE}", path.display());
    }
    let names: Vec<_> = SchemaKind::value_variants().iter().map(|document| document.file_name()).collect();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(names.contains(&name.as_str()) || name == "README.md", "schema/{name} is the schema of nothing");
    }
}

#[test]
fn every_schema_refuses_what_is_no_object() {
    for document in SchemaKind::value_variants() {
        assert!(!validator(*document).is_valid(&Value::from(1)), "{document:?}");
    }
}

#[test]
fn topologies_are_inspected_and_checked_in_valid_json() {
    let topologies = topologies();
    assert!(topologies.len() > 20);
    for topology in &topologies {
        let inspection = printed(&["inspect", topology, "--format", "json"]);
        valid(SchemaKind::Inspection, &inspection, topology);
        valid(SchemaKind::Report, &printed(&["check", topology, "--format", "json"]), topology);
        valid(SchemaKind::Audit, &printed(&["audit", topology, "--format", "json"]), topology);
        let pools = inspection["pools"].as_array().unwrap();
        for pool in pools.iter().filter(|pool| pool["kind"] == "front-end") {
            let name = pool["fqdn"].as_str().unwrap();
            let partners = printed(&["partners", topology, "--pool", name, "--format", "json"]);
            valid(SchemaKind::Partners, &partners, topology);
        }
        let paired = "fixtures/topologies/paired.xml";
        valid(SchemaKind::Differences, &printed(&["diff", paired, topology, "--format", "json"]), topology);
    }
}

/// Every two Front End pools that can be paired are: the plan, the bundle, and the findings where they cannot.
#[test]
fn pairs_are_planned_in_valid_json() {
    let directory = tempfile::tempdir().unwrap();
    let mut planned = 0;
    for topology in &topologies() {
        let inspection = printed(&["inspect", topology, "--format", "json"]);
        let pools = inspection["pools"].as_array().unwrap().iter().filter(|pool| pool["kind"] == "front-end");
        let names: Vec<_> = pools.map(|pool| pool["fqdn"].as_str().unwrap()).collect();
        let [pool, backup, ..] = names.as_slice() else { continue };
        let report = directory.path().join("findings.json");
        let target = format!("json={}", report.display());
        let request = [topology, "--pool", pool, "--backup", backup, "--report", &target];
        let output = poolpair(&[&["plan", "--format", "json"], request.as_slice()].concat());
        valid(SchemaKind::Report, &read(&report), topology);
        if !output.status.success() {
            continue;
        }
        planned += 1;
        valid(SchemaKind::Plan, &serde_json::from_slice(&output.stdout).unwrap(), topology);
        let bundle = directory.path().join(planned.to_string());
        let written = poolpair(&[&["apply", "--out-dir", bundle.to_str().unwrap()], request.as_slice()].concat());
        assert!(written.status.success(), "{topology}");
        for (name, document) in [
            ("plan.json", SchemaKind::Plan),
            ("report.json", SchemaKind::Report),
            ("manifest.json", SchemaKind::Manifest),
        ] {
            valid(document, &read(&bundle.join(name)), topology);
        }
    }
    assert!(planned > 10, "only {planned} plans were made");
}

/// Every pool that is paired can be failed over.
#[test]
fn failovers_are_recorded_in_valid_json() {
    let directory = tempfile::tempdir().unwrap();
    let mut written = 0;
    for topology in &topologies() {
        let inspection = printed(&["inspect", topology, "--format", "json"]);
        let pools = inspection["pools"].as_array().unwrap().iter().filter(|pool| pool["kind"] == "front-end");
        for pool in pools.filter(|pool| pool["backupPool"].is_string()) {
            let bundle = directory.path().join(written.to_string());
            let name = pool["fqdn"].as_str().unwrap();
            let output = poolpair(&["failover", topology, "--pool", name, "--out-dir", bundle.to_str().unwrap()]);
            assert!(output.status.success(), "{topology}: {}", String::from_utf8_lossy(&output.stderr));
            written += 1;
            valid(SchemaKind::Failover, &read(&bundle.join("failover.json")), topology);
            valid(SchemaKind::Manifest, &read(&bundle.join("manifest.json")), topology);
        }
    }
    assert!(written >= 8, "only {written} failovers were written");
}

#[test]
fn notations_and_requests_are_valid() {
    let built_in = fs::read_to_string(repository().join("src/notation/builtin.toml")).unwrap();
    valid(SchemaKind::Notation, &from_toml(&built_in), "the built-in notation");
    for entry in fs::read_dir(repository().join("fixtures/requests/good")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        // Requests in other encodings are for the reader; an editor decodes them before it validates.
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let text = text.trim_start_matches('\u{FEFF}');
        let request = match path.extension().unwrap().to_str() {
            Some("json") => serde_json::from_str(text).unwrap(),
            _ => from_toml(text),
        };
        valid(SchemaKind::Request, &request, path.to_str().unwrap());
    }
    let example = fs::read_to_string(repository().join("examples/pipeline/request.toml")).unwrap();
    valid(SchemaKind::Request, &from_toml(&example), "examples/pipeline/request.toml");
}

/// The topologies of the fixtures, named from the repository on.
fn topologies() -> Vec<String> {
    let folder = repository().join("fixtures/topologies");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut topologies: Vec<_> =
        names.filter(|name| !name.ends_with(".md")).map(|name| format!("fixtures/topologies/{name}")).collect();
    topologies.sort();
    topologies
}

fn poolpair(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_poolpair")).args(arguments).current_dir(repository()).output().unwrap()
}

fn printed(arguments: &[&str]) -> Value {
    let output = poolpair(arguments);
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{messages}"))
}

fn read(path: &PathBuf) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn from_toml(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

fn validator(document: SchemaKind) -> Validator {
    jsonschema::validator_for(document.schema().as_value()).unwrap()
}

fn valid(document: SchemaKind, value: &Value, what: &str) {
    let errors: Vec<_> =
        validator(document).iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what} is no {document:?}:\n{}", errors.join("\n"));
}
