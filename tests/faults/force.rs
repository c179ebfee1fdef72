//! `--force` replaces a bundle as it was written, and nothing else.

use std::fs;

use poolpair::bundle::Manifest;
use poolpair::report::json;

use crate::scene::{PAIR, Scene, content, names, text};

/// What lies in `bundle`, with which arguments, and what of it is in the way.
type Case<'a> = (&'a str, &'a dyn Fn(&Scene), &'a [&'a str], &'a str);

const TOPOLOGY: [&str; 1] = ["topology.xml"];

fn write(scene: &Scene, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(scene.path("bundle").join(name), bytes).unwrap();
}

fn edit_manifest(scene: &Scene, edit: impl Fn(&mut serde_json::Value)) {
    let path = scene.path("bundle/manifest.json");
    let mut manifest = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    edit(&mut manifest);
    fs::write(path, json::to_bytes(&manifest)).unwrap();
}

/// Replaces the bundle by a directory with these files.
fn only(scene: &Scene, files: &[(&str, &str)]) {
    fs::remove_dir_all(scene.path("bundle")).unwrap();
    fs::create_dir(scene.path("bundle")).unwrap();
    files.iter().for_each(|(name, text)| write(scene, name, text));
}

/// Every case is refused with the name of what is in the way, and nothing in the folder is changed.
fn refuse(cases: &[Case<'_>]) {
    let (scene, ..) = Scene::with_bundle();
    for (what, prepare, input, name) in cases {
        fs::remove_dir_all(scene.path("bundle")).unwrap();
        scene.expect(0, &scene.apply("bundle", "300"));
        prepare(&scene);
        let before = content(&scene.path(""));
        let request: &[&str] = if input.len() > 1 { &[] } else { &PAIR };
        let output = scene.run(&[&["apply"], *input, &["--force", "--out-dir", "bundle"], request].concat());
        assert_eq!(output.status.code(), Some(74), "{what}: {}", text(&output));
        let message = text(&output);
        assert!(message.contains("poolpair::bundle::in-the-way"), "{what}: {message}");
        assert!(message.contains(&format!("`{name}`")), "{what}: {message}");
        assert!(content(&scene.path("")) == before, "{what}: something was changed");
    }
}

#[test]
fn a_directory_that_is_no_bundle_stays() {
    let export = fs::read_to_string(Scene::new().path("topology.xml")).unwrap_or_default();
    let one_file = |name: &'static str| move |scene: &Scene| only(scene, &[(name, "mine")]);
    let (review, plan, script) = (one_file("review.md"), one_file("plan.json"), one_file("runbook.ps1"));
    refuse(&[
        ("an export", &|scene| only(scene, &[("topology.xml", &export)]), &TOPOLOGY, "topology.xml"),
        ("a review", &review, &TOPOLOGY, "review.md"),
        ("a plan", &plan, &TOPOLOGY, "plan.json"),
        ("a script", &script, &TOPOLOGY, "runbook.ps1"),
        ("another manifest", &|scene| only(scene, &[("manifest.json", "{}")]), &TOPOLOGY, "manifest.json"),
        (
            "a manifest that is a directory",
            &|scene| {
                fs::remove_file(scene.path("bundle/manifest.json")).unwrap();
                fs::create_dir(scene.path("bundle/manifest.json")).unwrap();
            },
            &TOPOLOGY,
            "manifest.json",
        ),
        (
            "a later bundle",
            &|scene| edit_manifest(scene, |it| it["formatVersion"] = 2.into()),
            &TOPOLOGY,
            "manifest.json",
        ),
    ]);
}

#[test]
fn a_bundle_that_somebody_worked_on_stays() {
    let append = |name: &'static str, more: &'static str| {
        move |scene: &Scene| {
            let text = fs::read_to_string(scene.path("bundle").join(name)).unwrap();
            write(scene, name, text + more);
        }
    };
    let (note, signed) = (
        append("runbook.md", "done by Ada\n"),
        append("runbook.ps1", "# SIG # Begin signature block\r\n# SIG # End signature block\r\n"),
    );
    refuse(&[
        ("a note in the checklist", &note, &TOPOLOGY, "runbook.md"),
        ("a signed script", &signed, &TOPOLOGY, "runbook.ps1"),
        ("other line ends", &|scene| write(scene, ".gitattributes", "* -text\r\n"), &TOPOLOGY, ".gitattributes"),
        ("a note beside", &|scene| write(scene, "notes.txt", "mine"), &TOPOLOGY, "notes.txt"),
        ("a directory", &|scene| fs::create_dir(scene.path("bundle/logs")).unwrap(), &TOPOLOGY, "logs"),
        ("less", &|scene| fs::remove_file(scene.path("bundle/undo.ps1")).unwrap(), &TOPOLOGY, "undo.ps1"),
        (
            "a name in another case",
            &|scene| {
                let plan = fs::read(scene.path("bundle/plan.json")).unwrap();
                fs::remove_file(scene.path("bundle/plan.json")).unwrap();
                write(scene, "Plan.json", plan);
            },
            &TOPOLOGY,
            "Plan.json",
        ),
        (
            "a note in the manifest",
            &|scene| edit_manifest(scene, |it| it["approver"] = "Ada".into()),
            &TOPOLOGY,
            "manifest.json",
        ),
        (
            "a manifest that names what is elsewhere",
            &|scene| {
                edit_manifest(scene, |it| it["files"][0]["name"] = "../topology.xml".into());
            },
            &TOPOLOGY,
            "../topology.xml",
        ),
        ("another kind", &|scene| edit_manifest(scene, |it| it["kind"] = "runbook".into()), &TOPOLOGY, "manifest.json"),
    ]);
}

#[test]
fn what_is_read_is_not_replaced() {
    refuse(&[
        ("the topology", &|_| {}, &["bundle/topology.xml"], "topology.xml"),
        (
            "the plan",
            &|scene| {
                fs::copy(scene.path("bundle/plan.json"), scene.path("plan.json")).unwrap();
            },
            &["topology.xml", "--plan", "bundle/plan.json"],
            "plan.json",
        ),
        (
            "the request",
            &|scene| {
                write(scene, "request.toml", "[[pair]]\npools = ['pool01.contoso.com', 'pool02.contoso.com']\n");
            },
            &["topology.xml", "--request", "bundle/request.toml"],
            "request.toml",
        ),
    ]);
}

#[test]
fn what_is_redirected_is_not_replaced() {
    let (scene, old, _) = Scene::with_bundle();
    let before = content(&scene.path(""));
    let redirected = |command: &[&str], file: &str| {
        let mut command_line = scene.poolpair();
        command_line.args(command).args(PAIR).stdin(fs::File::open(scene.path(file)).unwrap());
        command_line.output().unwrap()
    };
    let output = redirected(&["apply", "-", "--force", "--out-dir", "bundle"], "bundle/topology.xml");
    scene.expect(74, &output);
    assert!(text(&output).contains("`topology.xml` in it is read by this command"), "{}", text(&output));
    let output = redirected(&["plan", "-", "--out", "topology.xml"], "topology.xml");
    scene.expect(64, &output);
    assert!(text(&output).contains("poolpair::cli::overwrites-input"), "{}", text(&output));
    assert!(content(&scene.path("")) == before);
    scene.expect(0, &redirected(&["apply", "-", "--force", "--out-dir", "bundle"], "topology.xml"));
    assert_eq!(scene.bundle("bundle"), Some(old));
}

#[cfg(unix)]
#[test]
fn what_is_read_through_a_link_is_not_replaced() {
    use std::os::unix::fs::symlink;
    refuse(&[
        (
            "a link outside",
            &|scene| {
                symlink("bundle/topology.xml", scene.path("link.xml")).unwrap();
            },
            &["link.xml"],
            "topology.xml",
        ),
        (
            "a second name",
            &|scene| {
                fs::hard_link(scene.path("bundle/topology.xml"), scene.path("second.xml")).unwrap();
            },
            &["second.xml"],
            "topology.xml",
        ),
        (
            "a link as a file of the bundle",
            &|scene| {
                fs::rename(scene.path("bundle/review.md"), scene.path("review.md")).unwrap();
                symlink("../review.md", scene.path("bundle/review.md")).unwrap();
            },
            &TOPOLOGY,
            "review.md",
        ),
    ]);
}

#[test]
fn a_bundle_of_the_first_version_is_replaced() {
    let (scene, _, new) = Scene::with_bundle();
    for name in ["SHA256SUMS", ".gitattributes"] {
        fs::remove_file(scene.path("bundle").join(name)).unwrap();
    }
    let path = scene.path("bundle/manifest.json");
    let mut manifest: Manifest = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    manifest.kind = None;
    manifest.files.retain(|file| !["SHA256SUMS", ".gitattributes"].contains(&&*file.name));
    fs::write(path, json::to_bytes(&manifest)).unwrap();
    scene.expect(0, &scene.apply("bundle", "400"));
    assert_eq!(scene.bundle("bundle"), Some(new));
}

#[test]
fn the_working_directory_is_not_replaced() {
    let (scene, old, _) = Scene::with_bundle();
    fs::create_dir(scene.path("empty")).unwrap();
    let absolute = scene.path("bundle").to_string_lossy().into_owned();
    for (inside, directory) in [
        ("bundle", "."),
        ("bundle", "../bundle"),
        ("bundle", absolute.as_str()),
        ("bundle", ".."),
        ("bundle", "/"),
        ("empty", "."),
        ("empty", "../empty/"),
    ] {
        let topology = ["apply", "../topology.xml", "--force", "--out-dir", directory];
        let output = scene.run_in(inside, &[&topology, &PAIR[..]].concat());
        scene.expect(74, &output);
        let message = text(&output);
        assert!(message.contains("poolpair::bundle::working-directory"), "{directory}: {message}");
        assert!(message.contains("change to another directory"), "{directory}: {message}");
    }
    assert_eq!(scene.bundle("bundle"), Some(old));
    assert!(names(&scene.path("empty")).is_empty());
    // From inside of it, its neighbours are as good as any.
    let beside = ["apply", "../topology.xml", "--force", "--out-dir", "../empty/../beside"];
    scene.expect(0, &scene.run_in("bundle", &[&beside, &PAIR[..]].concat()));
    scene.bundle("beside").unwrap();
}

#[test]
fn a_runbook_replaces_a_runbook_and_no_other_bundle() {
    let (scene, old, _) = Scene::with_bundle();
    fs::copy(scene.path("bundle/plan.json"), scene.path("plan.json")).unwrap();
    let runbook =
        |plan: &str, directory: &str| scene.run(&["runbook", "--plan", plan, "--force", "--out-dir", directory]);
    for _ in 0..2 {
        scene.expect(0, &runbook("plan.json", "runbook"));
    }
    let runbook_before = scene.bundle("runbook");
    for output in [runbook("plan.json", "bundle"), runbook("bundle/plan.json", "bundle"), scene.apply("runbook", "300")]
    {
        scene.expect(74, &output);
        assert!(text(&output).contains("poolpair::bundle::in-the-way"), "{}", text(&output));
    }
    assert_eq!((scene.bundle("bundle"), scene.bundle("runbook")), (Some(old), runbook_before));
}
