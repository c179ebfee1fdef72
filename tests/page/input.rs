//! Bad input, hostile names, large documents, and what a mistake must not take away.

use serde_json::json;

use crate::open_page::{IDLE, OpenPage, POOLS, file};

#[test]
fn a_document_that_cannot_be_read_is_told_with_its_place_and_takes_nothing_away() {
    let Some(mut page) = OpenPage::open() else { return };
    page.topology(&file("fixtures/topologies/two-standard.xml"));
    page.pair(POOLS);
    page.fill("#failback", "901");
    for (name, told) in [
        ("mismatched.xml", ["poolpair::xml::", "line 3"]),
        ("empty.xml", ["poolpair::", "empty"]),
        ("archive.zip", ["poolpair::", "zip"]),
        ("page.html", ["poolpair::", ""]),
    ] {
        page.choose("#topology", &[&file("fixtures/bad").join(name)]);
        page.wait(&format!(
            "document.querySelector('#status').textContent.startsWith('{name} cannot be read') && {IDLE}"
        ));
        let findings = page.text("#findings").to_lowercase();
        assert!(told.iter().all(|told| findings.contains(told)), "{name}: {findings}");
    }
    assert_eq!(page.evaluate("document.querySelector('#failback').value"), "901");
    assert_eq!(page.evaluate("document.querySelector('#backup').value"), POOLS[1]);
    page.plan();
    assert!(page.bundle().contains_key("runbook.ps1"));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_document_is_dropped_on_the_page() {
    let Some(mut page) = OpenPage::open() else { return };
    page.drop(&file("fixtures/topologies/three-pools.xml"));
    page.wait(&format!("document.querySelector('#overview').innerText.includes('three-pools.xml') && {IDLE}"));
    assert_eq!(page.evaluate("document.querySelector('#drop').classList.contains('over')"), false);
    page.pair(POOLS);
    page.plan();
    assert!(page.bundle().contains_key("topology.xml"));
}

#[test]
fn a_bad_interval_is_told_and_stays() {
    let Some(mut page) = OpenPage::open() else { return };
    page.topology(&file("fixtures/topologies/two-standard.xml"));
    page.pair(POOLS);
    page.fill("#failure-detection", "soon");
    page.plan();
    let findings = page.text("#findings");
    assert!(findings.contains("poolpair::request::") && findings.contains("soon"), "{findings}");
    assert_eq!(page.evaluate("document.querySelector('#failure-detection').value"), "soon");
    assert_eq!(page.evaluate("document.querySelector('#download').disabled"), true);
    page.fill("#failure-detection", "300");
    page.plan();
    assert!(page.bundle().contains_key("plan.json"));
}

#[test]
fn a_change_of_the_form_takes_the_old_bundle_off_the_button() {
    let Some(mut page) = OpenPage::open() else { return };
    page.topology(&file("fixtures/topologies/two-standard.xml"));
    page.pair(POOLS);
    page.plan();
    assert_eq!(page.evaluate("document.querySelector('#download').disabled"), false);
    page.fill("#failback", "1200");
    assert_eq!(page.evaluate("document.querySelector('#download').disabled"), true);
    assert_eq!(page.evaluate("document.querySelector('#stale').hidden"), false);
}

#[test]
fn leaving_with_an_unsaved_bundle_asks() {
    let Some(mut page) = OpenPage::open() else { return };
    page.topology(&file("fixtures/topologies/two-standard.xml"));
    page.pair(POOLS);
    page.plan();
    let asks = "(() => { const leaving = new Event('beforeunload', { cancelable: true }); dispatchEvent(leaving); \
                return leaving.defaultPrevented; })()";
    assert_eq!(page.evaluate(asks), true);
    page.bundle();
    assert_eq!(page.evaluate(asks), false);
}

#[test]
fn hostile_names_are_shown_and_not_run() {
    let Some(mut page) = OpenPage::open() else { return };
    let hostile = "x\"'><img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>\u{202e}";
    let mut deployment = topogen::two_standard();
    for site in &mut deployment.sites {
        site.name = hostile.into();
    }
    let deployment = deployment.edit(POOLS[1], |pool| pool.fqdn = hostile.into());
    let topology = page.written("hostile <b>.xml", &deployment);
    page.topology(&topology);
    page.pair([POOLS[0], hostile]);
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })");
    page.plan();
    for element in ["#overview", "#partners", "#findings", "#facts"] {
        let shown = page.text(element);
        assert!(shown.contains("<img src=x onerror"), "{element}: {shown}");
        let inside = format!("document.querySelectorAll('{element} img, {element} script, {element} b').length");
        assert_eq!(page.evaluate(&inside), 0);
    }
    assert_eq!(page.evaluate("document.title"), "poolpair: pair two Front End pools");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_large_document_runs_aside_and_can_be_stopped() {
    let Some(mut page) = OpenPage::open() else { return };
    let topology = page.written("large.xml", &topogen::large(5 << 20));
    // Stops in the moment in which something begins.
    page.evaluate(
        "globalThis.stopper = new MutationObserver(() => document.querySelector('#progress').hidden \
         || document.querySelector('#stop').click()); \
         stopper.observe(document.querySelector('#progress'), { attributes: true })",
    );
    page.choose("#topology", &[&topology]);
    page.wait("document.querySelector('#status').textContent === 'stopped'");
    page.evaluate("stopper.disconnect()");
    page.topology(&topology);
    let timed = page.evaluate(
        "(async () => { const begin = performance.now(); const pools = [...document.querySelectorAll('#pool option')]; \
         return [pools.length, begin]; })()",
    );
    assert!(timed[0].as_u64() > Some(50), "{timed}");
    assert_eq!(page.evaluate(IDLE), json!(true));
}
