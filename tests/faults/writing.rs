//! A bundle is written whole or not at all: killed, raced, out of space.

use std::thread;
use std::time::Instant;

use crate::scene::{Bundle, Scene, text};

#[test]
fn killed_after_any_time() {
    let (scene, old, new) = Scene::with_bundle();
    let start = Instant::now();
    scene.expect(0, &scene.apply("timed", "400"));
    let whole = start.elapsed();
    let mut seen = [0, 0];
    for part in 0..=40 {
        let mut child = scene.poolpair().args(Scene::arguments("bundle", "400")).arg("--quiet").spawn().unwrap();
        thread::sleep(whole * part / 32);
        let _ = child.kill();
        child.wait().unwrap();
        let found = scene.bundle("bundle").or_else(|| moved_aside(&scene)).unwrap();
        assert!(found == old || found == new, "killed after {part}/32 of {whole:?}");
        seen[usize::from(found == new)] += 1;
        scene.expect(0, &scene.apply("bundle", "300"));
        assert_eq!(scene.bundle("bundle").unwrap(), old);
    }
    assert!(seen[0] > 0, "{seen:?}");
}

/// The bundle that a killed process had moved aside; where directories change places in one step, there is none.
fn moved_aside(scene: &Scene) -> Option<Bundle> {
    let aside = scene.left_over().into_iter().filter(|_| !IN_ONE_STEP);
    aside.map(|name| scene.path(&name).join("old")).find_map(|old| Bundle::read(&old))
}

/// Whether two directories change places in one step here.
const IN_ONE_STEP: bool = cfg!(any(target_os = "linux", target_os = "macos"));

#[test]
fn several_runs_into_one_directory() {
    let (scene, ..) = Scene::with_bundle();
    let intervals: Vec<String> = (0..6).map(|number| (300 + number).to_string()).collect();
    let wanted: Vec<Bundle> = intervals.iter().map(|interval| written(&scene, interval)).collect();
    for directory in ["bundle", "new"] {
        let run = |interval: &String| {
            scene.poolpair().args(Scene::arguments(directory, interval)).arg("--quiet").spawn().unwrap()
        };
        let children: Vec<_> = intervals.iter().map(run).collect();
        for child in children {
            let code = child.wait_with_output().unwrap().status.code();
            assert!(code == Some(0) || !IN_ONE_STEP && code == Some(74), "{code:?}");
        }
        assert!(wanted.contains(&scene.bundle(directory).unwrap()));
    }
    assert!(!IN_ONE_STEP || scene.left_over().is_empty());
}

fn written(scene: &Scene, interval: &str) -> Bundle {
    scene.expect(0, &scene.apply("one", interval));
    scene.bundle("one").unwrap()
}

#[test]
fn without_force_one_of_several_runs_wins() {
    let scene = Scene::new();
    let arguments: Vec<_> = Scene::arguments("bundle", "300").into_iter().filter(|one| one != "--force").collect();
    // One of them finds an empty directory, which all may take.
    std::fs::create_dir(scene.path("bundle")).unwrap();
    let spawn = |_| scene.poolpair().args(&arguments).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let children: Vec<_> = (0..6).map(spawn).collect();
    let outputs: Vec<_> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let won = outputs.iter().filter(|output| output.status.success()).count();
    assert_eq!(won, 1, "{}", outputs.iter().map(text).collect::<String>());
    assert!(outputs.iter().all(|output| matches!(output.status.code(), Some(0 | 74))));
    scene.bundle("bundle").unwrap();
    assert_eq!(scene.left_over(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn no_space_for_a_file() {
    let (scene, old, _) = Scene::with_bundle();
    // Blocks of 512 bytes; the runbook is larger.
    let script = "ulimit -f 64; trap '' XFSZ; exec \"$@\"";
    let arguments = Scene::arguments("bundle", "400");
    let output = scene.shell(script, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    scene.expect(74, &output);
    assert!(text(&output).contains("poolpair::bundle::io"), "{}", text(&output));
    assert_eq!(scene.bundle("bundle").unwrap(), old);
    assert_eq!(scene.left_over(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn new_files_have_the_rights_of_new_files() {
    use std::os::unix::fs::PermissionsExt;
    for (umask, directory, file) in [("022", 0o755, 0o644), ("027", 0o750, 0o640), ("077", 0o700, 0o600)] {
        let scene = Scene::new();
        let mode = |name: &str| std::fs::metadata(scene.path(name)).unwrap().permissions().mode() & 0o7777;
        let script = format!("umask {umask}; exec \"$@\"");
        let run = |arguments: &[&str]| scene.expect(0, &scene.shell(&script, arguments));
        let arguments = Scene::arguments("deep/bundle", "300");
        run(&[&["--quiet"], arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat());
        run(&[&["plan", "topology.xml", "--out", "plan.json", "--report", "sarif=s"], &crate::scene::PAIR[..]].concat());
        assert_eq!((mode("deep"), mode("deep/bundle")), (directory, directory));
        for name in ["deep/bundle/topology.xml", "deep/bundle/manifest.json", "plan.json", "s"] {
            assert_eq!(mode(name), file, "{name} with umask {umask}");
        }
    }
}
