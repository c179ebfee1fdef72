//! What can be wrong with the bytes of a document.

use std::fmt;
use std::io;

use super::located::{Fault, LocatedFault};
use super::{Encoding, Exceeded, Options};

/// A document whose bytes cannot be taken as text, and where.
pub type SourceError = LocatedFault<SourceFault>;

/// Why the bytes of a document cannot be taken as text.
#[derive(Debug, thiserror::Error)]
pub enum SourceFault {
    /// The file or standard input fails while it is read.
    #[error("cannot read the document")]
    Io(#[source] io::Error),
    /// The file is larger than a topology can be, or standard input does not end.
    #[error("the document has {0}")]
    Limit(Exceeded),
    /// Nothing is in the file, as after an export that failed.
    #[error("the document is empty")]
    Empty,
    /// Another kind of file was given by mistake.
    #[error("this is {0}, not an XML document")]
    NotXml(DocumentKind),
    /// A zip archive of something else than a configuration.
    #[error("this zip archive holds no `DocItemSet.xml`")]
    ArchiveWithoutConfiguration,
    /// A zip archive that holds the configuration twice, or names it differently in its two directories.
    #[error("this zip archive names `DocItemSet.xml` more than once, or not the same way everywhere")]
    AmbiguousArchive,
    /// A zip archive that was cut off or damaged.
    #[error("this zip archive cannot be read: {reason}")]
    DamagedArchive {
        /// What is wrong with it.
        reason: String,
    },
    /// The file is in an encoding that no export writes: UTF-32, UTF-7, a code page of Windows or of a mainframe.
    #[error("the encoding `{name}` is not supported")]
    UnsupportedEncoding {
        /// The encoding, as recognised or as declared.
        name: String,
    },
    /// UTF-16 from which the byte order mark was cut.
    #[error("the document is {0} without a byte order mark, and does not declare it")]
    MissingByteOrderMark(Encoding),
    /// The XML declaration names another encoding than the file has, as after saving it in an editor.
    #[error("the document is stored as {stored}, but declares `{declared}`")]
    WrongDeclaration {
        /// What the declaration says.
        declared: String,
        /// What the bytes are.
        stored: Encoding,
    },
    /// The file is damaged, or saved in a code page of Windows.
    #[error("the document is not UTF-8: {reason} at byte {byte_offset}")]
    InvalidUtf8 {
        /// What is wrong there.
        reason: &'static str,
        /// The offset in the file, in bytes.
        byte_offset: u64,
    },
    /// Half of a surrogate pair, as after damage or a cut.
    #[error("the document is not UTF-16: half of a surrogate pair at byte {byte_offset}")]
    LoneSurrogate {
        /// The offset in the file, in bytes.
        byte_offset: u64,
    },
    /// UTF-16 whose last character is half a character: the file was cut, or something was appended to it.
    #[error("the document is UTF-16, but has an odd number of bytes: {byte_count}")]
    OddByteCount {
        /// The size of the file.
        byte_count: u64,
    },
    /// A NUL character, as in blocks that a disk lost, or in UTF-16 that was appended to UTF-8.
    #[error("the document has a NUL character at byte {byte_offset}")]
    Nul {
        /// The offset in the file, in bytes.
        byte_offset: u64,
    },
}

impl Fault for SourceFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "poolpair::source::io",
            Self::Limit(_) => "poolpair::source::limit",
            Self::Empty => "poolpair::source::empty",
            Self::NotXml(_) => "poolpair::source::not-xml",
            Self::ArchiveWithoutConfiguration => "poolpair::source::archive-without-configuration",
            Self::AmbiguousArchive => "poolpair::source::ambiguous-archive",
            Self::DamagedArchive { .. } => "poolpair::source::damaged-archive",
            Self::UnsupportedEncoding { .. } => "poolpair::source::unsupported-encoding",
            Self::MissingByteOrderMark(_) => "poolpair::source::missing-byte-order-mark",
            Self::WrongDeclaration { .. } => "poolpair::source::wrong-declaration",
            Self::InvalidUtf8 { .. } => "poolpair::source::invalid-utf-8",
            Self::LoneSurrogate { .. } => "poolpair::source::lone-surrogate",
            Self::OddByteCount { .. } => "poolpair::source::odd-byte-count",
            Self::Nul { .. } => "poolpair::source::nul",
        }
    }

    fn help(&self) -> Option<String> {
        let help = match self {
            Self::Io(_) => return None,
            Self::Limit(exceeded) => exceeded.help(),
            Self::Empty => format!("the export may have failed; {EXPORT_AGAIN}"),
            Self::NotXml(kind) => kind.help(),
            Self::ArchiveWithoutConfiguration | Self::AmbiguousArchive | Self::DamagedArchive { .. } => {
                "give the zip file that `Export-CsConfiguration -FileName` wrote, or export it again".to_owned()
            }
            Self::UnsupportedEncoding { .. } => {
                format!("save it as UTF-8 or UTF-16, or {EXPORT_AGAIN}")
            }
            Self::MissingByteOrderMark(_) => {
                format!("something cut the first two bytes; {EXPORT_AGAIN}")
            }
            Self::WrongDeclaration { .. } => format!(
                "the file was saved again by a program that left the declaration as it was; if every name in it looks right, go on with `{}`, or {EXPORT_AGAIN}",
                Options::ACCEPT_WRONG_DECLARATION
            ),
            Self::InvalidUtf8 { .. } => {
                format!("the file is damaged, or was saved in a code page; save it as UTF-8, or {EXPORT_AGAIN}")
            }
            Self::LoneSurrogate { .. } | Self::OddByteCount { .. } | Self::Nul { .. } => {
                format!("the file is damaged or cut off, or something was appended to it; {EXPORT_AGAIN}")
            }
        };
        Some(help)
    }
}

/// How to get a whole document, for the end of a help text. The command has a line of its own, where no
/// terminal breaks it.
pub(crate) const EXPORT_AGAIN: &str = "export it again:\n`(Get-CsTopology -AsXml) | Out-File topology.xml`";

/// What people pass by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// A gzip file.
    Gzip,
    /// JSON.
    Json,
    /// TOML, such as a request file.
    Toml,
    /// Any other text, such as `Get-CsTopology` prints without `-AsXml`.
    Text,
}

impl DocumentKind {
    /// Whether the first line that is no comment is a table or a key of TOML.
    pub(super) fn is_toml(text: &str) -> bool {
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.next().is_some_and(|line| match line.strip_prefix('[') {
            Some(table) => table.trim_start_matches('[').split_once(']').is_some_and(|(name, _)| is_name(name.trim())),
            None => line.split_once('=').is_some_and(|(key, _)| is_name(key.trim())),
        })
    }

    fn help(self) -> String {
        match self {
            Self::Gzip => "unpack it first".into(),
            Self::Json => format!("give a topology document, or {EXPORT_AGAIN}"),
            Self::Toml => "give a request with `--request FILE`, and a topology document here".into(),
            Self::Text => format!("without `-AsXml` the command prints a table; {EXPORT_AGAIN}"),
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "a gzip file",
            Self::Json => "JSON",
            Self::Toml => "a TOML file",
            Self::Text => "plain text",
        })
    }
}
