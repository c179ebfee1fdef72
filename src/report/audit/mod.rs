//! An audit for people: one format a file, and the request file that it suggests.

pub mod html;
pub mod markdown;
mod request;
mod text;
mod words;

pub use request::request;
pub use text::text;
