//! The fixtures, and what holds the decoder, the schema and the written form together.

use std::fs;
use std::path::{Path, PathBuf};

use miette::Diagnostic;
use poolpair::request::{Request, RequestErrors};

use crate::{BEYOND_THE_SCHEMA, SCHEMA, code, render, snapshot, written};

#[test]
fn good_requests_mean_what_they_say() {
    for path in fixtures("good") {
        let request = read(&path).unwrap_or_else(|errors| panic!("{}", render(&errors)));
        snapshot("good", &file_name(&path), &serde_json::to_string_pretty(&request).unwrap());
    }
}

#[test]
fn bad_requests_are_refused_with_every_error() {
    for path in fixtures("bad") {
        let errors = read(&path).expect_err(&format!("{} is no bad request", path.display()));
        snapshot("bad", &file_name(&path), &render(&errors));
    }
}

#[test]
fn good_requests_validate_against_the_schema() {
    for path in fixtures("good") {
        let value = parsed(&path).unwrap_or_else(|| panic!("{} does not parse", path.display()));
        let complaints: Vec<_> = SCHEMA.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(complaints.is_empty(), "{}: {complaints:?}", path.display());
    }
}

#[test]
fn bad_requests_break_the_schema_where_a_schema_can_tell() {
    for path in fixtures("bad") {
        let Some(value) = parsed(&path) else { continue };
        let errors = read(&path).expect_err("a bad request").errors;
        let beyond = errors.iter().all(|error| BEYOND_THE_SCHEMA.contains(&code(error).as_str()));
        assert_eq!(SCHEMA.is_valid(&value), beyond, "{}", path.display());
    }
}

#[test]
fn a_written_request_is_read_back() {
    for path in fixtures("good") {
        let request = read(&path).unwrap();
        let json = written(&request);
        assert_eq!(written(&request.checked("plan.json").unwrap()), json, "{}", path.display());
        assert!(SCHEMA.is_valid(&json), "{}", path.display());
        let again: Request = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(again).unwrap(), json, "{}", path.display());
        let toml = request.to_toml();
        let request = Request::from_toml("request.toml", &toml).unwrap_or_else(|errors| panic!("{}", render(&errors)));
        assert_eq!(written(&request), json, "{}", path.display());
    }
}

#[test]
fn toml_and_json_of_the_same_shape_mean_the_same() {
    let written = |name| written(&read(&folder("good").join(name)).unwrap());
    assert_eq!(written("everything.toml"), written("everything.json"));
    assert_eq!(written("one-pair.toml"), written("one-pair.json"));
}

/// A label that points beside the wrong value would be worse than none.
#[test]
fn every_error_in_a_file_has_a_label_in_its_text() {
    for path in fixtures("bad") {
        let errors = read(&path).unwrap_err();
        let text = errors.text.unwrap();
        for error in errors.errors.iter().filter(|_| !text.inner().is_empty()) {
            let labels: Vec<_> = error.labels().into_iter().flatten().collect();
            assert!(!labels.is_empty(), "{}: {error}", path.display());
            for label in labels {
                let range = label.offset()..label.offset() + label.len();
                assert!(text.inner().get(range).is_some(), "{}: {error}", path.display());
            }
        }
    }
}

fn read(path: &Path) -> Result<Request, RequestErrors> {
    Request::from_file(&file_name(path), &fs::read(path).unwrap())
}

/// The file as plain JSON, by parsers that know nothing of requests; `None` where it is no TOML or no JSON.
fn parsed(path: &Path) -> Option<serde_json::Value> {
    let bytes = fs::read(path).unwrap();
    let (encoding, mark) = encoding_rs::Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?;
    match path.extension()?.to_str()? {
        "toml" => toml::from_str(&text).ok(),
        _ => serde_json::from_str(&text).ok(),
    }
}

fn fixtures(name: &str) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!paths.is_empty(), "no fixtures in {name}");
    paths.sort();
    paths
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/requests").join(name)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
