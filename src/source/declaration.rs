//! The encoding that a document declares.

use super::Span;

/// The XML declaration at the start of a text; its grammar is checked by `xml`.
pub(super) struct Declaration<'t> {
    /// The declared encoding, and where it is declared.
    pub(super) encoding: Option<(&'t str, Span)>,
    /// The offset of the end of the declaration.
    pub(super) end: usize,
}

impl<'t> Declaration<'t> {
    /// Finds the declaration of `text`.
    pub(super) fn find(text: &'t str) -> Option<Self> {
        let rest = text.strip_prefix("<?xml")?;
        if !rest.starts_with([' ', '\t', '\r', '\n']) {
            return None;
        }
        let end = text.find("?>")? + 2;
        let encoding = encoding(text.get(..end)?);
        Some(Self { encoding, end })
    }
}

fn encoding(declaration: &str) -> Option<(&str, Span)> {
    const WHITE_SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
    let (_, after) = declaration.split_once("encoding")?;
    let quoted = after.trim_start_matches(WHITE_SPACE).strip_prefix('=')?.trim_start_matches(WHITE_SPACE);
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let value = quoted.get(1..)?.split(quote).next()?;
    let start = declaration.len() - quoted.len() + 1;
    is_encoding_name(value).then(|| (value, Span::new(start, start + value.len())))
}

/// Whether this is a valid encoding name (production 81 of XML 1.0).
pub(crate) fn is_encoding_name(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_alphabetic())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::Declaration;

    #[test]
    fn the_named_encoding_is_read_back() {
        for (text, name) in [
            ("<?xml version='1.0' encoding='utf-16'?><a/>", Some("utf-16")),
            ("<?xml version=\"1.0\"\r\n encoding = \"UTF-8\" ?>", Some("UTF-8")),
            ("<?xml version='1.0'?><a encoding='x'/>", None),
            ("<?xml encoding=utf-8?>", None),
            ("<?xml encoding", None),
            ("<?xml-stylesheet encoding='x'?>", None),
            ("<a/>", None),
        ] {
            let declared = Declaration::find(text).and_then(|declaration| declaration.encoding);
            assert_eq!(declared.map(|(name, _)| name), name, "{text}");
            if let Some((name, span)) = declared {
                assert_eq!(&text[span.range()], name);
            }
        }
    }
}
