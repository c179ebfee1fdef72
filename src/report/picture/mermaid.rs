//! The picture as Mermaid, for Markdown.

use std::fmt::Write as _;

use super::{ChangeState, Data, Link, Mark, Picture, PoolPicture};
use crate::text::{count, sanitize_to};

/// A flow chart of the state after a change, with what goes as dotted lines.
pub fn write(picture: &Picture) -> String {
    let mut out = "flowchart LR\n".to_owned();
    for (at, site) in picture.sites.iter().enumerate() {
        let _ = writeln!(out, "  subgraph s{at}[\"{}\"]", label(&site.name));
        for pool in &site.pools {
            let drawn = &picture.pools[*pool];
            let class = if drawn.is_changed() { ":::changed" } else { "" };
            let _ = writeln!(out, "    p{pool}[\"{}\"]{class}", pool_label(drawn));
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

/// Text in which nothing ends the label, begins an entity, a tag or Markdown: all but letters, digits and a little
/// punctuation is written as a numeric entity of Mermaid.
fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in sanitize_to(text, LONGEST).chars() {
        if character.is_alphanumeric() || " .-:,/+()".contains(character) {
            out.push(character);
        } else {
            let _ = write!(out, "#{};", u32::from(character));
        }
    }
    // A label that begins like a list is taken for one.
    if out.trim().is_empty() { "#160;".to_owned() } else { out }
}

/// The longest name, in characters; a host name of a pool has rarely more than 30.
const LONGEST: usize = 80;

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
