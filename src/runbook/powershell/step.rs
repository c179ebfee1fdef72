//! A step as a call of the module's `Step`.

use crate::runbook::quote::quote;
use crate::runbook::step::{NONE, Script, Step};

/// Lines are filled up to here; names may make one longer.
const WIDTH: usize = 112;

/// The call, with a line feed at its end.
pub(super) fn text(step: &Step) -> String {
    let mut parts = parameters(step);
    let (short, long): (Vec<_>, Vec<_>) = blocks(&step.script).into_iter().partition(Block::is_short);
    parts.extend(short.iter().map(Block::on_one_line));
    let mut out = filled(&parts);
    for block in long {
        out.push_str(&format!(" -{} {{\n", block.name));
        if block.name == "Do" {
            for line in &step.script.by_hand {
                out.push_str(&format!("    Write-Note {}\n", quote(line)));
            }
        }
        for line in block.lines {
            out.push_str(&format!("    {line}\n"));
        }
        out.push('}');
    }
    out.push('\n');
    out
}

fn parameters(step: &Step) -> Vec<String> {
    let script = &step.script;
    let mut parts = vec![format!("Step {}", quote(&step.id))];
    if let Some(server) = &step.on {
        parts.push(format!("-On {}", quote(server.as_str())));
    }
    if step.kind.impact != NONE {
        parts.push(format!("-Impact {}", quote(step.kind.impact)));
    }
    parts.push(format!("-Minutes {}", step.kind.minutes));
    parts.extend(script.wait_minutes.map(|minutes| format!("-WaitMinutes {minutes}")));
    let switches = [
        (script.needs_record, "-NeedsRecord"),
        (script.publishes, "-Publishes"),
        (script.updates, "-Update"),
        (script.other_window, "-OtherWindow"),
        (script.twice, "-Interval $Settings"),
    ];
    parts.extend(switches.into_iter().filter(|(given, _)| *given).map(|(_, name)| name.to_owned()));
    for (name, text) in [("-Again", &script.again), ("-GoOn", &script.go_on)] {
        if !text.is_empty() {
            parts.push(format!("{name} {}", quote(text)));
        }
    }
    parts
}

/// A block with its parameter's name.
struct Block<'a> {
    name: &'static str,
    lines: &'a [String],
    /// The operator has something to do by hand first.
    has_more: bool,
}

impl Block<'_> {
    fn is_short(&self) -> bool {
        self.lines.len() == 1 && !(self.name == "Do" && self.has_more)
    }

    fn on_one_line(&self) -> String {
        format!("-{} {{ {} }}", self.name, self.lines.concat())
    }
}

fn blocks(script: &Script) -> Vec<Block<'_>> {
    let all = [
        ("Done", script.done.as_slice()),
        ("Check", &script.check),
        ("Warn", &script.warn),
        ("Ready", &script.ready),
        ("Until", &script.until),
        ("Do", &script.run),
    ];
    all.into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(name, lines)| Block { name, lines, has_more: !script.by_hand.is_empty() })
        .collect()
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

/// How wide a part is; names do not count in full, for nobody can make them shorter.
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
