//! Windows takes every name in the repository, so that it can be checked out there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a checkout may add in front of a name: Windows takes 260 characters in all.
const FOLDER: usize = 120;

#[test]
fn every_tracked_name_is_legal_on_windows() {
    let names = tracked().unwrap_or_else(|| {
        let mut names = Vec::new();
        walk(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut names);
        names
    });
    assert!(names.iter().any(|name| name == "src/main.rs"), "{names:?}");
    let faults: Vec<_> = names.iter().filter_map(|name| Some((name, fault(name)?))).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for name in &names {
        for (end, _) in name.match_indices('/').chain([(name.len(), "")]) {
            let other = folded.entry(name[..end].to_lowercase()).or_insert(&name[..end]);
            assert_eq!(*other, &name[..end], "two names that differ by case alone");
        }
    }
}

#[test]
fn what_windows_refuses_is_found() {
    for name in ["a/nul.xml", "CON", "aux.tar.gz", "com1", "LPT9.txt", "com\u{b9}.a", "conin$"] {
        assert_eq!(fault(name), Some("a reserved name"), "{name}");
    }
    for name in ["a./b", "a ", "b/. /c"] {
        assert_eq!(fault(name), Some("a dot or a blank at the end"), "{name}");
    }
    for name in ["a:b", "a\\b", "what?", "a/\u{1}", "*", "<", ">", "|", "\""] {
        assert_eq!(fault(name), Some("a character"), "{name}");
    }
    assert_eq!(fault(&"a/".repeat(70)), Some("the length"));
    for name in [".gitattributes", "console/nul-character.xml", "com0", "com10", "a/b c.d"] {
        assert_eq!(fault(name), None, "{name}");
    }
}

/// What Windows does not take about a path with `/` between its parts.
fn fault(name: &str) -> Option<&'static str> {
    let part_fault = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
        let numbered = |device: &str| {
            let rest = stem.strip_prefix(device);
            rest.is_some_and(|rest| rest.chars().count() == 1 && rest.contains(|one| "123456789¹²³".contains(one)))
        };
        if ["con", "prn", "aux", "nul", "conin$", "conout$"].contains(&&*stem) || numbered("com") || numbered("lpt") {
            Some("a reserved name")
        } else if part.ends_with(['.', ' ']) {
            Some("a dot or a blank at the end")
        } else {
            part.contains(|one: char| one < ' ' || "<>:\"|?*\\".contains(one)).then_some("a character")
        }
    };
    let length = (name.encode_utf16().count() > 259 - FOLDER).then_some("the length");
    name.split('/').filter(|part| !part.is_empty()).find_map(part_fault).or(length)
}

/// What git tracks; nothing where there is no git or no repository.
fn tracked() -> Option<Vec<String>> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(env!("CARGO_MANIFEST_DIR")).output().ok()?;
    let names = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    Some(names.split_terminator('\0').map(str::to_owned).collect()).filter(|names: &Vec<_>| !names.is_empty())
}

/// Every file below a folder, but what is built and git's own.
fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            if !["target", ".git"].contains(&&*name) {
                walk(&entry.path(), &format!("{name}/"), names);
            }
        } else {
            names.push(name);
        }
    }
}
