//! What can be wrong with the bytes of a document.

use std::fmt;
use std::io;

use super::located::LocatedFault;
use super::{Encoding, Exceeded, Options};

/// A document whose bytes cannot be taken as text, and where.
pub type SourceError = LocatedFault<SourceFault>;

/// Why the bytes of a document cannot be taken as text.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum SourceFault {
    /// The file or standard input fails while it is read.
    #[error("cannot read the document: {0}")]
    #[diagnostic(code("poolpair::source::io"))]
    Io(io::Error),
    /// The file is larger than a topology can be, or standard input does not end.
    #[error("the document has {0}")]
    #[diagnostic(code("poolpair::source::limit"), help("{}", _0.help()))]
    Limit(Exceeded),
    /// Nothing is in the file, as after an export that failed.
    #[error("the document is empty")]
    #[diagnostic(code("poolpair::source::empty"), help("the export may have failed; {EXPORT_AGAIN}"))]
    Empty,
    /// Another kind of file was given by mistake.
    #[error("this is {0}, not an XML document")]
    #[diagnostic(code("poolpair::source::not-xml"), help("{}", _0.help()))]
    NotXml(DocumentKind),
    /// A zip archive of something else than a configuration.
    #[error("this zip archive holds no `DocItemSet.xml`")]
    #[diagnostic(code("poolpair::source::archive-without-configuration"), help("{ZIP_FILE}"))]
    ArchiveWithoutConfiguration,
    /// A zip archive that holds the configuration twice, or names it differently in its two directories.
    #[error("this zip archive names `DocItemSet.xml` more than once, or not the same way everywhere")]
    #[diagnostic(code("poolpair::source::ambiguous-archive"), help("{ZIP_FILE}"))]
    AmbiguousArchive,
    /// A zip archive that was cut off or damaged.
    #[error("this zip archive cannot be read: {reason}")]
    #[diagnostic(code("poolpair::source::damaged-archive"), help("{ZIP_FILE}"))]
    DamagedArchive {
        /// What is wrong with it.
        reason: String,
    },
    /// The file is in an encoding that no export writes: UTF-32, UTF-7, a code page of Windows or of a mainframe.
    #[error("the encoding `{name}` is not supported")]
    #[diagnostic(code("poolpair::source::unsupported-encoding"), help("save it as UTF-8 or UTF-16, or {EXPORT_AGAIN}"))]
    UnsupportedEncoding {
        /// The encoding, as recognised or as declared.
        name: String,
    },
    /// UTF-16 from which the byte order mark was cut.
    #[error("the document is {0} without a byte order mark, and does not declare it")]
    #[diagnostic(
        code("poolpair::source::missing-byte-order-mark"),
        help("something cut the first two bytes; {EXPORT_AGAIN}")
    )]
    MissingByteOrderMark(Encoding),
    /// The XML declaration names another encoding than the file has, as after saving it in an editor.
    #[error("the document is stored as {stored}, but declares `{declared}`")]
    #[diagnostic(
        code("poolpair::source::wrong-declaration"),
        help(
            "the file was saved again by a program that left the declaration as it was; if every name in it looks right, go on with `{}`, or {EXPORT_AGAIN}",
            Options::ACCEPT_WRONG_DECLARATION
        )
    )]
    WrongDeclaration {
        /// What the declaration says.
        declared: String,
        /// What the bytes are.
        stored: Encoding,
    },
    /// The file is damaged, or saved in a code page of Windows.
    #[error("the document is not UTF-8: {reason} at byte {byte_offset}")]
    #[diagnostic(
        code("poolpair::source::invalid-utf-8"),
        help("the file is damaged, or was saved in a code page; save it as UTF-8, or {EXPORT_AGAIN}")
    )]
    InvalidUtf8 {
        /// What is wrong there.
        reason: &'static str,
        /// The offset in the file, in bytes.
        byte_offset: u64,
    },
    /// Half of a surrogate pair, as after damage or a cut.
    #[error("the document is not UTF-16: half of a surrogate pair at byte {byte_offset}")]
    #[diagnostic(code("poolpair::source::lone-surrogate"), help("{DAMAGED}; {EXPORT_AGAIN}"))]
    LoneSurrogate {
        /// The offset in the file, in bytes.
        byte_offset: u64,
    },
    /// UTF-16 whose last character is half a character: the file was cut, or something was appended to it.
    #[error("the document is UTF-16, but has an odd number of bytes: {byte_count}")]
    #[diagnostic(code("poolpair::source::odd-byte-count"), help("{DAMAGED}; {EXPORT_AGAIN}"))]
    OddByteCount {
        /// The size of the file.
        byte_count: u64,
    },
    /// A NUL character, as in blocks that a disk lost, or in UTF-16 that was appended to UTF-8.
    #[error("the document has a NUL character at byte {byte_offset}")]
    #[diagnostic(code("poolpair::source::nul"), help("{DAMAGED}; {EXPORT_AGAIN}"))]
    Nul {
        /// The offset in the file, in bytes.
        byte_offset: u64,
    },
}

/// How to get a whole document, for the end of a help text. The command has a line of its own, where no
/// terminal breaks it.
pub(crate) const EXPORT_AGAIN: &str = "export it again:\n`(Get-CsTopology -AsXml) | Out-File topology.xml`";

const ZIP_FILE: &str = "give the zip file that `Export-CsConfiguration -FileName` wrote, or export it again";
const DAMAGED: &str = "the file is damaged or cut off, or something was appended to it";

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
