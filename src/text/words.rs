//! Counts and lists in sentences.

use std::fmt::Display;

/// A count with its noun: `1 pool`, `2 pools`. See [`count_of`] for irregular plurals.
pub fn count(number: usize, noun: &str) -> String {
    count_of(number, noun, &format!("{noun}s"))
}

/// A count with its noun and its plural: `1 entry`, `2 entries`.
pub fn count_of(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}

/// The text with a capital at its beginning.
pub fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map_or_else(String::new, |first| first.to_uppercase().to_string());
    first + rest.as_str()
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<T: Display>(items: &[T]) -> String {
    joined(items, "and")
}

fn joined<T: Display>(items: &[T], conjunction: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.to_string(),
        [others @ .., last] => {
            let others: Vec<_> = others.iter().map(ToString::to_string).collect();
            format!("{} {conjunction} {last}", others.join(", "))
        }
    }
}

/// The maximum number of listed names.
const MAX_NAMES: usize = 10;

/// Names in backticks: "`a`, `b` and `c`"; of many, the first ones and the number of the others.
pub fn listed<T: Display>(names: &[T]) -> String {
    let max = if names.len() > MAX_NAMES { MAX_NAMES - 1 } else { MAX_NAMES };
    let mut quoted: Vec<_> = names.iter().take(max).map(|name| format!("`{name}`")).collect();
    if let more @ 1.. = names.len() - quoted.len() {
        quoted.push(format!("{more} more"));
    }
    list(&quoted)
}

/// A suggestion of names: "did you mean `a`, `b` or `c`?"; `None` if there are none.
pub fn did_you_mean(names: &[&str]) -> Option<String> {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", joined(&quoted, "or")))
}

/// A part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words of the sentence.
    Words(&'a str),
    /// Text in backticks.
    Name(&'a str),
}

/// Splits a message at its backticks, which mark names.
///
/// A backtick in a name only changes which parts count as names: every part is escaped in any case.
pub fn pieces(message: &str) -> Vec<Piece<'_>> {
    let parts: Vec<_> = message.split('`').collect();
    let unbalanced = parts.len().is_multiple_of(2);
    if unbalanced {
        return vec![Piece::Words(message)];
    }
    parts
        .iter()
        .enumerate()
        .map(|(at, &part)| if at % 2 == 0 { Piece::Words(part) } else { Piece::Name(part) })
        .filter(|piece| *piece != Piece::Words(""))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Piece, count, did_you_mean, list, listed, pieces};

    #[test]
    fn counts_and_lists_read_well() {
        assert_eq!([count(0, "note"), count(1, "note"), count(2, "note")], ["0 notes", "1 note", "2 notes"]);
        assert_eq!([list(&["a"]), list(&["a", "b"]), list(&["a", "b", "c"])], ["a", "a and b", "a, b and c"]);
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!([listed(&["a"]), listed(&["a", "b"])], ["`a`", "`a` and `b`"]);
        assert!(listed(&["a"; 10]).ends_with("`a` and `a`"));
        assert!(listed(&["a"; 11]).ends_with("`a` and 2 more"));
    }

    #[test]
    fn names_are_set_apart() {
        assert_eq!(pieces("`a` is b"), [Piece::Name("a"), Piece::Words(" is b")]);
        assert_eq!(pieces("no `name"), [Piece::Words("no `name")]);
    }

    #[test]
    fn names_are_offered_in_one_sentence() {
        assert_eq!(did_you_mean(&[]), None);
        assert_eq!(did_you_mean(&["a"]).as_deref(), Some("did you mean `a`?"));
        assert_eq!(did_you_mean(&["a", "b"]).as_deref(), Some("did you mean `a` or `b`?"));
        assert_eq!(did_you_mean(&["a", "b", "c"]).as_deref(), Some("did you mean `a`, `b` or `c`?"));
    }
}
