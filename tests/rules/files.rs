//! Committed files that are made: written when asked to, compared else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What to do when a made file is not up to date.
pub(crate) const UPDATE: &str = "run `UPDATE_FIXTURES=1 cargo test --test rules` and review the difference";

/// A path in the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Holds a file to what it should be, or writes it where that is asked for.
pub(crate) fn hold(path: &str, wanted: &[u8]) {
    let file = project(path);
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, wanted).unwrap();
    }
    let present = fs::read(&file).unwrap_or_default();
    let texts = [&present[..], wanted].map(String::from_utf8_lossy);
    let diff = similar::TextDiff::from_lines(&*texts[0], &*texts[1]);
    let diff = diff.unified_diff().header("committed", "made now").to_string();
    assert!(present == wanted, "`{path}` is missing or out of date: {UPDATE}\n{diff}");
}

/// A file that the generator makes for the rules' cases.
pub(crate) fn fixture(path: &str) -> Option<Vec<u8>> {
    static MADE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(topogen::rules::files);
    MADE.get(path).cloned()
}

/// Every file below a folder, by its path in it.
pub(crate) fn below(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![project(folder)];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(project(folder)).unwrap();
                found.insert(
                    relative.components().map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/"),
                );
            }
        }
    }
    found
}
