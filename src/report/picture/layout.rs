//! Where everything stands in the drawn picture, in pixels.

use super::{ChangeState, Link, Picture, PoolPicture};
use crate::topology::Fqdn;

/// The least and the greatest width of a pool's box. Names of up to 77 letters are whole; DNS allows more.
const POOL_WIDTHS: [i64; 2] = [240, 640];
/// Four units of [`units`] in the letters of a name, and in those of other words, in pixels.
pub(super) const NAME: i64 = 16;
pub(super) const WORDS: i64 = 14;
/// The width between two columns of sites, where the links run.
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

/// Where everything stands.
#[derive(Debug)]
pub(super) struct Layout {
    /// The width of every pool's box: that of the longest text in one.
    pub(super) pool_width: i64,
    pub(super) width: i64,
    pub(super) height: i64,
    /// One a site.
    pub(super) sites: Vec<Frame>,
    /// One a pool.
    pub(super) pools: Vec<Frame>,
    /// The column of each pool.
    columns: Vec<usize>,
    /// How many links end at the left and at the right side of each pool so far.
    used: Vec<[i64; 2]>,
    lanes: i64,
}

impl Layout {
    /// Sets sites into columns from left to right, each into the shortest one once all columns have one.
    pub(super) fn of(picture: &Picture) -> Self {
        let columns = match picture.sites.len() {
            few @ 0..=SIDE_BY_SIDE => few.max(1),
            _ => 2,
        };
        let pools = picture.pools.len();
        let mut layout = Self {
            pool_width: pool_width(picture),
            width: 0,
            height: 0,
            sites: Vec::new(),
            pools: vec![Frame::default(); pools],
            columns: vec![0; pools],
            used: vec![[0; 2]; pools],
            lanes: 0,
        };
        let mut heights = vec![MARGIN; columns];
        for site in &picture.sites {
            let shortest = (0..columns).min_by_key(|&column| (heights.get(column).copied(), column)).unwrap_or(0);
            let Some(height) = heights.get_mut(shortest) else { continue };
            *height += layout.place_site(picture, &site.pools, shortest, *height) + BETWEEN;
        }
        let bottom = heights.iter().copied().max().unwrap_or(MARGIN);
        layout.height = bottom - BETWEEN + MARGIN;
        let column = layout.pool_width + 2 * PADDING;
        let count = i64::try_from(columns).unwrap_or(1);
        layout.width = 2 * MARGIN + count * column + (count - 1) * GUTTER;
        let last_gutter = picture.links.iter().any(|link| layout.is_beside_last_column(link, columns));
        layout.width += if last_gutter { GUTTER } else { 0 };
        layout
    }

    fn place_site(&mut self, picture: &Picture, pools: &[usize], column: usize, top: i64) -> i64 {
        let x = MARGIN + i64::try_from(column).unwrap_or(0) * (self.pool_width + 2 * PADDING + GUTTER);
        let mut y = top + SITE_HEADER;
        for &pool in pools {
            let Some(drawn) = picture.pools.get(pool) else { continue };
            let height = pool_height(drawn, picture.names_front_ends());
            let frame = Frame { x: x + PADDING, y, width: self.pool_width, height };
            y += frame.height + BETWEEN;
            if let (Some(place), Some(of_pool)) = (self.pools.get_mut(pool), self.columns.get_mut(pool)) {
                (*place, *of_pool) = (frame, column);
            }
        }
        let height = y - BETWEEN + PADDING - top;
        self.sites.push(Frame { x, y: top, width: self.pool_width + 2 * PADDING, height });
        height
    }

    fn is_beside_last_column(&self, link: &Link, columns: usize) -> bool {
        link.ends.iter().all(|&pool| self.column(pool) + 1 == columns)
    }

    fn column(&self, pool: usize) -> usize {
        self.columns.get(pool).copied().unwrap_or(0)
    }

    /// The line of a link; each call takes a place of its own at both boxes.
    pub(super) fn line(&mut self, link: &Link) -> LinkLine {
        let [from, to] = link.ends;
        let (left, right) = (self.column(from).min(self.column(to)), self.column(from).max(self.column(to)));
        let sides = match self.column(from).cmp(&self.column(to)) {
            std::cmp::Ordering::Equal => [1, 1],
            std::cmp::Ordering::Less => [1, -1],
            std::cmp::Ordering::Greater => [-1, 1],
        };
        let way = if right - left > 1 {
            self.lanes += 1;
            let y = self.height - MARGIN + BETWEEN_LANES * self.lanes;
            Way::Below { y, aside: 34 + BETWEEN_LANES * (self.lanes - 1) }
        } else {
            Way::Direct
        };
        LinkLine { from: self.port(from, sides[0]), to: self.port(to, sides[1]), way }
    }

    /// The height with the lanes below the sites.
    pub(super) fn full_height(&self) -> i64 {
        self.height + self.lanes * BETWEEN_LANES
    }

    fn port(&mut self, pool: usize, outward: i64) -> Port {
        let frame = self.pools.get(pool).copied().unwrap_or_default();
        let side = usize::from(outward > 0);
        let taken = self.used.get_mut(pool).and_then(|used| used.get_mut(side)).map_or(0, |used| {
            *used += 1;
            *used - 1
        });
        let x = if outward > 0 { frame.x + frame.width } else { frame.x };
        let y = frame.y + (INSET + LINE + taken * BETWEEN_PORTS).min(frame.height - INSET);
        Port { x, y, outward }
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
    let central =
        [ChangeState::Before, ChangeState::After].iter().any(|&side| pool.central_management_words(side).is_some());
    let front_ends = if names_front_ends { pool.front_ends.len().min(MOST_FRONT_ENDS + 1) } else { 1 };
    let lines = 2 + i64::from(central) + i64::try_from(front_ends).unwrap_or(0);
    2 * INSET + lines * LINE - 4
}
