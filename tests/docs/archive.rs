//! What a release gives to a user: the same bytes each time, every link of its pages leads somewhere in it, and the first
//! pairing of the README works in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::files::{below, repository};
use crate::links::assert_lead_somewhere;

const LINUX: &str = "x86_64-unknown-linux-musl";
const WINDOWS: &str = "x86_64-pc-windows-msvc";

/// Packs a program for a target: the archive, which has the same bytes when it is made again.
fn pack(target: &str, program: &Path) -> (TempDir, PathBuf) {
    let made = [(), ()].map(|()| {
        let folder = tempfile::tempdir().unwrap();
        let mut pack = Command::new(repository().join("packaging/archive"));
        pack.args(["--target", target, "--native", env!("CARGO_BIN_EXE_poolpair"), "--binary"]).arg(program);
        let path = run(pack.arg("--out-dir").arg(folder.path()).env("SOURCE_DATE_EPOCH", "1700000000"));
        (folder, PathBuf::from(path.trim_end()))
    });
    let [first, second] = [&made[0].1, &made[1].1].map(|path| fs::read(path).unwrap());
    assert!(first == second, "{target}: two runs give different bytes");
    made.into_iter().next().unwrap()
}

/// Unpacks an archive and gives its folder, in which everything is there and every link leads somewhere.
fn unpack(target: &str, with: &mut Command, archive: &Path) -> PathBuf {
    run(with.arg(archive).current_dir(archive.parent().unwrap()));
    let root = archive.with_file_name(format!("poolpair-{}-{target}", env!("CARGO_PKG_VERSION")));
    for file in FILES {
        assert!(root.join(file).is_file(), "{target}: no {file}");
    }
    assert_lead_somewhere(&below(root.to_str().unwrap()));
    let licences = fs::read_to_string(root.join("LICENSES-THIRD-PARTY.txt")).unwrap();
    let of_windows = licences.contains("\n==== windows-sys ");
    assert!(licences.contains("\n==== quick-xml 0.") && of_windows == (target == WINDOWS), "{licences}");
    root
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_archive_for_linux_is_used_as_a_new_user_would() {
    // Symbols for debugging take long to compress.
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("poolpair");
    run(Command::new("strip").arg("-o").arg(&program).arg(env!("CARGO_BIN_EXE_poolpair")));
    let (_archives, archive) = pack(LINUX, &program);
    let root = unpack(LINUX, Command::new("tar").arg("-xzf"), &archive);
    first_pairing(&root, &root.join("bin/poolpair"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let install = readme.lines().find_map(|line| line.strip_prefix("sudo ")?.strip_suffix("/usr/local")).unwrap();
    let prefix = folder.path().join("prefix");
    fs::create_dir(&prefix).unwrap();
    run(Command::new("sh").args(["-c", &format!("{install} \"$1\""), "sh"]).arg(&prefix).current_dir(&root));
    assert!(run(Command::new(prefix.join("bin/poolpair")).arg("--version")).starts_with("poolpair "));
    assert!(prefix.join("share/man/man1/poolpair.1").is_file());
}

/// The program in it is a stand-in, which cannot be run here.
#[test]
fn the_archive_for_windows_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("poolpair.exe");
    fs::write(&program, "a stand-in").unwrap();
    let (_archives, archive) = pack(WINDOWS, &program);
    assert_eq!(archive.extension().unwrap(), "zip");
    let root = unpack(WINDOWS, Command::new("unzip").arg("-q"), &archive);
    assert_eq!(fs::read_to_string(root.join("bin/poolpair.exe")).unwrap(), "a stand-in");
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
