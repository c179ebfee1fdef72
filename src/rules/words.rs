//! Counts and lists in messages.

use std::fmt::Display;

/// How many names a message lists before it counts the rest.
const MOST_NAMES: usize = 10;

/// Names in backticks: "`a`, `b` and `c`"; of many the first, and how many more there are.
pub(super) fn listed<T: Display>(names: &[T]) -> String {
    let most = if names.len() > MOST_NAMES { MOST_NAMES - 1 } else { MOST_NAMES };
    let mut quoted: Vec<_> = names.iter().take(most).map(|name| format!("`{name}`")).collect();
    if let more @ 1.. = names.len() - quoted.len() {
        quoted.push(format!("{more} more"));
    }
    joined(&quoted)
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
        assert!(listed(&["a"; 10]).ends_with("`a` and `a`"));
        assert!(listed(&["a"; 11]).ends_with("`a` and 2 more"));
        assert_eq!(counted(1, "Front End"), "1 Front End");
        assert_eq!(counted(0, "Front End"), "0 Front Ends");
    }
}
