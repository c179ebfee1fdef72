//! Snapshots of every renderer on the same runs.

use insta::assert_snapshot;
use poolpair::diff;
use poolpair::pairing::Pairing;
use poolpair::report::differences::Differences;
use poolpair::report::json::Report;
use poolpair::report::picture::{ChangeState, Picture, mermaid, svg};
use poolpair::report::{
    OutputStyle, Texts, audit, diff_text, findings_text, json, plan_text, review_html, review_markdown, sarif,
};
use poolpair::rules::{Finding, FindingFiles, FindingRecord, RequestText, Summary};

use crate::run;

const COLOUR: OutputStyle = OutputStyle::Graphical { colour: true, width: 80 };
const GRAPHICAL: OutputStyle = OutputStyle::Graphical { colour: false, width: 80 };

/// Escape sequences as text, so that a snapshot can be read.
fn visible(text: &str) -> String {
    text.replace('\u{1b}', "␛")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn findings_as_text() {
    let run = run::two_enterprise();
    let findings = &run.planned.findings;
    let summary = Summary::of(findings.iter().map(Finding::effective_severity));
    let render = |style| {
        let found = findings_text::findings(findings, &run.texts(), style);
        visible(&format!("{found}{}\n", findings_text::summary(&summary, style)))
    };
    assert_snapshot!("findings.graphical", render(GRAPHICAL));
    assert_snapshot!("findings.colour", render(COLOUR));
    assert_snapshot!("findings.plain", render(OutputStyle::Plain));
}

#[test]
fn findings_as_data() {
    let run = run::two_enterprise();
    assert_snapshot!("findings.json", text(json::to_bytes(&Report::new(run.records(), Vec::new()))));
    assert_snapshot!("findings.sarif", text(sarif::to_bytes(&run.records(), &[], &run::RULES)));
}

#[test]
fn a_refused_plan() {
    let (before, request, findings) = run::refused();
    let texts = Texts { topology: before.source(), request: request.source.as_deref() };
    let source = request.source.as_deref().unwrap();
    let files = FindingFiles {
        topology_name: "topology.xml",
        topology: before.source(),
        request: Some(RequestText::new(source.name(), source.inner())),
    };
    let records: Vec<_> = findings.iter().map(|finding| FindingRecord::new(finding, &files)).collect();
    // Excerpts of two files are in the first one.
    for (name, style, findings) in [("graphical", GRAPHICAL, &findings[..1]), ("plain", OutputStyle::Plain, &findings)]
    {
        let found = findings_text::findings(findings, &texts, style);
        assert_snapshot!(format!("refused.{name}"), format!("{found}{}", plan_text::refused(&records, style)));
    }
}

#[test]
fn plans_as_text() {
    for (name, run) in
        [("pair", run::two_enterprise()), ("empty", run::nothing_to_change()), ("replace", run::replaced())]
    {
        assert_snapshot!(format!("plan.{name}"), plan_text::plan(&run.record, &run.runbook, OutputStyle::Plain));
    }
    let colourful = run::two_enterprise();
    assert_snapshot!("plan.colour", visible(&plan_text::plan(&colourful.record, &colourful.runbook, COLOUR)));
}

#[test]
fn differences() {
    for (name, run) in
        [("pair", run::two_enterprise()), ("empty", run::nothing_to_change()), ("replace", run::replaced())]
    {
        let found = diff::compare(&run.before, &run.planned.after);
        assert_snapshot!(format!("diff.{name}"), diff_text::differences(&found, false, OutputStyle::Plain));
    }
    let run = run::two_enterprise();
    let found = diff::compare(&run.before, &run.planned.after);
    assert_snapshot!("diff.colour", visible(&diff_text::differences(&found, false, COLOUR)));
    assert_snapshot!("diff.json", text(json::to_bytes(&Differences::new(&found, false))));
}

#[test]
fn reviews() {
    let pair = review_markdown::write(&run::two_enterprise().review());
    assert_snapshot!("review.pair.md", pair.split_once("## What changes").unwrap().0);
    assert_snapshot!("review.empty.md", review_markdown::write(&run::nothing_to_change().review()));
    assert_snapshot!("review.replace.md", review_markdown::write(&run::replaced().review()));
    assert_snapshot!("review.replace.html", without_style(&review_html::write(&run::replaced().review())));
}

/// The style is a file of its own; without it the page can be read.
fn without_style(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    format!("{head}<style></style>{body}").replace("><", ">\n<").replace("<style>\n</style>", "<style></style>")
}

#[test]
fn audits() {
    let (audited, picture) = run::audited();
    assert_snapshot!("audit.plain", audit::text(&audited, OutputStyle::Plain));
    assert_snapshot!("audit.md", audit::markdown::write(&audited, &picture));
    assert_snapshot!("audit.html", without_style(&audit::html::write(&audited, &picture)));
    assert_snapshot!("audit.request.toml", audit::request(&audited));
    let mut part = audited;
    part.pools.truncate(1);
    part.suggestions.truncate(1);
    assert_snapshot!("audit.json", text(json::to_bytes(&part)));
}

#[test]
fn pictures() {
    for (name, run) in [("pair", run::two_enterprise()), ("replace", run::replaced())] {
        let picture = run.review().picture;
        assert_snapshot!(format!("picture.{name}.mmd"), mermaid::write(&picture));
        assert_snapshot!(format!("picture.{name}.svg"), svg::fragment(&picture, ChangeState::After));
    }
    let export = run::export(&topogen::with_central_management());
    let pairing = Pairing::read(&export.document, &export.topology, &poolpair::notation::Notation::built_in());
    let picture = Picture::of_topology(&export.topology, &pairing);
    assert_snapshot!("picture.inspect.mmd", mermaid::write(&picture));
    assert_snapshot!("picture.inspect.svg", svg::document(&picture, ChangeState::After));
}
