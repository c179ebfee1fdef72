//! `poolpair learn`, and the notation that other commands choose.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::path::Path;
use std::process::{Command, Output};

fn poolpair(arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/notations");
    Command::new(env!("CARGO_BIN_EXE_poolpair")).args(arguments).current_dir(folder).output().unwrap()
}

fn learn(before: &str, after: &str, out: &str) -> Output {
    poolpair(&["learn", "--before", before, "--after", after, "--out", out])
}

#[test]
fn what_is_learned_is_printed_and_summed_up() {
    let output = learn("central-management/before.xml", "central-management/after.xml", "-");
    assert_eq!(output.status.code(), Some(0));
    let committed = include_str!("../fixtures/notations/central-management/notation.toml");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), committed);
    let summary = String::from_utf8(output.stderr).unwrap();
    for line in [
        "from the pair of `pool01.contoso.com` and `pool02.contoso.com`\n",
        "both pools gain `BackupService`\n",
        "the partner of the pool with the active Central Management store gains `CentralMgmtStore`\n",
        "byte for byte\n",
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

#[test]
fn a_plan_says_from_which_pair_it_learned() {
    let learned = ["plan", "other-names/after.xml", "--unpair", "pool01.contoso.com", "--format", "json"];
    let plan: serde_json::Value = serde_json::from_slice(&poolpair(&learned).stdout).unwrap();
    let pools = ["pool01.contoso.com", "pool02.contoso.com"];
    assert_eq!(plan["notationOrigin"], serde_json::json!({ "kind": "learned-from-pair", "pools": pools }));
    assert_eq!(plan["notation"]["evidence"], "learned");
    let output = poolpair(&["plan", "other-names/after.xml", "--unpair", "pool01.contoso.com"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("learned from the pair of `pool01.contoso.com` and `pool02.contoso.com`"), "{text}");
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
