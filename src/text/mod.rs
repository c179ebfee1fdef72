//! Text for people: what cannot be seen, the nearest name, Markdown.

mod length;
pub mod markdown;
mod suggest;
mod visible;

pub(crate) use length::cut_off;
pub use length::{LONGEST, LONGEST_MESSAGE, cut, whole_lines};
pub use suggest::{did_you_mean, nearest, nearest_few};
pub use visible::is_unsafe_for_display;
