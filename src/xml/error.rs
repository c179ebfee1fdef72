//! What can be wrong with a document as XML.

use crate::source::{EXPORT_AGAIN, Exceeded, Label, LocatedFault, Source, Span};

/// A document that is refused, and where.
pub type Error = LocatedFault<XmlFault>;

/// Why a document is refused.
///
/// Names come from the document, shortened and without control characters, fit for a terminal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum XmlFault {
    /// A web page was saved instead of the document behind it.
    #[error("this is an HTML page, not a topology")]
    #[diagnostic(code("poolpair::xml::html-page"), help("a sign-in or error page may have been saved; {EXPORT_AGAIN}"))]
    HtmlPage,
    /// The file holds nothing but comments.
    #[error("the document has no element")]
    #[diagnostic(code("poolpair::xml::no-root"), help("the export may have failed; {EXPORT_AGAIN}"))]
    NoRoot,
    /// Two documents in one file, as after appending a second export.
    #[error("a second document follows the first one")]
    #[diagnostic(code("poolpair::xml::second-root"), help("give each export a file of its own"))]
    SecondRoot,
    /// A byte order mark before or after the root element, as where files were joined. Inside the root element the
    /// same character is text.
    #[error("the document has a byte order mark in the middle")]
    #[diagnostic(
        code("poolpair::xml::stray-byte-order-mark"),
        help(
            "two files may have been joined, or a mark came before that of the file; give each export a file of its own, or {EXPORT_AGAIN}"
        )
    )]
    StrayByteOrderMark,
    /// Something is before or after the document: the output of a command, a prompt.
    #[error("{0} outside of the document's element")]
    #[diagnostic(
        code("poolpair::xml::outside-root"),
        help("the output of other commands may have come into the file; remove it, or {EXPORT_AGAIN}")
    )]
    OutsideRoot(&'static str),
    /// The file ends before an element does: the export was cut off.
    #[error("the document ends inside of the element `{0}`")]
    #[diagnostic(code("poolpair::xml::unclosed-element"), help("{CUT_OFF}; {EXPORT_AGAIN}"))]
    UnclosedElement(String),
    /// The file ends inside a tag, comment or the like: the export was cut off.
    #[error("the document ends inside of {0}")]
    #[diagnostic(code("poolpair::xml::unclosed-markup"), help("{CUT_OFF}; {EXPORT_AGAIN}"))]
    UnclosedMarkup(&'static str),
    /// An end tag does not match the open element, as after editing by hand.
    #[error("`{found}` is closed where `{open}` is open")]
    #[diagnostic(code("poolpair::xml::mismatched-end-tag"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    MismatchedEndTag {
        /// The name of the element that is open.
        open: String,
        /// The name in the end tag.
        found: String,
    },
    /// An end tag where nothing is open.
    #[error("`{0}` is closed, but nothing is open")]
    #[diagnostic(code("poolpair::xml::unexpected-end-tag"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    UnexpectedEndTag(String),
    /// A malformed tag, as after editing by hand.
    #[error("{0}")]
    #[diagnostic(code("poolpair::xml::tag"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    Tag(&'static str),
    /// A name with a forbidden character, or a missing name.
    #[error("{0}")]
    #[diagnostic(code("poolpair::xml::name"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    Name(String),
    /// A `<` in the value of an attribute; most often a quote is missing before it.
    #[error("`<` in the value of an attribute")]
    #[diagnostic(
        code("poolpair::xml::less-than-in-value"),
        help("write `&lt;`, or add the quote that is missing before it")
    )]
    LessThanInValue,
    /// A `&` that begins no reference that XML defines.
    #[error("{0}")]
    #[diagnostic(code("poolpair::xml::reference"), help("write `&amp;` for the character `&` itself"))]
    Reference(String),
    /// An attribute that occurs twice in a tag, by name or by namespace.
    #[error("the attribute `{0}` is given twice")]
    #[diagnostic(code("poolpair::xml::duplicate-attribute"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    DuplicateAttribute(String),
    /// A prefix that is bound to no namespace.
    #[error("the prefix `{0}` is not declared")]
    #[diagnostic(code("poolpair::xml::undeclared-prefix"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    UndeclaredPrefix(String),
    /// A namespace declaration that Namespaces in XML forbids.
    #[error("{0}")]
    #[diagnostic(code("poolpair::xml::namespace-declaration"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    NamespaceDeclaration(&'static str),
    /// `]]>` in text.
    #[error("`]]>` in text")]
    #[diagnostic(code("poolpair::xml::cdata-end"), help("write `]]&gt;`"))]
    CdataEnd,
    /// A comment with `--` inside.
    #[error("`--` inside of a comment")]
    #[diagnostic(code("poolpair::xml::comment"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    Comment,
    /// A processing instruction without a name, or with one that is reserved.
    #[error("{0}")]
    #[diagnostic(code("poolpair::xml::processing-instruction"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    ProcessingInstruction(&'static str),
    /// An XML declaration that is incomplete, out of order or not at the start.
    #[error("{0}")]
    #[diagnostic(code("poolpair::xml::declaration"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    Declaration(&'static str),
    /// A document type declaration: no export has one, and it could make the document mean something else.
    #[error("the document has a document type declaration")]
    #[diagnostic(
        code("poolpair::xml::doctype"),
        help(
            "no export has one, and it is never followed, because it could read other files; remove it, or {EXPORT_AGAIN}"
        )
    )]
    Doctype,
    /// `<!` and something that belongs in a document type declaration.
    #[error("`<!` begins neither a comment nor a CDATA section")]
    #[diagnostic(code("poolpair::xml::markup"), help("{CORRECT}, or {EXPORT_AGAIN}"))]
    Markup,
    /// A control character or another code point that XML forbids.
    #[error("the character U+{:04X} cannot be in XML", *.0 as u32)]
    #[diagnostic(code("poolpair::xml::character"), help("the file is damaged; {EXPORT_AGAIN}"))]
    Character(char),
    /// A limit, see [`Limits`](crate::source::Limits).
    #[error("{0}")]
    #[diagnostic(code("poolpair::xml::limit"), help("{}", _0.help()))]
    Limit(Exceeded),
}

const CUT_OFF: &str = "the file is cut off, by a copy that broke or a full disk";
const CORRECT: &str = "correct it where the file was edited";

/// A fault and its location in the text, before the excerpt is cut out.
#[derive(Debug)]
pub(super) struct XmlErrorBuilder {
    fault: XmlFault,
    labels: Vec<Label>,
}

/// The outcome of a check; an error is one pointer wide.
pub(super) type XmlResult<T = ()> = Result<T, Box<XmlErrorBuilder>>;

impl XmlErrorBuilder {
    /// `fault` at `span`, labelled `text`.
    pub(super) fn new(fault: XmlFault, span: Span, text: impl Into<String>) -> Box<Self> {
        Box::new(Self { fault, labels: vec![Label::new(span, text)] })
    }

    /// Adds the label `text` at another place.
    pub(super) fn and(mut self: Box<Self>, span: Span, text: impl Into<String>) -> Box<Self> {
        self.labels.push(Label::new(span, text));
        self
    }

    /// The offset of the fault.
    pub(super) fn offset(&self) -> usize {
        self.labels.first().map_or(0, |label| label.span.start as usize)
    }

    /// The same location with another explanation.
    pub(super) fn explained(mut self: Box<Self>, fault: XmlFault) -> Box<Self> {
        self.fault = fault;
        self
    }

    /// Completes the error.
    pub(super) fn at(self, source: &Source) -> Error {
        Error::new(self.fault, source, self.labels)
    }
}

/// A name as messages show it: shortened, and without characters that could control a terminal.
pub(super) fn shown(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = name.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if name.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
