//! One run for every renderer: two Enterprise pools are paired, with one allowed finding, one warning and one note.

use poolpair::Export;
use poolpair::audit::{Audit, Audited};
use poolpair::diff::{UnifiedDiff, unified};
use poolpair::notation::{Choice, Notation, NotationOrigin};
use poolpair::pairing::Pairing;
use poolpair::plan::deployment::Allowed;
use poolpair::plan::{Outcome, PlanOptions, PlanRecord, Planned, plan};
use poolpair::report::picture::Picture;
use poolpair::report::{Review, Texts};
use poolpair::request::Request;
use poolpair::rules::{Basis, Finding, FindingFiles, FindingRecord, Question, RequestText, Rule, RuleClass};
use poolpair::runbook::Runbook;
use poolpair::source::{Options, Span};
use poolpair::topology::Fqdn;
use topogen::{Backup, Deployment, Layout, Pool};

/// What every renderer is shown.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) before: Export,
    pub(crate) request: Request,
    pub(crate) notation: Notation,
    pub(crate) planned: Planned,
    pub(crate) record: PlanRecord,
    pub(crate) runbook: Runbook,
    pub(crate) diff: UnifiedDiff,
}

/// The rules of the run. They stand for those of the book, so that a rule's wording is no concern of a renderer.
pub(crate) static RULES: [&Rule; 3] = [&HOSTING, &RESILIENCE, &ENCRYPTION];

static HOSTING: Rule = rule(
    "hosting-mismatch",
    RuleClass::Support,
    "# What it checks\n\n Both pools run on physical servers, or both on virtual ones.\n\n # Why\n\n Capacity differs.\n\n \
     # How to fix\n\n Move one pool, or allow it with a reason.\n\n # Source\n\n \"Front End pool disaster recovery\", best practices.\n",
);
static RESILIENCE: Rule = rule(
    "sql-resilience-mismatch",
    RuleClass::Advice,
    "# What it checks\n\n The back ends of a pair survive the loss of a server in the same way.\n\n # Why\n\n A pool \
     that fails over should not lose more than it had.\n\n # How to fix\n\n Give both the same.\n\n # Source\n\n Inferred.\n",
);
static ENCRYPTION: Rule = rule(
    "unencrypted-replication",
    RuleClass::Fact,
    "# What it checks\n\n Backup traffic is not encrypted.\n\n # Why\n\n It crosses the network between sites.\n\n \
     # How to fix\n\n Use IPsec where that matters.\n\n # Source\n\n Inferred.\n",
);

const fn rule(id: &'static str, class: RuleClass, page: &'static str) -> Rule {
    Rule { id, class, basis: Basis::Topology, source: "MS-DR", page }
}

pub(crate) const REQUEST: &str = r#"[[pair]]
pools = ["pool01.contoso.com", "pool02.contoso.com"]
voice-failover = { automatic = true, failure-detection = "300s", failback = "10m" }

[[pool]]
fqdn = "pool01.contoso.com"
hosting = "virtual"

[[pool]]
fqdn = "pool02.contoso.com"
hosting = "physical"

[[allow]]
rule = "hosting-mismatch"
reason = "pool02 moves to virtual servers in May (CHG-1234)"
"#;

/// Two Enterprise pools are paired.
pub(crate) fn two_enterprise() -> Run {
    let mut run = Run::of(&topogen::two_enterprise(), "request.toml", REQUEST);
    run.set_findings(vec![hosting(), resilience(&run.before), encryption()]);
    run.record.deployment.notes = vec!["backup traffic is not encrypted".into()];
    run
}

/// The same request on its own result.
pub(crate) fn nothing_to_change() -> Run {
    let deployment = topogen::two_enterprise().pair("pool01.contoso.com", "pool02.contoso.com");
    Run::of(&deployment, "request.toml", REQUEST)
}

/// A pool leaves its partner for another one.
pub(crate) fn replaced() -> Run {
    let deployment = topogen::three_pools().pair("pool01.contoso.com", "pool02.contoso.com");
    let request = "[[pair]]\npools = [\"pool01.contoso.com\", \"pool03.contoso.com\"]\nreplace = true\n";
    Run::of(&deployment, "request.toml", request)
}

/// An export and a request that breaks rules, with what they found.
pub(crate) fn refused() -> (Export, Request, Vec<Finding>) {
    let deployment = topogen::three_pools().pair("pool01.contoso.com", "pool02.contoso.com");
    let before = export(&deployment);
    let text = "[[pair]]\npools = [\"pool01.contoso.com\", \"pool03.contoso.com\"]\n";
    let request = Request::from_toml("request.toml", text).unwrap();
    match plan(&before, &request, &Notation::built_in(), &options()).unwrap() {
        Outcome::Refused(findings) => (before, request, findings),
        Outcome::Planned(_) => panic!("the plan should be refused"),
    }
}

/// A deployment for an audit: a pair, a one-sided one, pools without a partner, and what depends on them.
pub(crate) fn audited() -> (Audit, Picture) {
    let mut deployment = topogen::with_edge().pair("pool01.contoso.com", "pool02.contoso.com");
    deployment.sites[0].pools.push(Pool::trusted_application("app01.contoso.com", "pool01.contoso.com"));
    for name in ["pool03", "pool04", "pool05", "pool06", "pool07"] {
        deployment.sites[1].pools.push(Pool::standard(format!("{name}.contoso.com")));
    }
    deployment.sites[1].pools.push(Pool::enterprise("pool08.contoso.com", 2));
    let deployment = deployment
        .edit("pool03.contoso.com", |pool| pool.backup = Some(Backup::by("pool04.contoso.com")))
        .edit("pool08.contoso.com", |pool| pool.version = 8);
    let (export, notation) = (export(&deployment), Notation::built_in());
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    let picture = Picture::of_topology(&export.topology, &pairing);
    (Audited::new(&export, &pairing, &notation).audit, picture)
}

pub(crate) fn export(deployment: &Deployment) -> Export {
    let bytes = deployment.published(&Layout::utf8(), &topogen::Notation::default());
    Export::read("topology.xml", bytes, &Options::default()).unwrap()
}

fn options() -> PlanOptions {
    PlanOptions { reading: Options::default(), strict: false }
}

impl Run {
    pub(crate) fn of(deployment: &Deployment, name: &str, request: &str) -> Self {
        let before = export(deployment);
        let request = Request::from_toml(name, request).unwrap();
        let notation = Notation::built_in();
        let mut planned = match plan(&before, &request, &notation, &options()).unwrap() {
            Outcome::Planned(planned) => *planned,
            Outcome::Refused(findings) => panic!("{findings:#?}"),
        };
        // What the book says of these deployments is for the tests of the rules.
        planned.findings.clear();
        let mut record = PlanRecord::new(
            &before,
            &request,
            &Choice { notation: notation.clone(), origin: NotationOrigin::BuiltIn },
            &planned,
        );
        record.deployment.questions.clear();
        record.deployment.notes.clear();
        let (was, is) = (before.source().text(), planned.after.source().text());
        let diff = unified("before/topology.xml", was, "after/topology.xml", is);
        let runbook = poolpair::runbook::runbook(&record.deployment).unwrap();
        Self { before, request, notation, planned, record, runbook, diff }
    }

    pub(crate) fn review(&self) -> Review<'_> {
        let hash = |file: &'static str| [file, self.record.deployment.result_sha256.as_str()];
        let hashes = ["poolpair.psm1", "runbook.ps1", "topology.xml", "the input"].map(hash).to_vec();
        Review::new(&self.before, &self.planned, &self.record, &self.runbook, &self.diff, hashes)
    }

    pub(crate) fn texts(&self) -> Texts<'_> {
        Texts { topology: self.before.source(), request: self.request.source.as_deref() }
    }

    pub(crate) fn files(&self) -> FindingFiles<'_> {
        let request = self.request.source.as_deref().map(|source| RequestText::new(source.name(), source.inner()));
        FindingFiles { topology_name: "topology.xml", topology: self.before.source(), request }
    }

    /// The findings as reports hold them.
    pub(crate) fn records(&self) -> Vec<FindingRecord> {
        self.planned.findings.iter().map(|finding| FindingRecord::new(finding, &self.files())).collect()
    }

    pub(crate) fn set_findings(&mut self, findings: Vec<Finding>) {
        self.planned.findings = findings;
        self.record.findings = self.records();
        let allowed = self.planned.findings.iter().filter_map(|finding| {
            let reason = finding.allowed.clone()?;
            Some(Allowed { rule: finding.rule.id.into(), message: finding.message.clone(), reason })
        });
        self.record.deployment.allowed = allowed.collect();
    }
}

fn pair() -> [Fqdn; 2] {
    ["pool01.contoso.com", "pool02.contoso.com"].map(Fqdn::new)
}

fn hosting() -> Finding {
    let place = |text: &str| {
        let start = REQUEST.find(text).unwrap();
        poolpair::rules::Place::Request(start..start + text.len())
    };
    let mut finding = HOSTING
        .finding(
            &pair(),
            "`pool01.contoso.com` is virtual and `pool02.contoso.com` is physical",
            "move one of the two pools",
        )
        .at(place("\"virtual\""), "virtual here")
        .at(place("\"physical\""), "physical here");
    finding.allowed = Some("pool02 moves to virtual servers in May (CHG-1234)".into());
    finding
}

fn resilience(before: &Export) -> Finding {
    let spans: Vec<Span> =
        before.topology.sql_instances.iter().map(|sql| before.document.node(sql.element).start_tag()).collect();
    RESILIENCE
        .finding(
            &pair(),
            "the back ends of `pool01.contoso.com` and `pool02.contoso.com` are made resilient in different ways",
            "use AlwaysOn availability groups on both",
        )
        .at(spans[0], "the back end of `pool01.contoso.com`")
        .at(spans[1], "the back end of `pool02.contoso.com`")
}

fn encryption() -> Finding {
    let mut finding = ENCRYPTION.finding(
        &pair(),
        "backup traffic between the pools of a pair is not encrypted",
        "use IPsec between the sites",
    );
    let text = "Do the Front Ends of `pool01.contoso.com` and `pool02.contoso.com` run the same operating system?";
    finding.question = Some(Question { keys: &["operating-system"], text: text.into() });
    finding
}
