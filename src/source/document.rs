//! A file as stored, and its text.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;
use std::sync::OnceLock;

use miette::Diagnostic;

use super::archive;
use super::declaration::Declaration;
use super::decode::{Form, Stored, is_utf};
use super::digest::{is_normalised, normalised_sha256};
use super::fault::{DocumentKind, SourceError, SourceFault};
use super::lines::Lines;
use super::located::{Label, LocatedFault};
use super::{Edits, Encoding, Limit, Options, Position, Snippet, Span, sha256};

/// A document as stored, and its text.
///
/// Output is cut from [`Source::bytes`], which preserves the encoding, the byte order mark and the line ends. For UTF-8
/// the bytes are the text, and no copy is made.
#[derive(Debug)]
pub struct Source {
    name: String,
    stored: Stored,
    form: Form,
    lines: OnceLock<Lines>,
    sha256: OnceLock<String>,
    normalised_sha256: OnceLock<String>,
}

impl Source {
    /// Reads `bytes`; `name` is the file as the user gave it, `-` for standard input.
    ///
    /// # Errors
    /// The bytes are too many, are not UTF-8 or UTF-16, or are clearly not an XML document.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>, options: &Options) -> Result<Self, SourceError> {
        let name = display_name(name.into());
        check_size(&name, &bytes, options)?;
        if archive::is_archive(&bytes) {
            return Self::from_archive(&name, &bytes, options);
        }
        let form = Form::detect(&name, &bytes)?;
        let stored = form.decode(&name, bytes)?;
        let (lines, sha256, normalised_sha256) = Default::default();
        let source = Self { name, stored, form, lines, sha256, normalised_sha256 };
        source.check_kind()?;
        source.check_characters()?;
        source.check_declaration(options)?;
        Ok(source)
    }

    /// Reads the configuration in an archive of `Export-CsConfiguration`. The hash is that of the archive, the file
    /// that the user has.
    fn from_archive(name: &str, bytes: &[u8], options: &Options) -> Result<Self, SourceError> {
        let document = archive::document(bytes, &options.limits);
        let document = document.map_err(|fault| SourceError::without_position(fault, name))?;
        if archive::is_archive(&document) {
            return Err(SourceError::without_position(SourceFault::ArchiveWithoutConfiguration, name));
        }
        let mut source = Self::from_bytes(format!("{name}/{}", archive::DOCUMENT), document, options)?;
        source.normalised_sha256 = OnceLock::from(normalised_sha256(source.text()));
        source.sha256 = OnceLock::from(sha256(bytes));
        Ok(source)
    }

    /// Reads to the end, but at most one byte beyond the limit, so that an endless input is refused; `expected` is the
    /// approximate size, if known.
    ///
    /// # Errors
    /// Reading fails, or as for [`Source::from_bytes`].
    pub fn read(
        name: impl Into<String>,
        reader: impl Read,
        expected: u64,
        options: &Options,
    ) -> Result<Self, SourceError> {
        let name = name.into();
        let max = u64::from(options.limits.file_size) + 1;
        // One byte more, so that the end is found without growing the buffer.
        let mut bytes = Vec::with_capacity(expected.saturating_add(1).min(max) as usize);
        match reader.take(max).read_to_end(&mut bytes) {
            Ok(_) => Self::from_bytes(name, bytes, options),
            Err(error) => Err(SourceError::without_position(SourceFault::Io(error), &display_name(name))),
        }
    }

    /// The name that the user gave; `<stdin>` for standard input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        match &self.stored {
            Stored::Utf8(text) => text.get(self.form.skipped()..).unwrap_or_default(),
            Stored::Utf16(_, text) => text,
        }
    }

    /// The file as stored.
    pub fn bytes(&self) -> &[u8] {
        match &self.stored {
            Stored::Utf8(text) => text.as_bytes(),
            Stored::Utf16(bytes, _) => bytes,
        }
    }

    /// The encoding of the file.
    pub fn encoding(&self) -> Encoding {
        self.form.encoding
    }

    /// Whether the file begins with a byte order mark.
    pub fn has_bom(&self) -> bool {
        self.form.bom
    }

    /// The encoding and whether there is a byte order mark, as named in reports.
    pub fn encoding_name(&self) -> &'static str {
        match (self.form.encoding, self.form.bom) {
            (Encoding::Utf8, true) => "utf-8-bom",
            (Encoding::Utf16Le, false) => "utf-16le-no-bom",
            (Encoding::Utf16Be, false) => "utf-16be-no-bom",
            (encoding, _) => encoding.as_str(),
        }
    }

    /// The text of `span`; empty if the span is out of bounds.
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or_default()
    }

    /// The position of the byte at `offset` of the text. The first call scans the document.
    pub fn position(&self, offset: u32) -> Position {
        let count = self.lines().count(self.text(), offset as usize);
        let byte_offset = self.stored_offset(offset) as u64;
        Position { line: count.lines + 1, column: count.column + 1, byte_offset }
    }

    /// The range of `span` in [`Source::bytes`].
    pub fn stored_range(&self, span: Span) -> Range<usize> {
        self.stored_offset(span.start)..self.stored_offset(span.end)
    }

    /// Encodes `text` as a whole file, with the encoding and byte order mark of this one.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        let mark = if self.form.bom { self.form.encoding.byte_order_mark() } else { &[] };
        [mark, &self.form.encoding.encoded(text)].concat()
    }

    /// The file as stored, with edits of its text applied.
    pub fn edited(&self, edits: &Edits) -> Vec<u8> {
        let inserted: usize = edits.iter().map(|edit| 2 * edit.text.len()).sum();
        let mut edited = Vec::with_capacity(self.bytes().len() + inserted);
        self.pieces(edits).for_each(|piece| edited.extend_from_slice(&piece));
        edited
    }

    /// Whether applying `edits` to this file gives `other`.
    pub fn becomes(&self, other: &[u8], edits: &Edits) -> bool {
        let rest = self.pieces(edits).try_fold(other, |rest, piece| rest.strip_prefix(&*piece));
        rest.is_some_and(<[u8]>::is_empty)
    }

    fn pieces<'e>(&'e self, edits: &'e Edits) -> impl Iterator<Item = Cow<'e, [u8]>> {
        edits.pieces(self.bytes(), |span| self.stored_range(span), |text| self.form.encoding.encoded(text))
    }

    /// The SHA-256 of the file as stored, in lower-case hexadecimal digits.
    pub fn sha256(&self) -> String {
        self.sha256.get_or_init(|| sha256(self.bytes())).clone()
    }

    /// The SHA-256 of the [normalised](super::normalised) text in UTF-8, in lower-case hexadecimal digits.
    pub fn normalised_sha256(&self) -> String {
        let is_stored_normalised =
            || matches!(self.stored, Stored::Utf8(_)) && !self.form.bom && is_normalised(self.text());
        let hash = || if is_stored_normalised() { self.sha256() } else { normalised_sha256(self.text()) };
        self.normalised_sha256.get_or_init(hash).clone()
    }

    /// The lines around `span`, to be shown with a message.
    pub fn snippet(&self, span: Span) -> Snippet {
        self.snippet_of(&[span])
    }

    /// The lines around several spans.
    pub fn snippet_of(&self, spans: &[Span]) -> Snippet {
        Snippet::new(&self.name, self.text(), self.lines(), spans)
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(self.text()))
    }

    fn stored_offset(&self, offset: u32) -> usize {
        let units = match &self.stored {
            Stored::Utf8(_) => offset as usize,
            Stored::Utf16(_, text) => 2 * self.lines().count(text, offset as usize).utf16 as usize,
        };
        self.form.skipped() + units
    }

    fn check_kind(&self) -> Result<(), SourceError> {
        let text = self.text().trim_start_matches([' ', '\t', '\r', '\n']);
        let start = Span::empty_at(self.text().len() - text.len());
        let fault = match text.bytes().next() {
            Some(b'<' | 0) => return Ok(()),
            None => SourceFault::Empty,
            Some(_) if DocumentKind::is_toml(text) => SourceFault::NotXml(DocumentKind::Toml),
            Some(b'{' | b'[') => SourceFault::NotXml(DocumentKind::Json),
            // `xml` reports text before the root element.
            Some(_) if text.contains('<') => return Ok(()),
            Some(_) => SourceFault::NotXml(DocumentKind::Text),
        };
        Err(SourceError::new(fault, self, vec![Label::new(start, "a document starts with `<`")]))
    }

    fn check_characters(&self) -> Result<(), SourceError> {
        let Some(offset) = memchr::memchr(0, self.text().as_bytes()) else { return Ok(()) };
        let span = Span::empty_at(offset);
        let fault = SourceFault::Nul { byte_offset: self.position(span.start).byte_offset };
        Err(SourceError::new(fault, self, vec![Label::new(span, "here")]))
    }

    fn check_declaration(&self, options: &Options) -> Result<(), SourceError> {
        let declaration = Declaration::find(self.text()).and_then(|declaration| declaration.encoding);
        let Form { encoding: stored, bom } = self.form;
        let label = |span| vec![Label::new(span, "declared here")];
        let Some((name, span)) = declaration else {
            if stored == Encoding::Utf8 || bom {
                return Ok(());
            }
            let fault = SourceFault::MissingByteOrderMark(stored);
            return Err(SourceError::new(fault, self, vec![Label::new(Span::empty_at(0), "should be before this")]));
        };
        if stored.may_be_declared_as(name, self.text().is_ascii()) {
            return Ok(());
        }
        let declared = name.to_owned();
        if !is_utf(name) {
            return Err(SourceError::new(SourceFault::UnsupportedEncoding { name: declared }, self, label(span)));
        }
        if !options.accept_wrong_declaration {
            return Err(SourceError::new(SourceFault::WrongDeclaration { declared, stored }, self, label(span)));
        }
        Ok(())
    }
}

impl<F: Diagnostic> LocatedFault<F> {
    /// Creates an error at the first of `labels`; the other labels give context.
    pub fn new(fault: F, source: &Source, labels: Vec<Label>) -> Self {
        let position = labels.first().map(|label| source.position(label.span.start));
        let spans: Vec<_> = labels.iter().map(|label| label.span).collect();
        Self::build(fault, source.name(), position.map(|position| (position, source.snippet_of(&spans))), labels)
    }
}

fn display_name(name: String) -> String {
    if name == "-" { "<stdin>".into() } else { name }
}

fn check_size(name: &str, bytes: &[u8], options: &Options) -> Result<(), SourceError> {
    if bytes.len() as u64 <= options.limits.file_size.into() {
        return Ok(());
    }
    let fault = SourceFault::Limit(options.limits.exceeded(Limit::FileSize));
    Err(SourceError::without_position(fault, name))
}
