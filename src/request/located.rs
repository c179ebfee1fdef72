//! Values that know where they were written.

use std::fmt;
use std::ops::Range;

use miette::SourceSpan;
use serde::{Deserialize, Serialize};

/// A value of the request, and where it was written.
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
    /// Nowhere: it is the default.
    #[default]
    Default,
    /// In the request file, at these bytes of its text.
    File(Range<usize>),
    /// On the command line, with this flag, such as `--pool`.
    Flag(&'static str),
}

impl<T> Located<T> {
    /// A value that was written there.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// A value that nobody wrote.
    pub fn by_default(value: T) -> Self {
        Self::new(value, Origin::Default)
    }

    /// The same place with another value.
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
    /// The flag, to begin a message with.
    pub(super) fn about(&self) -> String {
        if let Self::Flag(flag) = self { format!("`{flag}`: ") } else { String::new() }
    }

    /// The bytes of the request file's text, for a miette label.
    pub fn span(&self) -> Option<SourceSpan> {
        match self {
            Self::File(range) => Some(range.clone().into()),
            Self::Default | Self::Flag(_) => None,
        }
    }
}
