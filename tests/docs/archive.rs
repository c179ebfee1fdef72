//! What a release gives to a user: the same bytes each time, every link of its pages leads somewhere in it, and the first
//! pairing of the README works in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::files::{below, repository};
use crate::links::assert_lead_somewhere;

const LINUX: &str = "x86_64-unknown-linux-musl";
const WINDOWS: &str = "x86_64-pc-windows-msvc";

/// Packs the program under test under the name of a target. Symbols for debugging are left out, since they take long to
/// compress.
fn pack(target: &str, folder: &Path) -> Vec<u8> {
    let program = folder.join("poolpair");
    run(Command::new("strip").arg("-o").arg(&program).arg(env!("CARGO_BIN_EXE_poolpair")));
    let mut pack = Command::new(repository().join("packaging/archive"));
    pack.args(["--target", target, "--binary"]).arg(&program).arg("--out-dir").arg(folder.join("out"));
    let path = run(pack.env("SOURCE_DATE_EPOCH", "1700000000"));
    fs::read(path.trim_end()).unwrap()
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_archive_is_used_as_a_new_user_would() {
    for (target, program, unpack) in
        [(LINUX, "poolpair", &["tar", "-xzf"]), (WINDOWS, "poolpair.exe", &["unzip", "-q"])]
    {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let bytes = pack(target, first.path());
        assert!(bytes == pack(target, second.path()), "{target}: two runs give different bytes");
        let archive = first.path().join("archive");
        fs::write(&archive, bytes).unwrap();
        run(Command::new(unpack[0]).arg(unpack[1]).arg(&archive).current_dir(first.path()));
        let root = first.path().join(format!("poolpair-{}-{target}", env!("CARGO_PKG_VERSION")));
        for file in FILES {
            assert!(root.join(file).is_file(), "{target}: no {file}");
        }
        assert_lead_somewhere(&below(root.to_str().unwrap()));
        first_pairing(&root, &root.join("bin").join(program));
    }
}

#[test]
fn the_line_of_the_readme_installs_it_on_linux() {
    let folder = tempfile::tempdir().unwrap();
    pack(LINUX, folder.path());
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let line = readme.lines().find_map(|line| line.strip_prefix("sudo ")?.strip_suffix("/usr/local")).unwrap();
    let shell = format!("tar -xzf out/*.tar.gz && mkdir prefix && cd poolpair-* && {line} ../prefix");
    run(Command::new("sh").arg("-c").arg(shell).current_dir(folder.path()));
    let prefix = folder.path().join("prefix");
    assert!(run(Command::new(prefix.join("bin/poolpair")).arg("--version")).starts_with("poolpair "));
    assert!(prefix.join("share/man/man1/poolpair.1").is_file());
}

/// The commands of the README, in the unpacked folder.
fn first_pairing(root: &Path, program: &Path) {
    let poolpair = |arguments: &str| run(Command::new(program).args(arguments.split(' ')).current_dir(root));
    let topology = "fixtures/topologies/two-standard.xml";
    assert!(poolpair(&format!("inspect {topology}")).contains("pool02.contoso.com"));
    assert!(poolpair(&format!("partners {topology} --pool pool01.contoso.com")).contains("eligible"));
    poolpair(&format!("apply {topology} --pool pool01.contoso.com --backup pool02.contoso.com --out-dir bundle"));
    poolpair(&format!("verify bundle --topology {topology}"));
}

const FILES: [&str; 12] = [
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "README.md",
    "docs/tutorial.md",
    "examples/pipeline/.gitlab-ci.yml",
    "schema/request.schema.json",
    "share/man/man1/poolpair.1",
    "share/man/man1/poolpair-apply.1",
    "share/bash-completion/completions/poolpair",
    "share/zsh/site-functions/_poolpair",
    "share/fish/vendor_completions.d/poolpair.fish",
    "share/powershell/poolpair.ps1",
];
