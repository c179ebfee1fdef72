//! The change decides what blocks: what was so before, on pools that no edit lies in, is told and refuses nothing.

use poolpair::Export;
use poolpair::notation::Notation;
use poolpair::plan::{self, ChangeKind, Outcome, PlanOptions, Planned};
use poolpair::request::Request;
use poolpair::rules::{Finding, FindingChange, Severity};
use poolpair::source::Options;
use topogen::{Backup, Deployment, Layout, Notation as Written, Pool, Site};

const PAIR: &str = "[[pair]]\npools = [\"pool1.contoso.com\", \"pool2.contoso.com\"]\n";
const UNPAIR: &str = "[[unpair]]\npool = \"pool1.contoso.com\"\n";

/// Five Standard Edition pools in five sites.
fn five() -> Deployment {
    let sites = (1..=5).map(|number| {
        let pool = Pool::standard(fqdn(number));
        Site::new(number.to_string(), format!("Site {number}"), vec![pool])
    });
    Deployment { sites: sites.collect(), ..Deployment::default() }
}

fn fqdn(number: u32) -> String {
    format!("pool{number}.contoso.com")
}

/// The deployment with `backups`, the pools that name one and what they name.
fn naming(deployment: Deployment, backups: &[(u32, u32)]) -> Deployment {
    backups.iter().fold(deployment, |deployment, &(pool, backup)| {
        deployment.edit(&fqdn(pool), |pool| pool.backup = Some(Backup::by(fqdn(backup))))
    })
}

fn read(deployment: &Deployment) -> Export {
    let bytes = deployment.published(&Layout::utf8(), &Written::default());
    Export::read("topology.xml", bytes, &Options::default()).unwrap()
}

/// What `plan` and `check` say of a request, which is refused or not by both.
fn outcome(deployment: &Deployment, request: &str) -> (Option<Planned>, Vec<Finding>) {
    let (export, notation) = (read(deployment), Notation::built_in());
    let request = Request::from_toml("request.toml", request).unwrap();
    let options = PlanOptions { reading: Options::default(), strict: false };
    let checked = plan::check(&export, Some(&request), &notation, &options.reading).unwrap();
    let planned = plan::plan(&export, &request, &notation, &options).unwrap();
    let blocks = checked.iter().any(|finding| finding.is_blocking(false));
    match planned {
        Outcome::Planned(planned) => {
            assert!(!blocks);
            (Some(*planned), checked)
        }
        Outcome::Refused(_) => {
            assert!(blocks);
            (None, checked)
        }
    }
}

fn of<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| finding.rule.id == rule).collect()
}

#[test]
fn a_break_elsewhere_is_a_warning_that_was_so_before() {
    let ring = naming(five(), &[(3, 4), (4, 5), (5, 3)]);
    let (planned, checked) = outcome(&ring, PAIR);
    let planned = planned.unwrap();
    for findings in [&planned.findings, &checked] {
        let [ring] = of(findings, "not-one-to-one")[..] else { panic!("one fault is one finding") };
        assert_eq!(ring.pools.len(), 3);
        assert_eq!(ring.labels.len(), 3);
        assert_eq!(ring.change, Some(FindingChange::Before));
        assert_eq!(ring.effective_severity(), Severity::Warning);
        assert!(!ring.is_blocking(true));
    }
    let new = of(&checked, "unverified-notation");
    assert!(new.iter().all(|finding| finding.change == Some(FindingChange::New)) && !new.is_empty());
}

#[test]
fn without_a_request_nothing_is_said_of_a_change() {
    let findings = plan::check(&read(&five()), None, &Notation::built_in(), &Options::default()).unwrap();
    assert!(findings.iter().all(|finding| finding.change.is_none()) && !findings.is_empty());
}

#[test]
fn a_break_of_a_pool_that_is_touched_blocks() {
    let mixed = five().pair(&fqdn(1), &fqdn(2)).edit(&fqdn(2), |pool| pool.file_store = None);
    let (planned, checked) = outcome(&mixed, &format!("{PAIR}voice-failover = {{ failback = \"15m\" }}\n"));
    assert!(planned.is_none());
    let [store] = of(&checked, "no-file-store")[..] else { panic!("one finding") };
    assert_eq!((store.change, store.is_blocking(false)), (Some(FindingChange::Before), true));
    // A request for what is there already edits nothing, and so is not to blame.
    let (planned, checked) = outcome(&mixed, PAIR);
    assert!(planned.unwrap().edits.is_empty());
    let [store] = of(&checked, "no-file-store")[..] else { panic!("one finding") };
    assert!(store.is_elsewhere);
}

#[test]
fn what_a_change_does_away_with_is_a_note() {
    let (planned, _) = outcome(&naming(five(), &[(1, 2)]), PAIR);
    let planned = planned.unwrap();
    let [one_sided] = of(&planned.findings, "asymmetric-backup-registrar")[..] else { panic!("one finding") };
    assert_eq!(one_sided.change, Some(FindingChange::Repaired));
    assert_eq!(one_sided.effective_severity(), Severity::Note);
}

#[test]
fn what_fails_publishing_blocks_wherever_it_stands() {
    let (planned, _) = outcome(&five().edit(&fqdn(5), |pool| pool.fqdn = "$SkypeFQDN".into()), PAIR);
    assert!(planned.is_none());
}

/// Pools 1 and 2 are a pair, and 3 names 1 and 4 names 3 without being named.
fn with_followers() -> Deployment {
    naming(five().pair(&fqdn(1), &fqdn(2)), &[(3, 1), (4, 3)])
}

#[test]
fn a_pool_that_names_one_that_leaves_is_cleared_with_it() {
    let replace = "[[pair]]\npools = [\"pool1.contoso.com\", \"pool5.contoso.com\"]\nreplace = true\n";
    for (request, cleared) in [(UNPAIR, &[1, 2, 3, 4][..]), (replace, &[2, 3, 4])] {
        let (planned, _) = outcome(&with_followers(), request);
        let planned = planned.unwrap();
        for number in cleared {
            let gone = |kind| {
                planned.changes.iter().any(|change| {
                    change.pool.as_str() == fqdn(*number) && change.kind == kind && change.after.is_none()
                })
            };
            assert!(gone(ChangeKind::BackupPool) && gone(ChangeKind::FailureDetection), "{:?}", planned.changes);
            let pool = planned.deployment.pools.iter().find(|pool| pool.fqdn.as_str() == fqdn(*number)).unwrap();
            assert_eq!(pool.backup_pool_after, None);
        }
        let findings = plan::check(&planned.after, None, &Notation::built_in(), &Options::default()).unwrap();
        let ties = ["asymmetric-backup-registrar", "not-one-to-one", "interval-without-backup"];
        assert!(ties.iter().all(|rule| of(&findings, rule).is_empty()));
    }
}

#[test]
fn a_pair_beside_keeps_its_partner() {
    // Pool 1 names 2, which is one of a pair with 3.
    let deployment = naming(five().pair(&fqdn(2), &fqdn(3)), &[(1, 2)]);
    let (planned, _) = outcome(&deployment, UNPAIR);
    let changed: Vec<_> = planned.unwrap().changes.into_iter().map(|change| change.pool.to_string()).collect();
    assert!(!changed.is_empty() && changed.iter().all(|pool| *pool == fqdn(1)), "{changed:?}");
}

#[test]
fn one_wrong_flag_is_one_error() {
    let text = format!("{PAIR}voice-failover = {{ failback = 10 }}\n");
    let (_, checked) = outcome(&five(), &text);
    let [wrong] = of(&checked, "interval-out-of-range")[..] else { panic!("one fault is one finding") };
    assert_eq!((wrong.pools.len(), wrong.labels.len()), (2, 1));
}
