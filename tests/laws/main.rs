//! The laws of editing and of learning, over generated documents in every dialect, encoding and layout.

mod draw;
mod editing;
mod learning;
mod no_panic;
mod run;
