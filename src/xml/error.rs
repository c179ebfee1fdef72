//! What can be wrong with a document as XML.

use crate::source::{EXPORT_AGAIN, Exceeded, Label, LocatedFault, Source, Span};

/// A document that is not taken, and where.
pub type Error = LocatedFault<XmlFault>;

/// Why a document is not taken.
///
/// Names in it are those of the document, shortened and without control characters, fit for a terminal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlFault {
    /// A web page was saved instead of the document behind it.
    #[error("this is an HTML page, not a topology")]
    HtmlPage,
    /// The file holds comments at most.
    #[error("the document has no element")]
    NoRoot,
    /// Two documents in one file, as after appending a second export.
    #[error("a second document follows the first one")]
    SecondRoot,
    /// A byte order mark before or after the document's element, as where files were joined. Within the element the
    /// same character is text.
    #[error("the document has a byte order mark in the middle")]
    StrayByteOrderMark,
    /// Something is before or after the document: the output of a command, a prompt.
    #[error("{0} outside of the document's element")]
    OutsideRoot(&'static str),
    /// The file ends before an element does: the export was cut off.
    #[error("the document ends inside of the element `{0}`")]
    UnclosedElement(String),
    /// The file ends inside of a tag, comment or the like: the export was cut off.
    #[error("the document ends inside of {0}")]
    UnclosedMarkup(&'static str),
    /// An end tag closes another element than the one that is open, as after editing by hand.
    #[error("`{found}` is closed where `{open}` is open")]
    MismatchedEndTag {
        /// The name of the element that is open.
        open: String,
        /// The name in the end tag.
        found: String,
    },
    /// An end tag where nothing is open.
    #[error("`{0}` is closed, but nothing is open")]
    UnexpectedEndTag(String),
    /// A tag is not written as XML has it, as after editing by hand.
    #[error("{0}")]
    Tag(&'static str),
    /// A name with a character that names cannot have, or no name where there should be one.
    #[error("{0}")]
    Name(String),
    /// A `<` in the value of an attribute; most often a quote is missing before it.
    #[error("`<` in the value of an attribute")]
    LessThanInValue,
    /// A `&` that begins none of the references that XML knows.
    #[error("{0}")]
    Reference(String),
    /// One attribute twice in a tag, by name or by namespace.
    #[error("the attribute `{0}` is given twice")]
    DuplicateAttribute(String),
    /// A prefix that stands for no namespace.
    #[error("the prefix `{0}` is not declared")]
    UndeclaredPrefix(String),
    /// A namespace declaration that Namespaces in XML forbids.
    #[error("{0}")]
    NamespaceDeclaration(&'static str),
    /// `]]>` in text.
    #[error("`]]>` in text")]
    CdataEnd,
    /// A comment with `--` inside.
    #[error("`--` inside of a comment")]
    Comment,
    /// A processing instruction without a name, or with one that is reserved.
    #[error("{0}")]
    ProcessingInstruction(&'static str),
    /// An XML declaration that is incomplete, out of order or not at the start.
    #[error("{0}")]
    Declaration(&'static str),
    /// A document type declaration: no export has one, and it could make the document mean something else.
    #[error("the document has a document type declaration")]
    Doctype,
    /// `<!` and something that belongs into a document type.
    #[error("`<!` begins neither a comment nor a CDATA section")]
    Markup,
    /// A control character or another code point that XML forbids.
    #[error("the character U+{:04X} cannot be in XML", *.0 as u32)]
    Character(char),
    /// A limit, see [`Limits`](crate::source::Limits).
    #[error("{0}")]
    Limit(Exceeded),
}

impl crate::source::Fault for XmlFault {
    fn code(&self) -> &'static str {
        match self {
            Self::HtmlPage => "poolpair::xml::html-page",
            Self::NoRoot => "poolpair::xml::no-root",
            Self::SecondRoot => "poolpair::xml::second-root",
            Self::StrayByteOrderMark => "poolpair::xml::stray-byte-order-mark",
            Self::OutsideRoot(_) => "poolpair::xml::outside-root",
            Self::UnclosedElement(_) => "poolpair::xml::unclosed-element",
            Self::UnclosedMarkup(_) => "poolpair::xml::unclosed-markup",
            Self::MismatchedEndTag { .. } => "poolpair::xml::mismatched-end-tag",
            Self::UnexpectedEndTag(_) => "poolpair::xml::unexpected-end-tag",
            Self::Tag(_) => "poolpair::xml::tag",
            Self::Name(_) => "poolpair::xml::name",
            Self::LessThanInValue => "poolpair::xml::less-than-in-value",
            Self::Reference(_) => "poolpair::xml::reference",
            Self::DuplicateAttribute(_) => "poolpair::xml::duplicate-attribute",
            Self::UndeclaredPrefix(_) => "poolpair::xml::undeclared-prefix",
            Self::NamespaceDeclaration(_) => "poolpair::xml::namespace-declaration",
            Self::CdataEnd => "poolpair::xml::cdata-end",
            Self::Comment => "poolpair::xml::comment",
            Self::ProcessingInstruction(_) => "poolpair::xml::processing-instruction",
            Self::Declaration(_) => "poolpair::xml::declaration",
            Self::Doctype => "poolpair::xml::doctype",
            Self::Markup => "poolpair::xml::markup",
            Self::Character(_) => "poolpair::xml::character",
            Self::Limit(_) => "poolpair::xml::limit",
        }
    }

    fn help(&self) -> Option<String> {
        let help = match self {
            Self::HtmlPage => {
                format!("a sign-in or error page may have been saved; {EXPORT_AGAIN}")
            }
            Self::NoRoot => format!("the export may have failed; {EXPORT_AGAIN}"),
            Self::SecondRoot => "give each export a file of its own".into(),
            Self::StrayByteOrderMark => format!(
                "two files may have been joined, or a mark came before that of the file; give each export a file of its own, or {EXPORT_AGAIN}"
            ),
            Self::OutsideRoot(_) => {
                format!("the output of other commands may have come into the file; remove it, or {EXPORT_AGAIN}")
            }
            Self::UnclosedElement(_) | Self::UnclosedMarkup(_) => {
                format!("the file is cut off, by a copy that broke or a full disk; {EXPORT_AGAIN}")
            }
            Self::LessThanInValue => "write `&lt;`, or add the quote that is missing before it".into(),
            Self::Reference(_) => "write `&amp;` for the character `&` itself".into(),
            Self::CdataEnd => "write `]]&gt;`".into(),
            Self::Doctype => format!(
                "no export has one, and it is never followed, because it could read other files; remove it, or {EXPORT_AGAIN}"
            ),
            Self::Character(_) => format!("the file is damaged; {EXPORT_AGAIN}"),
            Self::Limit(exceeded) => exceeded.help(),
            _ => format!("correct it where the file was edited, or {EXPORT_AGAIN}"),
        };
        Some(help)
    }
}

/// A fault and where in the text it is, before the lines around it are cut out.
#[derive(Debug)]
pub(super) struct XmlErrorBuilder {
    fault: XmlFault,
    labels: Vec<Label>,
}

/// The outcome of a check; an error is one pointer wide.
pub(super) type XmlResult<T = ()> = Result<T, Box<XmlErrorBuilder>>;

impl XmlErrorBuilder {
    /// `fault` at `span`, where `text` is said.
    pub(super) fn new(fault: XmlFault, span: Span, text: impl Into<String>) -> Box<Self> {
        Box::new(Self { fault, labels: vec![Label::new(span, text)] })
    }

    /// Says `text` at another place as well.
    pub(super) fn and(mut self: Box<Self>, span: Span, text: impl Into<String>) -> Box<Self> {
        self.labels.push(Label::new(span, text));
        self
    }

    /// The offset of the fault.
    pub(super) fn offset(&self) -> usize {
        self.labels.first().map_or(0, |label| label.span.start as usize)
    }

    /// The same place with another explanation.
    pub(super) fn explained(mut self: Box<Self>, fault: XmlFault) -> Box<Self> {
        self.fault = fault;
        self
    }

    /// Completes the error.
    pub(super) fn at(self, source: &Source) -> Error {
        Error::new(self.fault, source, self.labels)
    }
}

/// A name as messages show it: of bearable length, and without characters that could steer a terminal.
pub(super) fn shown(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = name.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if name.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
