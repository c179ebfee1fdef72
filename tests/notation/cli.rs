//! `poolpair learn`, and the notation that other commands choose.

use std::path::Path;
use std::process::{Command, Output};

fn poolpair(arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/notations");
    Command::new(env!("CARGO_BIN_EXE_poolpair")).args(arguments).current_dir(folder).output().unwrap()
}

fn learn(before: &str, after: &str, out: &str) -> Output {
    poolpair(&["learn", "--before", before, "--after", after, "--origin", "topology-builder", "--out", out])
}

#[test]
fn what_is_learned_is_printed_and_summed_up() {
    let output = learn("central-management/before.xml", "central-management/after.xml", "-");
    assert_eq!(output.status.code(), Some(0));
    let committed = include_str!("../../fixtures/notations/central-management/notation.toml");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), committed);
    let summary = String::from_utf8(output.stderr).unwrap();
    for line in [
        "from the pair of `pool01.contoso.com` and `pool02.contoso.com`\n",
        "both pools gain `BackupService`\n",
        "the partner of the pool with the active Central Management store gains `CentralMgmtStore`\n",
        "byte for byte\n",
        "which the user says Topology Builder wrote\n",
    ] {
        assert!(summary.contains(line), "{line}\n{summary}");
    }
}

#[test]
fn a_file_is_written_whole_and_can_be_planned_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notation.toml");
    let path = path.to_str().unwrap();
    assert_eq!(learn("other-names/before.xml", "other-names/after.xml", path).status.code(), Some(0));
    let pair = ["--pool", "pool01.contoso.com", "--backup", "pool02.contoso.com", "--format", "json"];
    let given = [&["plan", "other-names/before.xml", "--notation", path][..], &pair].concat();
    let plan: serde_json::Value = serde_json::from_slice(&poolpair(&given).stdout).unwrap();
    assert_eq!(plan["notationOrigin"], serde_json::json!({ "kind": "given" }));
    assert!(plan["edits"].to_string().contains("failBACKTimeout"), "{plan}");
}

/// Whoever reads an artifact sees which documents the notation comes from, and whose word it is.
#[test]
fn every_artifact_names_the_documents_and_the_statement() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (notation, bundle) = (path("notation.toml"), path("bundle"));
    assert_eq!(learn("other-names/before.xml", "other-names/after.xml", &notation).status.code(), Some(0));
    let pair = ["--pool", "pool01.contoso.com", "--backup", "pool02.contoso.com", "--notation", &notation];
    let apply = [&["apply", "other-names/before.xml", "--out-dir", &bundle][..], &pair].concat();
    assert_eq!(poolpair(&apply).status.code(), Some(0));
    let plan = String::from_utf8(poolpair(&[&["plan", "other-names/before.xml"][..], &pair].concat()).stdout).unwrap();
    let documents = ["before", "after"].map(|name| {
        let text = std::fs::read(format!("{}/fixtures/notations/other-names/{name}.xml", env!("CARGO_MANIFEST_DIR")));
        poolpair::source::Source::from_bytes(name, text.unwrap(), &Default::default()).unwrap().sha256()
    });
    let artifacts = ["review.md", "review.html", "runbook.md", "runbook.ps1", "undo.ps1"];
    let texts = artifacts.map(|name| std::fs::read_to_string(format!("{bundle}/{name}")).unwrap());
    for text in texts.iter().chain([&plan]) {
        for said in [documents[0].as_str(), &documents[1], "which the user says Topology Builder wrote"] {
            assert!(text.contains(said), "{said} is missing in {text}");
        }
    }
}

#[test]
fn a_preview_teaches_nothing_that_would_be_published() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (notation, bundle) = (path("notation.toml"), path("bundle"));
    let pair = ["--pool", "pool01.contoso.com", "--backup", "pool02.contoso.com"];
    poolpair(&[&["apply", "built-in/before.xml", "--out-dir", &bundle][..], &pair].concat());
    let output = learn("built-in/before.xml", &format!("{bundle}/topology.xml"), &notation);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("unverified") && told.contains("two exports by `Get-CsTopology -AsXml`"), "{told}");
    let plan = [&["plan", "built-in/before.xml", "--notation", &notation, "--format", "json"][..], &pair].concat();
    let plan: serde_json::Value = serde_json::from_slice(&poolpair(&plan).stdout).unwrap();
    assert_eq!(plan["publishRoute"], "topology-builder");
    assert!(plan["findings"].to_string().contains("unverified-notation"), "{plan}");
}

#[test]
fn a_plan_says_from_which_pair_it_learned() {
    let learned = ["plan", "other-names/after.xml", "--unpair", "pool01.contoso.com", "--format", "json"];
    let plan: serde_json::Value = serde_json::from_slice(&poolpair(&learned).stdout).unwrap();
    let pools = ["pool01.contoso.com", "pool02.contoso.com"];
    assert_eq!(plan["notationOrigin"], serde_json::json!({ "kind": "learned-from-pair", "pools": pools }));
    assert_eq!(plan["notation"]["evidence"], "unverified");
    let output = poolpair(&["plan", "other-names/after.xml", "--unpair", "pool01.contoso.com"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("it holds the pair of `pool01.contoso.com` and `pool02.contoso.com`"), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let request = folder.path().join("request.toml");
    std::fs::write(&request, "origin = \"topology-builder\"\n[[unpair]]\npool = \"pool01.contoso.com\"\n").unwrap();
    let stated = ["plan", "other-names/after.xml", "--format", "json", "--request", request.to_str().unwrap()];
    let plan: serde_json::Value = serde_json::from_slice(&poolpair(&stated).stdout).unwrap();
    assert_eq!(plan["notation"]["evidence"], "learned");
}

#[test]
fn exit_codes_tell_refusals_from_unreadable_input() {
    let (before, after) = ("built-in/before.xml", "built-in/after.xml");
    for (pair, code) in [
        ([before, before], 1),
        ([after, before], 1),
        ([before, "topology-builder/after.tbxml"], 1),
        ([before, "README.md"], 65),
        ([before, "nothing.xml"], 74),
    ] {
        let output = learn(pair[0], pair[1], "-");
        assert_eq!(output.status.code(), Some(code), "{pair:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty(), "{pair:?}");
    }
}
