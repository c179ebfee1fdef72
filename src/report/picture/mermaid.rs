//! Writes the picture as Mermaid, for Markdown.

use std::fmt::Write as _;

use super::{ChangeState, Data, Link, Mark, Picture, PoolPicture};
use crate::text::{count, sanitize_to};

/// A flow chart of the state after the change; removed links are dotted.
pub fn write(picture: &Picture) -> String {
    let mut out = "flowchart LR\n".to_owned();
    for (at, site) in picture.sites.iter().enumerate() {
        let _ = writeln!(out, "  subgraph s{at}[\"{}\"]", label(&site.name));
        for pool in &site.pools {
            let shown = &picture.pools[*pool];
            let class = if shown.is_changed() { ":::changed" } else { "" };
            let _ = writeln!(out, "    p{pool}[\"{}\"]{class}", pool_label(shown));
        }
        out.push_str("  end\n");
    }
    for link in &picture.links {
        out.push_str(&arrow(link));
    }
    if picture.hidden > 0 {
        let _ = writeln!(out, "  more[\"and {}\"]", count(picture.hidden, "more Front End pool"));
    }
    if picture.pools.iter().any(PoolPicture::is_changed) {
        out.push_str("  classDef changed stroke-width:3px\n");
    }
    out
}

fn pool_label(pool: &PoolPicture) -> String {
    let front_ends = count(pool.front_ends.len(), "Front End");
    let mut lines = vec![label(pool.fqdn.as_str()), label(&pool.caption), front_ends];
    let words = pool
        .central_management_words(ChangeState::After)
        .or_else(|| pool.central_management_words(ChangeState::Before));
    lines.extend(words.map(label));
    lines.join("<br/>")
}

fn arrow(link: &Link) -> String {
    let [from, to] = link.ends;
    let tip = if link.both_ways { "<" } else { "" };
    let body = match (link.mark(), link.data) {
        (Mark::Removed, _) => "-.->",
        (Mark::Added | Mark::Changed, Data::Users) => "==>",
        (Mark::Kept, Data::Users) | (_, Data::CentralManagement) => "-->",
    };
    let words = |side| label(link.label(side).unwrap_or_default());
    let words = match link.mark() {
        Mark::Kept => words(ChangeState::After),
        Mark::Added => format!("new: {}", words(ChangeState::After)),
        Mark::Removed => format!("removed: {}", words(ChangeState::Before)),
        Mark::Changed => format!("changes: {} to {}", words(ChangeState::Before), words(ChangeState::After)),
    };
    format!("  p{from} {tip}{body}|\"{words}\"| p{to}\n")
}

/// Escapes a label: everything except letters, digits and some punctuation becomes a numeric entity, so that nothing
/// ends the label or starts an entity, a tag or Markdown.
fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in sanitize_to(text, MAX_NAME_LENGTH).chars() {
        if character.is_alphanumeric() || " .-:,/+()".contains(character) {
            out.push(character);
        } else {
            let _ = write!(out, "#{};", u32::from(character));
        }
    }
    // Mermaid does not accept an empty label.
    if out.trim().is_empty() { "#160;".to_owned() } else { out }
}

/// The maximum length of a name in characters; few host names are longer than 30.
const MAX_NAME_LENGTH: usize = 80;

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn nothing_leaves_a_label() {
        assert_eq!(label("fe01.contoso.com"), "fe01.contoso.com");
        assert_eq!(label("\"]\nx<b>`#1;"), "#34;#93;#92;u#123;a#125;x#60;b#62;#96;#35;1#59;");
        assert_eq!(label(""), "#160;");
    }
}
