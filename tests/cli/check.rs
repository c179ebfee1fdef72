//! `check`: what the rules say of a document, of a request, and of what would come of it, in one list.

use poolpair::Export;
use poolpair::notation::{Evidence, Notation};
use poolpair::plan::{Outcome, PlanOptions, check, plan};
use poolpair::report::{OutputStyle, Texts, findings_text};
use poolpair::request::Request;
use poolpair::rules::{Finding, Place, RULES, Severity};
use poolpair::source::Options;
use topogen::{Backup, Deployment, Layout, Pool, Site, Voice, with_pair};

const PAIR: &str = "[[pair]]\npools = [\"pool01.contoso.com\", \"pool02.contoso.com\"]\n";

#[test]
fn without_a_request_only_the_document_is_checked() {
    let findings = checked(&with_pair(), None);
    assert!(says(&findings, "pool-failover-is-manual"));
    assert!(!says(&findings, "operating-system-mismatch"), "nobody asked for a pair");
}

#[test]
fn what_document_and_request_share_is_told_once_and_in_the_order_of_the_book() {
    let findings = checked(&with_pair(), Some(PAIR));
    assert_eq!(of(&findings, "pool-failover-is-manual").len(), 1);
    assert!(says(&findings, "operating-system-mismatch"));
    let place = |finding: &Finding| RULES.iter().position(|rule| rule.id == finding.rule.id);
    assert!(findings.is_sorted_by_key(place));
}

/// The request leaves one interval as it is, so that only the result shows that the two do not fit.
#[test]
fn what_only_the_result_shows_points_into_the_input() {
    let deployment = with_pair();
    let request = format!("{PAIR}voice-failover = {{ automatic = false, failure-detection = 900 }}\n");
    let findings = checked(&deployment, Some(&request));
    let export = export(&deployment);
    let found = of(&findings, "failback-not-after-failover");
    assert_eq!(found.len(), 2, "{findings:#?}");
    for finding in found {
        let texts = finding.labels.iter().map(|label| match label.place {
            Place::Topology(span) => export.source().slice(span),
            _ => panic!("{label:?}"),
        });
        let expected = ["FailbackDetectionInterval=\"PT10M\"", "FailureDetectionInterval=\"PT5M\""];
        assert_eq!(texts.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_pool_that_very_many_name_has_its_first_places_and_a_count() {
    let deployment = many_name_one(150);
    let findings = checked(&deployment, None);
    let found = of(&findings, "not-one-to-one");
    let [finding] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(finding.pools.len(), 151, "the finding itself is complete");
    assert_eq!(finding.labels.len(), Finding::MAX_PLACES);
    assert!(finding.labels.last().unwrap().text.ends_with(", and at 50 more places"), "{finding:#?}");
    assert!(finding.message.contains("` and 142 more have backup relations with each other"), "{}", finding.message);
}

#[test]
fn text_names_the_first_findings_of_a_rule_and_counts_the_others() {
    let one_sided = |at: usize| {
        let named = format!("named{at}.contoso.com");
        let naming =
            Pool { backup: Some(Backup::by(named.clone())), ..Pool::standard(format!("pool{at}.contoso.com")) };
        [naming, Pool::standard(named)]
    };
    let deployment = Deployment {
        sites: vec![Site::new("1", "Site", (0..150).flat_map(one_sided).collect())],
        ..Deployment::default()
    };
    let (findings, export) = (checked(&deployment, None), export(&deployment));
    assert_eq!(of(&findings, "asymmetric-backup-registrar").len(), 150, "JSON and SARIF have all");
    let texts = Texts { topology: export.source(), request: None };
    let text = findings_text::findings(&findings, &texts, OutputStyle::Plain);
    let printed = text.matches("error[asymmetric-backup-registrar]").count();
    assert_eq!(printed, findings_text::MAX_PER_RULE);
    assert!(text.contains("50 more findings of `asymmetric-backup-registrar`: `--format json` has all"), "{text}");
}

/// Each name is compared with all pools, so that only the first are.
#[test]
fn the_nearest_names_are_looked_up_for_the_first_unknown_pools() {
    let unknown: String = (0..150).map(|at| format!("[[pool]]\nfqdn = 'pool01.contoso.co{at}'\n")).collect();
    let findings = checked(&with_pair(), Some(&unknown));
    let found = of(&findings, "pool-not-found");
    assert_eq!(found.len(), 150);
    assert_eq!(found.iter().filter(|finding| finding.help.starts_with("did you mean")).count(), 100);
}

/// One pool, and as many others that name it as their backup pool.
fn many_name_one(others: usize) -> Deployment {
    let backup = || Some(Backup::by("pool0.contoso.com"));
    let other = |at| Pool { backup: backup(), ..Pool::standard(format!("pool{at}.contoso.com")) };
    let pools = [Pool::standard("pool0.contoso.com")].into_iter().chain((1..=others).map(other)).collect();
    Deployment { sites: vec![Site::new("1", "Site", pools)], ..Deployment::default() }
}

#[test]
fn a_reason_travels_into_the_findings_and_the_runbook() {
    let request = format!(
        "{PAIR}voice-failover = {{ automatic = false }}\n\n\
         [[allow]]\nrule = \"voice-failover-disabled\"\nreason = \"the night shift decides\"\n"
    );
    let deployment = topogen::two_standard();
    let findings = checked(&deployment, Some(&request));
    for finding in of(&findings, "voice-failover-disabled") {
        assert_eq!(finding.allowed.as_deref(), Some("the night shift decides"));
        assert_eq!(finding.effective_severity(), Severity::Note);
    }
    assert!(!says(&findings, "allow-unused"), "{findings:#?}");
    let Outcome::Planned(planned) = planned(&deployment, &request, false) else { panic!("{findings:#?}") };
    let allowed: Vec<_> =
        planned.deployment.allowed.iter().map(|one| (one.rule.as_str(), one.reason.as_str())).collect();
    assert_eq!(allowed, [("voice-failover-disabled", "the night shift decides")]);
}

#[test]
fn what_is_not_declared_becomes_a_question_of_the_runbook() {
    let Outcome::Planned(planned) = planned(&topogen::two_standard(), PAIR, false) else { panic!("refused") };
    let questions = &planned.deployment.questions;
    assert_eq!(questions.len(), 4, "{questions:#?}");
    assert!(questions.iter().all(|question| question.ends_with('?')));
}

/// Of the class `integrity` there is one warning: the runbook must not lose it.
#[test]
fn every_warning_becomes_a_note_of_the_runbook() {
    let request = format!("{PAIR}voice-failover = {{ failback = 86400 }}\n");
    let Outcome::Planned(planned) = planned(&topogen::two_standard(), &request, false) else { panic!("refused") };
    let warning = |finding: &&Finding| finding.effective_severity() == Severity::Warning;
    let warned: Vec<_> = planned.findings.iter().filter(warning).map(|finding| finding.message.clone()).collect();
    assert_eq!(warned.len(), 1, "{warned:#?}");
    assert!(warned.iter().all(|message| planned.deployment.notes.contains(message)));
}

#[test]
fn an_allowance_that_matches_nothing_is_reported_and_fails_when_strict() {
    let request = format!("{PAIR}\n[[allow]]\nrule = \"voice-failover-disabled\"\nreason = \"none\"\n{}", declared());
    let deployment = topogen::two_standard();
    assert!(says(&checked(&deployment, Some(&request)), "allow-unused"));
    let Outcome::Refused(findings) = planned(&deployment, &request, true) else { panic!("planned") };
    assert!(says(&findings, "allow-unused"));
}

#[test]
fn of_a_refused_request_nobody_can_say_what_its_allowances_match() {
    let request = "[[pair]]\npools = [\"pool01.contoso.com\", \"nowhere.contoso.com\"]\n\n\
                   [[allow]]\nrule = \"voice-failover-disabled\"\nreason = \"the night shift decides\"\n";
    let findings = checked(&topogen::two_standard(), Some(request));
    assert!(says(&findings, "pool-not-found"));
    assert!(!says(&findings, "allow-unused"));
}

/// The pair that breaks the rule is parted by the request: the result is without fault, the document is not.
#[test]
fn an_allowance_of_what_only_the_document_breaks_is_used() {
    let deployment =
        topogen::two_standard().pair_with("pool01.contoso.com", "pool02.contoso.com", &Voice::seconds(600, 300));
    let request = "[[unpair]]\npool = \"pool02.contoso.com\"\n\n\
                   [[allow]]\nrule = \"failback-not-after-failover\"\nreason = \"until Sunday\"\n";
    let findings = checked(&deployment, Some(request));
    assert!(of(&findings, "failback-not-after-failover").iter().all(|finding| finding.allowed.is_some()));
    assert!(!says(&findings, "allow-unused"), "{findings:#?}");
}

fn declared() -> String {
    let facts = |pool: &str| {
        format!(
            "[[pool]]\nfqdn = \"{pool}.contoso.com\"\noperating-system = \"Windows Server 2019\"\n\
             hosting = \"virtual\"\nusers = 100\n"
        )
    };
    ["pool01", "pool02"].map(facts).concat()
}

fn export(deployment: &Deployment) -> Export {
    let bytes = deployment.published(&Layout::utf8(), &topogen::Notation::default());
    Export::read("topology.xml", bytes, &Options::default()).unwrap()
}

fn checked(deployment: &Deployment, request: Option<&str>) -> Vec<Finding> {
    let request = request.map(|text| Request::from_toml("request.toml", text).unwrap());
    check(&export(deployment), request.as_ref(), &learned(), &Options::default()).unwrap()
}

fn planned(deployment: &Deployment, request: &str, strict: bool) -> Outcome {
    let request = Request::from_toml("request.toml", request).unwrap();
    let options = PlanOptions { reading: Options::default(), strict };
    plan(&export(deployment), &request, &learned(), &options).unwrap()
}

/// The built-in notation as if it were learned, so that it is no reason to warn.
fn learned() -> Notation {
    Notation { evidence: Evidence::Learned, ..Notation::built_in() }
}

fn of<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| finding.rule.id == rule).collect()
}

fn says(findings: &[Finding], rule: &str) -> bool {
    !of(findings, rule).is_empty()
}
