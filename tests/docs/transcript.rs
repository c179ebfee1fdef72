//! Running the transcripts of Markdown files.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::files::told;
use crate::pattern::matches;
use crate::sandbox::{Sandbox, is_shell_missing};

const UPDATE: &str = "run `UPDATE_FIXTURES=1 cargo test --test docs` and review the difference";

/// Runs every transcript of these files, or writes them anew.
pub(crate) fn run(files: &[PathBuf]) {
    if is_shell_missing() {
        return;
    }
    let failures: Vec<String> = files.iter().filter_map(|file| run_file(file)).collect();
    assert!(failures.is_empty(), "{}\n{UPDATE}", failures.join("\n"));
}

/// A command in a transcript.
#[derive(Debug)]
struct Command<'t> {
    line: String,
    exit: i32,
    expected: Vec<&'t str>,
    /// The lines of the file that tell its exit code and output.
    place: Range<usize>,
}

fn run_file(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).unwrap();
    let commands = commands(&text);
    let sandbox = Sandbox::new();
    let mut failures = Vec::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut outcomes = Vec::new();
    for command in &commands {
        if is_run_elsewhere(&command.line) {
            continue;
        }
        let (exit, output) = sandbox.run(&command.line);
        if exit != command.exit || !matches(&command.expected, &output.lines().collect::<Vec<_>>()) {
            let place = format!("{}:{}", told(path), command.place.start);
            failures.push(format!("{place}: `{}` exits with {exit} and prints\n{output}", command.line));
            outcomes.push((command.place.clone(), exit, output));
        }
    }
    if std::env::var_os("UPDATE_FIXTURES").is_none() {
        return (!failures.is_empty()).then(|| failures.join("\n"));
    }
    for (place, exit, output) in outcomes.into_iter().rev() {
        let exit = (exit != 0).then(|| format!("? {exit}"));
        lines.splice(place, exit.into_iter().chain(output.lines().map(str::to_owned)));
    }
    fs::write(path, lines.join("\n") + "\n").unwrap();
    None
}

/// The one command that cannot be run from a test: it runs the tests.
fn is_run_elsewhere(line: &str) -> bool {
    line == "cargo test --workspace"
}

fn commands(text: &str) -> Vec<Command<'_>> {
    let mut commands: Vec<Command<'_>> = Vec::new();
    let mut inside = false;
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if !inside {
            assert!(!line.starts_with("$ "), "line {}: a command outside of a `console` block", at + 1);
        } else if let Some(command) = line.strip_prefix("$ ") {
            let place = at + 1..at + 1;
            commands.push(Command { line: command.to_owned(), exit: 0, expected: Vec::new(), place });
        } else if let Some(command) = commands.last_mut() {
            command.place.end = at + 1;
            match line.strip_prefix("? ") {
                Some(exit) if command.expected.is_empty() => command.exit = exit.parse().unwrap(),
                _ if line.starts_with("> ") && command.expected.is_empty() && command.line.ends_with('\\') => {
                    command.line.pop();
                    command.line.push_str(line[2..].trim_start());
                    command.place.start = at + 1;
                }
                _ => command.expected.push(line),
            }
        }
    }
    commands
}

#[test]
fn a_transcript_is_read() {
    let text = "```console\n$ a\none\n$ b \\\n>   c\n? 65\ntwo\n\nthree\n```\n";
    let commands = commands(text);
    let told: Vec<_> = commands.iter().map(|found| (found.line.as_str(), found.exit, found.expected.clone())).collect();
    assert_eq!(told, [("a", 0, vec!["one"]), ("b c", 65, vec!["two", "", "three"])]);
    assert_eq!(commands[1].place, 5..9);
}

/// A test has no PowerShell: the commands that a page gives it are run by sh, and their text is PowerShell's.
#[test]
fn what_powershell_is_given_is_run() {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_pwsh::LANGUAGE.into()).unwrap();
    let mut seen = 0;
    for file in crate::files::below("docs") {
        let text = fs::read_to_string(&file).unwrap();
        let run: Vec<_> = commands(&text).into_iter().map(|command| command.line).collect();
        let mut folders = run.iter().filter_map(|command| command.strip_prefix("cd "));
        for script in text.split("\n```powershell\n").skip(1).map(|rest| rest.split("\n```").next().unwrap()) {
            assert!(!parser.parse(script, None).unwrap().root_node().has_error(), "{}: {script}", told(&file));
            // The questions of `init` need a terminal.
            let given = script.lines().filter(|line| line.starts_with("poolpair ") && !line.contains(" init "));
            for line in given {
                seen += 1;
                assert!(run.iter().any(|command| command == line), "{}: `{line}` is not run", told(&file));
            }
            for folder in script.lines().filter_map(|line| line.strip_prefix("Set-Location ")) {
                assert_eq!(folders.next(), Some(folder), "{}: sh goes elsewhere", told(&file));
            }
        }
    }
    assert!(seen >= 10, "{seen}");
}

/// What a reader would type has to be in a block that is run.
#[test]
fn no_command_escapes() {
    for file in crate::files::below(".") {
        let text = fs::read_to_string(&file).unwrap();
        let mut language = None;
        for line in text.lines() {
            if let Some(rest) = line.trim_start().strip_prefix("```") {
                language = if language.is_none() { Some(rest) } else { None };
            }
            let is_shell = matches!(language, Some("sh" | "bash" | "shell" | ""));
            let command = line.trim_start().trim_start_matches("$ ");
            let is_command = command.starts_with("poolpair ") || command.starts_with("cargo run");
            assert!(!(is_shell && is_command), "{}: `{line}` is not run: put it into a `console` block", told(&file));
            let is_redirected = is_command && line.contains(" > ") && !told(&file).starts_with("tests");
            assert!(!is_redirected, "{}: `{line}`: Windows PowerShell redirects as UTF-16; use `--out`", told(&file));
        }
    }
}
