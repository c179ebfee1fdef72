//! Messages have an end, whatever the input; and on a terminal nothing steers it.

use std::fs;

use crate::scene::{Scene, text};

/// The longest message, as SECURITY.md promises it.
const LONGEST: usize = 4_096;

#[test]
fn no_message_is_longer_than_four_kilobytes() {
    let scene = Scene::new();
    let long = "x".repeat(1 << 20);
    let bidi = "\u{202e}".repeat(1 << 18);
    let write = |name: &str, content: String| fs::write(scene.path(name), content).unwrap();
    write("root.xml", format!("<{}/>", "x".repeat(10 << 20)));
    write("open.xml", format!("<{long}>"));
    write("closed.xml", format!("<a></{long}>"));
    write("encoding.xml", format!("<?xml version='1.0' encoding='{long}'?><a/>"));
    write("attribute.xml", format!("<a {long}='1' {long}='2'/>"));
    write("entity.xml", format!("<a>&{long};</a>"));
    write("text.xml", format!("<a/>{long}"));
    write("key.toml", format!("{long} = 1\n"));
    write("value.toml", format!("[[pair]]\npools = [\"{bidi}\", 7, '{long}']\n"));
    write("syntax.toml", format!("a = {long}"));
    write("key.json", format!("{{\"{long}\": 1}}"));
    write("name.toml", format!("format-version = 1\nname = '{long}'\nevidence = '{long}'\n"));
    write("plan.json", format!("{{\"formatVersion\": \"{long}\"}}"));
    let documents =
        ["root", "open", "closed", "encoding", "attribute", "entity", "text"].map(|one| format!("{one}.xml"));
    let requests = ["key.toml", "value.toml", "syntax.toml", "key.json"];
    let mut commands: Vec<Vec<&str>> = Vec::new();
    for document in &documents {
        commands.extend([vec!["check", document], vec!["decode", "--strict", document]]);
        commands.push(vec!["check", document, "--format", "json"]);
    }
    for request in requests {
        commands.push(vec!["plan", "topology.xml", "--request", request]);
    }
    let pair = ["--pool", "pool01.contoso.com", "--backup", "pool02.contoso.com"];
    commands.push([&["plan", "topology.xml", "--notation", "name.toml"][..], &pair].concat());
    commands.push(vec!["apply", "topology.xml", "--plan", "plan.json", "--out-dir", "bundle"]);
    // Longer than a message, and no longer than what Windows takes.
    let typed = "x".repeat(20_000);
    commands.extend([
        vec!["explain", &typed],
        vec!["inspect", &typed],
        vec!["inspect", "topology.xml", "--limit", &typed],
    ]);
    let flag = format!("--{typed}");
    commands.extend([vec![typed.as_str()], vec!["inspect", &flag]]);
    for command in commands {
        for colour in ["never", "always"] {
            let output = scene.run(&[&command[..], &["--color", colour]].concat());
            let name: String = command.join(" ").chars().take(60).collect();
            let message = String::from_utf8(output.stderr.clone()).unwrap();
            if command[0] != "decode" {
                assert!(matches!(output.status.code(), Some(1 | 64 | 65 | 74)), "{name}: {:?}", output.status);
            }
            let errors = message.matches("poolpair::").count().max(1);
            assert!(message.len() <= LONGEST * errors, "{name}: {} bytes", message.len());
            assert!(
                command[0] == "decode" || output.stdout.len() <= 2 * LONGEST,
                "{name}: {} bytes",
                output.stdout.len()
            );
        }
    }
}

#[test]
fn of_thousands_of_errors_of_a_request_the_first_twenty_are_printed() {
    let scene = Scene::new();
    fs::write(scene.path("request.toml"), "[[pool]]\nfqdn = 7\n".repeat(1_000)).unwrap();
    let output = scene.run(&["plan", "topology.xml", "--request", "request.toml"]);
    scene.expect(65, &output);
    let message = text(&output);
    assert!(message.starts_with("error: `request.toml` has more than 20 errors\n"), "{message}");
    assert_eq!(message.matches("error[poolpair::request::wrong-type]").count(), 20, "{message}");
}

#[test]
fn what_was_typed_steers_no_terminal() {
    let scene = Scene::new();
    for arguments in [["in\u{1b}[2Jspect"].as_slice(), &["inspect", "--no\u{9b}2J\u{202e}"], &["explain", "\u{1b}]0;x"]]
    {
        let output = scene.run(arguments);
        scene.expect(64, &output);
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.len() > 20 && !message.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{message:?}");
    }
}
