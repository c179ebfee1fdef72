//! poolpair in a page: what the page's script asks for, answered by the library with HTML and files.
//!
//! `packaging/page` builds this for `wasm32-unknown-unknown` and puts it into one HTML file with the script, the style
//! and nothing else.

mod answer;
mod archive;
#[cfg(target_arch = "wasm32")]
mod boundary;
mod deployment;
mod fragment;
mod task;
mod trouble;

pub use task::answer;
