//! The steps to tick off.

use std::fmt::Write as _;

use super::board::hours;
use super::words::StepWords;
use super::{failover_words, words};
use crate::runbook::step::{Runbook, RunbookKind, Step, StepAction};
use crate::text::markdown::{escape, fenced};

/// Every step of a runbook.
pub(super) fn steps(runbook: &Runbook) -> String {
    format!("## Steps\n\n{}", sections(runbook.kind, &runbook.steps))
}

/// Steps with all that people need, under the headings of their numbers.
pub(super) fn sections(kind: RunbookKind, steps: &[Step]) -> String {
    let mut out = String::new();
    for steps in steps.chunk_by(|one, next| one.number == next.number) {
        let minutes = steps.iter().map(|step| step.minutes).sum();
        let _ = writeln!(out, "### {}. {} ({})\n", steps[0].number, steps[0].heading(kind), hours(minutes));
        let mut told = None;
        for step in steps {
            out.push_str(&check_box(step));
            if told != Some(step.action) {
                out.push_str(&details(kind, step));
            }
            told = Some(step.action);
        }
    }
    out
}

/// A step in as few lines as there are: what it is, what to type, what to expect.
pub(super) fn short(kind: RunbookKind, step: &Step) -> String {
    let expected = words(kind, step.action).expected;
    let mut out = format!("- [ ] `{}` **{}** ({} min): {expected}\n", step.id, escape(&step.title), step.minutes);
    out.push_str(&by_hand(step));
    // Of the question and the shell the words are enough.
    let is_told = [StepAction::Confirm, StepAction::Rights].contains(&step.action);
    let lines = if is_told { String::new() } else { fenced("powershell", &commands(step)) };
    for line in lines.lines() {
        let _ = writeln!(out, "  {line}");
    }
    out
}

/// What to do where a step does not end as expected.
pub(super) fn failures(kind: RunbookKind, steps: &[Step]) -> String {
    let mut out = "| step | who | if it fails | rollback |\n| --- | --- | --- | --- |\n".to_owned();
    for steps in steps.chunk_by(|one, next| one.action == next.action) {
        let StepWords { who, on_failure, back, .. } = words(kind, steps[0].action);
        let _ = writeln!(out, "| {}-{} | {who} | {on_failure} | {back} |", steps[0].number, steps[0].action.name());
    }
    out.push('\n');
    out
}

/// The check box with the title, then what is done.
fn check_box(step: &Step) -> String {
    let place = step.on.as_ref().map_or_else(String::new, |server| format!(", on {}", escape(server.as_str())));
    let mut out = format!("- [ ] **{}** (`{}`, {} min{place})\n\n", escape(&step.title), step.id, step.minutes);
    out.push_str(&by_hand(step));
    if !step.script.by_hand.is_empty() {
        out.push('\n');
    }
    for line in fenced("powershell", &commands(step)).lines() {
        let _ = writeln!(out, "  {line}");
    }
    out.push('\n');
    out
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
fn commands(step: &Step) -> String {
    let script = &step.script;
    let shown = [&script.run, &script.until, &script.check, &script.warn].into_iter().find(|lines| !lines.is_empty());
    shown.into_iter().flatten().map(|line| format!("{line}\n")).collect()
}

/// What steps of one kind have in common.
fn details(kind: RunbookKind, step: &Step) -> String {
    let StepWords { who, expected, on_failure, back } = words(kind, step.action);
    let rows = [("who", who), ("expected", expected), ("if it fails", on_failure), ("rollback", back)];
    let mut out = String::new();
    if step.impact != "none" {
        let _ = writeln!(out, "  - users: {}", step.impact);
    }
    for (name, text) in rows {
        let _ = writeln!(out, "  - {name}: {text}");
    }
    if !step.script.again.is_empty() {
        let _ = writeln!(out, "  - on -Resume after an error: Run it again? After a no: {}", step.script.again);
    } else if step.script.needs_record && step.script.done.is_empty() {
        let _ = writeln!(out, "  - on -Resume: no cmdlet shows whether it was done, so that this run's record counts");
    }
    if !step.script.go_on.is_empty() {
        let _ = writeln!(out, "  - safe to go on without it; what stays behind: {}", step.script.go_on);
    }
    out.push('\n');
    out
}

fn words(kind: RunbookKind, action: StepAction) -> StepWords {
    match kind {
        RunbookKind::Apply => words::of(action),
        RunbookKind::Undo => match words::of(action) {
            words if words.back == words::UNDO => StepWords { back: "run `undo.ps1 -Resume` again", ..words },
            words => words,
        },
        RunbookKind::Failover | RunbookKind::Failback | RunbookKind::Rehearsal => failover_words::of(action),
    }
}
