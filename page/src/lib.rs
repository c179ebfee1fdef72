//! poolpair in a web page: tasks from the page's script, answered by the library with HTML and files.
//!
//! `packaging/page` builds this for `wasm32-unknown-unknown` and embeds it with the script and the style in one HTML
//! file.

mod answer;
mod archive;
#[cfg(target_arch = "wasm32")]
mod boundary;
mod deployment;
mod error;
mod fragment;
mod task;

pub use task::answer;
