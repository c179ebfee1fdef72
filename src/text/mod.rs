//! Text for people: what can not be seen, the nearest name, Markdown.

pub mod markdown;
mod suggest;
mod visible;

pub use suggest::{did_you_mean, nearest, nearest_few};
pub use visible::is_unsafe_for_display;
