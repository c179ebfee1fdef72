//! Stored documents: bytes, text, and positions in it.
//!
//! A [`Source`] is a file as stored, and its text. All other modules use [`Span`]s of the text; only a source knows how
//! the text is stored, and converts spans to [`Position`]s for people and to byte ranges of the file.

mod archive;
mod declaration;
mod decode;
mod digest;
mod document;
mod edit;
mod encoding;
mod fault;
mod limits;
mod lines;
mod located;
mod lossy;
mod options;
mod snippet;
mod span;
mod text_file;
mod utf16;

pub(crate) use declaration::is_encoding_name;
pub use digest::{normalised, normalised_sha256, sha256};
pub use document::Source;
pub use edit::{Edit, Edits};
pub use encoding::Encoding;
pub(crate) use fault::EXPORT_AGAIN;
pub use fault::{DocumentKind, SourceError, SourceFault};
pub(crate) use limits::Limit;
pub use limits::{Exceeded, LimitOptionError, Limits};
pub(crate) use lines::Lines;
pub use located::{Label, LocatedFault};
pub use lossy::decode_lossy;
pub use options::Options;
pub use snippet::Snippet;
pub use span::{Position, Span, Spanned};
pub use text_file::text_of_file;
