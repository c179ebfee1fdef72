//! Limits on the size of a document.

/// Limits of a document. Real topologies are far below them; a hostile or damaged document is refused early, with time
/// and memory that grow at most linearly with the file.
///
/// Every limit error names the limit and the option `--limit NAME=VALUE` that raises it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `file-size`: bytes of the file as stored. The largest real topologies have a few megabytes; more is a wrong file
    /// or an endless standard input. The maximum is just under 4 GiB, which keeps offsets in 32 bits.
    pub file_size: u32,
    /// `depth`: open elements. A topology nests 12 deep, a configuration export about twice that.
    pub depth: u32,
    /// `elements`: elements in the document, 28 bytes of memory each. A topology of 100 MB has about a million.
    pub elements: u32,
    /// `attributes`: attributes of one element. A topology has at most a dozen.
    pub attributes: u32,
    /// `value-length`: bytes of one attribute value or one run of text. Host names and paths have a few hundred.
    pub value_length: u32,
    /// `namespace-bindings`: namespace declarations in scope at once. A topology has three.
    pub namespace_bindings: u32,
    /// `archive-entries`: files in a zip archive. An archive of `Export-CsConfiguration` has a handful.
    pub archive_entries: u32,
    /// `archive-growth`: how many times larger a document is than its compressed form. Configurations compress to about
    /// a twentieth; a zip bomb compresses much further.
    pub archive_growth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_size: 256 << 20,
            depth: 256,
            elements: 5_000_000,
            attributes: 1_000,
            value_length: 1 << 20,
            namespace_bindings: 256,
            archive_entries: 1_000,
            archive_growth: 200,
        }
    }
}

impl Limits {
    /// The largest file whose offsets fit in 32 bits.
    pub const MAX_FILE_SIZE: u32 = u32::MAX - 1;

    /// The name, value and unit of each limit, in the order of [`Limit`].
    fn table(&mut self) -> [(&'static str, &mut u32, &'static str); 8] {
        [
            ("file-size", &mut self.file_size, "bytes"),
            ("depth", &mut self.depth, "elements inside of each other"),
            ("elements", &mut self.elements, "elements"),
            ("attributes", &mut self.attributes, "attributes in one element"),
            ("value-length", &mut self.value_length, "bytes in one value or text"),
            ("namespace-bindings", &mut self.namespace_bindings, "namespace declarations in scope"),
            ("archive-entries", &mut self.archive_entries, "files in the archive"),
            ("archive-growth", &mut self.archive_growth, "times its compressed size"),
        ]
    }

    /// The names accepted by [`Limits::set`] and the option `--limit`.
    pub fn names() -> [&'static str; 8] {
        Self::default().table().map(|(name, ..)| name)
    }

    /// Sets the limit with this name, as the option `--limit NAME=VALUE` does.
    ///
    /// # Errors
    /// The name is not in [`Limits::names`], or the value is not a whole number in range.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), LimitOptionError> {
        let Some((_, limit, _)) = self.table().into_iter().find(|(known, ..)| *known == name) else {
            return Err(LimitOptionError::Name { name: name.into() });
        };
        let largest = Self::MAX_FILE_SIZE;
        let number = value.parse().ok().filter(|number| (1..=largest).contains(number));
        *limit = number.ok_or_else(|| LimitOptionError::Value { name: name.into(), value: value.into(), largest })?;
        Ok(())
    }

    /// The error for a document that exceeds `limit`.
    pub(crate) fn exceeded(&self, limit: Limit) -> Exceeded {
        let mut limits = self.clone();
        let (name, &mut limit, unit) = limits.table()[limit as usize];
        Exceeded { name, limit, unit }
    }
}

/// One of the limits.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    FileSize,
    Depth,
    Elements,
    Attributes,
    ValueLength,
    NamespaceBindings,
    ArchiveEntries,
    ArchiveGrowth,
}

/// An invalid `--limit` option.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum LimitOptionError {
    /// The option names no known limit.
    #[error("there is no limit `{name}`")]
    #[diagnostic(code("poolpair::source::limit-option"), help("{}", known_limits(name)))]
    Name {
        /// The name given.
        name: String,
    },
    /// The value is not a number in range.
    #[error("the limit `{name}` cannot be `{value}`")]
    #[diagnostic(code("poolpair::source::limit-option"), help("give a whole number from 1 to {largest}"))]
    Value {
        /// The limit.
        name: String,
        /// The value given.
        value: String,
        /// The largest value that this limit takes.
        largest: u32,
    },
}

/// A limit that a document exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// One of [`Limits::names`].
    pub name: &'static str,
    /// The current value.
    pub limit: u32,
    /// The unit, for messages.
    pub unit: &'static str,
}

impl Exceeded {
    /// What the user can do.
    pub fn help(self) -> String {
        format!(
            "no real topology is like that: check where this file comes from; if it is right, raise the limit with `--limit {}={}`",
            self.name,
            self.limit.saturating_mul(2).min(Limits::MAX_FILE_SIZE)
        )
    }
}

impl std::fmt::Display for Exceeded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "more than {} {} (limit `{}`)", self.limit, self.unit, self.name)
    }
}

fn known_limits(name: &str) -> String {
    let names = Limits::names().map(|known| format!("`{known}`")).join(", ");
    let nearest = Limits::names().into_iter().find(|known| strsim::damerau_levenshtein(known, name) <= 3);
    nearest.map_or_else(
        || format!("the limits are {names}"),
        |known| format!("did you mean `{known}`? the limits are {names}"),
    )
}
