//! Every subcommand has a page in `docs/reference`.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::files::{below, repository};

fn poolpair(arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_poolpair")).args(arguments.split(' ')).output().unwrap();
    assert!(output.status.success(), "{arguments}");
    String::from_utf8(output.stdout).unwrap()
}

/// The subcommands, as the program lists them.
fn commands() -> BTreeSet<String> {
    let help = poolpair("--help");
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: BTreeSet<_> = lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    assert!(names.len() > 10, "{help}");
    names.into_iter().filter(|name| name != "help").collect()
}

#[test]
fn every_command_has_a_page() {
    let index = fs::read_to_string(repository().join("docs/reference/README.md")).unwrap();
    for command in commands() {
        let path = repository().join(format!("docs/reference/{command}.md"));
        let page = fs::read_to_string(&path).unwrap_or_default();
        let help = format!("\n$ poolpair {command} --help\n");
        assert!(page.starts_with(&format!("# poolpair {command}\n")), "docs/reference/{command}.md needs its heading");
        assert!(page.contains(&help), "docs/reference/{command}.md needs a `console` block with{help}");
        assert!(index.contains(&format!("({command}.md)")), "docs/reference/README.md needs a link to {command}.md");
    }
}

#[test]
fn every_page_has_a_command() {
    let pages = below("docs/reference").into_iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned());
    let pages: BTreeSet<_> = pages.filter(|name| name != "README").collect();
    assert_eq!(pages, commands());
}

#[test]
fn every_command_has_a_manual_page_and_completions() {
    for command in commands() {
        let page = poolpair(&format!("man {command}"));
        assert!(page.contains(&format!(".TH poolpair-{command} 1")) && page.contains(".SH SYNOPSIS"), "{page}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let completions = poolpair(&format!("completions {shell}"));
        assert!(commands().iter().all(|command| completions.contains(command.as_str())), "{shell}");
        // Windows PowerShell reads a pipe in the code page of its console.
        assert!(completions.is_ascii(), "{shell}");
    }
}
