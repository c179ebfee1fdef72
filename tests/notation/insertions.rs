//! What is inserted beside odd white space is laid out cleanly, and changes no line but those that are edited.

use poolpair::Export;
use poolpair::notation::Notation;
use poolpair::plan::{Outcome, PlanOptions, plan};
use poolpair::request::{Flags, Request};
use poolpair::source::Options;
use similar::{ChangeTag, TextDiff};
use topogen::{Encoding, Layout, LineEnding};

const BACKUP_SERVICE: &str = include_str!("../../fixtures/notations/backup-service/notation.toml");

fn planned(export: &Export, flags: &Flags, notation: &Notation) -> Export {
    let request = Request::from_flags(flags).unwrap();
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(export, &request, notation, &options).unwrap() {
        Outcome::Planned(planned) => planned.after,
        Outcome::Refused(findings) => panic!("{findings:#?}"),
    }
}

/// Blanks and tabs after every line, and an empty line after every third.
fn untidy(text: &str) -> String {
    let lines = text.split_inclusive('\n').enumerate();
    let untidy = lines.map(|(at, line)| {
        let content = line.trim_end_matches(['\r', '\n']);
        let end = &line[content.len()..];
        let empty = if at % 3 == 0 { end } else { "" };
        format!("{content}{}{end}{empty}", [" \t", "  ", "\t"][at % 3])
    });
    untidy.collect()
}

#[test]
fn neighbours_lend_their_indent_and_not_their_oddities() {
    for encoding in [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le] {
        for line_ending in [LineEnding::Lf, LineEnding::CrLf] {
            let layout = Layout { encoding, line_ending, ..Layout::utf8() };
            let deployment = topogen::two_standard();
            let notation = topogen::Notation::default();
            for bytes in [deployment.published(&layout, &notation), deployment.topology_builder(&layout, &notation)] {
                let bytes = encoding.encode(untidy(&encoding.decode(&bytes)));
                hold(&Export::read("topology", bytes, &Options::default()).unwrap());
            }
        }
    }
}

fn hold(before: &Export) {
    let notation = Notation::from_toml("notation.toml", BACKUP_SERVICE).unwrap();
    let pair = Flags {
        pool: Some("pool01.contoso.com".into()),
        backup: Some("pool02.contoso.com".into()),
        ..Flags::default()
    };
    let paired = planned(before, &pair, &notation);
    let (old, new) = (before.source().text(), paired.source().text());
    let mut inserted = 0;
    for change in TextDiff::from_lines(old, new).iter_all_changes() {
        let line = change.value().trim_end_matches(['\r', '\n']);
        match change.tag() {
            ChangeTag::Equal => {}
            // The settings of voice failover are attributes of an element that is there.
            _ if line.contains("<RegistrarService") => {}
            ChangeTag::Delete => panic!("this line was not edited: {line:?}"),
            ChangeTag::Insert => {
                assert_eq!(line, line.trim_end(), "trailing blanks");
                assert!(!line.is_empty(), "an empty line");
                inserted += 1;
            }
        }
    }
    assert!(inserted > 10, "{inserted}");
    let unpair = Flags { unpair: Some("pool02.contoso.com".into()), ..Flags::default() };
    assert_eq!(planned(&paired, &unpair, &notation).source().bytes(), before.source().bytes());
}
