//! Suggestions of similar names, for "did you mean".

/// The known name that is most similar to the wanted one, ignoring case; `None` if none is similar.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(wanted, known, 1).into_iter().next()
}

/// The known names that are similar to the wanted one, most similar first, at most `limit`, without duplicates.
///
/// Names at the same distance are in alphabetical order, so that the result does not depend on the order of
/// `known`.
pub fn nearest_few<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>, limit: usize) -> Vec<&'a str> {
    let wanted = wanted.to_lowercase();
    let mut near: Vec<(usize, String, &str)> = known
        .into_iter()
        .map(|name| (name.to_lowercase(), name))
        .filter_map(|(folded, name)| Some((distance(&wanted, &folded)?, folded, name)))
        .collect();
    near.sort_unstable();
    near.dedup_by(|later, earlier| later.2 == earlier.2);
    near.into_iter().take(limit).map(|(_, _, name)| name).collect()
}

/// The edit distance between two names; `None` if it is too large for their length.
fn distance(wanted: &str, known: &str) -> Option<usize> {
    let (wanted, known) = distinct_parts(wanted, known);
    let lengths = [wanted.chars().count(), known.chars().count()];
    let longer = lengths.into_iter().max().unwrap_or_default();
    let max = (longer / 3).max(1);
    if lengths[0].abs_diff(lengths[1]) > max {
        return None;
    }
    let distance = strsim::osa_distance(wanted, known);
    (distance == 0 || distance <= max && distance < longer).then_some(distance)
}

/// Strips the domain if both names have the same one, or the wanted one has none: a shared domain
/// would make any two pools look alike.
fn distinct_parts<'a>(wanted: &'a str, known: &'a str) -> (&'a str, &'a str) {
    match (wanted.split_once('.'), known.split_once('.')) {
        (Some((wanted_host, wanted_domain)), Some((known_host, known_domain))) if wanted_domain == known_domain => {
            (wanted_host, known_host)
        }
        (None, Some((known_host, _))) => (wanted, known_host),
        _ => (wanted, known),
    }
}

#[cfg(test)]
mod tests {
    use super::{nearest, nearest_few};

    const POOLS: [&str; 5] = [
        "pool02.contoso.com",
        "pool01.contoso.com",
        "director.contoso.com",
        "edge.contoso.com",
        "fe-paris.fabrikam.com",
    ];

    #[test]
    fn slips_of_the_finger_are_understood() {
        for (wanted, meant) in [
            ("pool1.contoso.com", Some("pool01.contoso.com")),
            ("POOL01.CONTOSO.COM", Some("pool01.contoso.com")),
            ("pool01.contoso.con", Some("pool01.contoso.com")),
            ("pool02", Some("pool02.contoso.com")),
            ("opol02.contoso.com", Some("pool02.contoso.com")),
            ("fe-pari.fabrikam.com", Some("fe-paris.fabrikam.com")),
            ("sql.contoso.com", None),
            ("", None),
        ] {
            assert_eq!(nearest(wanted, POOLS), meant, "{wanted}");
        }
    }

    #[test]
    fn short_words_are_not_confused() {
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("os", ["ab"]), None);
        assert_eq!(nearest("pol", ["pool"]), Some("pool"));
    }

    #[test]
    fn the_order_of_the_known_names_does_not_matter() {
        let mut reversed = POOLS;
        reversed.reverse();
        let wanted = "pool03.contoso.com";
        assert_eq!(nearest_few(wanted, POOLS, 3), ["pool01.contoso.com", "pool02.contoso.com"]);
        assert_eq!(nearest_few(wanted, reversed, 3), nearest_few(wanted, POOLS, 3));
        assert_eq!(nearest_few("a", ["a", "a"], 3), ["a"]);
    }
}
