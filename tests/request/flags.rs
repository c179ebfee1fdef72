//! Requests on the command line.

use poolpair::request::{Flags, Origin, Request};
use serde_json::Value;

use crate::{render, snapshot, written};

fn pair() -> Flags {
    Flags { pool: Some("pool01.contoso.com".into()), backup: Some("pool02.contoso.com".into()), ..Flags::default() }
}

fn accepted(flags: &Flags) -> Request {
    Request::from_flags(flags).unwrap_or_else(|errors| panic!("{}", render(&errors)))
}

fn file(text: &str) -> Value {
    let request = Request::from_toml("request.toml", text);
    written(&request.unwrap_or_else(|errors| panic!("{}", render(&errors))))
}

#[test]
fn flags_and_file_mean_the_same() {
    let flags = Flags {
        failure_detection: Some("2m".into()),
        failback: Some("00:04:00".into()),
        no_automatic_failover: true,
        replace: true,
        not_deployed: true,
        allow: vec!["same-site=one campus = one site".into()],
        ..pair()
    };
    let same = file(
        r#"
        [[pair]]
        pools = ["pool01.contoso.com", "pool02.contoso.com"]
        voice-failover = { automatic = false, failure-detection = 120, failback = "PT4M" }
        replace = true
        [[pool]]
        fqdn = "pool01.contoso.com"
        deployed = false
        [[pool]]
        fqdn = "pool02.contoso.com"
        deployed = false
        [[allow]]
        rule = "same-site"
        reason = "one campus = one site"
        "#,
    );
    assert_eq!(written(&accepted(&flags)), same);
}

#[test]
fn two_pools_are_enough() {
    let same = file("[[pair]]\npools = ['pool01.contoso.com', 'pool02.contoso.com']");
    let request = accepted(&pair());
    assert_eq!(written(&request), same);
    assert!(request.changes_pairings());
}

#[test]
fn unpairing_is_one_flag() {
    let flags = Flags { unpair: Some("pool03.contoso.com".into()), ..Flags::default() };
    assert_eq!(written(&accepted(&flags)), file("[[unpair]]\npool = 'pool03.contoso.com'"));
}

#[test]
fn no_flags_ask_for_nothing() {
    assert!(!accepted(&Flags::default()).changes_pairings());
    let flags = Flags { allow: vec!["same-site=one campus".into()], ..Flags::default() };
    assert!(!accepted(&flags).changes_pairings());
    assert_eq!(accepted(&flags).allowance("same-site").unwrap().reason.value, "one campus");
}

#[test]
fn a_pool_paired_with_itself_is_for_the_rules_to_refuse() {
    let flags = Flags { backup: Some("POOL01.contoso.com".into()), not_deployed: true, ..pair() };
    assert_eq!(accepted(&flags).pools.len(), 1);
}

#[test]
fn every_value_knows_its_flag() {
    let request = accepted(&Flags { failback: Some("1h".into()), replace: true, ..pair() });
    let pair = &request.pairs[0];
    let [first, second] = &pair.pools;
    assert_eq!(first.origin, Origin::Flag("--pool"));
    assert_eq!(second.origin, Origin::Flag("--backup"));
    assert_eq!(pair.replace.origin, Origin::Flag("--replace"));
    for voice in &pair.voice {
        assert_eq!(voice.automatic.origin, Origin::Default);
        assert_eq!(voice.failure_detection.as_ref().unwrap().origin, Origin::Default);
        assert_eq!(voice.failback.as_ref().unwrap().origin, Origin::Flag("--failback"));
    }
}

#[test]
fn allowances_are_added_to_those_of_a_file() {
    let text = "[[allow]]\nrule = 'same-site'\nreason = 'one campus'";
    let mut request = Request::from_toml("request.toml", text).unwrap();
    request.add_allows(&["role-parity=no users of Call Park".into()]).unwrap();
    assert_eq!(request.allowance("role-parity").unwrap().reason.origin, Origin::Flag("--allow"));

    let errors = request.add_allows(&["same-site=two fire zones".into()]).unwrap_err();
    snapshot("flags", "allowed-in-file-and-flag", &render(&errors));
    assert_eq!(request.allows.len(), 2, "nothing is added beside an error");
}

#[test]
fn wrong_flags_are_refused_with_every_error() {
    let several = Flags {
        failure_detection: Some("5 min".into()),
        failback: Some("-1".into()),
        allow: vec!["same-site= ".into(), "=one campus".into()],
        ..pair()
    };
    let alone = Flags {
        failback: Some("10m".into()),
        no_automatic_failover: true,
        not_deployed: true,
        allow: vec!["same-site".into()],
        ..Flags::default()
    };
    let conflict = Flags { unpair: Some("pool03.contoso.com".into()), backup: None, ..pair() };
    let no_pool = Flags { pool: None, ..pair() };
    let empty = Flags { pool: Some(String::new()), ..pair() };
    for (name, flags) in [
        ("several-errors", several),
        ("flags-alone", alone),
        ("unpair-and-pool", conflict),
        ("backup-alone", no_pool),
        ("empty-name", empty),
    ] {
        let errors = Request::from_flags(&flags).expect_err(name);
        snapshot("flags", name, &render(&errors));
    }
}
