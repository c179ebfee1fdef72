//! What a document says, by the public interface.

use poolpair::source::Encoding;
use poolpair::xml::{Document, Node, escape};
use proptest::prelude::*;

use crate::read;

fn document(text: &str) -> Document {
    read("reading.xml", text).unwrap()
}

/// The qualified names of `nodes`, in order.
fn names<'d>(nodes: impl Iterator<Item = Node<'d>>) -> String {
    nodes.map(Node::qualified_name).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_tree_is_walked_without_looking_into_children() {
    let document = document("<a><b><c/><c/></b><d/> <!-- e --> <p:b xmlns:p='u'/></a>");
    let root = document.root();
    assert_eq!(names(root.children()), "b d p:b");
    assert_eq!(names(root.last_child().into_iter()), "p:b");
    assert_eq!(names(root.descendants()), "a b c c d p:b");
    let inner = root.child("", "b").unwrap();
    assert_eq!(names(inner.children()), "c c");
    assert_eq!(names(inner.last_child().into_iter()), "c");
    assert!(inner.last_child().unwrap().last_child().is_none());
    assert_eq!(names(inner.descendants()), "b c c");
    assert_eq!(inner.parent().unwrap().id(), root.id());
    assert!(root.parent().is_none());
    assert!(root.child("u", "b").unwrap().is("u", "b"));
    assert!(root.child("", "c").is_none());
    assert_eq!(document.node(inner.id()).qualified_name(), "b");
}

#[test]
fn tags_and_content_have_their_places() {
    let document = document("<a>\r\n  <b c = 'd' />x</a >");
    let source = document.source();
    let root = document.root();
    assert_eq!(source.slice(root.start_tag()), "<a>");
    assert_eq!(source.slice(root.content().unwrap()), "\r\n  <b c = 'd' />x");
    assert_eq!(source.slice(root.end_tag().unwrap()), "</a >");
    assert_eq!(source.slice(root.span()), source.text());
    let inner = root.child("", "b").unwrap();
    assert!(inner.content().is_none() && inner.end_tag().is_none());
    assert_eq!(source.slice(inner.span()), "<b c = 'd' />");
    assert_eq!(inner.start_tag(), inner.span());
    let attribute = inner.attribute("c").unwrap();
    assert_eq!(source.slice(attribute.span()), "c = 'd'");
    assert_eq!(source.slice(attribute.value_span()), "d");
    assert_eq!(attribute.quote(), '\'');
    assert_eq!(format!("{inner:?}"), "<b> at line 2, column 3");
}

#[test]
fn namespaces_follow_their_scope() {
    let document = document(
        "<a xmlns='urn:1' xmlns:p='urn:&#50;'><p:b p:c='' c=''><d xmlns='' xmlns:p='urn:3' p:e=''/>\
         <p:f/></p:b><g xml:lang='de'/></a>",
    );
    let told: Vec<_> =
        document.root().descendants().map(|node| format!("{{{}}}{}", node.namespace(), node.local_name())).collect();
    assert_eq!(told, ["{urn:1}a", "{urn:2}b", "{}d", "{urn:2}f", "{urn:1}g"]);
    let attributes: Vec<_> = document
        .root()
        .descendants()
        .flat_map(|node| node.attributes().map(move |attribute| (node, attribute)))
        .filter(|(_, attribute)| !attribute.is_namespace_declaration())
        .map(|(node, attribute)| format!("{{{}}}{}", node.namespace_of(&attribute), attribute.local_name()))
        .collect();
    let xml = "{http://www.w3.org/XML/1998/namespace}lang";
    assert_eq!(attributes, ["{urn:2}c", "{}c", "{urn:3}e", xml]);
    let inner = document.root().children().next().unwrap();
    assert_eq!(inner.prefix(), Some("p"));
    assert_eq!(inner.attribute("c").unwrap().name(), "c", "not `p:c`");
}

#[test]
fn text_is_what_is_meant() {
    for (content, text) in [
        ("plain", "plain"),
        ("", ""),
        ("a<b>no</b>c", "ac"),
        ("a &lt; b &#x26;amp; c", "a < b &amp; c"),
        ("<![CDATA[<x> &amp;]]>&gt;", "<x> &amp;>"),
        ("<![CDATA[]]>", ""),
        ("a<!-- <b>no</b> - -->b<?c <d>no</d> ?>c", "abc"),
        ("a\r\nb\rc\n\rd\r\r\ne", "a\nb\nc\n\nd\n\ne"),
        ("\r&#13;\r\n&#10;", "\n\r\n\n"),
        ("<![CDATA[\r\n\r]]>", "\n\n"),
        ("\r<b/>\n", "\n\n"),
    ] {
        assert_eq!(document(&format!("<a>{content}</a>")).root().text(), text, "{content:?}");
    }
    assert_eq!(document("<a/>").root().text(), "");
}

#[test]
fn values_are_what_is_meant() {
    for (written, value) in [
        ("plain  text ", "plain  text "),
        ("", ""),
        ("a\tb\nc\r\nd\re", "a b c d e"),
        ("&#9;&#10;&#xD;", "\t\n\r"),
        ("&quot;&apos;&lt;&gt;&amp;amp;", "\"'<>&amp;"),
        ("]]>'", "]]>'"),
    ] {
        let document = document(&format!("<a b=\"{written}\"/>"));
        let attribute = document.root().attribute("b").unwrap();
        assert_eq!(attribute.value(), value, "{written:?}");
        assert_eq!(attribute.raw_value(), written);
    }
}

#[test]
fn well_formed_though_unusual() {
    for text in [
        "<a></a\r\n>",
        "<a\tb\n=\r'1'\n\n/>",
        "<a b='>' c=\"'\"/>",
        "<?xml version='1.7'?><a/>",
        "<?xml\tversion = \"1.0\"\nstandalone='yes' ?>\n<a/>",
        "<!----><a/><!-- - -->\n<?b?>\n",
        "<?xml-stylesheet href='x'?><a/>",
        "<a>]] ></a>",
        "<a>]&#93;></a>",
        "<a><![CDATA[]] ]>]]></a>",
        "<a><?b ?c?></a>",
        "<a><?b <!-- ?></a>",
        "<xmlfoo xmlns:xmlbar='urn:x' xmlbar:a=''/>",
        "<a xmlns:x='urn:x'><b xmlns:x='urn:y'/><x:c/></a>",
        "<a xmlns='urn:x' b='' xmlns:x='urn:x' x:b=''/>",
        "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
        "<\u{10000}\u{B7}/>",
        "<a>\u{7F}\u{85}\u{2028}\u{E000}\u{1FFFE}</a>",
    ] {
        let document = document(text);
        assert_eq!(document.source().text(), text);
    }
}

#[test]
fn what_xml_cannot_hold_is_not_written() {
    for character in ['\0', '\u{8}', '\u{1B}', '\u{FFFE}', '\u{FFFF}'] {
        let text = format!("a{character}");
        assert_eq!(escape::text(&text), Err(escape::Unwritable(character)));
        assert_eq!(escape::attribute(&text, '"'), Err(escape::Unwritable(character)));
    }
    assert_eq!(escape::Unwritable('\u{1B}').to_string(), "XML cannot hold the character U+001B");
}

#[test]
fn only_what_must_be_is_escaped() {
    assert_eq!(escape::attribute("it's > \"1\"", '"').unwrap(), "it's &gt; &quot;1&quot;");
    assert_eq!(escape::attribute("it's > \"1\"", '\'').unwrap(), "it&apos;s &gt; \"1\"");
    assert_eq!(escape::text("it's \"1\" ]]>\n").unwrap(), "it's \"1\" ]]&gt;\n");
    assert!(matches!(escape::text("pool01.contoso.com"), Ok(std::borrow::Cow::Borrowed(_))));
}

#[test]
fn a_byte_order_mark_within_the_element_is_text() {
    let text = "<a b='\u{FEFF}'>\u{FEFF}<c/>\u{FEFF}x</a>";
    for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
        let mut bytes = encoding.byte_order_mark().to_vec();
        bytes.extend_from_slice(&encoding.encoded(text));
        let document = read("marks.xml", bytes.clone()).ok().unwrap();
        assert_eq!(document.root().attribute("b").unwrap().value(), "\u{FEFF}");
        assert_eq!(document.root().text(), "\u{FEFF}\u{FEFF}x");
        assert_eq!(document.source().bytes(), bytes);
    }
}

/// Any text that XML can hold, markup and line ends more often than chance has them.
fn text() -> impl Strategy<Value = String> {
    let held = any::<char>().prop_filter("XML cannot hold it", |character| {
        !matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
    });
    let piece = prop_oneof![
        held.prop_map(String::from),
        "[ -~]{1,4}",
        "[\r\n\t ]{1,2}",
        Just("]]>".to_owned()),
        Just("&amp;".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_escaped_is_read_back(text in text(), quote in prop_oneof![Just('"'), Just('\'')]) {
        let value = escape::attribute(&text, quote).unwrap();
        let content = escape::text(&text).unwrap();
        let document = document(&format!("<a b={quote}{value}{quote}>{content}</a>"));
        prop_assert_eq!(document.root().attribute("b").unwrap().value(), text.as_str());
        prop_assert_eq!(document.root().text(), text.as_str());
    }
}
