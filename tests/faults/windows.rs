//! What only Windows has: drives, shares, files that nobody else may open, code pages.

#![cfg(windows)]

use std::fs::{self, OpenOptions};
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::scene::{PAIR, Scene, text};

/// A path as a share of this computer, which administrators may open.
fn share(path: &str) -> Option<String> {
    let share = format!(r"\\localhost\{}", path.replacen(':', "$", 1));
    if Path::new(&share).exists() {
        return Some(share);
    }
    println!("skipped: {share} cannot be opened here");
    None
}

#[test]
fn a_directory_is_the_same_by_every_form_of_its_path() {
    let (scene, old, new) = Scene::with_bundle();
    let absolute = scene.path("bundle").into_os_string().into_string().unwrap();
    let drive = &absolute[..2];
    let forms = [
        absolute.clone(),
        absolute.replace('\\', "/"),
        format!("{absolute}\\"),
        format!(r"\\?\{absolute}"),
        format!("{drive}bundle"),
        absolute[2..].to_owned(),
        r".\BUNDLE\..\bundle".to_owned(),
    ];
    for form in forms.into_iter().chain(share(&absolute)) {
        for (seconds, bundle) in [("400", &new), ("300", &old)] {
            let output = scene.apply(&form, seconds);
            assert_eq!(output.status.code(), Some(0), "{form}: {}", text(&output));
            assert_eq!(scene.bundle("bundle").as_ref(), Some(bundle), "{form}");
        }
        if Path::new(&form).is_absolute() {
            let apply = ["apply", r"..\topology.xml", "--force", "--out-dir", &form];
            let output = scene.run_in("bundle", &[&apply, &PAIR[..]].concat());
            assert!(text(&output).contains("poolpair::bundle::working-directory"), "{form}: {}", text(&output));
        }
        let plan = ["plan", "topology.xml", "--out", &form.replace("bundle", "topology.xml")];
        let output = scene.run(&[&plan, &PAIR[..]].concat());
        assert!(text(&output).contains("poolpair::cli::overwrites-input"), "{form}: {}", text(&output));
        assert_eq!(scene.names(), ["bundle", "topology.xml"], "{form}");
    }
}

/// Another program may hold a file so that it can be neither read nor moved.
#[test]
fn what_is_in_use_stays() {
    let (scene, old, _) = Scene::with_bundle();
    fs::write(scene.path("plan.json"), "mine").unwrap();
    let hold = |name: &str| OpenOptions::new().read(true).share_mode(0).open(scene.path(name)).unwrap();
    let held = (hold("bundle/runbook.md"), hold("plan.json"));
    let output = scene.apply("bundle", "400");
    scene.expect(74, &output);
    assert!(text(&output).contains("`runbook.md` in it cannot be read"), "{}", text(&output));
    let output = scene.run(&["verify", "bundle"]);
    scene.expect(74, &output);
    assert!(text(&output).contains("runbook.md` cannot be read"), "{}", text(&output));
    scene.expect(74, &scene.run(&[&["plan", "topology.xml", "--out", "plan.json"], &PAIR[..]].concat()));
    drop(held);
    assert_eq!(scene.bundle("bundle"), Some(old));
    assert_eq!(fs::read(scene.path("plan.json")).unwrap(), b"mine");
    assert_eq!(scene.names(), ["bundle", "plan.json", "topology.xml"]);
}

/// Who only reads a file lets it be read, and may keep its directory from being moved: the old bundle or the new one.
#[test]
fn a_bundle_of_which_a_file_is_read_is_the_old_or_the_new_one() {
    let (scene, old, new) = Scene::with_bundle();
    let reader = fs::File::open(scene.path("bundle/runbook.md")).unwrap();
    let output = scene.apply("bundle", "400");
    drop(reader);
    let bundle = if output.status.success() { new } else { old };
    assert!(matches!(output.status.code(), Some(0 | 74)), "{}", text(&output));
    assert_eq!(scene.bundle("bundle"), Some(bundle), "{}", text(&output));
}

/// What is printed is UTF-8, whatever the code page of the console is.
#[test]
fn the_code_page_changes_nothing() {
    let scene = Scene::new();
    let text = "<site>Z\u{fc}rich</site>\n";
    fs::write(scene.path("site.xml"), text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()).unwrap();
    for page in ["437", "1252", "65001"] {
        let line = format!("chcp {page} >NUL & {} decode site.xml", env!("CARGO_BIN_EXE_poolpair"));
        let output = Command::new("cmd").args(["/d", "/c", &line]).current_dir(scene.path("")).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), text, "{page}");
    }
}
