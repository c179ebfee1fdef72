//! Markdown escaping: the only place where text becomes a part of a Markdown document.

use crate::runbook::quote::one_line;

/// `text` as plain words on one line: nothing in it is read as Markdown, HTML, a link, a mention or the end of a
/// table cell.
///
/// Control characters, line separators and characters that reorder text become spaces.
pub fn escape(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    let mut only_digits = true;
    while let Some(character) = rest.next() {
        let starts_block = escaped.is_empty() && matches!(character, '-' | '+' | '=' | '~');
        let marks_list = matches!(character, '.' | ')') && matches!(rest.peek(), None | Some(' '));
        let numbers_list = only_digits && !escaped.is_empty() && marks_list;
        let begins_link = character == ':' && rest.peek() == Some(&'/');
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            ':' if begins_link => escaped.push_str("&#58;"),
            '.' if escaped.to_ascii_lowercase().ends_with("www") => escaped.push_str("&#46;"),
            _ => {
                if starts_block || numbers_list || is_markup(character) {
                    escaped.push('\\');
                }
                escaped.push(character);
            }
        }
        only_digits &= character.is_ascii_digit();
    }
    escaped
}

/// Commands as a fenced block, indented by `indent` spaces, each command on one line.
///
/// The fence is longer than any run of backticks inside, so that the block ends where it should.
pub fn fenced(commands: &[String], indent: usize) -> String {
    let lines: Vec<String> = commands.iter().map(|command| one_line(command)).collect();
    let longest = lines.iter().map(|line| longest_run(line)).max().unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    let indent = " ".repeat(indent);
    let mut out = format!("{indent}{fence}powershell\n");
    for line in &lines {
        out.push_str(&format!("{indent}{line}\n"));
    }
    out.push_str(&format!("{indent}{fence}\n"));
    out
}

fn is_markup(character: char) -> bool {
    matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$')
}

fn longest_run(line: &str) -> usize {
    line.split(|character| character != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{escape, fenced};

    #[test]
    fn markup_is_taken_literally() {
        assert_eq!(escape("a|b `c` [d](e) <f> *g* _h_"), "a\\|b \\`c\\` \\[d\\](e) &lt;f&gt; \\*g\\* \\_h\\_");
        assert_eq!(escape("- a\n# b"), "\\- a \\# b");
        assert_eq!(escape("12. a"), "12\\. a");
        assert_eq!(escape("0.1.0"), "0.1.0");
        assert_eq!(escape("see https://x.y @z www.a.b"), "see https&#58;//x.y &#64;z www&#46;a.b");
        assert_eq!(escape("\u{202E}a\u{7}b"), "a b");
        assert_eq!(escape("fe-01.contoso.com: ok"), "fe-01.contoso.com: ok");
    }

    #[test]
    fn a_block_cannot_be_ended_from_inside() {
        assert_eq!(fenced(&["a ````\n```".to_owned()], 2), "  `````powershell\n  a ```` ```\n  `````\n");
    }
}
