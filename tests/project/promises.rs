//! Every test that docs/reliability.md names is there, and the program holds nothing that SECURITY.md rules out.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_test_of_the_reliability_page_is_there() {
    let page = fs::read_to_string(repository().join("docs/reliability.md")).unwrap();
    let commands: Vec<_> = page.split('`').filter(|text| text.starts_with("cargo test ")).collect();
    assert!(commands.len() > 30, "{commands:?}");
    for command in commands {
        let words: Vec<_> = command.split(' ').skip(2).filter(|word| *word != "--").collect();
        let (folder, filters) = match words[..] {
            ["--lib", ref filters @ ..] => ("src".to_owned(), filters),
            ["--test", program, ref filters @ ..] => (format!("tests/{program}"), filters),
            _ => panic!("{command}"),
        };
        let tests: Vec<_> = rust_files(&repository().join(folder)).iter().flat_map(|file| tests_of(file)).collect();
        assert!(!tests.is_empty(), "{command}");
        for filter in filters {
            assert!(tests.iter().any(|test| test.contains(filter)), "`{command}` runs no test for `{filter}`");
        }
    }
}

#[test]
fn the_program_opens_no_socket_and_starts_no_process_and_no_thread() {
    for file in rust_files(&repository().join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        for ruled_out in ["std::net", "std::process::Command", "process::{Command", "std::thread"] {
            assert!(!text.contains(ruled_out), "{}: {ruled_out}", file.display());
        }
    }
}

/// The paths of the tests in a file, as `cargo test` filters them.
fn tests_of(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let path = file.with_extension("").to_string_lossy().replace(['/', '\\'], "::");
    let attributed = text.split("#[test]\n").skip(1);
    let drawn = text.split("proptest! {").skip(1).flat_map(|block| block.split("    #[test]\n").skip(1));
    let name = |after: &str| after.split("fn ").nth(1)?.split('(').next().map(|name| format!("{path}::{name}"));
    attributed.chain(drawn).filter_map(name).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
