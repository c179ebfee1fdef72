//! On a terminal nothing of a document steers it or hides; in a file or a pipe its bytes stay.

#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::Read as _;
use std::process::Stdio;

use poolpair::text::is_unsafe_for_display;
use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::scene::Scene;

/// A control character, one of the second control set, a mark of direction, one without a width, a line separator, a
/// tag, a filler.
const UNSAFE: &str = "a\u{9b}2Jb\u{202e}c\u{200b}d\u{2028}e\u{e0041}f\u{3164}g";

/// What a command prints where both streams are one terminal.
fn on_a_terminal(scene: &Scene, arguments: &[&str]) -> String {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap();
    let terminal = || File::from(rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap());
    let mut command = scene.poolpair();
    command.args(arguments).stdin(Stdio::null()).stdout(terminal()).stderr(terminal());
    let mut child = command.spawn().unwrap();
    // Its ends of the terminal close with the child and the command, and reading ends.
    drop(command);
    let mut printed = Vec::new();
    let mut controller = File::from(controller);
    let mut block = [0; 4_096];
    while let Ok(length @ 1..) = controller.read(&mut block) {
        printed.extend_from_slice(&block[..length]);
    }
    child.wait().unwrap();
    String::from_utf8(printed).unwrap().replace("\r\n", "\n")
}

fn scene() -> Scene {
    let scene = Scene::new();
    let text = topogen::two_standard();
    let text = text.published(&topogen::Layout::utf8(), &topogen::Notation::default());
    let text = String::from_utf8(text).unwrap();
    let named = text.replacen("<Name>", &format!("<Name>{UNSAFE}"), 1);
    assert_ne!(named, text);
    fs::write(scene.path("topology.xml"), &named).unwrap();
    fs::write(scene.path("after.xml"), named.replace("\u{200b}", "\u{200b}\u{1f6ab}")).unwrap();
    fs::write(scene.path("text.xml"), "<a>\u{1b}[31mred\u{1b}[2J</a>\r\n\tnext\r").unwrap();
    scene
}

#[test]
fn nothing_steers_a_terminal() {
    let scene = scene();
    for arguments in [
        ["decode", "topology.xml"].as_slice(),
        &["decode", "text.xml"],
        &["diff", "topology.xml", "after.xml", "--format", "unified"],
        &["diff", "topology.xml", "after.xml"],
        &["diff", "topology.xml", "after.xml", "--format", "json"],
        &["inspect", "topology.xml"],
        &["inspect", "topology.xml", "--format", "mermaid"],
        &["inspect", "topology.xml", "--format", "svg"],
        &["check", "text.xml"],
    ] {
        for colour in ["never", "always"] {
            let printed = on_a_terminal(&scene, &[arguments, &["--color", colour]].concat());
            let plain = without_colour(&printed);
            assert!(!plain.is_empty(), "{arguments:?} prints nothing");
            assert!(colour == "always" || !printed.contains('\u{1b}'), "{arguments:?}: {printed:?}");
            let unsafe_character = |one: char| !matches!(one, '\n' | '\t') && is_unsafe_for_display(one);
            assert_eq!(plain.find(unsafe_character), None, "{arguments:?}: {plain:?}");
        }
    }
    let decoded = on_a_terminal(&scene, &["decode", "text.xml"]);
    assert_eq!(decoded, "<a>\\u{1b}[31mred\\u{1b}[2J</a>\n\tnext\n");
}

/// A text without escape sequences that do nothing but colour.
fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let colour = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').strip_prefix('m');
        plain.push_str(colour.unwrap_or("\u{1b}["));
    }
    plain
}

#[test]
fn bytes_stay_in_a_pipe() {
    let scene = scene();
    let printed = |arguments: &[&str]| String::from_utf8(scene.run(arguments).stdout).unwrap();
    assert!(printed(&["decode", "topology.xml"]).contains(UNSAFE));
    assert!(printed(&["diff", "topology.xml", "after.xml", "--format", "unified"]).contains(UNSAFE));
    assert_eq!(printed(&["decode", "text.xml"]), "<a>\u{1b}[31mred\u{1b}[2J</a>\n\tnext\n");
}
