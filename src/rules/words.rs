//! Counts and lists in messages.

use std::fmt::Display;

/// Names in backticks: "`a`, `b` and `c`"; of very many the first, and how many more there are.
pub(super) fn listed<T: Display>(names: &[T]) -> String {
    const MOST: usize = 10;
    let mut words: Vec<_> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    words.extend((names.len() > MOST).then(|| format!("{} more", names.len() - MOST)));
    joined(&words)
}

/// Words as a list: "a, b and c".
pub(super) fn joined<T: Display>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [only] => only.to_string(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(ToString::to_string).collect();
            format!("{} and {last}", first.join(", "))
        }
    }
}

/// A count of things: "1 Front End", "2 Front Ends".
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::{counted, joined, listed};

    #[test]
    fn lists_and_counts_read_as_sentences() {
        assert_eq!(joined::<&str>(&[]), "");
        assert_eq!(listed(&["a"]), "`a`");
        assert_eq!(listed(&["a", "b"]), "`a` and `b`");
        assert_eq!(joined(&["a", "b", "c"]), "a, b and c");
        assert_eq!(counted(1, "Front End"), "1 Front End");
        assert_eq!(counted(0, "Front End"), "0 Front Ends");
    }
}
