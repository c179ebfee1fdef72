//! Faults in the bytes of a document.

use std::fmt;
use std::io;

use super::located::LocatedFault;
use super::{Encoding, Exceeded, Options};

/// A document whose bytes cannot be decoded, and where.
pub type SourceError = LocatedFault<SourceFault>;

/// Why the bytes of a document cannot be decoded.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum SourceFault {
    /// Reading the file or standard input failed.
    #[error("cannot read the document: {0}")]
    #[diagnostic(code("poolpair::source::io"))]
    Io(io::Error),
    /// The file is larger than any topology, or standard input does not end.
    #[error("the document has {0}")]
    #[diagnostic(code("poolpair::source::limit"), help("{}", _0.help()))]
    Limit(Exceeded),
    /// The file is empty, as after a failed export.
    #[error("the document is empty")]
    #[diagnostic(code("poolpair::source::empty"), help("the export may have failed; {EXPORT_AGAIN}"))]
    Empty,
    /// Another kind of file was given by mistake.
    #[error("this is {0}, not an XML document")]
    #[diagnostic(code("poolpair::source::not-xml"), help("{}", _0.help()))]
    NotXml(DocumentKind),
    /// A zip archive that is not a configuration export.
    #[error("this zip archive holds no `DocItemSet.xml`")]
    #[diagnostic(code("poolpair::source::archive-without-configuration"), help("{ZIP_FILE}"))]
    ArchiveWithoutConfiguration,
    /// A zip archive that contains the configuration twice, or names it differently in its local and central headers.
    #[error("this zip archive names `DocItemSet.xml` more than once, or not the same way everywhere")]
    #[diagnostic(code("poolpair::source::ambiguous-archive"), help("{ZIP_FILE}"))]
    AmbiguousArchive,
    /// A truncated or damaged zip archive.
    #[error("this zip archive cannot be read: {reason}")]
    #[diagnostic(code("poolpair::source::damaged-archive"), help("{ZIP_FILE}"))]
    DamagedArchive {
        /// What is wrong with it.
        reason: String,
    },
    /// An encoding that no export has: UTF-32, UTF-7, a code page of Windows or of a mainframe.
    #[error("the encoding `{name}` is not supported")]
    #[diagnostic(code("poolpair::source::unsupported-encoding"), help("save it as UTF-8 or UTF-16, or {EXPORT_AGAIN}"))]
    UnsupportedEncoding {
        /// The encoding, as detected or declared.
        name: String,
    },
    /// UTF-16 without its byte order mark.
    #[error("the document is {0} without a byte order mark, and does not declare it")]
    #[diagnostic(
        code("poolpair::source::missing-byte-order-mark"),
        help("something cut the first two bytes; {EXPORT_AGAIN}")
    )]
    MissingByteOrderMark(Encoding),
    /// The XML declaration names another encoding than that of the file, as after saving it in an editor.
    #[error("the document is stored as {stored}, but declares `{declared}`")]
    #[diagnostic(
        code("poolpair::source::wrong-declaration"),
        help(
            "the file was saved again by a program that left the declaration as it was; if every name in it looks right, continue with `{}`, or {EXPORT_AGAIN}",
            Options::ACCEPT_WRONG_DECLARATION
        )
    )]
    WrongDeclaration {
        /// The declared encoding.
        declared: String,
        /// The actual encoding.
        stored: Encoding,
    },
    /// The file is damaged, or saved in a Windows code page.
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
    /// A lone surrogate, as after damage or truncation.
    #[error("the document is not UTF-16: half of a surrogate pair at byte {byte_offset}")]
    #[diagnostic(code("poolpair::source::lone-surrogate"), help("{DAMAGED}; {EXPORT_AGAIN}"))]
    LoneSurrogate {
        /// The offset in the file, in bytes.
        byte_offset: u64,
    },
    /// UTF-16 with an odd number of bytes: the file was truncated, or something was appended to it.
    #[error("the document is UTF-16, but has an odd number of bytes: {byte_count}")]
    #[diagnostic(code("poolpair::source::odd-byte-count"), help("{DAMAGED}; {EXPORT_AGAIN}"))]
    OddByteCount {
        /// The size of the file.
        byte_count: u64,
    },
    /// A NUL character, as in lost disk blocks, or in UTF-16 appended to UTF-8.
    #[error("the document has a NUL character at byte {byte_offset}")]
    #[diagnostic(code("poolpair::source::nul"), help("{DAMAGED}; {EXPORT_AGAIN}"))]
    Nul {
        /// The offset in the file, in bytes.
        byte_offset: u64,
    },
}

/// How to export a document, for the end of a help text. The command is on its own line, where no terminal wraps it.
pub(crate) const EXPORT_AGAIN: &str = "export it again:\n`(Get-CsTopology -AsXml) | Out-File topology.xml`";

const ZIP_FILE: &str = "give the zip file that `Export-CsConfiguration -FileName` wrote, or export it again";
const DAMAGED: &str = "the file is damaged or cut off, or something was appended to it";

/// Kinds of files that are passed by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// A gzip file.
    Gzip,
    /// JSON.
    Json,
    /// TOML, such as a request file.
    Toml,
    /// Any other text, such as the output of `Get-CsTopology` without `-AsXml`.
    Text,
}

impl DocumentKind {
    /// Whether the first line that is not a comment is a table header or a key of TOML.
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
