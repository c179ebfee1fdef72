//! Every case of the generator says what `fixtures/rules` expects.

use std::collections::{BTreeMap, BTreeSet};

use poolpair::Export;
use poolpair::notation::Notation;
use poolpair::pairing::Pairing;
use poolpair::partners::partners;
use poolpair::plan::{self, Outcome, PlanOptions};
use poolpair::request::{Allow, Flags, Located, Origin, Request, ResolvedRequest};
use poolpair::rules::{
    Finding, FindingFiles, FindingRecord, RULES, RequestText, RuleContext, check, merge, report_unused_allows,
};
use poolpair::source::Options;
use topogen::rules::{self as fixtures, Case};

use crate::expected;
use crate::files::{UPDATE, below, fixture, hold};

#[test]
fn every_case_finds_what_is_expected() {
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    for case in fixtures::all() {
        let given = Given::read(case);
        let findings = given.findings_of_rule();
        let told = given.told(&findings);
        if case.fires() {
            assert!(!findings.is_empty(), "the rule `{}` does not fire on its case `{}`", case.rule, case.name);
            said.entry(case.rule).or_default().push_str(&format!("== {}\n{told}\n", case.name));
        } else {
            assert!(findings.is_empty(), "the rule `{}` fires on its case `{}`:\n{told}", case.rule, case.name);
        }
    }
    for (rule, said) in said {
        hold(&format!("fixtures/rules/{rule}.txt"), format!("{}\n", said.trim_end()).as_bytes());
    }
}

#[test]
fn the_folder_holds_nothing_else() {
    let texts = fixtures::all().filter(|case| case.fires()).map(|case| format!("{}.txt", case.rule));
    let expected: BTreeSet<_> = texts.chain(["README.md".into()]).collect();
    let present = below("fixtures/rules");
    let stray: Vec<_> = present.difference(&expected).collect();
    assert!(stray.is_empty(), "no case makes {stray:?}: delete them, or add cases to the generator");
    let missing: Vec<_> = expected.difference(&present).collect();
    assert!(missing.is_empty(), "{missing:?} are missing: {UPDATE}");
}

#[test]
fn the_shared_topology_only_lacks_a_pair() {
    let export = export("topology.xml");
    let given = Given { export, request: None, declared: None, notation: Notation::built_in(), case: None };
    let findings = given.findings();
    let [alone] = &findings[..] else { panic!("{}", given.told(&findings)) };
    assert_eq!(alone.rule.id, "central-management-without-standby");
}

/// A plan joins what is found on the request and on the result by rule, subject and pools, so both must agree.
#[test]
fn a_rule_says_of_the_result_what_it_said_of_the_request() {
    for case in fixtures::all() {
        let given = Given::read(case);
        let Some(after) = given.planned() else { continue };
        let before = Given { request: None, ..Given::read(case) };
        let mut said: Vec<_> = given.findings().into_iter().chain(before.findings()).collect();
        let count = said.len();
        let after = Given { export: after, request: None, ..Given::read(case) };
        let mut found = after.findings();
        found.retain(|finding| given.says(finding.rule.id));
        merge(&mut said, found);
        let new = &said[count..];
        assert!(new.is_empty(), "on the case `{}/{}`:\n{}", case.rule, case.name, after.told(new));
    }
}

#[test]
fn check_and_plan_agree_on_what_blocks() {
    for case in fixtures::all().filter(|case| case.request.is_some()) {
        let given = Given::read(case);
        let (request, reading) = (given.request.as_ref().unwrap(), Options::default());
        let checked = plan::check(&given.export, Some(request), &given.notation, &reading);
        for strict in [false, true] {
            let options = PlanOptions { reading: reading.clone(), strict };
            let blocking = |findings: &[Finding]| {
                let blocking = findings.iter().filter(|finding| finding.is_blocking(strict));
                blocking.map(|finding| (finding.rule.id, finding.message.clone())).collect::<Vec<_>>()
            };
            let place = format!("{}/{}", case.rule, case.name);
            match (&checked, plan::plan(&given.export, request, &given.notation, &options)) {
                (Ok(checked), Ok(Outcome::Planned(_))) => assert_eq!(blocking(checked), [], "{place}"),
                (Ok(checked), Ok(Outcome::Refused(refused))) => {
                    assert!(!blocking(&refused).is_empty(), "{place}");
                    assert_eq!(blocking(checked), blocking(&refused), "{place}");
                }
                (Err(checked), Err(planned)) => assert_eq!(checked.to_string(), planned.to_string(), "{place}"),
                (checked, planned) => panic!("{place}: {checked:?} and {planned:?}"),
            }
        }
    }
}

#[test]
fn partners_and_plan_agree_on_who_is_eligible() {
    for case in fixtures::all().filter(|case| case.topology.is_some()) {
        let Given { export, notation, .. } = Given::read(case);
        let options = PlanOptions { reading: Options::default(), strict: false };
        let Some(pool) = export.topology.front_end_pools().next() else { continue };
        let found = partners(&export, &notation, pool, false);
        // A request for the pair that is there changes nothing, and so nothing refuses it.
        for partner in found.partners.iter().filter(|partner| Some(&partner.fqdn) != found.backup_pool.as_ref()) {
            let [pool, backup] = [&found.pool, &partner.fqdn].map(|pool| Some(pool.to_string()));
            let request = Request::from_flags(&Flags { pool, backup, ..Flags::default() }).unwrap();
            let planned = plan::plan(&export, &request, &notation, &options);
            let is_planned = matches!(planned, Ok(Outcome::Planned(_)));
            assert_eq!(partner.eligible, is_planned, "{}/{}: {partner:?}", case.rule, case.name);
        }
    }
}

/// What a case is about, as read from the files that are made for it.
struct Given {
    export: Export,
    request: Option<Request>,
    declared: Option<Request>,
    notation: Notation,
    case: Option<&'static Case>,
}

impl Given {
    fn read(case: &'static Case) -> Self {
        let text = |extension: &str| {
            let bytes = fixture(&case.path(extension))?;
            Some(String::from_utf8(bytes).unwrap())
        };
        let own = case.topology.map(|_| case.path("xml"));
        let request = case.request.and_then(|_| text("toml"));
        let request = request.map(|text| Request::from_toml("request.toml", &text).unwrap());
        let notation = case.notation.and_then(|_| text("notation.toml"));
        Self {
            export: export(&own.unwrap_or_else(|| "topology.xml".into())),
            declared: request.clone(),
            request,
            notation: notation
                .map_or_else(Notation::built_in, |text| Notation::from_toml("notation.toml", &text).unwrap()),
            case: Some(case),
        }
    }

    fn findings(&self) -> Vec<Finding> {
        let topology = &self.export.topology;
        let pairing = Pairing::read(&self.export.document, topology, &self.notation);
        let requests = [&self.request, &self.declared].map(Option::as_ref);
        let [requested, declared] = requests.map(|request| Some(ResolvedRequest::of(request?, topology)));
        let context = RuleContext {
            export: &self.export,
            pairing: &pairing,
            notation: &self.notation,
            requested: requested.as_ref(),
            declared: declared.as_ref(),
        };
        let mut findings = check(&context);
        if let Some(request) = &self.request {
            report_unused_allows(&mut findings, request);
        }
        findings
    }

    fn findings_of_rule(&self) -> Vec<Finding> {
        let mut findings = self.findings();
        findings.retain(|finding| self.case.is_some_and(|case| case.rule == finding.rule.id));
        findings
    }

    fn says(&self, rule: &str) -> bool {
        self.findings().iter().any(|finding| finding.rule.id == rule)
    }

    /// The document after the request is carried out, whatever can be allowed being allowed.
    fn planned(&self) -> Option<Export> {
        let mut request = self.request.clone()?;
        let located = |text: &str| Located { value: text.to_owned(), origin: Origin::Default };
        let allowed = RULES.iter().filter(|rule| rule.class.can_be_allowed());
        request.allows = allowed.map(|rule| Allow { rule: located(rule.id), reason: located("a test") }).collect();
        let options = PlanOptions { reading: Options::default(), strict: false };
        match plan::plan(&self.export, &request, &self.notation, &options).unwrap() {
            Outcome::Planned(planned) => Some(planned.after),
            Outcome::Refused(_) => None,
        }
    }

    fn told(&self, findings: &[Finding]) -> String {
        let source = self.export.source();
        let text = self.case.and_then(|case| case.request);
        let name = self.case.map(|case| format!("{}.toml", case.name)).unwrap_or_default();
        let request = text.map(|text| RequestText::new(name.as_str(), text));
        let files = FindingFiles { topology_name: source.name(), topology: source, request };
        let told = findings.iter().map(|finding| {
            let bytes =
                |file: &str| if file == source.name() { source.bytes() } else { text.unwrap_or_default().as_bytes() };
            expected::tell(&FindingRecord::new(finding, &files), bytes)
        });
        told.collect::<Vec<_>>().join("\n")
    }
}

fn export(path: &str) -> Export {
    let bytes = fixture(path).unwrap_or_else(|| panic!("the generator makes no `{path}`"));
    let name = path.rsplit('/').next().unwrap();
    Export::read(name, bytes, &Options::default()).unwrap()
}
