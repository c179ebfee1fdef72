//! Offsets, positions and the bytes of the file: three views of one place.

use miette::{Diagnostic, SourceCode};
use poolpair::source::{Encoding, Limits, Options, Source, Span, normalised_sha256, sha256};
use proptest::prelude::*;

fn stored(text: &str, encoding: Encoding, bom: bool) -> Source {
    let mut bytes = if bom { encoding.byte_order_mark().to_vec() } else { Vec::new() };
    bytes.extend_from_slice(&encoding.encoded(text));
    Source::from_bytes("places.xml", bytes, &Options::default()).unwrap()
}

/// Text with characters of every length in both encodings, that begins as a document does.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{0,40}",
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("é".to_owned()),
        Just("€".to_owned()),
        Just("😀".to_owned()),
        "[a-zé€😀]{2000}",
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| format!("<{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_view_tells_the_same_place(text in text(), at in any::<prop::sample::Index>()) {
        let offsets: Vec<_> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        let offset = offsets[at.index(offsets.len())];
        let before = &text[..offset];
        for (encoding, bom) in [
            (Encoding::Utf8, false),
            (Encoding::Utf8, true),
            (Encoding::Utf16Le, true),
            (Encoding::Utf16Be, true),
        ] {
            let source = stored(&text, encoding, bom);
            prop_assert_eq!(source.text(), &text);
            let position = source.position(Span::empty_at(offset).start);
            prop_assert_eq!(position.line as usize, before.matches('\n').count() + 1);
            let line = before.rsplit('\n').next().unwrap_or_default();
            prop_assert_eq!(position.column as usize, line.chars().count() + 1);
            let bytes_before = source.encode(before).len();
            prop_assert_eq!(position.byte_offset, bytes_before as u64);
            let rest = source.stored_range(Span::new(offset, text.len()));
            let mut encoded = Vec::new();
            encoded.extend_from_slice(&encoding.encoded(&text[offset..]));
            prop_assert_eq!(&source.bytes()[rest], encoded);
        }
    }

    #[test]
    fn a_snippet_shows_the_place(text in text(), at in any::<prop::sample::Index>(), length in 0..200_usize) {
        let source = stored(&text, Encoding::Utf8, false);
        let offsets: Vec<_> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        let start = at.index(offsets.len());
        let end = (start + length).min(offsets.len() - 1);
        let span = Span::new(offsets[start], offsets[end]);
        let snippet = source.snippet(span);
        let label = snippet.label(span);
        prop_assert_eq!(label.offset(), offsets[start]);
        let heading = snippet.read_span(&label, 0, 0).unwrap();
        let position = source.position(span.start);
        prop_assert_eq!(heading.line() + 1, position.line as usize);
        prop_assert_eq!(heading.column() + 1, position.column as usize);
        let shown = snippet.read_span(&label, 1, 1).unwrap();
        prop_assert!(shown.data().len() < 800);
        let within = label.offset() - shown.span().offset();
        let labelled = &shown.data()[within..within + label.len()];
        prop_assert_eq!(labelled, source.slice(span).as_bytes().get(..label.len()).unwrap());
    }
}

#[test]
fn two_places_far_apart_are_two_excerpts() {
    let text = format!("<a>\n{}</a>", "  <b/>\n".repeat(100));
    let source = stored(&text, Encoding::Utf8, false);
    let (first, last) = (Span::new(1, 2), Span::new(text.len() - 2, text.len() - 1));
    let snippet = source.snippet_of(&[last, first]);
    let (first, last) = (snippet.label(first), snippet.label(last));
    assert!(snippet.read_span(&first, 1, 1).is_ok() && snippet.read_span(&last, 1, 1).is_ok());
    let both = (first.offset(), last.offset() - first.offset()).into();
    assert!(snippet.read_span(&both, 1, 1).is_err());
}

#[test]
fn hashes_are_those_of_the_file_or_of_the_text() {
    let source = stored("<a>\r\n</a>\r\n", Encoding::Utf16Le, true);
    assert_eq!(source.sha256(), sha256(source.bytes()));
    let again = stored("<?xml version=\"1.0\"?>\n<a>\n</a>", Encoding::Utf8, true);
    assert_eq!(normalised_sha256(source.text()), normalised_sha256(again.text()));
}

#[test]
fn limits_are_set_by_name() {
    let mut limits = Limits::default();
    for name in Limits::names() {
        limits.set(name, "7").unwrap();
    }
    let seven = Limits {
        file_size: 7,
        depth: 7,
        elements: 7,
        attributes: 7,
        value_length: 7,
        namespace_bindings: 7,
        archive_entries: 7,
        archive_growth: 7,
    };
    assert_eq!(limits, seven);
    for value in ["0", "-1", "1.5", "", "many", "4294967295", "99999999999999999999"] {
        let error = limits.set("file-size", value).unwrap_err();
        assert_eq!(error.to_string(), format!("the limit `file-size` cannot be `{value}`"));
    }
    let error = limits.set("dept", "7").unwrap_err();
    assert_eq!(error.to_string(), "there is no limit `dept`");
    assert!(error.help().unwrap().to_string().starts_with("did you mean `depth`?"));
    assert_eq!(limits, seven);
}
