//! Streams that end early, never, or take nothing.

#![cfg(unix)]

use crate::scene::{PAIR, Scene, text};

#[test]
fn an_input_without_end() {
    let scene = Scene::new();
    for endless in ["yes | \"$@\"", "cat /dev/zero | \"$@\"", "\"$@\" </dev/zero"] {
        let output = scene.shell(endless, &["inspect", "-", "--limit", "file-size=1000000"]);
        scene.expect(65, &output);
        assert!(text(&output).contains("`file-size`"), "{}", text(&output));
    }
    // The limit that holds without being asked for.
    let output = scene.shell("ulimit -v 4000000; yes | \"$@\"", &["inspect", "-"]);
    scene.expect(65, &output);
    let request = ["plan", "topology.xml", "--request", "/dev/zero"];
    scene.expect(74, &scene.shell("ulimit -v 4000000; \"$@\"", &request));
    scene.expect(65, &scene.shell("\"$@\" </dev/null", &["inspect", "-"]));
}

#[test]
fn an_output_that_is_full_or_gone() {
    let scene = Scene::new();
    let plan = [&["plan", "topology.xml"], &PAIR[..]].concat();
    let commands: [&[&str]; 9] = [
        &["inspect", "topology.xml"],
        &["inspect", "topology.xml", "--format", "json"],
        &["check", "topology.xml", "--format", "sarif"],
        &plan,
        &["explain"],
        &["schema", "plan"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
    ];
    for command in commands {
        let code = |script: &str| scene.shell(script, command).status.code().unwrap();
        assert_eq!(code("\"$@\" >/dev/full"), 74, "{command:?}");
        // There is nobody to tell, which is no reason to tell it otherwise.
        assert_eq!(code("\"$@\" >/dev/full 2>/dev/full"), 74, "{command:?}");
        let whole = code("\"$@\" >/dev/null");
        assert_eq!(code("\"$@\" >/dev/null 2>/dev/full"), whole, "{command:?}");
        assert_eq!(code("\"$@\" >&-"), whole, "{command:?}");
        assert_eq!(code("\"$@\" 2>&- >&- <&-"), whole, "{command:?}");
        assert_eq!(code("{ \"$@\"; echo $? >code; } | true; exit $(cat code)"), whole, "{command:?}");
    }
    let wrong = scene.shell("\"$@\" 2>/dev/full", &["plan"]);
    scene.expect(64, &wrong);
}

#[test]
fn devices_are_written_and_stay() {
    use std::os::unix::fs::FileTypeExt;
    let scene = Scene::new();
    let plan = |out: &str| scene.run(&[&["plan", "topology.xml", "--quiet", "--out", out], &PAIR[..]].concat());
    scene.expect(0, &plan("/dev/null"));
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    scene.expect(74, &plan("/dev/full"));
    assert!(std::fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}
