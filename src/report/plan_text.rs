//! A plan as text, for terminals.

use std::fmt::Write as _;

use crate::plan::PlanRecord;

/// The plan for people.
pub fn plan(record: &PlanRecord) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "notation `{}`: {}", record.notation.name, record.notation_origin);
    for change in &record.changes {
        let _ = writeln!(out, "{}", change.explanation);
    }
    out
}
