//! Values with their origin.

use std::fmt;
use std::ops::Range;

use miette::SourceSpan;
use serde::{Deserialize, Serialize};

/// A value of the request and its origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

/// Where a value of the request was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Not written: it is the default.
    #[default]
    Default,
    /// In the request file, at this byte range of its text.
    File(Range<usize>),
    /// On the command line, in this flag, such as `--pool`.
    Flag(&'static str),
}

impl<T> Located<T> {
    /// Creates a value with its origin.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// Creates a default value.
    pub fn by_default(value: T) -> Self {
        Self::new(value, Origin::Default)
    }

    /// Converts the value and keeps the origin.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located::new(change(self.value), self.origin)
    }
}

impl<T: fmt::Display> fmt::Display for Located<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl Origin {
    /// The flag, as the prefix of a message.
    pub(super) fn message_prefix(&self) -> String {
        if let Self::Flag(flag) = self { format!("`{flag}`: ") } else { String::new() }
    }

    /// The byte range in the request file, for a miette label.
    pub fn span(&self) -> Option<SourceSpan> {
        match self {
            Self::File(range) => Some(range.clone().into()),
            Self::Default | Self::Flag(_) => None,
        }
    }
}
