//! A version that poolpair does not know: somebody has to say what runs there, and every artifact says that they did.

use std::fs;
use std::path::Path;
use std::process::Command;

use topogen::{Layout, two_standard};

const PAIR: &str = "[[pair]]\npools = [\"pool01.contoso.com\", \"pool02.contoso.com\"]\n";
const PRODUCT: &str = "Skype for Business Server vNext";

/// The exit code of a command, the words between blanks.
fn run(directory: &Path, arguments: &str) -> Option<i32> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_poolpair"));
    command.current_dir(directory).args(arguments.split(' ')).output().unwrap().status.code()
}

#[test]
fn every_artifact_says_what_is_declared_of_an_unknown_version() {
    let home = tempfile::tempdir().unwrap();
    let unknown = ["pool01.contoso.com", "pool02.contoso.com"];
    let deployment = unknown.iter().fold(two_standard(), |all, name| all.edit(name, |pool| pool.version = 9));
    let bytes = deployment.published(&Layout::utf8(), &topogen::Notation::default());
    fs::write(home.path().join("topology.xml"), bytes).unwrap();
    fs::write(home.path().join("bare.toml"), PAIR).unwrap();
    let facts = unknown
        .map(|fqdn| format!("[[pool]]\nfqdn = \"{fqdn}\"\nproduct = \"{PRODUCT}\"\nprogram-folder = \"{PRODUCT}\"\n"));
    fs::write(home.path().join("request.toml"), PAIR.to_owned() + &facts.concat()).unwrap();

    assert_eq!(run(home.path(), "check topology.xml"), Some(0), "a warning");
    assert_eq!(run(home.path(), "check topology.xml --request bare.toml"), Some(1));
    assert_eq!(run(home.path(), "apply topology.xml --request bare.toml --out-dir bundle"), Some(1));
    assert_eq!(run(home.path(), "check topology.xml --request request.toml"), Some(0));
    assert_eq!(run(home.path(), "apply topology.xml --request request.toml --out-dir bundle"), Some(0));
    let artifacts = ["runbook.ps1", "runbook.md", "undo.ps1", "undo.md", "review.md", "review.html"];
    for name in artifacts.into_iter().chain(["report.json", "plan.json"]) {
        let text = fs::read_to_string(home.path().join("bundle").join(name)).unwrap();
        let declared = text.lines().filter(|line| line.contains(PRODUCT) && line.contains("declared in the request"));
        let said = declared.collect::<String>();
        assert!(unknown.iter().all(|pool| said.contains(pool)), "{name} does not say that the product is declared");
    }
}
