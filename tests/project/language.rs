//! Plain English, and error codes in one casing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What an earlier dialect of the project said, and what to say.
const PLAIN: [[&str; 2]; 28] = [
    ["can not", "cannot"],
    ["way of the data", "data flow"],
    ["makes it real", "implements it"],
    ["told with its place", "reported with its location"],
    ["how it is made again", "how to regenerate"],
    ["the deployment is another", "the deployment differs"],
    ["nothing is asked for", "no request given"],
    ["the name and its rights", "the path and permissions"],
    ["do for a first look", "are enough to start"],
    ["came / went", "added / removed"],
    ["must not know", "must not depend on"],
    ["what meaning leaves open", "layout is verified byte by byte"],
    ["stands in every artifact", "is included in every artifact"],
    ["part this pool", "remove this pool's pairing"],
    ["say of every other pool", "list eligible backup pools"],
    ["applied to the first file", "reproduces the second file when applied to the first"],
    ["hangs on", "depends on"],
    ["the re-pointing", "a next-hop change"],
    ["whether they shall stay", "whether to keep them"],
    ["done already when", "skip if"],
    ["lines go, thick", "dotted lines: removed; thick lines: added"],
    ["was ever published", "no example is publicly available"],
    ["nobody has published", "no example is publicly available"],
    ["the reach, and", "targets and results"],
    ["frankly", "(nothing)"],
    ["way back", "rollback, or failback"],
    ["is not declared: cannot", "is unknown: not declared"],
    ["are not declared: cannot", "are unknown: not declared"],
];

#[test]
fn plain_words_are_used() {
    for (path, text) in files() {
        let words = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        for [quaint, plain] in PLAIN {
            assert!(!words.contains(quaint), "{}: write \"{plain}\", not \"{quaint}\"", path.display());
        }
    }
}

/// Identifiers of an earlier dialect, and the standard ones.
const NAMES: [[&str; 2]; 11] = [
    ["fn tame", "escape"],
    ["struct Sides", "Comparison"],
    ["struct Scene", "RuleContext"],
    ["struct Candidate", "PairContext"],
    ["fn judge", "evaluate"],
    ["fn harmless", "sanitize"],
    ["fn steers", "is_unsafe_for_display"],
    ["fn are_apart", "check_path_conflicts"],
    ["struct FreshIds", "IdAllocator"],
    ["fn leftover", "unmodelled_content"],
    ["fn take_place", "commit"],
];

#[test]
fn standard_names_are_used() {
    for (path, text) in files().into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "rs")) {
        for [quaint, standard] in NAMES {
            let mut found = text.match_indices(quaint).map(|(at, _)| &text[at + quaint.len()..]);
            let is_used = found.any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
            assert!(!is_used, "{}: `{standard}`, not `{quaint}`", path.display());
        }
    }
}

/// Names that mean the same in each module that has one.
const RECURRING: [&str; 4] = ["Args", "Error", "Format", "Habits"];

#[test]
fn each_type_has_a_name_of_its_own() {
    let mut homes = BTreeMap::new();
    for (path, text) in files().into_iter().filter(|(path, _)| path.components().any(|part| part.as_os_str() == "src"))
    {
        for line in text.lines() {
            let mut words = line.split(' ').skip_while(|word| word.starts_with("pub"));
            let is_type = matches!(words.next(), Some("struct" | "enum" | "trait" | "type"));
            let name = words.next().unwrap_or_default().split(|c: char| !c.is_alphanumeric()).next();
            let Some(name) = name.filter(|name| is_type && !RECURRING.contains(name)) else { continue };
            let home = homes.insert(name.to_owned(), path.clone());
            assert!(home.is_none(), "`{name}`: {} and {}", home.unwrap().display(), path.display());
        }
    }
    assert!(homes.len() > 300, "{}", homes.len());
}

#[test]
fn error_codes_are_in_kebab_case() {
    let mut codes = 0;
    for (path, text) in files().into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "rs")) {
        for (at, _) in text.match_indices("poolpair::") {
            // A code stands alone in its quotes, or in the attribute of a diagnostic.
            let before = text[..at].trim_end_matches('"');
            let code = text[at..].split(['"', ')', ';', ' ', '\n']).next().unwrap_or_default();
            if before.ends_with("code(") || before.len() < at && before.ends_with("=> ") {
                codes += 1;
                let plain = |character: char| matches!(character, 'a'..='z' | '0'..='9' | ':' | '-');
                assert!(code.chars().all(plain), "{}: `{code}`", path.display());
            }
        }
    }
    assert!(codes > 50, "{codes}");
}

/// The sources and the pages.
fn files() -> Vec<(PathBuf, String)> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open: Vec<_> = ["src", "docs", "README.md", "SECURITY.md", "CONTRIBUTING.md", "ARCHITECTURE.md"]
        .map(|name| repository.join(name))
        .into();
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_none_or(|extension| extension != "png") {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
    files
}
