//! For everybody: keyboard, both colour schemes, narrow and wide, and what axe finds.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::browser;
use crate::more::submit;
use crate::open_page::{IDLE, OpenPage, POOLS, file};

/// The page with everything in it shown.
fn full(page: &mut OpenPage) {
    page.topology(&file("fixtures/topologies/two-enterprise.xml"));
    page.pair(POOLS);
    page.plan();
    let [topology, paired] = ["two-enterprise.xml", "paired.xml"].map(|name| file("fixtures/topologies").join(name));
    page.fill("#failover-pool", POOLS[0]);
    page.fill("#explain-rule", "same-site");
    for (form, files) in [
        ("audit", vec![("topology", &*topology)]),
        ("failover", vec![("topology", &*paired)]),
        ("diff", vec![("before", &*topology), ("after", &*paired)]),
        ("explain", vec![]),
    ] {
        submit(page, form, &files);
    }
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })");
}

type Reach = fn(&mut OpenPage);

/// What axe is to find nothing in, and how it comes about.
const STATES: [(&str, Reach); 5] = [
    ("empty", |_| ()),
    ("unreadable", |page| {
        page.choose("#topology", &[&file("fixtures/bad/mismatched.xml")]);
        page.wait(&format!("document.querySelector('#findings').innerText.includes('poolpair::') && {IDLE}"));
    }),
    ("refused", |page| {
        page.topology(&file("fixtures/topologies/two-enterprise.xml"));
        page.pair([POOLS[0], POOLS[0]]);
        page.plan();
        assert_eq!(page.evaluate("document.querySelector('#download').disabled"), true);
    }),
    ("full", full),
    ("busy", |page| {
        page.evaluate("document.querySelector('#progress').hidden = false");
    }),
];

#[test]
fn axe_finds_nothing() {
    let Some(mut page) = OpenPage::open() else { return };
    let Some(axe) = browser::axe() else { return };
    page.evaluate(&format!("{axe}; 0"));
    for (state, reach) in STATES {
        reach(&mut page);
        for scheme in ["light", "dark"] {
            for width in [1280, 768, 320] {
                page.emulate(width, scheme);
                let found = page.evaluate(
                    "axe.run(document, { iframes: false }).then(({ violations }) => violations.map(one => \
                     `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`))",
                );
                assert_eq!(found, Value::Array(Vec::new()), "{state}, {scheme}, {width}");
            }
        }
    }
}

#[test]
fn nothing_is_wider_than_the_narrowest_screen() {
    let Some(mut page) = OpenPage::open() else { return };
    full(&mut page);
    for width in [320, 640, 1280, 2560] {
        page.emulate(width, "light");
        let wide = page.evaluate(
            "[...document.querySelectorAll('body *')].filter(one => !one.closest('.scroll, pre, .card, .skip, .unseen') \
             && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 80))",
        );
        assert_eq!(wide, Value::Array(Vec::new()), "{width}");
        assert_eq!(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true, "{width}");
    }
}

#[test]
fn the_keyboard_reaches_and_does_everything() {
    let Some(mut page) = OpenPage::open() else { return };
    page.topology(&file("fixtures/topologies/two-standard.xml"));
    page.pair(POOLS);
    page.evaluate("document.activeElement.blur()");
    let mut reached = BTreeSet::new();
    for _ in 0..120 {
        page.press("Tab", 9, "");
        reached.insert(page.evaluate("document.activeElement.id").as_str().unwrap().to_owned());
    }
    for id in [
        "topology",
        "pool",
        "backup",
        "replace",
        "failure-detection",
        "failback",
        "plan",
        "confirm-export",
        "verify-bundle",
        "audit-topology",
        "failover-pool",
        "diff-after",
        "explain-rule",
    ] {
        assert!(reached.contains(id), "`{id}` is not among {reached:?}");
    }
    page.evaluate("document.querySelector('#plan').focus()");
    page.press("Enter", 13, "\r");
    page.wait(&format!("!document.querySelector('#download').disabled && {IDLE}"));
    assert_eq!(page.evaluate("document.activeElement.id"), "findings");
    let told = page.text("#status");
    assert!(told.starts_with("planned: "), "{told}");
}

/// The picture in `docs/page.md`: `UPDATE_FIXTURES=1 cargo test --test page` takes it again.
#[test]
fn a_picture_of_the_page_can_be_taken() {
    let Some(mut page) = OpenPage::open() else { return };
    page.emulate(1100, "light");
    full(&mut page);
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = false; })");
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
    let taken = page.call("Page.captureScreenshot", serde_json::json!({ "format": "png" }));
    let picture = data_encoding::BASE64.decode(taken["data"].as_str().unwrap().as_bytes()).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(file("docs/page.png"), picture).unwrap();
    }
}
