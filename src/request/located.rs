//! Values that know where they were written.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use miette::SourceSpan;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// A value of the request, and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// The bytes of the request file's text, for a miette label.
    pub fn span(&self) -> Option<SourceSpan> {
        match self {
            Self::File(range) => Some(range.clone().into()),
            Self::Default | Self::Flag(_) => None,
        }
    }
}

/// The name by which [`Located`] asks a deserializer for the place of a value.
pub(super) const LOCATED: &str = "poolpair::Located";

/// With its place where the deserializer knows it: what poolpair itself has written is read without one.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(LOCATED, LocatedVisitor(PhantomData))
    }
}

struct LocatedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LocatedVisitor<T> {
    type Value = Located<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Located<T>, D::Error> {
        T::deserialize(deserializer).map(Located::by_default)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Located<T>, A::Error> {
        let spanned = Spanned::deserialize(MapAccessDeserializer::new(map))?;
        let origin = Origin::File(spanned.span());
        Ok(Located::new(spanned.into_inner(), origin))
    }
}
