//! The browser on this machine, and what looks at a page in it.

use std::path::{Path, PathBuf};

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A browser that shows nothing and asks the network for nothing.
pub(crate) const QUIET: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
];

/// The browser on the path; says so where there is none.
pub(crate) fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    let found = places.find(|program| program.is_file());
    if found.is_none() {
        println!("skipped: none of {NAMES:?} is on the path");
    }
    found
}

/// The script of axe-core, which `packaging/axe` fetches; says so where it is not there.
pub(crate) fn axe() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/axe.min.js");
    let text = std::fs::read_to_string(&path);
    if text.is_err() {
        println!("skipped: no {}", path.display());
    }
    text.ok()
}
