//! Inserting and removing elements and attributes in the layout of their neighbours.

mod attribute;
mod element;
mod insert;
mod remove;
mod style;

pub(crate) use attribute::{add_attribute, remove_attribute};
pub(crate) use element::NewElement;
pub(crate) use insert::{insert_after, insert_child};
pub(crate) use remove::{remove, remove_run};
pub(crate) use style::{DocumentStyle, gap_before};
