//! What the fuzz targets try, as functions of bytes that panic where a law is broken.
//!
//! Each is a plain function, so that an input that was found once can be replayed without a fuzzer.

mod apply;
mod document;
mod request;

pub use apply::apply;
pub use document::document;
pub use request::request;
