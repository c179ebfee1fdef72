//! What the page does besides a plan.

use std::path::Path;

use crate::open_page::{IDLE, OpenPage, POOLS, assert_same, file, printed, unzip, written_by};

/// Plans a pair, saves its bundle, and hands out where it lies.
fn bundle(page: &mut OpenPage, topology: &Path) -> std::path::PathBuf {
    page.topology(topology);
    page.pair(POOLS);
    page.plan();
    page.bundle();
    page.home.path().join("bundle.zip")
}

pub(crate) fn submit(page: &mut OpenPage, form: &str, files: &[(&str, &Path)]) -> String {
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
    let good = submit(&mut page, "confirm", &[("export", &after), ("plan", &bundle)]);
    assert!(good.contains("the export shows what was planned, and nothing else"), "{good}");
    let bad = submit(&mut page, "confirm", &[("export", &before), ("plan", &bundle)]);
    assert!(bad.contains("not as planned: backup pool of"), "{bad}");
    let unreadable =
        submit(&mut page, "confirm", &[("export", &file("fixtures/bad/mismatched.xml")), ("plan", &bundle)]);
    assert!(unreadable.contains("poolpair::xml::"), "{unreadable}");
}

#[test]
fn a_bundle_is_verified_against_its_topology() {
    let Some(mut page) = OpenPage::open() else { return };
    let (topology, other) = (file("fixtures/topologies/two-standard.xml"), file("fixtures/topologies/three-pools.xml"));
    let bundle = bundle(&mut page, &topology);
    let good = submit(&mut page, "verify", &[("bundle", &bundle), ("topology", &topology)]);
    assert!(good.contains("every file of the bundle is what poolpair makes from this topology and request"), "{good}");
    let bad = submit(&mut page, "verify", &[("bundle", &bundle), ("topology", &other)]);
    assert!(bad.contains("the bundle was made from another topology"), "{bad}");
    let altered = page.home.path().join("altered.zip");
    let mut bytes = std::fs::read(&bundle).unwrap();
    let at = memchr::memmem::find(&bytes, b"review.md").unwrap();
    bytes[at] = b'R';
    let at = memchr::memmem::rfind(&bytes, b"review.md").unwrap();
    bytes[at] = b'R';
    std::fs::write(&altered, bytes).unwrap();
    let bad = submit(&mut page, "verify", &[("bundle", &altered), ("topology", &topology)]);
    assert!(bad.contains("review.md is missing") && bad.contains("Review.md is not part of the bundle"), "{bad}");
}

/// Presses the button that saves a file.
fn save(page: &mut OpenPage, form: &str, name: &str) -> Vec<u8> {
    let buttons = format!("[...document.querySelectorAll('#{form}-result button')]");
    page.evaluate(&format!("{buttons}.find(button => button.innerText === 'Save {name}').click()"));
    page.saved(name)
}

#[test]
fn a_deployment_is_audited() {
    let Some(mut page) = OpenPage::open() else { return };
    let topology = file("fixtures/topologies/three-pools.xml");
    let told = submit(&mut page, "audit", &[("topology", &topology)]);
    let path = topology.to_str().unwrap();
    assert_eq!(told.split("Save audit.html").next().unwrap().trim(), printed(&["audit", path]).trim());
    let html = String::from_utf8(save(&mut page, "audit", "audit.html")).unwrap();
    assert_eq!(html, printed(&["audit", path, "--format", "html"]));
    let request = page.home.path().join("request-of-the-program.toml");
    printed(&["audit", path, "--out-request", request.to_str().unwrap()]);
    assert_eq!(save(&mut page, "audit", "request.toml"), std::fs::read(request).unwrap());
}

#[test]
fn the_failover_of_a_pool_is_that_of_the_program_and_can_be_verified() {
    let Some(mut page) = OpenPage::open() else { return };
    let topology = file("fixtures/topologies/paired-central-management.xml");
    page.fill("#failover-pool", POOLS[0]);
    let told = submit(&mut page, "failover", &[("topology", &topology)]);
    assert!(told.contains(&format!("failover of {} to {}", POOLS[0], POOLS[1])), "{told}");
    let saved = unzip(&save(&mut page, "failover", "failover.zip"));
    assert_same(&saved, &written_by("failover", &topology, &["--pool", POOLS[0]]));
    let bundle = page.home.path().join("failover.zip");
    let good = submit(&mut page, "verify", &[("bundle", &bundle), ("topology", &topology)]);
    assert!(good.contains("every file of the bundle is what poolpair makes"), "{good}");
    let unpaired = file("fixtures/topologies/two-standard.xml");
    let bad = submit(&mut page, "failover", &[("topology", &unpaired)]);
    assert!(bad.contains("poolpair::failover::refused") && bad.contains("has no backup pool"), "{bad}");
}

#[test]
fn two_topologies_are_compared() {
    let Some(mut page) = OpenPage::open() else { return };
    let [before, after] = ["two-standard.xml", "three-pools.xml"].map(|name| file("fixtures/topologies").join(name));
    let told = submit(&mut page, "diff", &[("before", &before), ("after", &after)]);
    assert_eq!(told.trim(), printed(&["diff", before.to_str().unwrap(), after.to_str().unwrap()]).trim());
}

#[test]
fn a_rule_is_explained() {
    let Some(mut page) = OpenPage::open() else { return };
    page.fill("#explain-rule", "same-site");
    assert_eq!(submit(&mut page, "explain", &[]).trim(), printed(&["explain", "same-site"]).trim());
    page.fill("#explain-rule", "same-sight");
    assert!(submit(&mut page, "explain", &[]).contains("there is no rule same-sight"));
}

#[test]
fn a_finding_leads_to_its_rule() {
    let Some(mut page) = OpenPage::open() else { return };
    page.topology(&file("fixtures/topologies/two-enterprise.xml"));
    page.pair(POOLS);
    page.plan();
    let rule = page.text("#findings a[href='#explain']");
    page.click("#findings a[href='#explain']");
    page.wait(&format!("document.querySelector('#explain-result').innerText !== '' && {IDLE}"));
    assert_eq!(page.text("#explain-result").trim(), printed(&["explain", &rule]).trim());
    assert_eq!(page.evaluate("document.querySelector('#download').disabled"), false);
}
