//! Computes the positions in the drawn picture, in pixels.

use std::cmp::Ordering;

use super::{Link, Picture, PoolPicture};
use crate::topology::{CentralManagement, Fqdn};

/// The minimum and maximum width of a pool's box. Names of up to 77 letters fit; DNS allows longer ones.
const POOL_WIDTHS: [i64; 2] = [240, 640];
/// The width of four [`units`] in the font of names, and in that of other text, in pixels.
pub(super) const NAME: i64 = 16;
pub(super) const WORDS: i64 = 14;
/// The space between two columns of sites, for the links if there are any.
const GUTTER: i64 = 208;
const MARGIN: i64 = 16;
/// The space between a site's frame and its pools.
const PADDING: i64 = 14;
const SITE_HEADER: i64 = 28;
pub(super) const LINE: i64 = 17;
/// The space between a pool's frame and its text.
pub(super) const INSET: i64 = 12;
const BETWEEN: i64 = 18;
/// Up to this many sites get a column each; more are placed in two columns, so that most links cross one gutter.
const MAX_COLUMNS: usize = 3;
/// The maximum number of Front Ends named in a box.
pub(super) const MAX_FRONT_ENDS: usize = 4;
/// The space between two links at one side of a box.
const BETWEEN_PORTS: i64 = 26;

/// The space between two links below the sites.
const BETWEEN_LANES: i64 = 14;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

/// The line of a link: its start, its end and its route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LinkLine {
    pub(super) from: Port,
    pub(super) to: Port,
    pub(super) route: Route,
}

/// A point on the side of a pool's box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Port {
    pub(super) x: i64,
    pub(super) y: i64,
    /// 1 on the right side, -1 on the left side.
    pub(super) outward: i64,
}

/// The route of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// Through the gutter next to both boxes.
    Direct,
    /// Below all sites.
    Below {
        /// The vertical position below the sites.
        y: i64,
        /// The horizontal distance from the boxes.
        offset: i64,
    },
}

/// The box of a pool.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PoolBox {
    pub(super) frame: Frame,
    column: usize,
    /// The number of links at its left and right side so far.
    used: [i64; 2],
}

/// The positions of all sites and pools.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) width: i64,
    pub(super) height: i64,
    /// One frame per site.
    pub(super) sites: Vec<Frame>,
    /// One box per pool.
    pub(super) pools: Vec<PoolBox>,
    lanes: i64,
}

impl Layout {
    /// Places sites in columns from left to right; once all columns have a site, each goes to the shortest column.
    pub(super) fn of(picture: &Picture) -> Self {
        let columns = match picture.sites.len() {
            few @ 0..=MAX_COLUMNS => few.max(1),
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
        let is_in_last_column = |link: &Link| link.ends.iter().all(|&pool| layout.pools[pool].column + 1 == columns);
        let gutters = columns as i64 - 1 + i64::from(picture.links.iter().any(is_in_last_column));
        layout.width = 2 * MARGIN + columns as i64 * site_width + gutters * gutter;
        layout
    }

    /// The line of a link; each call uses a new port at both boxes.
    pub(super) fn line(&mut self, link: &Link) -> LinkLine {
        let [from, to] = link.ends.map(|pool| self.pools[pool].column);
        let sides = match from.cmp(&to) {
            Ordering::Equal => [1, 1],
            Ordering::Less => [1, -1],
            Ordering::Greater => [-1, 1],
        };
        let route = if from.abs_diff(to) > 1 {
            self.lanes += 1;
            let y = self.height - MARGIN + BETWEEN_LANES * self.lanes;
            Route::Below { y, offset: 34 + BETWEEN_LANES * (self.lanes - 1) }
        } else {
            Route::Direct
        };
        let [from, to] = [0, 1].map(|end| self.pools[link.ends[end]].port(sides[end]));
        LinkLine { from, to, route }
    }

    /// The height including the links below the sites.
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

/// The approximate width of a character in any font; most have two units.
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
    let [min, max] = POOL_WIDTHS;
    (longest + 2 * INSET).clamp(min, max)
}

/// The height of a pool's box with its lines: name, caption, Central Management role, Front Ends.
fn pool_height(pool: &PoolPicture, names_front_ends: bool) -> i64 {
    let has_central = pool.central_management != [CentralManagement::None; 2];
    let front_ends = if names_front_ends { pool.front_ends.len().min(MAX_FRONT_ENDS + 1) } else { 1 };
    let lines = 2 + i64::from(has_central) + front_ends as i64;
    2 * INSET + lines * LINE - 4
}
