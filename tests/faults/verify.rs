//! What `verify` says of a bundle to which something happened.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use poolpair::bundle::{BundleKind, Manifest};
use poolpair::report::json;
use poolpair::source::sha256;
use regex::bytes::Regex;

use crate::scene::{Scene, content, text};

const WITH_TOPOLOGY: [&str; 2] = ["--topology", "topology.xml"];
const SIGNATURE: &str = "# SIG # Begin signature block\r\n# SIG # AQ==\r\n# SIG # End signature block\r\n";

/// A scene with the bundle in `bundle`.
fn scene() -> Scene {
    let scene = Scene::new();
    scene.expect(0, &scene.apply("bundle", "300"));
    scene
}

/// Both ways to verify come to this exit code; what is printed without the topology.
#[track_caller]
fn verify(scene: &Scene, code: i32) -> String {
    scene.expect(code, &scene.run(&[&["verify", "bundle"], &WITH_TOPOLOGY[..]].concat()));
    let output = scene.run(&["verify", "bundle"]);
    scene.expect(code, &output);
    text(&output)
}

fn rewrite(path: &Path, rewrite: impl Fn(String) -> String) {
    fs::write(path, rewrite(fs::read_to_string(path).unwrap())).unwrap();
}

#[test]
fn without_a_topology_the_hashes_are_checked_and_the_rest_is_named() {
    let scene = scene();
    let told = verify(&scene, 0);
    assert!(told.contains("not checked: whether poolpair makes these files from the topology"), "{told}");
    let path = scene.path("bundle/manifest.json");
    let mut manifest: Manifest = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(manifest.kind, Some(BundleKind::Pairing));
    rewrite(&scene.path("bundle/runbook.ps1"), |script| script + "Remove-CsUser\r\n");
    assert!(verify(&scene, 1).contains("`runbook.ps1` was changed after it was made"));
    // Who changes the manifest too is found out by the topology only.
    let script = fs::read(scene.path("bundle/runbook.ps1")).unwrap();
    let listed = manifest.files.iter_mut().find(|file| file.name == "runbook.ps1").unwrap();
    (listed.sha256, listed.size) = (sha256(&script), script.len() as u64);
    fs::write(path, json::to_bytes(&manifest)).unwrap();
    scene.expect(0, &scene.run(&["verify", "bundle"]));
    let output = scene.run(&[&["verify", "bundle"], &WITH_TOPOLOGY[..]].concat());
    scene.expect(1, &output);
    assert_eq!(text(&output), "`runbook.ps1` is not what poolpair makes from this topology and request\n");
}

#[test]
fn every_file_that_is_changed_or_missing_or_new_is_named() {
    let scene = scene();
    let files: Vec<_> = content(&scene.path("bundle")).into_iter().collect();
    for (path, bytes) in &files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_manifest = name == Manifest::NAME;
        fs::write(path, [bytes, &b" "[..]].concat()).unwrap();
        assert!(verify(&scene, 1).contains(&format!("`{name}` was changed after it was made")), "{name}");
        fs::remove_file(path).unwrap();
        let told = verify(&scene, if is_manifest { 65 } else { 1 });
        assert!(is_manifest || told.contains(&format!("`{name}` is missing")), "{name}: {told}");
        fs::create_dir(path).unwrap();
        verify(&scene, if is_manifest { 65 } else { 1 });
        fs::remove_dir(path).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::write(scene.path("bundle/notes.txt"), "mine").unwrap();
    assert_eq!(verify(&scene, 1), "`notes.txt` is not part of the bundle\n");
}

#[cfg(unix)]
#[test]
fn a_link_is_no_file_of_a_bundle_wherever_it_leads() {
    let scene = scene();
    for name in ["runbook.ps1", "plan.json", "manifest.json"] {
        let [inside, outside] = ["bundle", ""].map(|folder| scene.path(folder).join(name));
        fs::rename(&inside, &outside).unwrap();
        std::os::unix::fs::symlink(&outside, &inside).unwrap();
        let is_manifest = name == Manifest::NAME;
        let told = verify(&scene, if is_manifest { 65 } else { 1 });
        assert!(is_manifest || told == format!("`{name}` is a link, and should be a file\n"), "{told}");
        fs::rename(&outside, &inside).unwrap();
    }
    verify(&scene, 0);
}

#[test]
fn a_directory_that_is_no_bundle_is_called_so() {
    let scene = scene();
    fs::create_dir(scene.path("export")).unwrap();
    for (text_of, told) in [
        (None, "it is not a bundle, because it contains no `manifest.json`"),
        (Some(("topology.xml", "<a/>")), "no `manifest.json`, but `topology.xml`"),
        (Some(("manifest.json", "{\"name\": \"app\"}")), "its `manifest.json` is not that of a bundle: missing field"),
    ] {
        text_of.inspect(|(name, text)| fs::write(scene.path("export").join(name), text).unwrap());
        for more in [&WITH_TOPOLOGY[..], &[]] {
            let output = scene.run(&[&["verify", "export"], more].concat());
            scene.expect(65, &output);
            assert!(text(&output).contains("poolpair::bundle::no-bundle") && text(&output).contains(told), "{told}");
        }
    }
    scene.expect(74, &scene.run(&["verify", "nowhere"]));
    scene.expect(74, &scene.run(&["verify", "topology.xml"]));
}

#[test]
fn a_signed_script_is_named_and_accepted() {
    let scene = scene();
    for (before, code) in [("", 0), ("\r\n", 0), ("\r\n\r\n", 1), ("Remove-CsUser\r\n", 1)] {
        let original = fs::read_to_string(scene.path("bundle/runbook.ps1")).unwrap();
        rewrite(&scene.path("bundle/runbook.ps1"), |script| script + before + SIGNATURE);
        let told = verify(&scene, code);
        assert_eq!(told.contains("`runbook.ps1` was signed after it was made"), code == 0, "{before:?}: {told}");
        assert_eq!(told.contains("not checked: signatures"), code == 0, "{before:?}: {told}");
        rewrite(&scene.path("bundle/runbook.ps1"), |script| script + "Remove-CsUser\r\n");
        verify(&scene, 1);
        fs::write(scene.path("bundle/runbook.ps1"), original).unwrap();
    }
    rewrite(&scene.path("bundle/review.md"), |page| page + SIGNATURE);
    assert!(verify(&scene, 1).contains("`review.md` was changed"));
}

/// The scripts take the same files for signed that `verify` does: no command hides behind a signature.
#[test]
fn the_scripts_and_verify_agree_on_what_a_signature_is() {
    let scene = scene();
    let script = fs::read_to_string(scene.path("bundle/runbook.ps1")).unwrap();
    let (_, pattern) = script.split_once("$Signature = '").unwrap();
    let pattern = Regex::new(pattern.split_once('\'').unwrap().0).unwrap();
    let line_before = Regex::new(&format!("\r\n{pattern}")).unwrap();
    let module = fs::read(scene.path("bundle/poolpair.psm1")).unwrap();
    let (begin, end) = ("# SIG # Begin signature block", "# SIG # End signature block");
    for (tail, signed) in [
        (SIGNATURE.to_owned(), true),
        (format!("\r\n{SIGNATURE}"), true),
        (format!("{begin}\r\n# SIG # MIIFuQ+/\r\n# SIG # A==\r\n{end}\r\n"), true),
        (format!("{begin}\n# SIG # AQ==\n\n{end}"), true),
        (format!("{begin}\r\n{end}\r\n"), true),
        (format!("{SIGNATURE}Remove-CsUser\r\n"), false),
        (format!("{begin}\r\nRemove-CsUser\r\n{end}\r\n"), false),
        (format!("{begin}\r\n# SIG # AQ==; Remove-CsUser\r\n{end}\r\n"), false),
        (format!("{begin}\r\n# SIG # AQ==\rRemove-CsUser\r\n{end}\r\n"), false),
        (format!("{begin}; Remove-CsUser\r\n{end}\r\n"), false),
        (format!("{begin}\r\n# SIG # AQ==\r\n{end} Remove-CsUser\r\n"), false),
        (format!("{begin}\r\n# SIG # AQ==\r\n"), false),
        (format!("Remove-CsUser\r\n{SIGNATURE}"), false),
        (SIGNATURE.to_lowercase(), false),
    ] {
        let bytes = [&module, tail.as_bytes()].concat();
        fs::write(scene.path("bundle/poolpair.psm1"), &bytes).unwrap();
        let told = verify(&scene, if signed { 0 } else { 1 });
        assert_eq!(told.contains("`poolpair.psm1` was signed after it was made"), signed, "{tail}: {told}");
        let before = [&pattern, &line_before].map(|signature| signature.replace(&bytes, &b""[..]).into_owned());
        assert_eq!(before.contains(&module), signed, "{tail}");
    }
}

#[test]
fn line_ends_that_a_checkout_changed_are_told_from_other_changes() {
    for end in ["\n", "\r\n"] {
        let scene = scene();
        for (path, bytes) in content(&scene.path("bundle")) {
            let Some(text) = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')) else { continue };
            fs::write(path, text.replace("\r\n", "\n").replace('\n', end)).unwrap();
        }
        let told = verify(&scene, 1);
        assert!(told.contains("has other line ends, and differs in nothing else"), "{told}");
        assert!(told.contains("keep the `.gitattributes` of the bundle") && !told.contains("was changed"), "{told}");
    }
}

#[test]
fn a_checkout_keeps_the_bytes_of_a_bundle() {
    let scene = scene();
    let git = |directory: &str, arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(scene.path(directory)).env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", scene.path(""));
        git.args(["-c", "core.autocrlf=true", "-c", "user.name=Ada", "-c", "user.email=ada@contoso.com"]);
        git.args(arguments).output().is_ok_and(|output| output.status.success())
    };
    if !git("", &["init", "--quiet", "."]) {
        println!("skipped: no git here");
        return;
    }
    let commit = |message: &str| {
        assert!(git("", &["add", "bundle"]) && git("", &["commit", "--quiet", "--message", message]));
        fs::remove_dir_all(scene.path("bundle")).unwrap();
        assert!(git("", &["checkout", "--quiet", "--", "bundle"]));
    };
    commit("The bundle");
    verify(&scene, 0);
    fs::remove_file(scene.path("bundle/.gitattributes")).unwrap();
    assert!(git("", &["rm", "--quiet", "--cached", "--", "bundle/.gitattributes"]));
    assert!(git("", &["add", "--renormalize", "bundle"]));
    commit("Without its attributes");
    let told = verify(&scene, 1);
    assert!(told.contains("`review.md` has other line ends") && told.contains("`.gitattributes` is missing"), "{told}");
}

#[test]
fn the_sums_are_those_of_every_file_but_themselves_and_the_manifest() {
    let scene = scene();
    let text = fs::read_to_string(scene.path("bundle/SHA256SUMS")).unwrap();
    let told: BTreeMap<_, _> =
        text.lines().map(|line| line.split_once("  ").unwrap()).map(|(hash, name)| (name, hash)).collect();
    let content = content(&scene.path("bundle"));
    assert_eq!(content.len(), told.len() + 2);
    for (name, hash) in &told {
        assert_eq!(sha256(&content[&scene.path("bundle").join(name)]), **hash, "{name}");
    }
    assert!(!["SHA256SUMS", "manifest.json"].iter().any(|name| told.contains_key(name)));
    let check =
        || Command::new("sha256sum").args(["-c", "--strict", "SHA256SUMS"]).current_dir(scene.path("bundle")).output();
    match check() {
        Ok(output) => {
            assert!(output.status.success(), "{}", crate::scene::text(&output));
            rewrite(&scene.path("bundle/runbook.ps1"), |script| script + SIGNATURE);
            assert!(!check().unwrap().status.success());
        }
        Err(error) => println!("skipped: no sha256sum here: {error}"),
    }
}

#[test]
fn a_runbook_alone_is_verified_by_its_hashes() {
    let scene = scene();
    scene.expect(0, &scene.run(&["runbook", "--plan", "bundle/plan.json", "--out-dir", "runbook"]));
    scene.expect(0, &scene.run(&["verify", "runbook"]));
    let output = scene.run(&[&["verify", "runbook"], &WITH_TOPOLOGY[..]].concat());
    scene.expect(64, &output);
    assert!(text(&output).contains("poolpair::bundle::no-plan"));
}
