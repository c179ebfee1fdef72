//! The steps to tick off.

use std::fmt::Write as _;

use super::board::hours;
use crate::runbook::failover::{CONFIRM, RIGHTS};
use crate::runbook::step::{Step, by_number};
use crate::text::markdown::{escape, fenced};
use crate::topology::{Edition, Fqdn};

/// Steps with all that people need, under the headings of their numbers.
pub(super) fn sections(steps: &[Step]) -> String {
    let mut out = String::new();
    for steps in by_number(steps) {
        let (kind, minutes) = (steps[0].kind, steps.iter().map(|step| step.kind.minutes).sum());
        let _ = writeln!(out, "### {}. {} ({})\n", kind.number, kind.heading, hours(minutes));
        let mut told = None;
        for step in steps {
            out.push_str(&check_box(step));
            if told != Some(step.kind.name) {
                out.push_str(&details(step));
            }
            told = Some(step.kind.name);
        }
    }
    out
}

/// A step in as few lines as there are: what it is, what to type, what to expect.
pub(super) fn short(step: &Step) -> String {
    let (title, kind) = (escape(&step.title), step.kind);
    let mut out = format!("- [ ] `{}` **{title}** ({} min): {}\n", step.id, kind.minutes, kind.expected);
    out.push_str(&by_hand(step));
    // Of the question and the shell the words are enough.
    if ![CONFIRM, RIGHTS].contains(&step.kind) {
        out.push_str(&fenced_commands(step));
    }
    out
}

/// What to do where a step does not end as expected.
pub(super) fn failures(steps: &[Step]) -> String {
    let mut out = "| step | who | if it fails | rollback |\n| --- | --- | --- | --- |\n".to_owned();
    for steps in by_number(steps) {
        let kind = steps[0].kind;
        let _ = writeln!(out, "| {} | {} | {} | {} |", kind.id(), kind.who, kind.on_failure, kind.rollback);
    }
    out + "\n"
}

/// The check box with the title, then what is done.
fn check_box(step: &Step) -> String {
    let place = step.on.as_ref().map_or_else(String::new, |server| format!(", on {}", name(server)));
    let mut out = format!("- [ ] **{}** (`{}`, {} min{place})\n\n", escape(&step.title), step.id, step.kind.minutes);
    out.push_str(&by_hand(step));
    if !step.script.by_hand.is_empty() {
        out.push('\n');
    }
    out + &fenced_commands(step) + "\n"
}

/// What the operator does by hand.
fn by_hand(step: &Step) -> String {
    let mut out = String::new();
    for line in &step.script.by_hand {
        let indent = if line.starts_with("  ") { "    " } else { "  " };
        let _ = writeln!(out, "{indent}- {}", escape(line.trim_start()));
    }
    out
}

/// What the step does; where it changes nothing, what it waits for or looks at.
fn fenced_commands(step: &Step) -> String {
    let script = &step.script;
    let shown = [&script.run, &script.until, &script.check, &script.warn].into_iter().find(|lines| !lines.is_empty());
    let commands: String = shown.into_iter().flatten().map(|line| format!("{line}\n")).collect();
    fenced("powershell", &commands).lines().map(|line| format!("  {line}\n")).collect()
}

/// What steps of one kind have in common.
fn details(step: &Step) -> String {
    let (kind, script) = (&step.kind, &step.script);
    let is_recorded = script.again.is_empty() && script.needs_record && script.done.is_empty();
    let record = if is_recorded { "no cmdlet shows whether it was done, so that this run's record counts" } else { "" };
    let rows = [
        ("users", kind.impact),
        ("who", kind.who),
        ("expected", kind.expected),
        ("if it fails", kind.on_failure),
        ("rollback", kind.rollback),
        ("on -Resume after an error: Run it again? After a no", &script.again),
        ("on -Resume", record),
        ("safe to continue without it; left behind", &script.go_on),
    ];
    let told = rows.into_iter().filter(|(_, text)| !text.is_empty());
    told.map(|(name, text)| format!("  - {name}: {text}\n")).collect::<String>() + "\n"
}

/// The name of a host.
pub(super) fn name(fqdn: &Fqdn) -> String {
    escape(fqdn.as_str())
}

/// What both tables of pools say of one.
pub(super) fn pool_cells(fqdn: &Fqdn, site: &str, edition: Edition, product: &str, machines: &[Fqdn]) -> String {
    let servers = machines.iter().map(name).collect::<Vec<_>>().join("<br>");
    format!("| {} | {} | {edition:?}, {} | {servers} |", name(fqdn), escape(site), escape(product))
}
