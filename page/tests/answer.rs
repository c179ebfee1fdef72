//! The answers to the page's script, without a browser.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use serde_json::{Value, json};
use topogen::{Layout, Notation, two_standard};

const POOLS: [&str; 2] = ["pool01.contoso.com", "pool02.contoso.com"];

/// The answer to a task, and its archive.
fn ask(task: Value, files: &[(&str, &[u8])]) -> (Value, Option<Vec<u8>>) {
    let names: Vec<_> = files.iter().map(|(name, _)| name).collect();
    let message = json!({ "task": task, "names": names }).to_string();
    let outputs = poolpair_page::answer(message.as_bytes(), files.iter().map(|(_, bytes)| bytes.to_vec()).collect());
    let mut outputs = outputs.into_iter();
    (serde_json::from_slice(&outputs.next().unwrap()).unwrap(), outputs.next())
}

fn published(deployment: &topogen::Deployment) -> Vec<u8> {
    deployment.published(&Layout::default(), &Notation::default())
}

fn pair() -> Value {
    json!({ "name": "plan", "request": { "pair": [{ "pools": POOLS }] } })
}

#[test]
fn the_same_task_gives_the_same_bytes() {
    let topology = published(&two_standard());
    let (answer, first) = ask(pair(), &[("topology.xml", &topology)]);
    assert_eq!(answer["ok"], true, "{answer}");
    assert_eq!(first, ask(pair(), &[("renamed.xml", &topology)]).1);
    assert!(first.unwrap().starts_with(b"PK"));
}

#[test]
fn the_request_comes_back_in_toml_and_asks_the_same() {
    let topology = published(&two_standard());
    let (answer, archive) = ask(pair(), &[("topology.xml", &topology)]);
    let request = poolpair::request::Request::from_toml("request.toml", answer["request"].as_str().unwrap()).unwrap();
    let file = serde_json::to_value(&request).unwrap();
    let again = ask(json!({ "name": "plan", "request": file }), &[("topology.xml", &topology)]).1;
    assert_eq!(archive, again);
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let (answer, _) = ask(json!({ "name": "inspect" }), &[("a.xml", b"<a>\n  <b></a>")]);
    let html = answer["html"].as_str().unwrap();
    assert_eq!(answer["ok"], false);
    for text in ["poolpair::xml::mismatched-end-tag", "a.xml, line 2, column 6: closed here", "<mark>"] {
        assert!(html.contains(text), "no `{text}` in {html}");
    }
}

#[test]
fn a_mistake_in_the_form_has_no_place_in_a_file() {
    let topology = published(&two_standard());
    let request = json!({ "pair": [{ "pools": POOLS, "voice-failover": { "failback": "soon" } }] });
    let (answer, _) = ask(json!({ "name": "plan", "request": request }), &[("topology.xml", &topology)]);
    let html = answer["html"].as_str().unwrap();
    assert!(html.contains("soon") && !html.contains("the form") && !html.contains("<mark>"), "{html}");
}

#[test]
fn names_are_text() {
    let hostile = "<img src=x onerror=alert(1)>";
    let topology = published(&two_standard().edit(POOLS[1], |pool| pool.fqdn = hostile.into()));
    let partners = json!({ "name": "partners", "pool": POOLS[0] });
    for task in [json!({ "name": "inspect" }), partners, pair()] {
        let (answer, _) = ask(task, &[("<b>.xml", &topology)]);
        let html = answer["html"].as_str().unwrap();
        assert!(!html.contains("<img") && !html.contains("<b>"), "{html}");
    }
}

#[test]
fn a_task_that_is_none_is_told() {
    assert_eq!(ask(json!({ "name": "dance" }), &[]).0["ok"], false);
    assert_eq!(ask(json!({ "name": "inspect" }), &[]).0["ok"], false);
    assert_eq!(ask(json!({ "name": "confirm" }), &[("a.xml", &published(&two_standard()))]).0["ok"], false);
    assert_eq!(ask(json!({ "name": "verify" }), &[("a.zip", b"PK\x03\x04")]).0["ok"], false);
}

#[test]
fn a_bundle_in_a_folder_is_verified_as_one_without() {
    let topology = published(&two_standard());
    let archive = ask(pair(), &[("topology.xml", &topology)]).1.unwrap();
    let (answer, _) = ask(json!({ "name": "verify" }), &[("bundle.zip", &archive), ("topology.xml", &topology)]);
    assert_eq!(answer["ok"], true, "{answer}");
    let (answer, _) = ask(json!({ "name": "verify" }), &[("bundle.zip", &in_folder(&archive))]);
    assert_eq!(answer["ok"], true, "{answer}");
}

fn in_folder(archive: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let file = from.by_index_raw(index).unwrap();
        let name = format!("bundle/{}", file.name().unwrap());
        to.raw_copy_file_rename(file, name).unwrap();
    }
    to.finish().unwrap().into_inner()
}
