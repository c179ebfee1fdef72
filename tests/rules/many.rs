//! What is found of many pools is no longer than the first of them and a count.

use poolpair::rules::Finding;
use poolpair::source::Options;
use poolpair::{Export, notation::Notation, pairing::Pairing, rules::RuleContext, rules::check};
use topogen::{Backup, Deployment, Layout, Pool, Site};

#[test]
fn a_pool_that_many_name_has_its_first_places_and_a_count() {
    let named = Finding::MAX_PLACES + 50;
    let pool = |number: usize| Pool {
        backup: (number > 0).then(|| Backup::by("p0.contoso.com")),
        ..Pool::standard(format!("p{number}.contoso.com"))
    };
    let pools = (0..=named).map(pool).collect();
    let deployment = Deployment { sites: vec![Site::new("1", "Site", pools)], ..Deployment::default() };
    let bytes = deployment.published(&Layout::utf8(), &topogen::Notation::default());
    let export = Export::read("topology.xml", bytes, &Options::default()).unwrap();
    let notation = Notation::built_in();
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    let findings = check(&RuleContext {
        export: &export,
        pairing: &pairing,
        notation: &notation,
        requested: None,
        declared: None,
    });
    let found: Vec<_> = findings.iter().filter(|finding| finding.rule.id == "not-one-to-one").collect();
    let [finding] = found[..] else { panic!("{} findings of one pool", found.len()) };
    assert!(finding.labels.len() <= Finding::MAX_PLACES + 1, "{} places", finding.labels.len());
    assert!(finding.labels.iter().any(|label| label.text.ends_with(", and at 50 more places")));
    assert!(finding.message.len() < 4096, "a message of {} bytes", finding.message.len());
}
