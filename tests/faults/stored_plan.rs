//! A stored plan is used as it was written, or not at all.

use std::fs;

use poolpair::plan::{StoredPlan, StoredPlanError};
use poolpair::report::json;
use serde_json::Value;

use crate::scene::{PAIR, Scene, text};

/// The commands that take a stored plan.
const COMMANDS: [&[&str]; 3] = [
    &["runbook", "--plan", "altered.json", "--out-dir", "out"],
    &["confirm", "topology.xml", "--plan", "altered.json"],
    &["apply", "topology.xml", "--plan", "altered.json", "--out-dir", "out"],
];

fn plan(scene: &Scene) -> Value {
    scene.expect(0, &scene.run(&[&["plan", "topology.xml", "--quiet", "--out", "plan.json"], &PAIR[..]].concat()));
    serde_json::from_slice(&fs::read(scene.path("plan.json")).unwrap()).unwrap()
}

/// The places of all values that hold no others.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(index, item)| leaves(item, &format!("{path}/{index}"), found));
        }
        Value::Object(fields) if !fields.is_empty() => fields.iter().for_each(|(name, field)| {
            leaves(field, &format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), found);
        }),
        _ => found.push(path.to_owned()),
    }
}

/// Another value of the same type.
fn altered(value: &Value) -> Value {
    match value {
        Value::Null => "x".into(),
        Value::Bool(value) => (!value).into(),
        Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
        Value::String(text) => format!("{text}x").into(),
        Value::Array(_) => vec![1].into(),
        Value::Object(_) => serde_json::json!({ "x": 1 }),
    }
}

fn is_altered(plan: &Value) -> bool {
    matches!(StoredPlan::read("plan.json", &json::to_bytes(plan)), Err(StoredPlanError::Altered { .. }))
}

#[test]
fn a_plan_with_any_value_altered_is_refused() {
    let plan = plan(&Scene::new());
    assert!(!is_altered(&plan));
    let mut paths = Vec::new();
    leaves(&plan, "", &mut paths);
    assert!(paths.len() > 100, "{}", paths.len());
    for path in &paths {
        let mut other = plan.clone();
        let leaf = other.pointer_mut(path).unwrap();
        *leaf = altered(leaf);
        assert!(StoredPlan::read("plan.json", &json::to_bytes(&other)).is_err(), "{path}");
    }
}

#[test]
fn a_plan_with_more_or_less_in_it_is_refused() {
    let plan = plan(&Scene::new());
    for list in ["changes", "edits", "findings"] {
        let mut less = plan.clone();
        less[list].as_array_mut().unwrap().pop().unwrap();
        assert!(is_altered(&less), "{list}");
    }
    let mut more = plan;
    more["note"] = "approved".into();
    assert!(is_altered(&more));
}

#[test]
fn every_command_refuses_an_altered_plan_and_says_what_to_do() {
    let scene = Scene::new();
    let mut plan = plan(&scene);
    fs::write(scene.path("altered.json"), json::to_bytes(&plan)).unwrap();
    for (command, code) in COMMANDS.iter().zip([0, 1, 0]) {
        scene.expect(code, &scene.run(command));
        let _ = fs::remove_dir_all(scene.path("out"));
    }
    plan["note"] = "approved".into();
    fs::write(scene.path("altered.json"), json::to_bytes(&plan)).unwrap();
    for command in COMMANDS {
        let output = scene.run(command);
        scene.expect(65, &output);
        let message = text(&output);
        assert!(
            message.contains("poolpair::plan::altered") && message.contains("a plan is not edited by hand"),
            "{message}"
        );
    }
    assert!(!scene.path("out").exists());
}

#[test]
fn white_space_and_the_order_of_keys_are_nothing_of_a_plan() {
    let scene = Scene::new();
    let plan = plan(&scene);
    let turned: Vec<_> =
        plan.as_object().unwrap().iter().rev().map(|(name, value)| format!("{name:?}:{value}")).collect();
    fs::write(scene.path("altered.json"), format!("{{{}}}\r\n", turned.join(",\r\n"))).unwrap();
    scene.expect(0, &scene.run(COMMANDS[0]));
}

/// `>` of Windows PowerShell writes UTF-16 with a byte order mark and CRLF.
#[test]
fn a_plan_that_windows_powershell_redirected_is_read() {
    let scene = Scene::new();
    plan(&scene);
    let content = format!("\u{feff}{}", fs::read_to_string(scene.path("plan.json")).unwrap().replace('\n', "\r\n"));
    let bytes: Vec<_> = content.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(scene.path("altered.json"), &bytes).unwrap();
    scene.expect(0, &scene.run(COMMANDS[2]));
    fs::write(scene.path("altered.json"), &bytes[..bytes.len() - 1]).unwrap();
    let output = scene.run(COMMANDS[0]);
    scene.expect(65, &output);
    assert!(text(&output).contains("is no plan: not valid UTF-16LE"), "{}", text(&output));
}
