//! The commands of the example pipelines succeed on a good repository and fail on an unreviewed change.

use std::fs;
use std::path::Path;

use saphyr::{LoadableYamlNode as _, Yaml};

use crate::files::repository;
use crate::sandbox::{Sandbox, copy};

const EXAMPLE: &str = "examples/pipeline";

/// The commands of a pipeline that run poolpair or look at what it made, in order.
fn commands(path: &str) -> Vec<String> {
    let text = fs::read_to_string(repository().join(EXAMPLE).join(path)).unwrap();
    let documents = Yaml::load_from_str(&text).unwrap();
    let root = &documents[0];
    let (steps, key) = match path {
        "azure-pipelines.yml" => (&root["steps"], "script"),
        _ => (&root["jobs"]["pairing"]["steps"], "run"),
    };
    let scripts = steps.as_vec().unwrap().iter().filter_map(|step| step.as_mapping_get(key)).map(|script| {
        let script = script.as_str().unwrap();
        assert!(!script.contains("poolpair ") || !script.contains("${{") || script.contains("POOLPAIR_URL"));
        script.to_owned()
    });
    let lines = scripts.flat_map(|script| script.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>());
    let commands = lines.filter(|line| line.starts_with("poolpair ") || line.starts_with("cmp "));
    commands.map(|command| command.trim_end_matches(" || code=$?").to_owned()).collect()
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    copy(&repository().join(EXAMPLE), &sandbox.path().to_owned());
    let (exit, output) = sandbox.run("poolpair apply topology.xml --request request.toml --out-dir bundle");
    assert_eq!(exit, 0, "{output}");
    sandbox
}

/// The exit code of a pipeline: that of its first command that fails.
fn run(path: &str, sandbox: &Sandbox) -> (i32, String) {
    let commands = commands(path);
    assert_eq!(commands.len(), 4, "{commands:?}");
    for command in commands {
        let (exit, output) = sandbox.run(&command);
        if exit != 0 {
            return (exit, format!("{command}\n{output}"));
        }
    }
    assert!(sandbox.path().join("findings.sarif").is_file() && sandbox.path().join("plan.json").is_file());
    (0, String::new())
}

const PIPELINES: [&str; 2] = [".github/workflows/pairing.yml", "azure-pipelines.yml"];

#[test]
fn a_reviewed_bundle_passes() {
    for path in PIPELINES {
        assert_eq!(run(path, &sandbox()), (0, String::new()), "{path}");
    }
}

#[test]
fn a_request_that_changed_after_the_review_fails() {
    for path in PIPELINES {
        let sandbox = sandbox();
        let request = sandbox.path().join("request.toml");
        fs::write(&request, fs::read_to_string(&request).unwrap().replace("\"5m\"", "\"2m\"")).unwrap();
        let (exit, output) = run(path, &sandbox);
        assert!(exit == 1 && output.starts_with("cmp "), "{path}: {output}");
    }
}

#[test]
fn a_bundle_that_was_edited_fails() {
    for path in PIPELINES {
        let sandbox = sandbox();
        let runbook = sandbox.path().join("bundle/runbook.ps1");
        fs::write(&runbook, [fs::read(&runbook).unwrap(), b"Stop-Computer\r\n".to_vec()].concat()).unwrap();
        let (exit, output) = run(path, &sandbox);
        assert!(exit == 1 && output.contains("`runbook.ps1` was changed after it was made"), "{path}: {output}");
    }
}

#[test]
fn a_request_that_breaks_a_rule_fails() {
    for path in PIPELINES {
        let sandbox = sandbox();
        let request = sandbox.path().join("request.toml");
        let text = fs::read_to_string(&request).unwrap();
        fs::write(&request, text.replace("\"pool01.contoso.com\", ", "\"pool02.contoso.com\", ")).unwrap();
        let (exit, output) = run(path, &sandbox);
        assert!(exit == 1 && output.contains("self-pairing"), "{path}: {output}");
        assert!(sandbox.path().join("findings.sarif").is_file(), "{path}: nothing to upload");
    }
}

/// Alerts would be closed whose cause is still there.
#[test]
fn no_findings_are_uploaded_of_an_input_that_could_not_be_read() {
    let text = fs::read_to_string(repository().join(EXAMPLE).join(PIPELINES[0])).unwrap();
    let documents = Yaml::load_from_str(&text).unwrap();
    let steps = documents[0]["jobs"]["pairing"]["steps"].as_vec().unwrap();
    let name_of = |step: &Yaml<'_>| step.as_mapping_get("name").and_then(|name| name.as_str().map(str::to_owned));
    let named = |name: &str| steps.iter().find(|step| name_of(step).as_deref() == Some(name)).unwrap();
    let condition = named("Upload findings")["if"].as_str().unwrap();
    assert_eq!(condition, "always() && (steps.check.outputs.code == '0' || steps.check.outputs.code == '1')");
    let check = named("Check");
    assert_eq!(check["id"].as_str(), Some("check"));
    assert!(check["run"].as_str().unwrap().contains("echo \"code=$code\" >> \"$GITHUB_OUTPUT\""));
}

#[test]
fn the_export_of_the_example_is_a_fixture() {
    let read = |path: &str| fs::read(repository().join(path)).unwrap();
    let example = Path::new(EXAMPLE).join("topology.xml");
    assert_eq!(read(example.to_str().unwrap()), read("fixtures/topologies/two-standard.xml"));
}

#[test]
fn our_own_workflow_is_yaml() {
    let text = fs::read_to_string(repository().join(".github/workflows/ci.yml")).unwrap();
    let documents = Yaml::load_from_str(&text).unwrap();
    assert!(documents[0]["jobs"].as_mapping().is_some());
}
