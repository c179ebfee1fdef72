//! From an export to the bundle that the program writes.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::open_page::{OpenPage, POOLS, assert_same, file, written_by};

/// Pairs the first two Front End pools of a topology, with other intervals, as page and as program.
fn assert_paired_alike(page: &mut OpenPage, topology: &Path) {
    page.topology(topology);
    let offered = page.evaluate("[...document.querySelectorAll('#pool option')].map(option => option.value)");
    let offered: Vec<&str> = offered.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let pools = [offered[1], offered[2]];
    page.pair(pools);
    page.fill("#failure-detection", "2m");
    page.fill("#failback", "900");
    page.plan();
    let arguments = ["--pool", pools[0], "--backup", pools[1], "--failure-detection", "120", "--failback", "900"];
    assert_same(&page.bundle(), &written_by("apply", topology, &arguments));
}

#[test]
fn the_bundle_of_every_form_of_export_is_the_programs() {
    let Some(mut page) = OpenPage::open() else { return };
    let fixtures = ["two-standard.xml", "two-enterprise.tbxml", "layout-utf16be.xml", "DocItemSet.xml", "edge.xml"];
    let samples = std::fs::read_dir(file("../shared/samples/two-pools")).into_iter().flatten();
    let samples: Vec<PathBuf> = samples.map(|entry| entry.unwrap().path().canonicalize().unwrap()).collect();
    for topology in fixtures.map(|name| file("fixtures/topologies").join(name)).iter().chain(&samples) {
        assert_paired_alike(&mut page, topology);
    }
    assert_eq!(page.complaints(), [""; 0]);
    let asked_for = page.close();
    let elsewhere: Vec<_> =
        asked_for.iter().filter(|url| !url.starts_with("file://") && !url.starts_with("blob:")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(asked_for.iter().all(|url| !url.starts_with("file://") || url.ends_with("poolpair.html")), "{asked_for:?}");
}

#[test]
fn every_step_of_the_walk_is_shown() {
    let Some(mut page) = OpenPage::open() else { return };
    assert_eq!(page.evaluate("document.querySelector('#download').disabled"), true);
    let topology = page.written("three.xml", &three_pools());
    page.topology(&topology);
    let overview = page.text("#overview");
    assert!(
        overview.contains("pool03.contoso.com") && overview.contains("Skype for Business Server 2015"),
        "{overview}"
    );
    assert_eq!(page.evaluate("document.querySelectorAll('#overview svg').length"), 1);
    page.pair(POOLS);
    page.evaluate("document.querySelector('#partners-details').open = true");
    let partners = page.text("#partners");
    assert!(partners.contains("1 eligible") && partners.contains("error version-mismatch"), "{partners}");
    let groups = page.evaluate("[...document.querySelectorAll('#backup optgroup')].map(one => one.children[0].value)");
    assert_eq!(groups, serde_json::json!([POOLS[1], "pool03.contoso.com"]));
    page.plan();
    page.evaluate("document.querySelectorAll('#findings details').forEach(one => one.open = true)");
    let findings = page.text("#findings");
    assert!(findings.contains("planned: ") && findings.contains("Line "), "{findings}");
    let review = page.evaluate("document.querySelector('#review').srcdoc");
    let bundle = page.bundle();
    assert_eq!(review.as_str().unwrap().as_bytes(), bundle["review.html"]);
    page.click("#save-request");
    page.saved("request.toml");
    let request = page.home.path().join("request.toml");
    assert_same(&bundle, &written_by("apply", &topology, &["--request", request.to_str().unwrap()]));
}

/// Of which the third is of another version.
fn three_pools() -> topogen::Deployment {
    topogen::three_pools().edit("pool03.contoso.com", |pool| pool.version = 6)
}

#[test]
fn facts_and_reasons_are_those_of_a_request_file() {
    let Some(mut page) = OpenPage::open() else { return };
    let topology = file("fixtures/topologies/mixed-editions.xml");
    page.topology(&topology);
    let offered = page.evaluate("[...document.querySelectorAll('#pool option')].map(option => option.value)");
    let pools = [offered[1].as_str().unwrap(), offered[2].as_str().unwrap()];
    page.pair(pools);
    page.plan();
    assert_eq!(page.evaluate("document.querySelector('#download').disabled"), true);
    let refused = page.text("#findings");
    assert!(refused.contains("refused: ") && refused.contains("edition-mismatch"), "{refused}");
    page.fill("[data-rule=edition-mismatch]", "a test");
    for (fact, value) in
        [("deployed", "false"), ("operating-system", "Windows Server 2016"), ("users", "1200"), ("installer", "none")]
    {
        page.fill(&format!("#facts fieldset [data-fact={fact}]"), value);
    }
    page.plan();
    let bundle = page.bundle();
    let toml = format!(
        "[[pair]]\npools = {pools:?}\n[[pool]]\nfqdn = {:?}\ndeployed = false\noperating-system = \"Windows Server 2016\"\n\
         users = 1200\ncumulative-update = \"none\"\n[[allow]]\nrule = \"edition-mismatch\"\nreason = \"a test\"\n",
        pools[0]
    );
    let request = page.home.path().join("by-hand.toml");
    std::fs::write(&request, toml).unwrap();
    assert_same(&bundle, &written_by("apply", &topology, &["--request", request.to_str().unwrap()]));
}

#[test]
fn the_links_of_the_review_lead_to_its_places() {
    let Some(mut page) = OpenPage::open() else { return };
    page.topology(&file("fixtures/topologies/two-standard.xml"));
    page.pair(POOLS);
    page.plan();
    let shown = "document.querySelector('#review').contentDocument";
    // Complete means that the page has seen the review's load event, after which it follows the links.
    page.wait(&format!("{shown}?.readyState === 'complete' && {shown}.querySelectorAll('a[href^=\"#\"]').length > 3"));
    page.evaluate(&format!("{shown}.querySelector('a[href=\"#runbook\"]').click()"));
    page.wait(&format!("Math.abs({shown}?.getElementById('runbook')?.getBoundingClientRect().top) < 20"));
    assert_eq!(page.evaluate("location.hash"), "");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn pools_are_unpaired_and_paired_anew() {
    let Some(mut page) = OpenPage::open() else { return };
    let topology = page.written("paired.xml", &topogen::three_pools().pair(POOLS[0], POOLS[1]));
    page.topology(&topology);
    page.click("[name=action][value=unpair]");
    page.fill("#pool", POOLS[0]);
    page.plan();
    assert_same(&page.bundle(), &written_by("apply", &topology, &["--unpair", POOLS[0]]));
    page.click("[name=action][value=pair]");
    page.pair([POOLS[0], "pool03.contoso.com"]);
    page.plan();
    assert!(page.text("#findings").contains("already-paired"), "{}", page.text("#findings"));
    page.click("#replace");
    page.plan();
    let arguments = ["--pool", POOLS[0], "--backup", "pool03.contoso.com", "--replace"];
    assert_same(&page.bundle(), &written_by("apply", &topology, &arguments));
}
