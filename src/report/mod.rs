//! One format a file. Reports are made from the same data, and print nothing themselves.

pub mod inspect;
pub mod json;
mod partners;
pub mod text;
