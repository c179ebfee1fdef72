//! Damage and malice: a clear error or a sound document, never a panic, and never much time or memory.

use std::io::Read;

use miette::{GraphicalReportHandler, GraphicalTheme};
use poolpair::source::{Encoding, Limits, Options, Source};
use poolpair::xml::Document;

use crate::{Refused, read, read_with};

/// Something of everything that a topology and XML have.
const SMALL: &str = "<?xml version=\"1.0\" encoding=\"ENCODING\"?>\r\n\
    <!-- exported -->\r\n\
    <Topology xmlns=\"urn:t\" Signature=\"{0}\">\r\n\
    \x20 <Clusters>\r\n\
    \x20   <Cluster Fqdn=\"pool01.köln.example\" Name='a &amp; &#x1F600; b' />\r\n\
    \x20 </Clusters>\r\n\
    \x20 <p:Service xmlns:p=\"urn:p\" p:Id=\"1-Registrar-1\">x &lt; <![CDATA[<y>]]>😀</p:Service>\r\n\
    \x20 <?keep this?>\r\n\
    </Topology>\r\n";

/// The small document in every encoding, with the number of bytes of a cut that loses nothing but a line end.
fn stored() -> Vec<(&'static str, Vec<u8>, usize)> {
    let encoded = |encoding: Encoding, declared, bom| {
        let mut bytes = if bom { encoding.byte_order_mark().to_vec() } else { Vec::new() };
        bytes.extend_from_slice(&encoding.encoded(&SMALL.replace("ENCODING", declared)));
        bytes
    };
    vec![
        ("utf-8", encoded(Encoding::Utf8, "utf-8", false), 2),
        ("utf-8-bom", encoded(Encoding::Utf8, "utf-8", true), 2),
        ("utf-16le", encoded(Encoding::Utf16Le, "utf-16", true), 4),
        ("utf-16be", encoded(Encoding::Utf16Be, "utf-16", true), 4),
        ("utf-16le-no-bom", encoded(Encoding::Utf16Le, "utf-16le", false), 4),
        ("utf-16be-no-bom", encoded(Encoding::Utf16Be, "utf-16be", false), 4),
    ]
}

/// Asks for everything that a document or an error can tell, and checks that the bytes are kept.
fn use_all(outcome: Result<Document, Refused>, bytes: &[u8]) -> bool {
    let document = match outcome {
        Ok(document) => document,
        Err(refused) => {
            assert!(refused.position.unwrap().byte_offset <= bytes.len() as u64);
            return false;
        }
    };
    let source = document.source();
    assert_eq!(source.bytes(), bytes);
    for node in document.root().descendants() {
        let _ = (node.text(), node.namespace(), node.prefix());
        assert!(source.slice(node.span()).contains(node.qualified_name()));
        for attribute in node.attributes() {
            let _ = attribute.value();
            assert!(source.slice(attribute.span()).ends_with(attribute.quote()));
        }
    }
    true
}

#[test]
fn every_encoding_is_read_and_given_back() {
    for (name, bytes, _) in stored() {
        let document = read(name, bytes.clone()).unwrap();
        let source = document.source();
        assert_eq!(source.encoding_name(), name);
        assert_eq!(source.encode(source.text()), bytes);
        let attribute = document.root().descendants().find_map(|node| node.attribute("Name")).unwrap();
        assert_eq!(attribute.value(), "a & \u{1F600} b");
        assert_eq!(source.position(attribute.span().start).line, 5);
        assert!(use_all(Ok(document), &bytes));
    }
}

#[test]
fn cut_anywhere() {
    for (name, bytes, line_end) in stored() {
        for end in 0..bytes.len() {
            let cut = &bytes[..end];
            let accepted = use_all(read(name, cut), cut);
            let whole = end + line_end >= bytes.len() && (line_end == 2 || end % 2 == 0);
            assert_eq!(accepted, whole, "{name}, cut at {end}");
        }
    }
}

#[test]
fn one_bit_changed_anywhere() {
    for (name, bytes, _) in stored() {
        let mut changed = bytes.clone();
        for bit in 0..bytes.len() * 8 {
            changed[bit / 8] ^= 1 << (bit % 8);
            use_all(read(name, changed.as_slice()), &changed);
            changed[bit / 8] = bytes[bit / 8];
        }
    }
}

/// A release build takes the sizes that the names tell, a debug build a tenth, for it is ten times as slow.
const SCALE: usize = if cfg!(debug_assertions) { 1 } else { 10 };

/// The name of the limit that refuses `text`; then the text is taken with that limit raised.
fn limit_of(text: &str, raised: &[(&str, &str)]) -> String {
    let refused = read("hostile.xml", text).unwrap_err();
    let help = refused.report.help().unwrap().to_string();
    let (_, option) = help.split_once("`--limit ").unwrap();
    let (name, _) = option.split_once('=').unwrap();
    assert!(refused.report.to_string().contains(&format!("(limit `{name}`)")));
    assert!(Limits::names().contains(&name));
    let mut options = Options::default();
    for (name, value) in raised {
        options.limits.set(name, value).unwrap();
    }
    assert!(use_all(read_with("hostile.xml", text, &options), text.as_bytes()), "{raised:?}");
    name.to_owned()
}

#[test]
fn a_million_elements_inside_of_each_other() {
    let text = ["<a>".repeat(SCALE * 100_000), "</a>".repeat(SCALE * 100_000)].concat();
    assert_eq!(limit_of(&text, &[("depth", "1000000")]), "depth");
}

#[test]
fn sixty_thousand_attributes() {
    let attributes: String = (0..60_000).map(|number| format!(" a{number}='1'")).collect();
    assert_eq!(limit_of(&format!("<a{attributes}/>"), &[("attributes", "60000")]), "attributes");
}

#[test]
fn fifty_megabytes_in_one_value() {
    let text = format!("<a b='{}'/>", "1".repeat(SCALE * (5 << 20)));
    assert_eq!(limit_of(&text, &[("value-length", "100000000")]), "value-length");
    let shown = rendered(&read("hostile.xml", text).unwrap_err());
    assert!(shown.len() < 2_000, "{shown}");
}

#[test]
fn fifty_megabytes_of_text() {
    let text = format!("<a>{}</a>", "1\n".repeat(SCALE * (5 << 19)));
    assert_eq!(limit_of(&text, &[("value-length", "100000000")]), "value-length");
}

#[test]
fn twenty_thousand_namespaces() {
    let declared: String = (0..20_000).map(|number| format!(" xmlns:n{number}='urn:{number}'")).collect();
    let used: String = (0..20_000).map(|number| format!("<n{number}:a n{number}:b='1'/>")).collect();
    let raised = [("namespace-bindings", "20000"), ("attributes", "20000")];
    assert_eq!(limit_of(&format!("<a{declared}>{used}</a>"), &raised), "attributes");
    let nested: String = (0..200).map(|number| format!("<a xmlns='urn:{number}' xmlns:p='urn:p'>")).collect();
    let text = format!("{nested}{}", "</a>".repeat(200));
    assert_eq!(limit_of(&text, &[("namespace-bindings", "400")]), "namespace-bindings");
}

#[test]
fn more_elements_than_allowed() {
    let mut options = Options::default();
    options.limits.set("elements", "3").unwrap();
    assert!(read_with("few.xml", "<a><b/><c/></a>", &options).is_ok());
    let refused = read_with("many.xml", "<a><b/><c/><d/></a>", &options).unwrap_err();
    assert_eq!(refused.report.to_string(), "more than 3 elements (limit `elements`)");
}

#[test]
fn an_input_without_end() {
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            buffer.fill(b' ');
            self.0 += buffer.len() as u64;
            Ok(buffer.len())
        }
    }
    let mut options = Options::default();
    options.limits.set("file-size", "1000000").unwrap();
    let mut endless = Endless(0);
    let refused = Source::read("-", &mut endless, 0, &options).unwrap_err();
    assert_eq!(refused.to_string(), "the document has more than 1000000 bytes (limit `file-size`)");
    assert_eq!(refused.file(), "<stdin>");
    assert_eq!(endless.0, 1_000_001);
}

#[test]
fn what_fails_while_it_is_read() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _buffer: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let refused = Source::read("topology.xml", Broken, 0, &Options::default()).unwrap_err();
    assert_eq!(refused.to_string(), "cannot read the document: the disk is gone");
}

#[test]
fn a_wrong_declaration_is_taken_on_request() {
    let options = Options { accept_wrong_declaration: true, ..Options::default() };
    for (declared, stored, other) in [("utf-16", Encoding::Utf8, "utf-8"), ("utf-8", Encoding::Utf16Le, "utf-16")] {
        let text = format!("<?xml version=\"1.0\" encoding=\"{declared}\"?>\r\n<a/>\r\n");
        let mut bytes = stored.byte_order_mark().to_vec();
        bytes.extend_from_slice(&stored.encoded(&text));
        assert_eq!(read("a.xml", bytes.clone()).unwrap_err().code, "poolpair::source::wrong-declaration");
        let document = read_with("a.xml", bytes.clone(), &options).unwrap();
        assert_eq!(document.source().bytes(), bytes);
        let right = text.replace(declared, other);
        let mut bytes = stored.byte_order_mark().to_vec();
        bytes.extend_from_slice(&stored.encoded(&right));
        assert!(read_with("a.xml", bytes, &options).is_ok());
    }
}

#[test]
fn a_message_shows_one_screen_whatever_the_line() {
    let filler = "<b c=\"ü\"/>".repeat(100_000);
    let text = format!("<a>{filler}<b c=1/>{filler}</a>");
    let refused = read("one-line.xml", text).unwrap_err();
    assert_eq!(refused.position.unwrap().column, 1_000_009);
    let shown = rendered(&refused);
    assert!(shown.contains("one-line.xml:1:1000009"), "{shown}");
    assert!(shown.contains("<b c=1/>") && shown.len() < 2_000, "{shown}");
}

#[test]
fn a_message_cannot_steer_the_terminal() {
    for character in ["\u{1B}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{7F}", "\r"] {
        let text = format!("<a>{character}<b c=1/>{character}\n</a>");
        let shown = rendered(&read("a.xml", text).unwrap_err());
        assert!(!shown.contains(character), "{character:?} in {shown}");
    }
}

fn rendered(refused: &Refused) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
    let mut shown = String::new();
    handler.render_report(&mut shown, refused.report.as_ref()).unwrap();
    shown
}
