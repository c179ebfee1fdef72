//! Writes the picture as SVG; the output is deterministic.

use std::fmt::Write as _;

use super::layout::{Frame, INSET, LINE, Layout, LinkLine, MAX_FRONT_ENDS, NAME, Port, Route, WORDS, units};
use super::{ChangeState, Data, Link, Mark, Picture, PoolPicture};
use crate::text::{count, sanitize};

/// A standalone SVG file with a light and a dark theme.
pub fn document(picture: &Picture, side: ChangeState) -> String {
    let background = "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>";
    let style = format!("<style>\n{STYLE}</style>\n{background}\n");
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", write(picture, side, &style))
}

/// An SVG element for a page that includes [`STYLE`].
pub fn fragment(picture: &Picture, side: ChangeState) -> String {
    write(picture, side, "")
}

/// The style of all pictures. Changes are marked by width, dashes and text, not only by colour.
pub const STYLE: &str = include_str!("picture.css");

fn write(picture: &Picture, side: ChangeState, style: &str) -> String {
    let mut layout = Layout::of(picture);
    let shown: Vec<_> = picture.links.iter().filter(|link| link.label(side).is_some()).collect();
    let lines: Vec<_> = shown.iter().map(|link| layout.line(link)).collect();
    let more = (picture.hidden > 0).then(|| format!("and {}", count(picture.hidden, "more Front End pool")));
    let bottom = layout.full_height();
    let (width, height) = (layout.width, bottom + if more.is_some() { LINE } else { 0 });
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture\" role=\"img\" aria-label=\"{}\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n{style}",
        escape(&alternative(picture, side))
    );
    for (site, frame) in picture.sites.iter().zip(&layout.sites) {
        out.push_str(&rectangle("site", *frame, 10));
        out.push_str(&text_element("site-name", frame.x + INSET, frame.y + 19, &site.name, room(*frame, WORDS)));
    }
    for (pool, place) in picture.pools.iter().zip(&layout.pools) {
        out.push_str(&draw_pool(pool, place.frame, side, picture.names_front_ends()));
    }
    for (link, line) in shown.into_iter().zip(lines) {
        out.push_str(&draw_link(link, line, side));
    }
    if let Some(more) = more {
        out.push_str(&text_element("more", 16, bottom + 4, &more, 120));
    }
    out.push_str("</svg>\n");
    out
}

/// The text alternative of the picture.
fn alternative(picture: &Picture, side: ChangeState) -> String {
    let when = match side {
        _ if picture.pools.iter().all(|pool| !pool.is_changed()) => "",
        ChangeState::Before => " before the change",
        ChangeState::After => " after the change",
    };
    let pairs = picture.links.iter().filter(|link| link.data == Data::Users && link.label(side).is_some());
    let pairs: Vec<_> = pairs
        .map(|link| {
            let [from, to] = link.ends.map(|pool| &picture.pools[pool].fqdn);
            let verb = if link.both_ways { "is paired with" } else { "names as its backup" };
            format!("{from} {verb} {to}")
        })
        .collect();
    let pairs = if pairs.is_empty() { "no pairs".to_owned() } else { pairs.join("; ") };
    format!("{} in {}{when}: {pairs}", count(picture.pools.len(), "pool"), count(picture.sites.len(), "site"))
}

fn draw_pool(pool: &PoolPicture, frame: Frame, side: ChangeState, names_front_ends: bool) -> String {
    let mut out = rectangle(if pool.is_changed() { "pool changed" } else { "pool" }, frame, 6);
    let mut y = frame.y + INSET + 8;
    let mut line = |class: &str, text: &str, out: &mut String| {
        let room = room(frame, if class == "pool-name" { NAME } else { WORDS });
        out.push_str(&text_element(class, frame.x + INSET, y, text, room));
        y += LINE;
    };
    line("pool-name", pool.fqdn.as_str(), &mut out);
    line("caption", &pool.caption, &mut out);
    if let Some(central) = pool.central_management_words(side) {
        line("central", central, &mut out);
    }
    if !names_front_ends {
        line("front-end", &count(pool.front_ends.len(), "Front End"), &mut out);
        return out;
    }
    let more = pool.front_ends.len().saturating_sub(MAX_FRONT_ENDS);
    // Naming the last Front End takes as much space as "and 1 more".
    let named = if more == 1 { MAX_FRONT_ENDS + 1 } else { MAX_FRONT_ENDS };
    for machine in pool.front_ends.iter().take(named) {
        line("front-end", machine.as_str(), &mut out);
    }
    if more > 1 {
        line("front-end", &format!("and {}", count(more, "more Front End")), &mut out);
    }
    out
}

/// The width of a frame in units.
fn room(frame: Frame, four: i64) -> i64 {
    (frame.width - 2 * INSET) * 4 / four
}

fn draw_link(link: &Link, line: LinkLine, side: ChangeState) -> String {
    let (class, mark) = match link.mark() {
        Mark::Kept => ("kept", ""),
        Mark::Changed => ("changed", "changes: "),
        Mark::Added => ("added", "new: "),
        Mark::Removed => ("removed", "removed: "),
    };
    let data = match link.data {
        Data::Users => "",
        Data::CentralManagement => " central-management",
    };
    let mut out = format!("<g class=\"link {class}{data}\">\n<path class=\"line\" d=\"{}\"/>\n", path(line));
    out.push_str(&tip(line.to));
    if link.both_ways {
        out.push_str(&tip(line.from));
    }
    out.push_str(&link_label(line, mark, link.label(side).unwrap_or_default()));
    out.push_str("</g>\n");
    out
}

/// Places the label above the left end of a horizontal line, or next to the curve of a line that returns to its own
/// column, where it is split into two lines to stay clear of the next column.
fn link_label(line: LinkLine, mark: &str, label: &str) -> String {
    let LinkLine { from, to, route } = line;
    if from.x == to.x && route == Route::Direct {
        let (x, y) = (from.x + CURVE_REACH * 3 / 4 + 8, (from.y + to.y) / 2 + 4);
        return match mark.trim_end() {
            "" => text_element("label", x, y, label, MAX_CURVE_LABEL),
            mark => {
                text_element("label", x, y - 7, mark, MAX_CURVE_LABEL)
                    + &text_element("label", x, y + 7, label, MAX_CURVE_LABEL)
            }
        };
    }
    let label = &format!("{mark}{label}");
    let left = if from.x <= to.x { from } else { to };
    let class = if left.outward > 0 { "label" } else { "label end" };
    text_element(class, left.x + 16 * left.outward, left.y - 6, label, 80)
}

/// The distance of the control points of a curve in one column; the curve reaches three quarters of it.
const CURVE_REACH: i64 = 60;

/// The maximum length of a label next to a curve, in units.
const MAX_CURVE_LABEL: i64 = 48;

fn path(line: LinkLine) -> String {
    let LinkLine { from, to, route } = line;
    // The line ends inside the arrowhead.
    let (start, end) = (from.x + 6 * from.outward, to.x + 6 * to.outward);
    match route {
        Route::Direct => {
            let bend = if from.x == to.x { CURVE_REACH } else { (to.x - from.x).abs() / 2 };
            let (one, other) = (from.x + bend * from.outward, to.x + bend * to.outward);
            format!("M{start} {} C{one} {} {other} {} {end} {}", from.y, from.y, to.y, to.y)
        }
        Route::Below { y, offset } => {
            let (leave, arrive) = (from.x + offset * from.outward, to.x + offset * to.outward);
            format!("M{start} {} H{leave} V{y} H{arrive} V{} H{end}", from.y, to.y)
        }
    }
}

/// The arrowhead at a port.
fn tip(port: Port) -> String {
    let Port { x, y, outward } = port;
    let back = x + 10 * outward;
    format!("<path class=\"tip\" d=\"M{x} {y} L{back} {} L{back} {} Z\"/>\n", y - 5, y + 5)
}

fn rectangle(class: &str, frame: Frame, radius: i64) -> String {
    let Frame { x, y, width, height } = frame;
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>\n")
}

/// The maximum length of a tooltip, in characters.
const MAX_TITLE: usize = 1_000;

/// A text element, truncated to `room` units; a truncated text has a tooltip with the whole text.
fn text_element(class: &str, x: i64, y: i64, text: &str, room: i64) -> String {
    let mut out = format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">");
    let whole = sanitize(text);
    if prefix_that_fits(&whole, room) == whole {
        out.push_str(&escape(&whole));
    } else {
        let kept = prefix_that_fits(&whole, room - 2);
        let whole: String = whole.chars().take(MAX_TITLE).collect();
        let _ = write!(out, "{}…<title>{}</title>", escape(kept), escape(&whole));
    }
    out.push_str("</text>\n");
    out
}

/// The longest prefix of a text that fits into `room` units.
fn prefix_that_fits(text: &str, mut room: i64) -> &str {
    let end = text.char_indices().find(|(_, character)| {
        room -= units(*character);
        room < 0
    });
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

/// Escapes text for element content and double-quoted attributes, by maud's HTML escaping; characters that XML does not
/// allow are replaced first.
fn escape(text: &str) -> String {
    let text = sanitize(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}");
    maud::html! { (text) }.into_string()
}

#[cfg(test)]
mod tests {
    use super::prefix_that_fits;

    #[test]
    fn wide_letters_take_more_room() {
        assert_eq!(prefix_that_fits("pool01", 12), "pool01");
        assert_eq!(prefix_that_fits("pool01", 8), "pool");
        assert_eq!(prefix_that_fits("CCCCCC", 8), "CC");
        assert_eq!(prefix_that_fits("非常に", 8), "非常");
    }
}
