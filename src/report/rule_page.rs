//! A rule's page, taken apart.

use crate::rules::Rule;

/// The text below a heading of a rule's page, without leading spaces on its lines; nothing where there is no such
/// heading.
pub fn section<'p>(rule: &'p Rule, heading: &str) -> Option<&'p str> {
    let mut sections = rule.page.split("# ");
    let found = sections.find_map(|section| section.trim_start().strip_prefix(heading)?.strip_prefix('\n'))?;
    Some(found.trim())
}

/// The page in Markdown, without the leading space that doc comments put before each line.
pub fn markdown(rule: &Rule) -> String {
    let lines = rule.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned() + "\n"
}

/// Markdown of a page as plain words on one line a paragraph.
pub fn plain(markdown: &str) -> String {
    let paragraphs = markdown.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}
