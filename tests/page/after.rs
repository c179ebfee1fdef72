//! After the change: `confirm` and `verify` in the page.

use std::path::Path;

use crate::open_page::{IDLE, OpenPage, POOLS, file};

/// Plans a pair, saves its bundle, and hands out where it lies.
fn bundle(page: &mut OpenPage, topology: &Path) -> std::path::PathBuf {
    page.topology(topology);
    page.pair(POOLS);
    page.plan();
    page.bundle();
    page.home.path().join("bundle.zip")
}

fn submit(page: &mut OpenPage, form: &str, files: [(&str, &Path); 2]) -> String {
    for (field, path) in files {
        page.choose(&format!("#{form}-{field}"), &[path]);
    }
    let result = format!("#{form}-result");
    page.evaluate(&format!("document.querySelector('{result}').replaceChildren()"));
    page.click(&format!("#{form} button"));
    page.wait(&format!("document.querySelector('{result}').innerText !== '' && {IDLE}"));
    page.text(&result)
}

#[test]
fn an_export_is_held_against_a_plan() {
    let Some(mut page) = OpenPage::open() else { return };
    let before = page.written("before.xml", &topogen::two_standard());
    let after = page.written("after.xml", &topogen::two_standard().pair(POOLS[0], POOLS[1]));
    let bundle = bundle(&mut page, &before);
    let good = submit(&mut page, "confirm", [("export", &after), ("plan", &bundle)]);
    assert!(good.contains("the export shows what was planned, and nothing else"), "{good}");
    let bad = submit(&mut page, "confirm", [("export", &before), ("plan", &bundle)]);
    assert!(bad.contains("not as planned: backup pool of"), "{bad}");
    let unreadable =
        submit(&mut page, "confirm", [("export", &file("fixtures/bad/mismatched.xml")), ("plan", &bundle)]);
    assert!(unreadable.contains("poolpair::xml::"), "{unreadable}");
}

#[test]
fn a_bundle_is_verified_against_its_topology() {
    let Some(mut page) = OpenPage::open() else { return };
    let (topology, other) = (file("fixtures/topologies/two-standard.xml"), file("fixtures/topologies/three-pools.xml"));
    let bundle = bundle(&mut page, &topology);
    let good = submit(&mut page, "verify", [("bundle", &bundle), ("topology", &topology)]);
    assert!(good.contains("every file of the bundle is what poolpair makes from this topology and request"), "{good}");
    let bad = submit(&mut page, "verify", [("bundle", &bundle), ("topology", &other)]);
    assert!(bad.contains("the bundle was made from another topology"), "{bad}");
    let altered = page.home.path().join("altered.zip");
    let mut bytes = std::fs::read(&bundle).unwrap();
    let at = memchr::memmem::find(&bytes, b"review.md").unwrap();
    bytes[at] = b'R';
    let at = memchr::memmem::rfind(&bytes, b"review.md").unwrap();
    bytes[at] = b'R';
    std::fs::write(&altered, bytes).unwrap();
    let bad = submit(&mut page, "verify", [("bundle", &altered), ("topology", &topology)]);
    assert!(bad.contains("review.md is missing") && bad.contains("Review.md is no part of the bundle"), "{bad}");
}
