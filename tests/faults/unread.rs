//! An input that could not be read is seen in every report: a pipeline must not take it for one without findings.

use std::fs;

use serde_json::Value;

use crate::scene::{PAIR, Scene, text};

/// A scene with a topology that is cut, one that is none, and requests that are none.
fn scene() -> Scene {
    let scene = Scene::new();
    let whole = fs::read(scene.path("topology.xml")).unwrap();
    fs::write(scene.path("cut.xml"), &whole[..whole.len() / 2]).unwrap();
    fs::write(scene.path("open.xml"), "<a>\n  <b></a>").unwrap();
    fs::write(scene.path("request.toml"), "[[pair]]\npools = ['pool01.contoso.com', 7]\nreplaced = 1\n").unwrap();
    fs::write(scene.path("syntax.toml"), "[[pair").unwrap();
    scene
}

struct Reports {
    code: i32,
    stdout: String,
    json: Value,
    sarif: Value,
}

fn reports(scene: &Scene, arguments: &[&str]) -> Reports {
    for name in ["report.json", "report.sarif"] {
        let _ = fs::remove_file(scene.path(name));
    }
    let asked = ["--report", "json=report.json", "--report", "sarif=report.sarif"];
    let output = scene.run(&[arguments, &asked].concat());
    let read = |name: &str| {
        let report = fs::read(scene.path(name)).unwrap_or_else(|_| panic!("no {name}: {}", text(&output)));
        serde_json::from_slice(&report).unwrap()
    };
    let stdout = String::from_utf8(output.stdout.clone()).unwrap();
    Reports { code: output.status.code().unwrap(), stdout, json: read("report.json"), sarif: read("report.sarif") }
}

impl Reports {
    #[track_caller]
    fn expect(&self, code: i32, unread: &[(&str, &str)]) {
        assert_eq!(self.code, code, "{}", self.stdout);
        let found: Vec<_> = self.json["unread"].as_array().unwrap().iter().collect();
        let told: Vec<_> =
            found.iter().map(|input| (input["file"].as_str().unwrap(), input["code"].as_str().unwrap())).collect();
        assert_eq!(told, unread);
        assert!(found.iter().all(|input| !input["message"].as_str().unwrap().is_empty()));
        let run = &self.sarif["runs"][0];
        assert_eq!(run["invocations"][0]["executionSuccessful"], unread.is_empty());
        let notifications = run["invocations"][0]["toolExecutionNotifications"].as_array().cloned().unwrap_or_default();
        let results: Vec<_> = results(&self.sarif).into_iter().filter(|result| result["ruleId"] == "unread").collect();
        assert_eq!((notifications.len(), results.len()), (unread.len(), unread.len()));
        for ((notification, result), (file, code)) in notifications.iter().zip(&results).zip(unread) {
            assert_eq!(notification["descriptor"]["id"], *code);
            assert_eq!((&notification["level"], &result["level"]), (&"error".into(), &"error".into()));
            for place in [&notification["locations"][0], &result["locations"][0]] {
                assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], *file);
                assert!(place["physicalLocation"]["region"]["startLine"].as_u64().unwrap() > 0);
            }
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], "unread");
        }
    }
}

fn results(log: &Value) -> Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap().clone()
}

#[test]
fn a_topology_that_cannot_be_read_is_in_every_report() {
    let scene = scene();
    let open = ("open.xml", "poolpair::xml::mismatched-end-tag");
    let cut = reports(&scene, &["check", "cut.xml"]);
    assert!(
        cut.stdout.starts_with("unread[poolpair::") && cut.stdout.ends_with("nothing was checked\n"),
        "{}",
        cut.stdout
    );
    let only = reports(&scene, &["check", "open.xml"]);
    only.expect(65, &[open]);
    assert_eq!((&only.json["unread"][0]["line"], &only.json["unread"][0]["column"]), (&2.into(), &6.into()));
    let region = &results(&only.sarif)[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &6.into()));

    let absent = ("absent.xml", "poolpair::cli::read");
    let among =
        reports(&scene, &["check", "topology.xml", "open.xml", "absent.xml", PAIR[0], PAIR[1], PAIR[2], PAIR[3]]);
    among.expect(74, &[open, absent]);
    assert!(!among.json["findings"].as_array().unwrap().is_empty());
    assert!(among.stdout.contains("unread[poolpair::cli::read]: absent.xml: "), "{}", among.stdout);
    assert!(among.stdout.ends_with("; 2 topologies not checked\n"), "{}", among.stdout);

    reports(&scene, &["check", "topology.xml"]).expect(0, &[]);
    for command in [["plan"].as_slice(), &["apply", "--out-dir", "bundle"]] {
        let command = [command, &PAIR, &["open.xml"]].concat();
        reports(&scene, &command).expect(65, &[open]);
    }
}

#[test]
fn a_request_or_a_notation_that_cannot_be_read_is_in_every_report() {
    let scene = scene();
    let wrong = [("request.toml", "poolpair::request::wrong-type"), ("request.toml", "poolpair::request::unknown-key")];
    for command in [["check"].as_slice(), &["plan"], &["apply", "--out-dir", "bundle"]] {
        let with = |file| [command, &["topology.xml", "--request", file]].concat();
        let found = reports(&scene, &with("request.toml"));
        found.expect(65, &wrong);
        reports(&scene, &with("syntax.toml")).expect(65, &[("syntax.toml", "poolpair::request::syntax")]);
        reports(&scene, &with("absent.toml")).expect(74, &[("absent.toml", "poolpair::cli::read")]);
        let notation = [command, &["topology.xml", "--notation", "syntax.toml"], &PAIR].concat();
        reports(&scene, &notation).expect(65, &[("syntax.toml", "poolpair::notation::malformed")]);
    }
}

/// Whatever is asked by flags is asked of a topology.
#[test]
fn every_result_has_a_location() {
    let scene = scene();
    let asked = ["--pool", "nowhere.contoso.com", "--backup", "pool02.contoso.com", "--allow", "no-such-rule=why"];
    let found = reports(&scene, &[&["check", "topology.xml"][..], &asked].concat());
    let results = results(&found.sarif);
    assert!(results.iter().any(|result| result["ruleId"] == "pool-not-found"), "{results:#?}");
    for result in &results {
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].is_string() && place["region"]["startLine"].is_u64(), "{result:#}");
    }
    let locations = found.json["findings"].as_array().unwrap().iter().map(|finding| &finding["locations"]);
    assert!(locations.into_iter().all(|locations| !locations.as_array().unwrap().is_empty()));
}

#[test]
fn rules_bring_their_page_and_no_address() {
    let found = reports(&scene(), &["check", "topology.xml"]);
    let driver = &found.sarif["runs"][0]["tool"]["driver"];
    assert!(driver.get("informationUri").is_none());
    for rule in driver["rules"].as_array().unwrap() {
        assert!(rule.get("helpUri").is_none(), "{rule:#}");
        for heading in ["What it checks", "Why", "How to fix"] {
            assert!(rule["help"]["markdown"].as_str().unwrap().contains(heading), "{rule:#}");
        }
        assert!(
            rule["help"]["text"].as_str().unwrap().len() > rule["shortDescription"]["text"].as_str().unwrap().len()
        );
    }
}
