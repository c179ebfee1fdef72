//! XML templates of the ports and bodies of added services, with placeholders for the names of the two pools.

use std::borrow::Cow;

use crate::xml::escape::{self, Unwritable};

/// The placeholder for the name of the pool that receives the service.
pub const POOL: &str = "{pool}";
/// The placeholder for the name of its partner.
pub const PARTNER: &str = "{partner}";

/// Replaces the placeholders by the names of the two pools, escaped for element content and attribute values.
///
/// # Errors
///
/// When a name contains a character that XML does not allow.
pub fn fill_template<'t>(text: &'t str, pool: &str, partner: &str) -> Result<Cow<'t, str>, Unwritable> {
    if !text.contains(POOL) && !text.contains(PARTNER) {
        return Ok(Cow::Borrowed(text));
    }
    let (pool, partner) = (escape_name(pool)?, escape_name(partner)?);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        // Inserted names are not searched for placeholders.
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

/// Escapes a name for element content and for attribute values in either quote.
fn escape_name(name: &str) -> Result<String, Unwritable> {
    Ok(escape::attribute(name, '"')?.replace('\'', "&apos;"))
}

#[cfg(test)]
mod tests {
    use super::fill_template;

    #[test]
    fn names_are_filled_in_once_and_escaped() {
        let text = r#"<P a="{pool}" b='x{partner}{pool}{' c="{other}"/>"#;
        let filled = fill_template(text, "a'\"<", "{pool}").unwrap();
        assert_eq!(filled, r#"<P a="a&apos;&quot;&lt;" b='x{pool}a&apos;&quot;&lt;{' c="{other}"/>"#);
    }
}
