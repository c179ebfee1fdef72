//! The fuzz targets, as functions of bytes that panic if a property is violated.
//!
//! Each is a plain function, so that an input can be replayed without a fuzzer.

mod apply;
mod document;
mod request;

pub use apply::apply;
pub use document::document;
pub use request::request;
