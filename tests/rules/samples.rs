//! What the rules say about real exports, where they are at hand: nothing that a knowledgeable reader would object to.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use poolpair::Export;
use poolpair::notation::Notation;
use poolpair::pairing::Pairing;
use poolpair::request::{Flags, Request, ResolvedRequest};
use poolpair::rules::{Finding, Place, RuleContext, check};
use poolpair::source::Options;

use crate::files::hold;

/// A real export, the pair to ask for where it has two Front End pools, and why what is found is right.
struct Sample {
    path: &'static str,
    pair: Option<[&'static str; 2]>,
    why: &'static str,
}

const SAMPLES: &[Sample] = &[
    Sample { path: "sfb2015-standard.utf16.xml", pair: None, why: ALONE },
    Sample { path: "sfb2015-enterprise.xml", pair: None, why: ALONE },
    Sample { path: "sfb2015-enterprise.tbxml", pair: None, why: ALONE },
    Sample {
        path: "two-pools/sfb2015-standard.utf16.xml",
        pair: Some(["S4BLab92-FE1.contoso.com", "S4BLab92-FE1-s2.contoso.com"]),
        why: "Two Standard Edition servers of 2015 in two sites, each with its own share: a pair that Microsoft supports. \
              Each is the next hop of the Edge pool of its site, and the first hosts the active Central Management store. \
              Nothing is missing on one side, because the second site is a copy of the first.",
    },
    Sample {
        path: "two-pools/sfb2015-enterprise.xml",
        pair: Some(["poolfe.tenant.rlevchenko.com", "poolfe-s2.tenant.rlevchenko.com"]),
        why: "Two Enterprise pools of 2015 whose Back Ends are availability groups both, and whose shares are on two names. \
              Each has a single Front End, as in a laboratory: the warning is what Microsoft says of such pools. There is \
              no Edge pool.",
    },
    Sample {
        path: "two-pools/sfb2015-enterprise.tbxml",
        pair: Some(["frontendpool.contoso.com", "frontendpool-s2.contoso.com"]),
        why: "Two Enterprise pools of four Front Ends, in a file that was never published: it has no Central \
              Management yet. Each is the next hop of the Edge pool of its site, and its archiving and monitoring stores \
              are in the SQL Server instance of its user database.",
    },
];

const ALONE: &str = "Every id is there once, every reference finds its part, and there is no pair to judge.";

#[test]
fn the_rules_say_of_real_exports_what_is_documented() {
    let Some(folder) = folder() else {
        println!("skipped: there is no folder `shared/samples` beside or above this project");
        return;
    };
    let mut text = INTRODUCTION.to_owned();
    for sample in SAMPLES {
        let bytes = std::fs::read(folder.join(sample.path)).unwrap();
        let export = Export::read(sample.path, bytes, &Options::default()).unwrap();
        let present = found(&export, None);
        writeln!(text, "\n## `{}`\n\nAs it is{}", sample.path, told(&export, &present)).unwrap();
        if let Some([pool, backup]) = sample.pair {
            let flags = Flags { pool: Some(pool.into()), backup: Some(backup.into()), ..Flags::default() };
            let requested = found(&export, Some(&Request::from_flags(&flags).unwrap()));
            writeln!(text, "\nAsked to pair `{pool}` with `{backup}`{}", told(&export, &requested)).unwrap();
        }
        writeln!(text, "\n{}", sample.why).unwrap();
    }
    hold("docs/samples.md", text.as_bytes());
}

fn folder() -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|folder| folder.join("shared/samples")).find(|folder| folder.is_dir())
}

fn found(export: &Export, request: Option<&Request>) -> Vec<Finding> {
    let notation = Notation::built_in();
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    let requested = request.map(|request| ResolvedRequest::of(request, &export.topology));
    check(&RuleContext {
        export,
        pairing: &pairing,
        notation: &notation,
        requested: requested.as_ref(),
        declared: requested.as_ref(),
    })
}

fn told(export: &Export, findings: &[Finding]) -> String {
    if findings.is_empty() {
        return ": no findings.".to_owned();
    }
    let mut text = String::from(":\n\n| line | severity | rule | message |\n| --- | --- | --- | --- |");
    for finding in findings {
        let severity = finding.severity.name();
        let line = line(export, finding).map_or_else(|| "-".to_owned(), |line| line.to_string());
        write!(text, "\n| {line} | {severity} | [{id}](rules/{id}.md) | {} |", finding.message, id = finding.rule.id)
            .unwrap();
    }
    text
}

/// The line of the first place in the document.
fn line(export: &Export, finding: &Finding) -> Option<u32> {
    let place = finding.labels.iter().find_map(|label| match label.place {
        Place::Topology(span) => Some(span),
        _ => None,
    })?;
    Some(export.source().position(place.start).line)
}

const INTRODUCTION: &str = "\
# What the rules say about real exports

The rules run over published exports of real deployments, which are not part of this project, and over copies of them
whose first site is repeated as a second one, so that there are two pools to pair. A test compares this page with what is
found, where the documents are at hand; `UPDATE_FIXTURES=1 cargo test --test rules` writes it anew.

None of the documents has a pair.
";
