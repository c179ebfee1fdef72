//! Text of a document is text wherever it is shown: it steers no terminal, ends no table, opens no tag.

use poolpair::audit::Audit;
use poolpair::diff::{Difference, Subject, unified};
use poolpair::plan::ChangeValue;
use poolpair::report::differences::Differences;
use poolpair::report::picture::{ChangeState, Picture, mermaid, svg};
use poolpair::report::{
    OutputStyle, audit, diff_text, findings_text, json, plan_text, review_html, review_markdown, sarif,
};
use poolpair::text::is_unsafe_for_display;
use poolpair::topology::Fqdn;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::run::{self, Run};

/// What people put into names who want to see what happens.
const PIECES: [&str; 33] = [
    "pool01",
    ".",
    " ",
    "\u{1b}[31m",
    "\u{1b}]8;;http://x\u{7}",
    "\u{202E}",
    "\u{2066}",
    "\u{200B}",
    "\u{9b}2J",
    "\u{2028}",
    "\u{e0041}",
    "\u{3164}",
    "\r",
    "\n",
    "\n\n",
    "\t",
    "<script>",
    "</script>",
    "</details>",
    "<img src=x onerror=alert(1)>",
    "]]>",
    "-->",
    "\"",
    "'",
    "`",
    "```",
    "|",
    "[a](http://x)",
    "![](x)",
    "&amp;",
    "\n# x",
    "\\",
    "{0}",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        1 => Just("long".repeat(5_000)),
    ];
    proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

/// The run with a text wherever a document or a request can put one.
fn with(text: &str) -> Run {
    let mut run = run::two_enterprise();
    for change in &mut run.record.changes {
        change.pool = Fqdn::new(text);
        change.after = Some(ChangeValue::Text(text.into()));
    }
    let deployment = &mut run.record.deployment;
    for pool in &mut deployment.pools {
        pool.site = text.into();
        pool.fqdn = Fqdn::new(text);
        pool.machines = vec![Fqdn::new(text); 3];
    }
    deployment.notation.name = text.into();
    for allowed in &mut deployment.allowed {
        allowed.reason = text.into();
    }
    for finding in &mut run.planned.findings {
        if let Some(question) = &mut finding.question {
            question.text = format!("is `{text}` well?");
        }
        finding.message = format!("`{text}` is like {text}");
        finding.help = format!("did you mean `{text}`?");
        finding.allowed = finding.allowed.as_ref().map(|_| text.into());
        for label in &mut finding.labels {
            label.text = text.into();
        }
    }
    run.runbook.steps.truncate(2);
    for step in &mut run.runbook.steps {
        step.id = text.into();
        step.title = format!("look at `{text}`");
        step.script.run = vec![text.into(), text.into()];
    }
    run.record.findings = run.records();
    let line = text.replace(['\n', '\r'], " ");
    run.diff = unified("a", &format!("{line}\n{line}\n"), "b", &format!("{line}\n{line}.\n{line}\n"));
    run
}

/// The picture of a topology whose names are all this.
fn picture(text: &str) -> Picture {
    let run = run::nothing_to_change();
    let pairing = poolpair::pairing::Pairing::read(&run.before.document, &run.before.topology, &run.notation);
    let mut picture = Picture::of_topology(&run.before.topology, &pairing);
    for site in &mut picture.sites {
        site.name.insert_str(0, text);
    }
    for pool in &mut picture.pools {
        for name in pool.front_ends.iter_mut().chain([&mut pool.fqdn]) {
            *name = Fqdn::new(format!("{text}{name}"));
        }
        pool.caption = text.into();
    }
    picture
}

/// Nothing but line feeds, and where a diff has them tabs, moves what reads the text.
fn assert_harmless(text: &str) {
    let is_unsafe = |character: char| !matches!(character, '\n' | '\t') && is_unsafe_for_display(character);
    assert_eq!(text.find(is_unsafe), None, "{text:?}");
}

/// The names of a page's or a picture's elements, and its attributes without their values.
fn tags(markup: &str) -> Vec<String> {
    let tag = |rest: &str| {
        // Values stand between quotes: every second part.
        let tag = rest.split('>').next().unwrap_or_default();
        tag.split('"').step_by(2).collect::<String>()
    };
    markup.split('<').skip(1).map(tag).collect()
}

/// The structure of a Markdown document: its elements without the texts.
fn structure(markdown: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Start(tag) => Some(match tag {
            Tag::CodeBlock(kind) => format!("{kind:?}"),
            Tag::Table(columns) => format!("table of {}", columns.len()),
            tag => format!("{tag:?}"),
        }),
        Event::End(tag) => Some(format!("{tag:?}")),
        Event::Html(html) | Event::InlineHtml(html) => Some(html.trim().to_owned()),
        Event::Rule | Event::HardBreak => Some("mark".to_owned()),
        _ => None,
    });
    events.collect()
}

/// How many cells each row of a table has. Parsers drop the cells that are too many, so that they are counted here.
fn cells(markdown: &str) -> Vec<usize> {
    let rows = markdown.lines().filter(|line| line.starts_with("| "));
    let ends_cell = |line: &str, at: usize| {
        let backslashes = line[..at].chars().rev().take_while(|character| *character == '\\').count();
        backslashes % 2 == 0
    };
    rows.map(|row| row.match_indices('|').filter(|(at, _)| ends_cell(row, *at)).count() - 1).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn terminals(text in hostile()) {
        let run = with(&text);
        let findings = &run.planned.findings;
        for style in [OutputStyle::Plain, OutputStyle::Graphical { colour: false, width: 80 }] {
            assert_harmless(&findings_text::findings(findings, &run.texts(), style));
            assert_harmless(&plan_text::plan(&run.record, &run.runbook, style));
        }
        let found = vec![Difference::setting(
            Subject::Service { role: text.clone(), pool: Some(text.clone()), id: text.clone() },
            &text,
            Some(&text),
            None,
        )];
        assert_harmless(&diff_text::differences(&found, false, OutputStyle::Plain));
        let data: serde_json::Value = serde_json::from_slice(&json::to_bytes(&Differences::new(&found, false))).unwrap();
        assert_eq!(data["differences"][0]["before"], text.as_str());
    }

    #[test]
    fn markdown(text in hostile()) {
        let run = with(&text);
        let markdown = review_markdown::write(&run.review());
        assert_harmless(&markdown);
        let plain = plain_markdown();
        assert_eq!(structure(&markdown), structure(&plain), "{markdown}");
        assert_eq!(cells(&markdown), cells(&plain), "{markdown}");
        assert!(markdown.chars().count() <= review_markdown::LIMIT);
    }

    #[test]
    fn audits(text in hostile().prop_map(|text| text.chars().take(40).collect::<String>())) {
        let (audited, plain) = (audit_with(&text), audit_with("name"));
        let drawn = picture(&text);
        assert_harmless(&audit::text(&audited, OutputStyle::Plain));
        let (markdown, plain_markdown) =
            (audit::markdown::write(&audited, &drawn), audit::markdown::write(&plain, &picture("name")));
        assert_harmless(&markdown);
        assert_eq!(structure(&markdown), structure(&plain_markdown), "{markdown}");
        assert_eq!(cells(&markdown), cells(&plain_markdown), "{markdown}");
        let request = audit::request(&audited);
        assert_harmless(&request);
        // Whatever the names are: a comment stays one, and no pair comes or goes.
        let read: toml::Table = request.parse().unwrap();
        let pairs = read["pair"].as_array().unwrap();
        assert_eq!(pairs.len(), audited.suggestions.len());
        assert_eq!(read.len(), 1);
        assert!(pairs.iter().all(|pair| pair["pools"][0].as_str() == Some(text.as_str())));
    }

    #[test]
    fn pages(text in hostile()) {
        let run = with(&text);
        let audited = audit::html::write(&audit_with(&text), &picture(&text));
        let page = review_html::write(&run.review()) + &audited;
        assert_harmless(&page);
        let known = [
            "!DOCTYPE", "br", "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "nav",
            "ul", "ol", "li", "main", "section", "dl", "div", "dt", "dd", "table", "caption", "colgroup", "col",
            "thead", "tbody", "tr", "th", "td", "details", "summary", "svg", "rect", "text", "g", "path", "article",
            "span", "code", "pre", "strong", "figure", "figcaption", "mark", "del", "ins", "footer",
        ];
        for tag in tags(&page) {
            let name = tag.split_whitespace().next().unwrap_or_default().trim_start_matches('/');
            assert!(known.contains(&name), "<{tag}>");
            assert!(!tag.contains(" on") && !tag.contains(" src") && !tag.contains(" style="), "<{tag}>");
        }
    }

    #[test]
    fn pictures(text in hostile()) {
        let picture = picture(&text);
        let known = ["svg", "style", "rect", "text", "title", "g", "path"];
        let drawn = svg::document(&picture, ChangeState::After);
        assert_harmless(&drawn);
        let parsed = roxmltree::Document::parse(&drawn).unwrap();
        for element in parsed.descendants().filter(roxmltree::Node::is_element) {
            assert!(known.contains(&element.tag_name().name()), "{element:?}");
        }
        let (flow, plain) = (mermaid::write(&picture), mermaid::write(&self::picture("x")));
        assert_harmless(&flow);
        let count = |text: &str, mark: char| text.matches(mark).count();
        for mark in ['\n', '"', '[', ']', '|', '<', '{', '`'] {
            assert_eq!(count(&flow, mark), count(&plain, mark), "{mark:?} in {flow}");
        }
    }

    #[test]
    fn sarif_logs(text in hostile()) {
        let log = sarif::to_bytes(&with(&text).records(), &[], &run::RULES);
        let log: serde_json::Value = serde_json::from_slice(&log).unwrap();
        for result in log["runs"][0]["results"].as_array().unwrap() {
            let message = result["message"]["text"].as_str().unwrap();
            assert_harmless(message);
            let unescaped = message.replace("\\[", "").replace("{{", "").replace("}}", "");
            assert!(!unescaped.contains(['[', '{', '}']), "{message}");
        }
    }
}

/// An audit with a text wherever a document can put one.
fn audit_with(text: &str) -> Audit {
    let (mut audited, _) = run::audited();
    let named = || Fqdn::new(text);
    for pool in &mut audited.pools {
        (pool.fqdn, pool.site, pool.product) = (named(), text.into(), Some(text.into()));
        pool.partner = pool.partner.as_ref().map(|_| named());
        let impact = &mut pool.impact;
        for names in [&mut impact.edge_pools, &mut impact.branches, &mut impact.dependents.trusted_applications] {
            *names = vec![named(); 2];
        }
        for finding in &mut pool.findings {
            (finding.message, finding.help) = (format!("`{text}` is bad"), text.into());
        }
    }
    for suggestion in &mut audited.suggestions {
        suggestion.pools = [named(), named()];
        (suggestion.sites, suggestion.reason) = ([text.into(), text.into()], format!("both are in `{text}`"));
    }
    for unmatched in &mut audited.unmatched {
        (unmatched.pool, unmatched.message) = (named(), format!("`{text}` is bad"));
    }
    audited.notation.name = text.into();
    audited
}

#[test]
fn an_audit_of_many_endless_names_is_short_in_markdown() {
    let mut audited = audit_with(&"`<|\u{202E}".repeat(300));
    audited.pools = audited.pools.iter().cloned().cycle().take(500).collect();
    audited.suggestions = audited.suggestions.iter().cloned().cycle().take(500).collect();
    audited.unmatched = audited.unmatched.iter().cloned().cycle().take(500).collect();
    let markdown = audit::markdown::write(&audited, &picture("name"));
    assert!(markdown.chars().count() <= review_markdown::LIMIT, "{}", markdown.chars().count());
    for told in ["more pools", "more pairs"] {
        assert!(markdown.contains(told), "{told}");
    }
}

fn plain_markdown() -> String {
    review_markdown::write(&with("name").review())
}

#[test]
fn a_review_of_endless_names_is_short() {
    let mut run = with(&"`<|\u{202E}".repeat(3_000));
    run.record.changes = run.record.changes.iter().cloned().cycle().take(500).collect();
    run.record.findings = run.record.findings.iter().cloned().cycle().take(500).collect();
    run.planned.findings = run.planned.findings.iter().cloned().cycle().take(500).collect();
    run.diff = unified("a", "", "b", &"`````````` a\n".repeat(90_000));
    let markdown = review_markdown::write(&run.review());
    assert!(markdown.chars().count() <= review_markdown::LIMIT, "{}", markdown.chars().count());
    for told in ["more changes", "more findings", "\n  - and ", "more lines in `topology.diff`"] {
        assert!(markdown.contains(told), "nothing says `{told}`");
    }
}
