//! The tarball: what is in it, and that two runs give the same bytes.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Packs the program under test and gives the one tarball. Symbols for debugging are left out, since they take long to
/// compress.
fn tarball(out_dir: &Path) -> Vec<u8> {
    let program = out_dir.join("poolpair");
    run(Command::new("strip").arg("-o").arg(&program).arg(env!("CARGO_BIN_EXE_poolpair")));
    let mut pack = Command::new("packaging/tarball");
    pack.arg("--binary").arg(&program).arg("--out-dir").arg(out_dir).env("SOURCE_DATE_EPOCH", "1700000000");
    let name = run(pack.current_dir(env!("CARGO_MANIFEST_DIR")));
    fs::read(name.trim_end()).unwrap()
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn two_runs_give_the_same_bytes_with_all_that_a_package_needs() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let bytes = tarball(first.path());
    assert!(bytes == tarball(second.path()), "two runs give different bytes");
    let path = first.path().join("it.tgz");
    fs::write(&path, bytes).unwrap();
    let listing = run(Command::new("tar").arg("-tvzf").arg(&path).env("TZ", "UTC"));
    for file in FILES {
        assert!(listing.lines().any(|line| line.ends_with(file)), "no {file} in\n{listing}");
    }
    assert!(listing.lines().all(|line| line.contains(" 0/0 ") && line.contains("2023-11-14")), "{listing}");
}

const FILES: [&str; 12] = [
    "/bin/poolpair",
    "/LICENSE-MIT",
    "/LICENSE-APACHE",
    "/README.md",
    "/schema/request.schema.json",
    "/share/man/man1/poolpair.1",
    "/share/man/man1/poolpair-apply.1",
    "/share/man/man1/poolpair-completions.1",
    "/share/bash-completion/completions/poolpair",
    "/share/zsh/site-functions/_poolpair",
    "/share/fish/vendor_completions.d/poolpair.fish",
    "/share/powershell/poolpair.ps1",
];
