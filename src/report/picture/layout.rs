//! Where everything stands in the drawn picture, in pixels.

use std::cmp::Ordering;

use super::{Link, Picture, PoolPicture};
use crate::topology::{CentralManagement, Fqdn};

/// The least and the greatest width of a pool's box. Names of up to 77 letters are whole; DNS allows more.
const POOL_WIDTHS: [i64; 2] = [240, 640];
/// Four units of [`units`] in the letters of a name, and in those of other words, in pixels.
pub(super) const NAME: i64 = 16;
pub(super) const WORDS: i64 = 14;
/// The width between two columns of sites if there are links, which run there.
const GUTTER: i64 = 208;
const MARGIN: i64 = 16;
/// Between a site's frame and its pools.
const PADDING: i64 = 14;
const SITE_HEADER: i64 = 28;
pub(super) const LINE: i64 = 17;
/// Between a pool's frame and its words.
pub(super) const INSET: i64 = 12;
const BETWEEN: i64 = 18;
/// Up to so many sites stand side by side; more of them in two columns, so that most links cross one gutter.
const SIDE_BY_SIDE: usize = 3;
/// How many Front Ends are named in a box.
pub(super) const MOST_FRONT_ENDS: usize = 4;
/// Between two links that end at one side of a box.
const BETWEEN_PORTS: i64 = 26;

/// Between two links that go below the sites.
const BETWEEN_LANES: i64 = 14;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

/// A link's line: where it leaves the first pool, where it arrives at the second, and how it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LinkLine {
    pub(super) from: Port,
    pub(super) to: Port,
    pub(super) way: Way,
}

/// A point on the side of a pool's box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Port {
    pub(super) x: i64,
    pub(super) y: i64,
    /// 1 on the right side, -1 on the left one.
    pub(super) outward: i64,
}

/// How a link goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Through the one gutter beside both.
    Direct,
    /// Below all sites.
    Below {
        /// At this height.
        y: i64,
        /// So far away from the boxes on its way down and up.
        aside: i64,
    },
}

/// The box of a pool.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PoolBox {
    pub(super) frame: Frame,
    column: usize,
    /// How many links end at its left and at its right side so far.
    used: [i64; 2],
}

/// Where everything stands.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) width: i64,
    pub(super) height: i64,
    /// One a site.
    pub(super) sites: Vec<Frame>,
    /// One a pool.
    pub(super) pools: Vec<PoolBox>,
    lanes: i64,
}

impl Layout {
    /// Sets sites into columns from left to right, each into the shortest one once all columns have one.
    pub(super) fn of(picture: &Picture) -> Self {
        let columns = match picture.sites.len() {
            few @ 0..=SIDE_BY_SIDE => few.max(1),
            _ => 2,
        };
        let gutter = if picture.links.is_empty() { BETWEEN } else { GUTTER };
        let pool_width = pool_width(picture);
        let site_width = pool_width + 2 * PADDING;
        let pools = vec![PoolBox::default(); picture.pools.len()];
        let mut layout = Self { width: 0, height: 0, sites: Vec::new(), pools, lanes: 0 };
        let mut heights = vec![MARGIN; columns];
        for site in &picture.sites {
            let column = (0..columns).min_by_key(|&column| heights[column]).unwrap_or(0);
            let (x, top) = (MARGIN + column as i64 * (site_width + gutter), heights[column]);
            let mut y = top + SITE_HEADER;
            for &pool in &site.pools {
                let height = pool_height(&picture.pools[pool], picture.names_front_ends());
                let frame = Frame { x: x + PADDING, y, width: pool_width, height };
                layout.pools[pool] = PoolBox { frame, column, used: [0; 2] };
                y += height + BETWEEN;
            }
            let height = y - BETWEEN + PADDING - top;
            layout.sites.push(Frame { x, y: top, width: site_width, height });
            heights[column] = top + height + BETWEEN;
        }
        layout.height = heights.into_iter().max().unwrap_or(MARGIN) - BETWEEN + MARGIN;
        let is_beside_last = |link: &Link| link.ends.iter().all(|&pool| layout.pools[pool].column + 1 == columns);
        let gutters = columns as i64 - 1 + i64::from(picture.links.iter().any(is_beside_last));
        layout.width = 2 * MARGIN + columns as i64 * site_width + gutters * gutter;
        layout
    }

    /// The line of a link; each call takes a place of its own at both boxes.
    pub(super) fn line(&mut self, link: &Link) -> LinkLine {
        let [from, to] = link.ends.map(|pool| self.pools[pool].column);
        let sides = match from.cmp(&to) {
            Ordering::Equal => [1, 1],
            Ordering::Less => [1, -1],
            Ordering::Greater => [-1, 1],
        };
        let way = if from.abs_diff(to) > 1 {
            self.lanes += 1;
            let y = self.height - MARGIN + BETWEEN_LANES * self.lanes;
            Way::Below { y, aside: 34 + BETWEEN_LANES * (self.lanes - 1) }
        } else {
            Way::Direct
        };
        let [from, to] = [0, 1].map(|end| self.pools[link.ends[end]].port(sides[end]));
        LinkLine { from, to, way }
    }

    /// The height with the lanes below the sites.
    pub(super) fn full_height(&self) -> i64 {
        self.height + self.lanes * BETWEEN_LANES
    }
}

impl PoolBox {
    fn port(&mut self, outward: i64) -> Port {
        let Frame { x, y, width, height } = self.frame;
        let used = &mut self.used[usize::from(outward > 0)];
        let y = y + (INSET + LINE + *used * BETWEEN_PORTS).min(height - INSET);
        *used += 1;
        Port { x: if outward > 0 { x + width } else { x }, y, outward }
    }
}

/// How wide a letter is, whatever the font: a usual one has two units.
pub(super) fn units(character: char) -> i64 {
    match character {
        'A'..='Z' | 'm' | 'w' => 3,
        '\0'..='\u{2E7F}' => 2,
        _ => 4,
    }
}

fn pool_width(picture: &Picture) -> i64 {
    let width = |text: &str, four: i64| (text.chars().map(units).sum::<i64>() * four + 3) / 4;
    let of_pool = |pool: &PoolPicture| {
        let named = if picture.names_front_ends() { &*pool.front_ends } else { &[] };
        let words = named.iter().map(Fqdn::as_str).chain([pool.caption.as_str()]);
        words.map(|words| width(words, WORDS)).chain([width(pool.fqdn.as_str(), NAME)]).max()
    };
    let sites = picture.sites.iter().map(|site| width(&site.name, WORDS));
    let longest = picture.pools.iter().filter_map(of_pool).chain(sites).max().unwrap_or_default();
    let [least, most] = POOL_WIDTHS;
    (longest + 2 * INSET).clamp(least, most)
}

/// The lines in a pool's box: name, caption, part in Central Management, Front Ends.
fn pool_height(pool: &PoolPicture, names_front_ends: bool) -> i64 {
    let has_central = pool.central_management != [CentralManagement::None; 2];
    let front_ends = if names_front_ends { pool.front_ends.len().min(MOST_FRONT_ENDS + 1) } else { 1 };
    let lines = 2 + i64::from(has_central) + front_ends as i64;
    2 * INSET + lines * LINE - 4
}
