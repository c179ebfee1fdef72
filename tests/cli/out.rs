//! `--out FILE`: what a command prints, as a file.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const TOPOLOGY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/topologies/two-standard.xml");

/// A command line for each form in which something is printed.
const COMMANDS: &[&str] = &[
    "inspect topology.xml",
    "inspect topology.xml --format svg",
    "partners topology.xml --pool pool01.contoso.com --format json",
    "check topology.xml",
    "check topology.xml --format sarif",
    "diff topology.xml topology.xml --format unified",
    "decode topology.xml",
    "runbook --plan plan.json",
    "runbook --plan plan.json --format powershell",
    "explain",
    "explain same-site",
    "schema plan",
    "completions powershell",
    "man apply",
];

fn run(directory: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_poolpair"));
    command.current_dir(directory).args(arguments.split(' ')).output().unwrap()
}

fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::copy(TOPOLOGY, directory.path().join("topology.xml")).unwrap();
    let plan = "plan topology.xml --pool pool01.contoso.com --backup pool02.contoso.com --quiet --out plan.json";
    assert!(run(directory.path(), plan).status.success());
    directory
}

#[test]
fn a_file_gets_the_bytes_that_would_be_printed() {
    let directory = directory();
    for arguments in COMMANDS {
        let printed = run(directory.path(), &format!("{arguments} --out -"));
        let output = run(directory.path(), &format!("{arguments} --color always --out product"));
        assert_eq!(output.status, printed.status, "{arguments}");
        assert!(output.stdout.is_empty(), "{arguments}");
        let product = fs::read(directory.path().join("product")).unwrap();
        assert!(!product.is_empty() || arguments.starts_with("diff"), "{arguments}");
        assert_eq!(product, printed.stdout, "{arguments}");
    }
}

#[test]
fn an_input_is_no_place_for_the_product() {
    let directory = directory();
    for arguments in COMMANDS.iter().filter(|arguments| arguments.contains("topology.xml")) {
        let output = run(directory.path(), &format!("{arguments} --out topology.xml"));
        assert_eq!(output.status.code(), Some(64), "{arguments}");
    }
    assert_eq!(fs::read(directory.path().join("topology.xml")).unwrap(), fs::read(TOPOLOGY).unwrap());
}

#[test]
fn a_plan_is_printed_as_json_for_a_dash() {
    let directory = directory();
    let plan = "plan topology.xml --pool pool01.contoso.com --backup pool02.contoso.com --quiet --out -";
    assert_eq!(run(directory.path(), plan).stdout, fs::read(directory.path().join("plan.json")).unwrap());
    assert!(!directory.path().join("-").exists());
}

#[test]
fn powershell_completes_rules() {
    let printed = run(Path::new("."), "completions powershell").stdout;
    let completions = String::from_utf8(printed).unwrap();
    let explain = completions.split("'poolpair;explain' {").nth(1).unwrap();
    assert!(explain.split("break").next().unwrap().contains("'edition-mismatch'"));
}
