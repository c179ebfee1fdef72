//! The order of the modules, as ARCHITECTURE.md prints it: a module names only what stands above it, and no two files
//! of a folder need each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn a_module_names_only_what_stands_above_it() {
    let order = order();
    let rank = |module: &str| {
        order.iter().position(|listed| listed == module).unwrap_or_else(|| panic!("`{module}` is not in the list"))
    };
    for file in files() {
        let Some(own) = file.module.first().filter(|own| !["lib", "main"].contains(&own.as_str())) else { continue };
        for path in file.paths() {
            let named = top_level(&path[0]);
            assert!(rank(own) >= rank(&named), "{}: `{own}` stands above `{named}`", file.module.join("/"));
        }
    }
}

#[test]
fn the_list_names_every_module_once() {
    let mut listed = order();
    let mut there: Vec<_> = entries(&source()).into_iter().filter(|name| !["lib", "main"].contains(&&**name)).collect();
    listed.sort();
    there.sort();
    assert_eq!(listed, there);
}

#[test]
fn no_two_files_of_a_folder_need_each_other() {
    let files = files();
    let folders: BTreeSet<_> =
        files.iter().map(|file| file.folder.clone()).filter(|folder| !folder.is_empty()).collect();
    let circles: BTreeMap<_, _> =
        folders.iter().filter_map(|folder| Some((folder.join("/"), circle(folder, &files)?))).collect();
    assert!(circles.is_empty(), "{circles:#?}");
}

/// The list of ARCHITECTURE.md.
fn order() -> Vec<String> {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let (_, section) = text.split_once("## Layout").unwrap();
    let list = section.split("```").nth(1).unwrap();
    let names = list.lines().skip(1).filter_map(|line| line.split_whitespace().next());
    names.map(|name| name.trim_end_matches('/').trim_end_matches(".rs").to_owned()).collect()
}

/// A file of the program.
struct SourceFile {
    /// The folder, from `src` on.
    folder: Vec<String>,
    /// The module.
    module: Vec<String>,
    /// The text without comments and tests.
    text: String,
}

impl SourceFile {
    /// Every path of the program that the file names, from the root of the crate on.
    fn paths(&self) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        for (at, _) in self.text.match_indices("crate::") {
            paths.extend(path_tree(&mut &self.text[at + "crate::".len()..]));
        }
        for (at, _) in self.text.match_indices("super::").filter(|(at, _)| !self.text[..*at].ends_with("super::")) {
            let text = self.text[at..].trim_start_matches("super::");
            let levels = (self.text.len() - at - text.len()) / "super::".len();
            let above = &self.module[..self.module.len() - levels];
            paths.extend(path_tree(&mut &*text).into_iter().map(|path| [above, &path].concat()));
        }
        paths.retain(|path| !path.is_empty());
        paths
    }
}

/// What a path or the tree of a `use` names: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn path_tree(rest: &mut &str) -> Vec<Vec<String>> {
    *rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('{') {
        *rest = inside;
        let mut all = Vec::new();
        loop {
            all.extend(path_tree(rest));
            *rest = rest.trim_start_matches([',', ' ', '\n']);
            match rest.strip_prefix('}') {
                Some(after) => *rest = after,
                None if rest.is_empty() => {}
                None => continue,
            }
            return all;
        }
    }
    let end = rest.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let first: Vec<_> = if name == "self" { Vec::new() } else { vec![name.to_owned()] };
    *rest = after;
    match after.strip_prefix("::") {
        Some(below) if below.starts_with(|next: char| next == '{' || next.is_alphabetic()) => {
            *rest = below;
            path_tree(rest).into_iter().map(|path| [&*first, &path].concat()).collect()
        }
        _ => {
            // An `as` gives another name to what was named.
            let alias = rest.find([',', '}', ';', '\n']).filter(|_| rest.starts_with(" as "));
            *rest = &rest[alias.unwrap_or(0)..];
            vec![first]
        }
    }
}

#[test]
fn the_tree_of_a_use_is_read() {
    let read = |text: &str| path_tree(&mut &*text).iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(read("a::{b, c::{self, D as E}, f::G};"), ["a::b", "a::c", "a::c::D", "a::f::G"]);
    assert_eq!(read("a::B::of(c)"), ["a::B::of"]);
    assert_eq!(read("a::{\n    b,\n    c,\n};"), ["a::b", "a::c"]);
}

/// The module at the top that a name of the crate's root stands for.
fn top_level(name: &str) -> String {
    let names = entries(&source());
    if names.contains(name) { name.to_owned() } else { exported(&source().join("lib.rs"), name).unwrap_or_default() }
}

/// Which of its files a `mod.rs` or the crate's root takes a name from.
fn exported(file: &Path, name: &str) -> Option<String> {
    let text = without_comments(&fs::read_to_string(file).unwrap());
    let uses = text.match_indices("use ").flat_map(|(at, found)| path_tree(&mut &text[at + found.len()..]));
    let mut paths = uses.filter(|path| path.last().is_some_and(|last| last == name));
    paths.find_map(|path| path.into_iter().next().filter(|first| first != "crate" && first != "super"))
}

/// The files of a folder that need each other, if there are some.
fn circle(folder: &[String], files: &[SourceFile]) -> Option<Vec<String>> {
    let directory = folder.iter().fold(source(), |directory, name| directory.join(name));
    let names = entries(&directory);
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files {
        let Some([own, ..]) = file.module.strip_prefix(folder) else { continue };
        for path in file.paths() {
            let Some([named, ..]) = path.strip_prefix(folder) else { continue };
            let named = Some(named.clone()).filter(|named| names.contains(named));
            let named = named.or_else(|| exported(&directory.join("mod.rs"), path.get(folder.len())?));
            let named = named.filter(|named| named != own && names.contains(named));
            arrows.entry(own.clone()).or_default().extend(named);
        }
    }
    // What names nothing that is left is in no circle.
    while let Some(free) = arrows.iter().find(|(_, named)| !named.iter().any(|one| arrows.contains_key(one))) {
        let free = free.0.clone();
        arrows.remove(&free);
    }
    (!arrows.is_empty()).then(|| arrows.into_keys().collect())
}

/// The modules of a folder.
fn entries(folder: &Path) -> BTreeSet<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let modules = names.filter(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "rs"));
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    modules.map(stem).filter(|name| name != "mod").collect()
}

/// All files of the program, but those that only tests have.
fn files() -> Vec<SourceFile> {
    let mut files = Vec::new();
    read_folder(&source(), &[], &mut files);
    assert!(files.len() > 200, "{}", files.len());
    files
}

fn read_folder(directory: &Path, folder: &[String], files: &mut Vec<SourceFile>) {
    let mut test_only = BTreeSet::new();
    for name in ["mod".to_owned()].into_iter().chain(entries(directory)) {
        let below = [folder, std::slice::from_ref(&name)].concat();
        if directory.join(&name).is_dir() {
            read_folder(&directory.join(&name), &below, files);
        }
        let Ok(text) = fs::read_to_string(directory.join(format!("{name}.rs"))) else { continue };
        let declared = text.split("#[cfg(test)]\n").skip(1).filter_map(|after| {
            let line = after.lines().next()?.strip_suffix(';')?;
            line.split_once("mod ").map(|(_, name)| name.to_owned())
        });
        test_only.extend(declared);
        if test_only.contains(&name) {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let module = if name == "mod" { folder.to_vec() } else { below };
        files.push(SourceFile { folder: folder.to_vec(), module, text: without_comments(code) });
    }
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn source() -> PathBuf {
    repository().join("src")
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
