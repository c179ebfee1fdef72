//! The scripts of the example pipelines succeed on a good repository and stop at whatever is not as it was reviewed.
//!
//! They are run by bash, as the hosts do, with a server of files for the download. On Windows they are not run here.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use poolpair::source::sha256;
use saphyr::{LoadableYamlNode as _, Yaml};

use crate::files::repository;
use crate::sandbox::{Sandbox, copy, is_shell_missing};

const EXAMPLE: &str = "examples/pipeline";
const PIPELINES: [&str; 3] = [".github/workflows/pairing.yml", "azure-pipelines.yml", ".gitlab-ci.yml"];

fn load(path: &str) -> Yaml<'static> {
    let text = fs::read_to_string(repository().join(EXAMPLE).join(path)).unwrap();
    Yaml::load_from_str(text.leak()).unwrap().remove(0)
}

/// The scripts of a pipeline in order, but for the comment, which needs the host; and how the host runs each.
fn scripts(path: &str) -> (Vec<String>, &'static [&'static str]) {
    let root = load(path);
    let texts = |steps: &Yaml<'_>, key: &str, name: &str| -> Vec<String> {
        let steps = steps.as_vec().unwrap().iter();
        let steps = steps.filter(|step| step.as_mapping_get(name).and_then(Yaml::as_str) != Some("Comment"));
        steps.filter_map(|step| Some(step.as_mapping_get(key)?.as_str()?.to_owned())).collect()
    };
    match path {
        // Azure's bash goes on after an error unless the script says otherwise.
        "azure-pipelines.yml" => (texts(&root["steps"], "bash", "displayName"), &[]),
        ".gitlab-ci.yml" => {
            let lines = root["pairing"]["script"].as_vec().unwrap();
            (vec![lines.iter().map(|line| format!("{}\n", line.as_str().unwrap())).collect()], &["-eo", "pipefail"])
        }
        _ => (texts(&root["jobs"]["pairing"]["steps"], "run", "name"), &["-eo", "pipefail"]),
    }
}

/// A repository with its bundle, and beside it what is downloaded.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    copy(&repository().join(EXAMPLE), &sandbox.path().to_owned());
    let (exit, output) = sandbox.run("poolpair apply topology.xml --request request.toml --out-dir bundle --quiet");
    assert_eq!(exit, 0, "{output}");
    let program = Path::new(env!("CARGO_BIN_EXE_poolpair"));
    let script = format!("#!/bin/sh\nexec '{}' \"$@\"\n", program.display());
    fs::create_dir_all(sandbox.path().join("poolpair-1/bin")).unwrap();
    fs::write(sandbox.path().join("poolpair-1/bin/poolpair"), script).unwrap();
    let (exit, output) = sandbox.run("chmod +x poolpair-1/bin/poolpair && tar -czf served.tar.gz poolpair-1");
    assert_eq!(exit, 0, "{output}");
    sandbox
}

/// The exit code of a pipeline: that of its first script that fails; and what it printed.
fn run(path: &str, sandbox: &Sandbox, served: &str, claimed: Option<&str>) -> (i32, String) {
    let root = sandbox.path();
    let served = root.join(served);
    let hash = sha256(&fs::read(&served).unwrap());
    let (scripts, flags) = scripts(path);
    assert!(!scripts.is_empty());
    let mut printed = String::new();
    for script in scripts {
        let mut bash = sandbox.bash();
        bash.args(flags).arg("-c").arg(script).env("POOLPAIR_URL", format!("file://{}", served.display()));
        bash.env("POOLPAIR_SHA256", claimed.unwrap_or(&hash));
        for (variable, file) in [("RUNNER_TEMP", "temp"), ("AGENT_TEMPDIRECTORY", "temp")] {
            bash.env(variable, root.join(file));
        }
        bash.env("GITHUB_PATH", root.join("path.txt")).env("GITHUB_OUTPUT", root.join("output.txt"));
        let output = bash.output().unwrap();
        printed += &String::from_utf8_lossy(&output.stdout);
        printed += &String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            return (output.status.code().unwrap(), printed);
        }
    }
    (0, printed)
}

/// Runs each pipeline on a repository that somebody has put a hand to.
#[allow(clippy::print_stdout, reason = "a test that cannot run must say so")]
fn each(spoil: impl Fn(&Path), claimed: Option<&str>, expect: impl Fn(&str, &Sandbox, i32, &str)) {
    if cfg!(windows) {
        println!("skipped: the scripts of the pipelines are not run on Windows");
        return;
    }
    for path in PIPELINES {
        let sandbox = sandbox();
        spoil(sandbox.path());
        let (exit, printed) = run(path, &sandbox, "served.tar.gz", claimed);
        expect(path, &sandbox, exit, &printed);
    }
}

/// The report in JSON, wherever a pipeline puts it.
fn report(sandbox: &Sandbox) -> Option<String> {
    let places = ["findings.json", "findings/findings.json"].map(|place| sandbox.path().join(place));
    places.iter().find_map(|place| fs::read_to_string(place).ok())
}

fn append(file: &Path, text: &[u8]) {
    fs::write(file, [&*fs::read(file).unwrap(), text].concat()).unwrap();
}

#[test]
fn a_reviewed_bundle_passes() {
    each(
        |_| {},
        None,
        |path, sandbox, exit, printed| {
            assert_eq!(exit, 0, "{path}: {printed}");
            assert!(report(sandbox).is_some(), "{path}: nothing to keep");
        },
    );
}

/// As a release has it for Windows.
#[cfg(target_os = "linux")]
#[test]
fn the_archive_may_be_a_zip() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run("zip -q -r served.zip poolpair-1").0, 0);
    let (exit, printed) = run(PIPELINES[0], &sandbox, "served.zip", None);
    assert_eq!(exit, 0, "{printed}");
    let bin = fs::read_to_string(sandbox.path().join("path.txt")).unwrap();
    assert!(Path::new(bin.trim_end()).join("poolpair").is_file(), "{bin}");
}

#[test]
fn a_wrong_checksum_stops_before_anything_runs() {
    each(
        |_| {},
        Some(&"0".repeat(64)),
        |path, sandbox, exit, printed| {
            assert_ne!(exit, 0, "{path}: {printed}");
            assert!(!sandbox.path().join("temp").exists() && !sandbox.path().join(".poolpair").exists(), "{path}");
            assert_eq!(report(sandbox), None, "{path}");
        },
    );
}

#[test]
fn a_broken_export_stops_and_is_in_the_report() {
    let cut = |root: &Path| {
        let export = root.join("topology.xml");
        fs::write(&export, &fs::read(&export).unwrap()[..4_000]).unwrap();
    };
    each(cut, None, |path, sandbox, exit, printed| {
        assert_eq!(exit, 65, "{path}: {printed}");
        assert!(report(sandbox).unwrap().contains("poolpair::xml::"), "{path}");
        let code = fs::read_to_string(sandbox.path().join("output.txt")).unwrap_or("code=65\n".into());
        assert_eq!(code, "code=65\n", "{path}: the upload of findings depends on it");
    });
}

#[test]
fn a_bundle_that_was_edited_stops() {
    for name in ["runbook.ps1", "topology.xml"] {
        each(
            |root| append(&root.join("bundle").join(name), b"\r\n"),
            None,
            |path, _, exit, printed| {
                let told = format!("`{name}` was changed after it was made");
                assert!(exit == 1 && printed.contains(&told), "{path}: {printed}");
            },
        );
    }
}

#[test]
fn a_request_that_changed_after_the_review_stops() {
    let change = |root: &Path| {
        let request = root.join("request.toml");
        fs::write(&request, fs::read_to_string(&request).unwrap().replace("\"5m\"", "\"2m\"")).unwrap();
    };
    each(change, None, |path, _, exit, printed| {
        assert!(exit == 1 && printed.contains("plan.json bundle/plan.json differ"), "{path}: {printed}");
    });
}

#[test]
fn a_request_that_breaks_a_rule_stops() {
    let change = |root: &Path| {
        let request = root.join("request.toml");
        let text = fs::read_to_string(&request).unwrap();
        fs::write(&request, text.replace("\"pool01.contoso.com\", ", "\"pool02.contoso.com\", ")).unwrap();
    };
    each(change, None, |path, sandbox, exit, printed| {
        // The check itself ends the pipeline, not the plan after it.
        let stopped = printed.contains("self-pairing") && !printed.contains("nothing was planned");
        assert!(exit == 1 && stopped, "{path}: {printed}");
        assert!(report(sandbox).unwrap().contains("self-pairing"), "{path}");
    });
}

/// The report is kept whatever happens; alerts are not closed by a report that could not look for them.
#[test]
fn findings_are_always_kept_and_uploaded_only_where_they_are_whole() {
    let step = |steps: &Yaml<'static>, key: &str, name: &str| {
        let named = |step: &&Yaml<'static>| step.as_mapping_get(key).and_then(Yaml::as_str) == Some(name);
        steps.as_vec().unwrap().iter().find(named).unwrap().clone()
    };
    let github = load(PIPELINES[0])["jobs"]["pairing"]["steps"].clone();
    assert_eq!(step(&github, "name", "Keep the findings")["if"].as_str(), Some("always()"));
    let upload = step(&github, "name", "Upload findings")["if"].as_str().unwrap().to_owned();
    assert!(upload.ends_with("(steps.check.outputs.code == '0' || steps.check.outputs.code == '1')"), "{upload}");
    let azure = load(PIPELINES[1])["steps"].clone();
    assert_eq!(step(&azure, "displayName", "Keep the findings")["condition"].as_str(), Some("always()"));
    assert_eq!(load(PIPELINES[2])["pairing"]["artifacts"]["when"].as_str(), Some("always"));
}

/// What is committed is what is staged, whatever lies in the work tree.
#[test]
fn the_hook_looks_at_what_is_staged() {
    if is_shell_missing() {
        return;
    }
    let sandbox = sandbox();
    let commit = "git commit --quiet -m change";
    // As git for Windows is set up, which checks text out with CRLF.
    let set_up = "git init --quiet && git config core.autocrlf true && git config core.hooksPath .githooks && \
                  chmod +x .githooks/pre-commit && git add .";
    let check_out = "rm .githooks/pre-commit request.toml && git checkout --quiet -- .githooks request.toml";
    let (exit, output) = sandbox.run(&format!("{set_up} && {commit} && {check_out}"));
    assert_eq!(exit, 0, "{output}");
    append(&sandbox.path().join("bundle/runbook.md"), b"Skip this step.\n");
    let (exit, output) = sandbox.run("git commit --quiet --allow-empty -m 'the work tree is not committed'");
    assert_eq!(exit, 0, "{output}");
    let (exit, output) =
        sandbox.run(&format!("git add bundle && git show HEAD:bundle/runbook.md > bundle/runbook.md && {commit}"));
    assert!(exit == 1 && output.contains("`runbook.md` was changed after it was made"), "{output}");
}

#[test]
fn the_export_of_the_example_is_a_fixture() {
    let read = |path: &str| fs::read(repository().join(path)).unwrap();
    let example = Path::new(EXAMPLE).join("topology.xml");
    assert_eq!(read(example.to_str().unwrap()), read("fixtures/topologies/two-standard.xml"));
}

/// A tag can be moved to other code; a hash cannot.
#[test]
fn every_action_is_pinned_by_its_hash_and_tells_its_version() {
    let own = [".github/workflows/ci.yml", ".github/workflows/release.yml"].map(|path| repository().join(path));
    let example = repository().join(EXAMPLE).join(PIPELINES[0]);
    let pinned = regex::Regex::new(r"^uses: ([\w./-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$").unwrap();
    let mut seen = BTreeMap::new();
    for path in own.iter().chain([&example]) {
        for line in fs::read_to_string(path).unwrap().lines() {
            let Some(at) = line.find("uses:") else { continue };
            let uses = &line[at..];
            let action = pinned.captures(uses).unwrap_or_else(|| panic!("{}: {uses}", path.display()))[1].to_owned();
            assert_eq!(seen.entry(action).or_insert_with(|| uses.to_owned()), uses, "one action, one version");
        }
    }
    assert!(seen.len() > 3, "{seen:?}");
}
