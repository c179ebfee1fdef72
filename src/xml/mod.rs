//! The lossless document: the span of every element, attribute and text.
//!
//! A [`Document`] is built in one pass over the text and never changes. It keeps spans, not strings: names, attributes
//! and text are read from the source on demand. It accepts exactly what is well-formed by XML 1.0, fifth edition, and
//! Namespaces in XML 1.0, third edition, without a document type declaration, and within the
//! [limits](crate::source::Limits). It knows nothing about topologies.

mod attribute;
mod builder;
mod declaration;
mod document;
mod element;
mod error;
pub mod escape;
mod misc;
mod name;
mod namespace;
mod node;
mod reference;
mod tag;
mod text;
mod tokens;

pub use attribute::{Attribute, Attributes};
pub use document::Document;
pub use element::NodeId;
pub use error::{Error, XmlFault};
pub(crate) use name::is_ncname;
pub use node::Node;
