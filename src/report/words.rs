//! Counts and lists in sentences.

/// A count with its noun: `1 pool`, `2 pools`. A plural that is formed otherwise is given by [`count_of`].
pub fn count(number: usize, noun: &str) -> String {
    count_of(number, noun, &format!("{noun}s"))
}

/// A count with its noun, whose plural is `many`: `1 entry`, `2 entries`.
pub fn count_of(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [others @ .., last] => {
            let others: Vec<_> = others.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", others.join(", "), last.as_ref())
        }
    }
}

/// A part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words of the sentence.
    Words(&'a str),
    /// What stands in backticks.
    Name(&'a str),
}

/// Splits a message at its backticks, which set names apart.
///
/// A name that holds a backtick itself only shifts which parts count as names: every part is escaped all the same.
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
    use super::{Piece, count, list, pieces};

    #[test]
    fn counts_and_lists_read_well() {
        assert_eq!([count(0, "note"), count(1, "note"), count(2, "note")], ["0 notes", "1 note", "2 notes"]);
        assert_eq!([list(&["a"]), list(&["a", "b"]), list(&["a", "b", "c"])], ["a", "a and b", "a, b and c"]);
        assert_eq!(list::<&str>(&[]), "");
    }

    #[test]
    fn names_are_set_apart() {
        assert_eq!(pieces("`a` is b"), [Piece::Name("a"), Piece::Words(" is b")]);
        assert_eq!(pieces("no `name"), [Piece::Words("no `name")]);
    }
}
