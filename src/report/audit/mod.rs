//! Audits for people, one format per file, and the request file with the suggested pairs.

pub mod html;
pub mod markdown;
mod request;
mod text;
mod words;

pub use request::request;
pub use text::text;
