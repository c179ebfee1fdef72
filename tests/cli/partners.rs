//! `partners`: every other pool, eligible or not, and why.

use poolpair::Export;
use poolpair::notation::Notation;
use poolpair::partners::{Partner, Partners, Reason, partners};
use poolpair::rules::{Basis, RuleClass, find};
use poolpair::source::Options;
use poolpair::topology::{Fqdn, PoolKind};
use topogen::{Deployment, Layout, Pool};

#[test]
fn a_free_pool_is_eligible_and_a_paired_one_is_not() {
    let deployment = topogen::three_pools().pair("pool02.contoso.com", "pool03.contoso.com");
    let found = partners_of(&with_others(deployment), "pool01.contoso.com");
    let [second, third] = ["pool02.contoso.com", "pool03.contoso.com"].map(|name| partner(&found, name));
    assert!(rules(second).contains(&"already-paired") && !second.eligible);
    assert!(rules(third).contains(&"already-paired") && !third.eligible);
    let free = partners_of(&topogen::three_pools(), "pool01.contoso.com");
    assert!(free.partners.iter().all(|partner| partner.eligible && partner.warnings.is_empty()), "{free:#?}");
}

#[test]
fn the_present_partner_is_eligible_and_named() {
    let deployment = topogen::three_pools().pair("pool01.contoso.com", "pool02.contoso.com");
    let found = partners_of(&deployment, "pool01.contoso.com");
    assert_eq!(found.backup_pool, Some(Fqdn::new("pool02.contoso.com")));
    assert!(partner(&found, "pool02.contoso.com").eligible);
    assert!(!partner(&found, "pool03.contoso.com").eligible);
}

#[test]
fn front_end_pools_come_first_and_servers_without_roles_are_left_out() {
    let mut deployment = topogen::with_edge();
    deployment.sites[1].pools.push(Pool::enterprise("pool04.contoso.com", 3));
    let found = partners_of(&deployment, "pool02.contoso.com");
    let kinds: Vec<_> = found.partners.iter().map(|partner| (partner.fqdn.as_str(), partner.kind)).collect();
    let expected = [
        ("pool01.contoso.com", PoolKind::FrontEnd),
        ("pool04.contoso.com", PoolKind::FrontEnd),
        ("edge01.contoso.com", PoolKind::Edge),
    ];
    assert_eq!(kinds, expected, "neither the SQL Server nor the file server of pool04 is listed");
}

#[test]
fn a_few_breaks_of_the_document_say_enough_of_all() {
    let mut deployment = topogen::three_pools();
    let machines = (0..30).map(|at| format!("no name {at}")).collect();
    deployment.sites[0].pools.push(Pool { machines, ..Pool::enterprise("pool04.contoso.com", 30) });
    let found = partners_of(&deployment, "pool01.contoso.com");
    for partner in &found.partners {
        assert_eq!(rules(partner).iter().filter(|rule| **rule == "invalid-host-name").count(), 10, "{partner:#?}");
    }
}

#[test]
fn notes_are_not_shown() {
    let found = partners_of(&with_others(topogen::three_pools()), "pool01.contoso.com");
    let all = found.partners.iter().flat_map(|partner| partner.reasons.iter().chain(&partner.warnings));
    for reason in all {
        let rule = find(&reason.rule).unwrap();
        assert!(rule.class != RuleClass::Fact && rule.basis != Basis::Declared, "{reason:?}");
    }
}

#[test]
fn the_record_reads_back_and_the_text_tells_every_pool_and_reason() {
    let deployment = topogen::three_pools().pair("pool02.contoso.com", "pool03.contoso.com");
    let found = partners_of(&deployment, "pool01.contoso.com");
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["formatVersion"], 1);
    assert_eq!(serde_json::from_value::<Partners>(json).unwrap(), found);
    let text = found.text(None);
    for partner in &found.partners {
        assert!(text.contains(partner.fqdn.as_str()), "{text}");
        assert!(partner.reasons.iter().all(|reason| text.contains(&reason.message)), "{text}");
    }
    assert!(text.contains(" not eligible\n\npool02.contoso.com\n  error[already-paired] "), "{text}");
}

#[test]
fn no_name_steers_a_terminal_and_a_warning_is_told() {
    let mut found = partners_of(&topogen::three_pools(), "pool01.contoso.com");
    let warning = Reason { rule: "same-site".into(), message: "both are in `\u{202e}`".into() };
    found.partners[0].fqdn = Fqdn::new("p\u{202e}");
    found.partners[0].warnings.push(warning);
    let text = found.text(None);
    assert!(text.contains(" eligible, with warnings\n") && !text.contains('\u{202e}'), "{text}");
    assert!(text.ends_with("\np\\u{202e}\n  warning[same-site] both are in `\\u{202e}`\n"), "{text}");
}

#[test]
fn a_lonely_pool_is_told_so() {
    let mut deployment = topogen::two_standard();
    deployment.sites.truncate(1);
    let found = partners_of(&deployment, "pool01.contoso.com");
    assert_eq!(found.text(None), "partners for pool01.contoso.com\n\nno other pool runs server roles\n");
}

fn with_others(mut deployment: Deployment) -> Deployment {
    deployment.sites[0].pools.push(Pool::director("director01.contoso.com"));
    deployment
}

fn partners_of(deployment: &Deployment, pool: &str) -> Partners {
    let bytes = deployment.published(&Layout::utf8(), &topogen::Notation::default());
    let export = Export::read("topology.xml", bytes, &Options::default()).unwrap();
    let pool = export.topology.pool_named(&Fqdn::new(pool)).unwrap();
    partners(&export, &Notation::built_in(), pool, false)
}

fn partner<'p>(found: &'p Partners, name: &str) -> &'p Partner {
    found.partners.iter().find(|partner| partner.fqdn.as_str() == name).unwrap()
}

fn rules(partner: &Partner) -> Vec<&str> {
    partner.reasons.iter().map(|reason| reason.rule.as_str()).collect()
}
