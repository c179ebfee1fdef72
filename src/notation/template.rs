//! Ports and bodies of added services: XML text in which the names of the two pools may be left open.

use std::borrow::Cow;

use crate::xml::escape::{self, Unwritable};

/// Stands for the name of the pool that gains the service.
pub const POOL: &str = "{pool}";
/// Stands for the name of its partner.
pub const PARTNER: &str = "{partner}";

/// XML text with the names of the two pools filled in, escaped for any place in it.
///
/// # Errors
///
/// XML cannot hold a character of a name.
pub fn filled<'t>(text: &'t str, pool: &str, partner: &str) -> Result<Cow<'t, str>, Unwritable> {
    if !text.contains(POOL) && !text.contains(PARTNER) {
        return Ok(Cow::Borrowed(text));
    }
    let (pool, partner) = (anywhere(pool)?, anywhere(partner)?);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        // Names are not searched again, so that no name can bring in another.
        let named = [("pool}", &pool), ("partner}", &partner)];
        let found = named.into_iter().find_map(|(key, name)| Some((after.strip_prefix(key)?, name)));
        match found {
            Some((after, name)) => {
                out.push_str(name);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// Escaped for the content of elements and for values in either quote.
fn anywhere(name: &str) -> Result<String, Unwritable> {
    Ok(escape::attribute(name, '"')?.replace('\'', "&apos;"))
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn names_are_filled_in_once_and_escaped() {
        let text = r#"<P a="{pool}" b='x{partner}{pool}{' c="{other}"/>"#;
        let filled = filled(text, "a'\"<", "{pool}").unwrap();
        assert_eq!(filled, r#"<P a="a&apos;&quot;&lt;" b='x{pool}a&apos;&quot;&lt;{' c="{other}"/>"#);
    }
}
