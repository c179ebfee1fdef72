//! A step as a call of the module's `Step`.

use crate::runbook::quote::quote;
use crate::runbook::step::{Script, Step};

/// Lines are filled up to here; names may make one longer.
const WIDTH: usize = 112;

/// The call, with a line feed at its end.
pub(super) fn text(step: &Step) -> String {
    let Script { done, check, warn, ready, until, by_hand, run, .. } = &step.script;
    let notes = by_hand.iter().map(|line| format!("Write-Note {}", quote(line)));
    let work = notes.chain(run.iter().cloned()).collect();
    let mut parts = parameters(step);
    let mut long = String::new();
    for (name, lines) in
        [("Done", done), ("Check", check), ("Warn", warn), ("Ready", ready), ("Until", until), ("Do", &work)]
    {
        match lines.as_slice() {
            [] => {}
            [line] => parts.push(format!("-{name} {{ {line} }}")),
            lines => long.push_str(&format!(" -{name} {{\n    {}\n}}", lines.join("\n    "))),
        }
    }
    format!("{}{long}\n", filled(&parts))
}

fn parameters(step: &Step) -> Vec<String> {
    let (kind, script) = (&step.kind, &step.script);
    let literal = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name} {}", quote(text)));
    let switch = |is_given: bool, name: &str| is_given.then(|| name.to_owned());
    let parts = [
        literal("Step", &step.id),
        step.on.as_ref().and_then(|server| literal("-On", server.as_str())),
        literal("-Impact", kind.impact).filter(|_| !kind.impact.is_empty()),
        Some(format!("-Minutes {}", kind.minutes)),
        script.wait_minutes.map(|minutes| format!("-WaitMinutes {minutes}")),
        switch(script.needs_record, "-NeedsRecord"),
        switch(script.publishes, "-Publishes"),
        switch(script.updates, "-Update"),
        switch(script.other_window, "-OtherWindow"),
        switch(script.twice, "-Interval $Settings"),
        literal("-Again", &script.again),
        literal("-GoOn", &script.go_on),
    ];
    parts.into_iter().flatten().collect()
}

/// The parts on as few lines as they need.
fn filled(parts: &[String]) -> String {
    let mut out = String::new();
    let mut width = 0;
    for part in parts {
        if width > 0 && width + width_of(part) > WIDTH {
            out.push_str(" `\n     ");
            width = 5;
        } else if width > 0 {
            out.push(' ');
        }
        out.push_str(part);
        width += width_of(part) + 1;
    }
    out
}

/// The width of a part; names do not count in full, since they cannot be shortened.
fn width_of(part: &str) -> usize {
    const NAME: usize = 12;
    let pieces = part.split('\'').enumerate();
    pieces
        .map(
            |(index, piece)| {
                if index % 2 == 1 && piece.contains('.') { piece.len().min(NAME) } else { piece.len() + 1 }
            },
        )
        .sum()
}
