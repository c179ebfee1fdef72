//! Differences as text, grouped by class, pool and service.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::style::OutputStyle;
use crate::diff::{Aspect, Difference, DifferenceClass, State, Subject};
use crate::text::{count, sanitize_to, sanitize_truncated};

/// All differences by class, pool and service; a single line if there are none.
pub fn differences(found: &[Difference], signature_differs: bool, style: OutputStyle) -> String {
    let mut out = match (found, signature_differs) {
        ([], false) => return "no differences: the two documents are equal, byte for byte\n".to_owned(),
        ([], true) => format!("no differences\n\n{SIGNATURE_NOTE}\n"),
        _ => String::new(),
    };
    for class in [DifferenceClass::Meaning, DifferenceClass::Order, DifferenceClass::Formatting] {
        let of_class: Vec<_> = found.iter().filter(|difference| difference.class == class).collect();
        if !of_class.is_empty() {
            let gap = if out.is_empty() { "" } else { "\n" };
            let heading = style.paint(OutputStyle::HEADING, &heading(class, of_class.len()));
            let _ = write!(out, "{gap}{heading}\n{}", by_owner(&of_class, style));
        }
    }
    if signature_differs && !found.is_empty() {
        let _ = writeln!(out, "\n{SIGNATURE_NOTE}");
    }
    out
}

/// The note on two documents with different signatures of the root element.
pub const SIGNATURE_NOTE: &str = "note: the root's `Signature` differs, as it does in every export";

fn heading(class: DifferenceClass, number: usize) -> String {
    match class {
        DifferenceClass::Meaning => format!("{} in meaning: the deployment differs", count(number, "difference")),
        DifferenceClass::Order => "the same deployment in another order".to_owned(),
        DifferenceClass::Formatting => "the same deployment in another layout".to_owned(),
    }
}

fn by_owner(differences: &[&Difference], style: OutputStyle) -> String {
    let mut owners: BTreeMap<String, Vec<&Difference>> = BTreeMap::new();
    for difference in differences {
        owners.entry(owner(&difference.subject)).or_default().push(difference);
    }
    for of_owner in owners.values_mut() {
        // Removals come before additions.
        of_owner.sort_by_key(|difference| (&difference.subject, &difference.aspect, difference.before.is_none()));
    }
    let mut out = String::new();
    for (owner, of_owner) in owners {
        let _ = writeln!(out, "\n{}", sanitize_truncated(&owner));
        let mut last = None;
        for difference in of_owner {
            let part = part_of_owner(&difference.subject);
            let whole = difference.aspect == Aspect::Whole;
            if !whole && part.is_some() && last != Some(&difference.subject) {
                let _ = writeln!(out, "  {}", sanitize_truncated(part.as_deref().unwrap_or_default()));
            }
            last = Some(&difference.subject);
            let indent = if whole || part.is_none() { "  " } else { "    " };
            let _ = writeln!(out, "{indent}{}", line(difference, part.as_deref(), style));
        }
    }
    out
}

/// The pool of a difference, or the subject itself if it has no pool.
fn owner(subject: &Subject) -> String {
    match subject {
        Subject::Pool { pool } | Subject::Service { pool: Some(pool), .. } => pool.clone(),
        other => other.to_string(),
    }
}

/// The service within its pool.
fn part_of_owner(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Service { role, pool: Some(_), id } => Some(format!("{role} {id}")),
        _ => None,
    }
}

/// A line with `+` for an addition, `-` for a removal, or `~` for a change.
fn line(difference: &Difference, part: Option<&str>, style: OutputStyle) -> String {
    let Difference { aspect, before, after, .. } = difference;
    if *aspect == Aspect::Whole {
        return whole(difference, part.unwrap_or("all of it"), style);
    }
    let what = sanitize_truncated(&aspect.to_string());
    let value = |state: &State| sanitize_to(&state.to_string(), MAX_VALUE_LENGTH);
    match (before, after) {
        (None, None) => what,
        (None, Some(after)) => style.paint(OutputStyle::GOOD, &format!("+ {what}: {}", value(after))),
        (Some(before), None) => style.paint(OutputStyle::BAD, &format!("- {what}: {}", value(before))),
        (Some(before), Some(after)) => {
            style.paint(OutputStyle::DOUBTFUL, &format!("~ {what}: {} -> {}", value(before), value(after)))
        }
    }
}

fn whole(difference: &Difference, name: &str, style: OutputStyle) -> String {
    match difference.before {
        None => style.paint(OutputStyle::GOOD, &format!("+ {}", sanitize_truncated(name))),
        Some(_) => style.paint(OutputStyle::BAD, &format!("- {}", sanitize_truncated(name))),
    }
}

/// The maximum length of a printed value in characters: some are whole elements.
const MAX_VALUE_LENGTH: usize = 200;
