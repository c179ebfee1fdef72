//! What is inserted is laid out cleanly and taken away to the byte, and rules say the same: in both dialects, every
//! encoding and with both line ends, of documents that tools wrote and that hands edited.

use std::fs;
use std::path::Path;

use poolpair::Export;
use poolpair::interval::IntervalForm;
use poolpair::notation::Notation;
use poolpair::plan::{Outcome, PlanOptions, check, plan};
use poolpair::request::{Flags, Request};
use poolpair::rules::Place;
use poolpair::source::Options;
use similar::{ChangeTag, TextDiff};
use topogen::{Encoding, Layout};

const BACKUP_SERVICE: &str = include_str!("../../fixtures/notations/backup-service/notation.toml");
/// Dependencies on other roles. File stores have none, so that theirs needs room made for it.
const ON_OTHER_ROLES: &str = "
[[dependency]]
role = 'UserServices'
usage = 'Partner'
names = 'ConfServices'
[[dependency]]
role = 'ConfServices'
usage = 'Partner'
names = 'UserServices'
position = 'first'
[[dependency]]
role = 'FileStore'
usage = 'Partner'
names = 'FileStore'
";
const ENCODINGS: [Encoding; 4] = [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be];

fn notation() -> Notation {
    Notation::from_toml("notation.toml", &format!("{BACKUP_SERVICE}\n{ON_OTHER_ROLES}")).unwrap()
}

fn planned(export: &Export, request: &Request, notation: &Notation) -> Export {
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(export, request, notation, &options).unwrap() {
        Outcome::Planned(planned) => planned.after,
        Outcome::Refused(findings) => panic!("{findings:#?}"),
    }
}

fn pairing(pools: [&str; 2]) -> Request {
    let [pool, backup] = pools.map(|pool| Some(pool.to_owned()));
    Request::from_flags(&Flags { pool, backup, ..Flags::default() }).unwrap()
}

/// Blanks and tabs after every line, and an empty line after every third.
fn untidy(text: &str) -> String {
    let untidy = text.lines().enumerate().map(|(at, line)| {
        let empty = if at % 3 == 0 { "\n" } else { "" };
        format!("{line}{}\n{empty}", [" \t", "  ", "\t"][at % 3])
    });
    untidy.collect()
}

/// Services without dependencies have a pair of tags on two lines.
fn opened(text: &str) -> String {
    let line = |line: &str| match line.strip_suffix("<DependsOn />") {
        Some(indent) => format!("{indent}<DependsOn>\n{indent}</DependsOn>\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Documents with LF, each with a name.
fn documents() -> Vec<(String, String)> {
    let (deployment, layout) = (topogen::two_standard(), Layout { final_newline: true, ..Layout::utf8() });
    let written = topogen::Notation::default();
    let mut documents = Vec::new();
    for (name, bytes) in [
        ("published", deployment.published(&layout, &written)),
        ("builder", deployment.topology_builder(&layout, &written)),
    ] {
        let text = Encoding::Utf8.decode(&bytes);
        assert!(text.contains("<DependsOn />"), "{text}");
        documents.push((format!("{name}, untidy"), untidy(&text)));
        documents.push((format!("{name}, opened"), opened(&text)));
        documents.push((name.into(), text));
    }
    documents.extend(generated());
    assert!(documents.len() > 25, "{}", documents.len());
    documents.extend(real_exports());
    documents
}

/// The topologies of the generator whose first two pools may be paired.
fn generated() -> impl Iterator<Item = (String, String)> {
    topogen::fixtures::ALL.iter().filter_map(|fixture| {
        let export = Export::read(fixture.name, (fixture.make)(), &Options::default()).unwrap();
        let pools: Vec<_> = export.topology.front_end_pools().map(|pool| export.topology.pool_name(pool)).collect();
        let [first, second, ..] = pools.as_slice() else { return None };
        let options = PlanOptions { reading: Options::default(), strict: false };
        let outcome = plan(&export, &pairing([first.as_str(), second.as_str()]), &notation(), &options).ok()?;
        let is_unpaired = !fixture.name.starts_with("paired") && matches!(outcome, Outcome::Planned(_));
        is_unpaired.then(|| (fixture.name.to_owned(), export.source().text().replace("\r\n", "\n")))
    })
}

/// The text with another encoding in its declaration.
fn declared(text: &str, encoding: Encoding) -> String {
    let Some((before, rest)) = text.split_once(" encoding=") else { return text.to_owned() };
    let quote = &rest[..1];
    let (_, after) = rest[1..].split_once(quote).unwrap();
    format!("{before} encoding={quote}{}{quote}{after}", encoding.name())
}

#[allow(clippy::print_stdout, reason = "what is skipped is told")]
fn real_exports() -> Vec<(String, String)> {
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/samples"));
    let Some(folder) = above.find(|folder| folder.is_dir()) else {
        println!("skipped: the real exports are not here");
        return Vec::new();
    };
    let text = |path: &Path| {
        let export = Export::read("topology", fs::read(path).unwrap(), &Options::default()).unwrap();
        export.source().text().replace("\r\n", "\n")
    };
    let paths = fs::read_dir(folder.join("two-pools")).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.display().to_string(), text(&path))).collect()
}

#[test]
fn every_form_of_a_document_is_edited_alike_and_given_back() {
    for (name, text) in documents() {
        let mut said = Vec::new();
        for encoding in ENCODINGS {
            for line_end in ["\n", "\r\n"] {
                let bytes = encoding.encode(declared(&text, encoding).replace('\n', line_end));
                let export = Export::read(name.as_str(), bytes, &Options::default()).unwrap();
                said.push(hold(&name, &export));
            }
        }
        assert!(said.iter().all(|one| *one == said[0]), "{name}");
    }
}

/// What the rules say of the pair, with the lines.
fn hold(name: &str, before: &Export) -> Vec<(&'static str, String, Vec<u32>)> {
    let notation = notation();
    let pools: Vec<_> = before.topology.front_end_pools().map(|pool| before.topology.pool_name(pool)).collect();
    let request = pairing([pools[0].as_str(), pools[1].as_str()]);
    let paired = planned(before, &request, &notation);
    let (old, new) = (before.source().text(), paired.source().text());
    // A document on one line is edited in it.
    if old.lines().count() > 1 {
        hold_lines(name, old, new);
    }
    let unpair = Flags { unpair: Some(pools[1].to_string()), ..Flags::default() };
    let alone = planned(&paired, &Request::from_flags(&unpair).unwrap(), &notation);
    assert_eq!(alone.source().bytes(), before.source().bytes(), "{name}");
    let findings = check(before, Some(&request), &notation, &Options::default()).unwrap();
    let line = |place: &Place| match place {
        Place::Topology(span) => Some(before.source().position(span.start).line),
        _ => None,
    };
    let lines = |labels: &[poolpair::rules::FindingLabel]| labels.iter().filter_map(|one| line(&one.place)).collect();
    findings.iter().map(|one| (one.rule.id, one.message.clone(), lines(&one.labels))).collect()
}

fn hold_lines(name: &str, old: &str, new: &str) {
    let mut inserted = 0;
    for change in TextDiff::from_lines(old, new).iter_all_changes() {
        let line = change.value().trim_end_matches(['\r', '\n']);
        match change.tag() {
            ChangeTag::Equal => {}
            // The settings of voice failover are attributes of an element that is there, and so is what is opened.
            _ if line.contains("<RegistrarService") || line.contains("DependsOn") => {}
            ChangeTag::Delete => panic!("{name}: this line was not edited: {line:?}"),
            ChangeTag::Insert => {
                assert_eq!(line, line.trim_end(), "{name}: trailing blanks");
                assert!(!line.is_empty(), "{name}: an empty line");
                inserted += 1;
            }
        }
    }
    assert!(inserted > 10, "{name}: {inserted}");
}

#[test]
fn each_interval_is_written_in_its_own_form() {
    let mut notation = Notation::built_in();
    notation.failback.form = IntervalForm::Seconds;
    let bytes = topogen::two_standard().published(&Layout::utf8(), &topogen::Notation::default());
    let before = Export::read("topology", bytes, &Options::default()).unwrap();
    let paired = planned(&before, &pairing(["pool01.contoso.com", "pool02.contoso.com"]), &notation);
    let settings = "FailureDetectionInterval=\"PT5M\" FailbackDetectionInterval=\"600\"";
    assert_eq!(paired.source().text().matches(settings).count(), 2, "{}", paired.source().text());
}
