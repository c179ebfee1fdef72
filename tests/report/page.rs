//! What holds for the pages whatever they say: policy, structure, contrast.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use poolpair::report::picture::{ChangeState, svg};
use poolpair::report::{audit, review_html, review_markdown};
use poolpair::topology::Fqdn;
use sha2::{Digest, Sha256};

use crate::run;

fn pages() -> [String; 2] {
    let (audited, picture) = run::audited();
    [review_html::write(&run::two_enterprise().review()), audit::html::write(&audited, &picture)]
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

#[test]
fn the_policy_names_the_style_and_nothing_else() {
    for page in pages() {
        let style = between(&page, "<style>", "</style>");
        let hash = BASE64.encode(&Sha256::digest(style[0].as_bytes()));
        let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
        let expected = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
        assert_eq!(policy, [expected]);
        assert_eq!(style.len(), 1);
    }
}

#[test]
fn headings_are_in_order_and_links_lead_somewhere() {
    for page in pages() {
        let levels: Vec<u32> = between(&page, "<h", ">").iter().filter_map(|tag| tag.get(..1)?.parse().ok()).collect();
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        let mut ids = between(&page, " id=\"", "\"");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id is there twice");
        for target in between(&page, "href=\"", "\"") {
            assert!(ids.contains(&target.strip_prefix('#').unwrap()), "{target}");
        }
        for target in between(&page, "aria-labelledby=\"", "\"") {
            assert!(ids.contains(&target), "{target}");
        }
    }
}

/// A change board reads from the top: nothing that a rule says stands before what changes.
#[test]
fn the_decision_comes_first_and_the_findings_last() {
    let page = pages()[0].clone();
    let order = ["decision", "changes", "picture", "runbook", "findings"];
    assert_eq!(between(&page, "<section id=\"", "\""), order);
    let decision = between(&page, "<section id=\"decision\"", "</section>")[0];
    for topic in [
        "Publishing",
        "Length of the window",
        "Impact on users",
        "Point of no return",
        "Rights needed",
        "To declare or answer",
        "Warnings",
        "Acceptance test",
        "change number",
        "runbook.ps1",
    ] {
        assert!(decision.contains(topic), "no `{topic}`");
    }
    assert!(between(&page, "<section id=\"findings\"", "</section>")[0].contains("<summary>2 notes</summary>"));
}

#[test]
fn a_decision_on_many_pools_stays_short() {
    let mut run = run::two_enterprise();
    run.runbook.steps = [run.runbook.steps.clone(), run.runbook.steps.clone()].concat();
    let mut questions = run.planned.findings.iter().filter(|finding| finding.question.is_some());
    let question = questions.next().cloned().unwrap();
    run.planned.findings = vec![question; 30];
    let page = review_html::write(&run.review());
    let decision = between(&page, "<section id=\"decision\"", "</section>")[0];
    assert_eq!(decision.matches("<li><code>9-update</code>").count(), 1, "{decision}");
    assert_eq!(between(decision, "<summary>", "</summary>"), ["and 18 more"]);
}

/// The association is there already: the page says why the runbook begins late, and why there is no undo.
#[test]
fn a_review_of_what_is_there_already_says_so() {
    let run = run::nothing_to_change();
    for text in [review_html::write(&run.review()), review_markdown::write(&run.review())] {
        for words in ["the topology is already as requested", "6a-replicate", "No undo is written"] {
            assert!(text.contains(words), "no `{words}`");
        }
    }
}

#[test]
fn names_in_the_picture_are_whole() {
    let mut run = run::two_enterprise();
    let name = "frontendpool-headquarters-01.unified-communications.corp.contoso.com";
    run.record.deployment.pools[0].fqdn = Fqdn::new(name);
    let drawn = svg::fragment(&run.review().picture, ChangeState::After);
    assert!(drawn.contains(&format!(">{name}</text>")), "{drawn}");
    assert!(!drawn.contains('…'));
}

#[test]
fn the_pages_are_the_same_each_time() {
    assert_eq!(pages(), pages());
}

/// The colours of a theme: those of the light one, and over them those that a later block sets.
fn colours(css: &str, theme: &str) -> BTreeMap<String, [f64; 3]> {
    let mut colours = BTreeMap::new();
    for line in css.lines() {
        let is_base = line.starts_with(":root {") || line.starts_with(".picture {");
        if is_base || line.starts_with(&format!("@media {theme}")) {
            for declaration in line.split(['{', ';']).filter_map(|part| part.trim().strip_prefix("--")) {
                let (name, value) = declaration.split_once(": #").unwrap();
                let channel = |at: usize| f64::from(u8::from_str_radix(&value[at..at + 2], 16).unwrap()) / 255.0;
                colours.insert(name.to_owned(), [channel(0), channel(2), channel(4)]);
            }
        }
    }
    colours
}

/// The contrast ratio of WCAG 2.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear =
        |channel: f64| if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) };
    let luminance =
        |[red, green, blue]: [f64; 3]| 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

#[test]
fn every_text_has_the_contrast_of_wcag_aa() {
    let [page, _] = pages();
    let style = between(&page, "<style>", "</style>")[0];
    let own = style.strip_prefix(svg::STYLE).unwrap();
    let texts = [
        ("ink", "paper"),
        ("ink", "panel"),
        ("faint", "paper"),
        ("faint", "panel"),
        ("accent", "paper"),
        ("good", "good-paper"),
        ("doubtful", "doubtful-paper"),
        ("bad", "bad-paper"),
        ("doubtful", "panel"),
        ("bad", "panel"),
        ("ink", "good-paper"),
        ("ink", "bad-paper"),
        ("faint", "good-paper"),
        ("faint", "bad-paper"),
        ("good", "good-paper"),
        ("mark-ink", "mark"),
    ];
    let drawn = [
        ("ink", "paper"),
        ("faint", "paper"),
        ("faint", "panel"),
        ("good", "paper"),
        ("bad", "paper"),
        ("accent", "paper"),
    ];
    for theme in ["none", "(prefers-color-scheme: dark)"] {
        for (css, pairs) in [(own, &texts[..]), (svg::STYLE, &drawn[..])] {
            let colours = colours(css, theme);
            for (text, ground) in pairs {
                let ratio = contrast(colours[*text], colours[*ground]);
                assert!(ratio >= 4.5, "{text} on {ground} in theme {theme}: {ratio:.2}");
            }
        }
    }
}
