//! Learning from committed pairs of files, and from real exports made into pairs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod cli;
mod insertions;
mod pair_dependencies;

use std::fs;
use std::path::{Path, PathBuf};

use poolpair::Export;
use poolpair::diff::unified;
use poolpair::learn::{Fidelity, LearnError, Learned, choose, learn};
use poolpair::notation::{Choice, Condition, Error, Evidence, ExampleOrigin, LearnedFrom, Notation, NotationOrigin};
use poolpair::plan::{Outcome, PlanOptions, Planned, plan};
use poolpair::request::{Flags, Request};
use poolpair::source::Options;
use topogen::{BoolForm, Deployment, IntervalForm, Layout, Voice};

const POOLS: [&str; 2] = ["pool01.contoso.com", "pool02.contoso.com"];

/// A committed folder of `fixtures/notations`.
struct Fixture {
    name: &'static str,
    shows: &'static str,
    extension: &'static str,
    deployment: fn() -> Deployment,
    notation: fn() -> topogen::Notation,
}

const FIXTURES: [Fixture; 5] = [
    Fixture {
        name: "built-in",
        shows: "the words of the built-in notation, as if they had been seen",
        extension: "xml",
        deployment: topogen::two_standard,
        notation: topogen::Notation::default,
    },
    Fixture {
        name: "backup-service",
        shows: "a `BackupService` with a port on each pool, which depends on that of the partner",
        extension: "xml",
        deployment: without_central_management,
        notation: topogen::Notation::with_backup_service,
    },
    Fixture {
        name: "central-management",
        shows: "the same beside the active Central Management store: the partner gains the standby and its database",
        extension: "xml",
        deployment: topogen::two_enterprise,
        notation: topogen::Notation::with_backup_service,
    },
    Fixture {
        name: "other-names",
        shows: "other names, `00:05:00` and `True`, in a published document",
        extension: "xml",
        deployment: topogen::two_standard,
        notation: other_names,
    },
    Fixture {
        name: "topology-builder",
        shows: "`PT300S`, `1`, names that tell nothing and a `BackupService`, in Topology Builder files",
        extension: "tbxml",
        deployment: topogen::two_standard,
        notation: terse_names,
    },
];

fn without_central_management() -> Deployment {
    topogen::two_standard().edit(POOLS[0], |pool| pool.central_management = None)
}

fn other_names() -> topogen::Notation {
    topogen::Notation {
        usage: "BackupRegistrar".into(),
        automatic: "AutomaticVoiceResiliency".into(),
        failure_detection: "FailoverTimeout".into(),
        failback: "failBACKTimeout".into(),
        interval: IntervalForm::HhMmSs,
        boolean: BoolForm::Capital,
        added_services: Vec::new(),
    }
}

fn terse_names() -> topogen::Notation {
    topogen::Notation {
        usage: "Peer".into(),
        automatic: "auto".into(),
        failure_detection: "down".into(),
        failback: "up".into(),
        interval: IntervalForm::XmlSeconds,
        boolean: BoolForm::Digit,
        ..topogen::Notation::with_backup_service()
    }
}

impl Fixture {
    fn write(&self, deployment: &Deployment) -> Vec<u8> {
        match self.extension {
            "tbxml" => deployment.topology_builder(&Layout::topology_builder(), &(self.notation)()),
            _ => deployment.published(&Layout::utf8(), &(self.notation)()),
        }
    }

    fn folder(&self) -> PathBuf {
        folder().join(self.name)
    }

    fn file(&self, stem: &str) -> PathBuf {
        self.folder().join(format!("{stem}.{}", self.extension))
    }

    fn read(&self, stem: &str) -> Export {
        let path = self.file(stem);
        read(stem, fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; {UPDATE}", path.display())))
    }

    fn notation(&self) -> Notation {
        let bytes = fs::read(self.folder().join("notation.toml")).expect(UPDATE);
        Notation::from_bytes("notation.toml", &bytes).unwrap()
    }
}

const UPDATE: &str = "run `UPDATE_FIXTURES=1 cargo test --test notation` and review the difference";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/notations")
}

fn read(name: &str, bytes: Vec<u8>) -> Export {
    Export::read(name, bytes, &Options::default()).unwrap_or_else(|error| panic!("{error:?}"))
}

fn planned(export: &Export, flags: &Flags, notation: &Notation) -> Planned {
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(export, &Request::from_flags(flags).unwrap(), notation, &options).unwrap() {
        Outcome::Planned(planned) => *planned,
        Outcome::Refused(findings) => panic!("{findings:#?}"),
    }
}

fn pairing(pools: [&str; 2]) -> Flags {
    Flags { pool: Some(pools[0].into()), backup: Some(pools[1].into()), ..Flags::default() }
}

fn parting(pool: &str) -> Flags {
    Flags { unpair: Some(pool.into()), ..Flags::default() }
}

fn readme() -> String {
    let mut text = String::from(
        "# Notations\n\n\
         Each folder holds a topology before and after one pairing, and the notation that `poolpair learn` makes of\n\
         the two. All names are made up; the topologies are written by the generator in `fixtures/generator`.\n\
         `UPDATE_FIXTURES=1 cargo test --test notation` writes everything again.\n\n\
         | folder | what it shows |\n| --- | --- |\n",
    );
    for Fixture { name, shows, .. } in &FIXTURES {
        text += &format!("| `{name}` | {shows} |\n");
    }
    text
}

#[test]
fn fixtures_are_up_to_date() {
    let mut files = vec![(folder().join("README.md"), readme().into_bytes())];
    for fixture in &FIXTURES {
        let before = fixture.write(&(fixture.deployment)());
        let after = fixture.write(&(fixture.deployment)().pair(POOLS[0], POOLS[1]));
        let learned = learn_stated(&read("before", before.clone()), &read("after", after.clone()));
        let notation = learned.unwrap_or_else(|error| panic!("{}: {error}", fixture.name)).notation.to_toml();
        files.push((fixture.file("before"), before));
        files.push((fixture.file("after"), after));
        files.push((fixture.folder().join("notation.toml"), notation.into_bytes()));
    }
    for (path, bytes) in files {
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        assert!(fs::read(&path).unwrap_or_default() == bytes, "`{}` is out of date: {UPDATE}", path.display());
    }
}

#[test]
fn what_is_learned_gives_the_second_file_byte_for_byte() {
    for fixture in &FIXTURES {
        let (before, after) = (fixture.read("before"), fixture.read("after"));
        let learned = learn_stated(&before, &after).unwrap();
        assert_eq!(learned.fidelity, Fidelity::Bytes, "{}", fixture.name);
        assert_eq!(learned.notation, fixture.notation());
        let is_built_in = fixture.notation().is_equivalent_to(&Notation::built_in());
        let expected = if is_built_in { Evidence::Unverified } else { Evidence::Learned };
        assert_eq!(learned.notation.evidence, expected, "{}", fixture.name);
        let applied = planned(&before, &pairing(POOLS), &fixture.notation()).after;
        if fixture.extension == "xml" {
            let (applied, after) = (applied.source().text(), after.source().text());
            let difference = unified("expected", after, "applied", applied).to_string();
            assert_eq!(difference, "", "{}", fixture.name);
        }
        let parted = planned(&applied, &parting(POOLS[1]), &fixture.notation()).after;
        assert_eq!(parted.source().bytes(), before.source().bytes(), "{}", fixture.name);
    }
}

/// What poolpair wrote itself is no example of what Topology Builder writes, whatever is stated.
#[test]
fn a_preview_is_no_evidence() {
    let pair = topogen::two_standard();
    let published = read("before", pair.published(&Layout::default(), &topogen::Notation::default()));
    let built = read("before", pair.topology_builder(&Layout::topology_builder(), &topogen::Notation::default()));
    for before in [published, built] {
        let preview = planned(&before, &pairing(POOLS), &Notation::built_in()).after;
        let text = preview.source().text();
        let resaved = format!("<?xml version='1.0'?>\n{}\n", without_declaration(text).replace("\r\n", "\n"));
        let renamed = text.replacen("IsFreeFromChanges=\"true\"", "IsFreeFromChanges=\"false\"", 1);
        for second in [text, &resaved, &renamed] {
            let learned = learn_stated(&before, &read("after", second.into())).unwrap().notation;
            assert_eq!(learned.evidence, Evidence::Unverified, "{second}");
            assert!(learned.learned_from.unwrap().may_be_preview);
        }
    }
}

fn without_declaration(text: &str) -> &str {
    text.split_once("?>").filter(|_| text.starts_with("<?xml")).map_or(text, |(_, rest)| rest.trim_start())
}

/// Each export has another `Signature`, and a preview keeps the one that it was made from.
#[test]
fn another_signature_and_a_statement_are_evidence() {
    let before = FIXTURES[0].read("before");
    let after = FIXTURES[0].read("after").source().text().replacen("Signature=\"", "Signature=\"0", 1);
    let after = read("after", after.into());
    let stated = learn_stated(&before, &after).unwrap().notation;
    assert_eq!(stated.evidence, Evidence::Learned);
    let documents = [&before, &after].map(|export| export.source().sha256()).to_vec();
    assert_eq!(stated.learned_from.unwrap().documents, documents);
    let unstated = learn(&before, &after, ExampleOrigin::Other, &Options::default()).unwrap().notation;
    assert_eq!(unstated.evidence, Evidence::Unverified);
    assert_eq!(unstated.name, stated.name);
}

#[test]
fn a_pair_in_the_topology_is_evidence_only_when_stated() {
    let after = FIXTURES[3].read("after");
    let chosen = |origin| choose(&after, None, origin, &Options::default()).notation;
    let (stated, unstated) = (chosen(ExampleOrigin::TopologyBuilder), chosen(ExampleOrigin::Other));
    assert_eq!((stated.evidence, unstated.evidence), (Evidence::Learned, Evidence::Unverified));
    assert_eq!(stated.learned_from.unwrap().documents, [after.source().sha256()]);
}

#[test]
fn a_file_may_not_call_itself_learned() {
    let learned = FIXTURES[3].notation();
    let refused = |notation: &Notation| {
        assert!(matches!(Notation::from_toml("n", &notation.to_toml()), Err(Error::Invalid { .. })), "{notation:?}");
    };
    refused(&Notation { learned_from: None, ..learned.clone() });
    let from = learned.learned_from.clone().unwrap();
    refused(&Notation { learned_from: Some(LearnedFrom { may_be_preview: true, ..from.clone() }), ..learned.clone() });
    let other = LearnedFrom { origin: ExampleOrigin::Other, ..from.clone() };
    refused(&Notation { learned_from: Some(other), ..learned.clone() });
    for documents in [vec![], vec!["1".repeat(63)], vec!["A".repeat(64)], vec!["1".repeat(64); 3]] {
        let from = LearnedFrom { documents, ..from.clone() };
        refused(&Notation { learned_from: Some(from), ..learned.clone() });
    }
}

#[test]
fn a_paired_file_alone_teaches_the_same() {
    for fixture in &FIXTURES {
        let after = fixture.read("after");
        let Choice { notation, origin } = choose(&after, None, ExampleOrigin::TopologyBuilder, &Options::default());
        // A pair that looks as the built-in notation would write it is no evidence for it.
        let is_built_in = fixture.notation().is_equivalent_to(&Notation::built_in());
        let learned = NotationOrigin::LearnedFromPair { pools: POOLS.map(poolpair::topology::Fqdn::new) };
        assert_eq!(origin, if is_built_in { NotationOrigin::BuiltIn } else { learned });
        assert!(notation.is_equivalent_to(&fixture.notation()), "{}", fixture.name);
        let parted = planned(&after, &parting(POOLS[0]), &notation).after;
        assert_eq!(parted.source().bytes(), fixture.read("before").source().bytes(), "{}", fixture.name);
    }
}

#[test]
fn an_unpaired_file_teaches_nothing_and_a_given_notation_is_taken() {
    let before = FIXTURES[1].read("before");
    assert_eq!(choose(&before, None, ExampleOrigin::TopologyBuilder, &Options::default()), Choice::built_in());
    let given = FIXTURES[3].notation();
    assert_eq!(
        choose(&FIXTURES[0].read("after"), Some(given.clone()), ExampleOrigin::TopologyBuilder, &Options::default()),
        Choice::given(given)
    );
}

#[test]
fn a_notation_of_one_dialect_applies_to_the_other() {
    let built = FIXTURES[4].notation();
    let published = topogen::two_standard().edit(POOLS[0], |pool| pool.central_management = None);
    let before = read("before", published.published(&Layout::utf8(), &terse_names()));
    let after = published.pair(POOLS[0], POOLS[1]).published(&Layout::utf8(), &terse_names());
    let applied = planned(&before, &pairing(POOLS), &built).after;
    let difference = unified("expected", read("after", after).source().text(), "applied", applied.source().text());
    assert_eq!(difference.to_string(), "");
}

#[test]
fn the_name_tells_nothing_but_the_content() {
    for fixture in &FIXTURES {
        let notation = fixture.notation();
        assert_eq!(notation.clone().with_content_name(), notation);
        let renamed = Notation { name: "x".into(), ..notation.clone() };
        assert_eq!(renamed.with_content_name(), notation);
    }
    let learned = FIXTURES[0].notation();
    assert_eq!(Notation::built_in().with_content_name().name, learned.name);
}

/// Learns from two documents which Topology Builder is said to have written.
fn learn_stated(before: &Export, after: &Export) -> Result<Learned, LearnError> {
    learn(before, after, ExampleOrigin::TopologyBuilder, &Options::default())
}

fn refusal(before: &Deployment, after: &Deployment) -> LearnError {
    let write = |deployment: &Deployment| {
        read("topology", deployment.published(&Layout::utf8(), &topogen::Notation::with_backup_service()))
    };
    learn_stated(&write(before), &write(after)).unwrap_err()
}

#[test]
fn everything_that_is_not_explained_is_told() {
    let after = without_central_management().pair(POOLS[0], POOLS[1]).edit(POOLS[1], |pool| {
        pool.roles.mediation = false;
        pool.extra_services.push(topogen::RawServiceId::new("2", "Stranger", 4));
    });
    let error = refusal(&without_central_management(), &after);
    let LearnError::Unexplained { differences } = &error else { panic!("{error:?}") };
    let text = differences.join("\n");
    for part in [
        "what pool `pool02.contoso.com` holds beside its dependencies and settings",
        "MediationServer of `pool02.contoso.com` removed",
        "Stranger of `pool02.contoso.com` added (only one of the two pools gained it, and its partner has",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(differences.len(), 3, "{text}");
    assert!(error.to_string().contains("no pairing explains 3 differences: \n- "), "{error}");
}

#[test]
fn refusals_say_what_is_missing() {
    let two = topogen::two_standard;
    assert!(matches!(refusal(&two(), &two()), LearnError::NothingDiffers));
    let moved = two().edit(POOLS[0], |pool| pool.version = 8);
    assert!(matches!(refusal(&two(), &moved), LearnError::NoPair { .. }));
    let one_sided = two().edit(POOLS[0], |pool| {
        pool.backup = Some(topogen::Backup { registrar_only: true, ..topogen::Backup::by(POOLS[1]) });
    });
    assert!(matches!(refusal(&two(), &one_sided), LearnError::NoPair { .. }));
    let voice = |automatic, failure_detection, failback| Voice {
        automatic,
        failure_detection: Option::map(failure_detection, topogen::Interval::Seconds),
        failback: Option::map(failback, topogen::Interval::Seconds),
    };
    let silent = two().pair_with(POOLS[0], POOLS[1], &voice(None, Some(300), None));
    let error = refusal(&two(), &silent);
    let LearnError::Incomplete { missing } = &error else { panic!("{error:?}") };
    assert_eq!(missing, &["switch for automatic failover", "failback interval"]);
    let odd = Voice { failback: Some(topogen::Interval::Text("soon".into())), ..Voice::default() };
    let error = refusal(&two(), &two().pair_with(POOLS[0], POOLS[1], &odd));
    assert!(error.to_string().contains("neither a switch nor an interval in whole seconds"), "{error}");
}

#[test]
fn two_intervals_that_nothing_tells_apart_are_refused() {
    let write = |deployment: &Deployment| read("topology", deployment.published(&Layout::utf8(), &terse_names()));
    let same = topogen::two_standard().pair_with(POOLS[0], POOLS[1], &Voice::seconds(300, 300));
    let error = learn_stated(&write(&topogen::two_standard()), &write(&same)).unwrap_err();
    assert!(matches!(error, LearnError::AmbiguousIntervals { .. }), "{error:?}");
    assert!(error.to_string().contains("`down` and `up`"), "{error}");
}

#[test]
fn settings_that_an_unpaired_pool_has_are_put_back() {
    let with_defaults = |bytes: Vec<u8>| {
        let plain = r#"IsDirector="false" />"#;
        let defaults = r#"IsDirector="false" EnableAutomaticFailover="false" FailureDetectionInterval="PT0S" FailbackDetectionInterval="PT0S" />"#;
        read("topology", String::from_utf8(bytes).unwrap().replace(plain, defaults).into_bytes())
    };
    let write = |deployment: Deployment| deployment.published(&Layout::utf8(), &topogen::Notation::default());
    let before = with_defaults(write(topogen::two_standard()));
    let after = with_defaults(write(topogen::with_pair()));
    let learned = learn_stated(&before, &after).unwrap();
    assert_eq!(learned.fidelity, Fidelity::Bytes);
    assert_eq!(learned.notation.failback.unpaired.as_deref(), Some("PT0S"));
    let parted = planned(&after, &parting(POOLS[0]), &learned.notation).after;
    assert_eq!(parted.source().bytes(), before.source().bytes());
}

#[test]
fn what_a_file_says_of_itself_may_differ() {
    let write = |deployment: Deployment, name: &str| {
        let mut deployment = deployment;
        deployment.builder_file.file_name = name.into();
        deployment.builder_file.is_free_from_changes = name.len() > 3;
        read(name, deployment.topology_builder(&Layout::topology_builder(), &topogen::Notation::default()))
    };
    let before = write(topogen::two_standard(), r"C:\before.tbxml");
    let after = write(topogen::with_pair(), "B:\\");
    assert_eq!(learn_stated(&before, &after).unwrap().fidelity, Fidelity::Bytes);
}

#[test]
fn a_change_of_partner_moves_the_services_that_stay() {
    let notation = FIXTURES[1].notation();
    let before = read("topology", topogen::three_pools().published(&Layout::utf8(), &topogen::Notation::default()));
    let paired = planned(&before, &pairing(POOLS), &notation).after;
    let replace = Flags { replace: true, ..pairing([POOLS[1], "pool03.contoso.com"]) };
    let changed = planned(&paired, &replace, &notation);
    let topology = &changed.after.topology;
    let names: Vec<_> = topology.front_end_pools().map(|pool| topology.pool_name(pool).as_str()).collect();
    assert_eq!(names, [POOLS[0], POOLS[1], "pool03.contoso.com"]);
    let service = |at| topology.service_on(topology.front_end_pools().nth(at).unwrap(), "BackupService");
    let (former, kept, new) = (service(0), service(1).unwrap(), service(2).unwrap());
    assert_eq!(former, None);
    assert_eq!(topology.dependency_of(kept, "BackupService"), Some(new));
    assert_eq!(topology.dependency_of(new, "BackupService"), Some(kept));
    assert!(topology.dangling.is_empty());
    let sentences: Vec<_> = changed.changes.iter().map(|change| change.explanation.as_str()).collect();
    let moved = "on `pool02.contoso.com`, `BackupService with pool01.contoso.com` becomes `BackupService with pool03.contoso.com`";
    assert!(sentences.contains(&moved), "{sentences:#?}");
    let parted = planned(&changed.after, &parting("pool03.contoso.com"), &notation).after;
    assert_eq!(parted.source().bytes(), before.source().bytes());
}

#[test]
fn a_pool_is_never_asked_into_two_pairs() {
    let before = read("topology", topogen::three_pools().published(&Layout::utf8(), &topogen::Notation::default()));
    let text =
        |first: [&str; 2], second: [&str; 2]| format!("[[pair]]\npools = {first:?}\n[[pair]]\npools = {second:?}\n");
    let outcome = |text: &str| {
        let request = Request::from_toml("request.toml", text).unwrap();
        let options = PlanOptions { reading: Options::default(), strict: false };
        plan(&before, &request, &Notation::built_in(), &options)
    };
    let two_partners = outcome(&text(POOLS, [POOLS[1], "pool03.contoso.com"]));
    assert!(!matches!(two_partners, Ok(Outcome::Planned(_))), "{two_partners:?}");
}

#[test]
fn odd_numbers_are_remarked_upon() {
    let notation = topogen::Notation::with_backup_service();
    let write = |deployment: Deployment| String::from_utf8(deployment.published(&Layout::utf8(), &notation)).unwrap();
    let before = write(without_central_management());
    let after = write(without_central_management().pair(POOLS[0], POOLS[1]));
    let after = after.replace(
        r#"SiteId="1" RoleName="BackupService" Instance="1""#,
        r#"SiteId="1" RoleName="BackupService" Instance="36""#,
    );
    let learned = learn_stated(&read("a", before.into()), &read("b", after.into())).unwrap();
    assert_eq!(learned.fidelity, Fidelity::Bytes);
    assert_eq!(
        learned.remarks,
        [
            "BackupService of `pool01.contoso.com` is numbered `1-BackupService-36`, where poolpair would write `1-BackupService-1`"
        ]
    );
}

#[test]
fn a_bad_notation_file_is_refused_at_its_places() {
    let built_in = Notation::built_in().to_toml();
    let service = "\n[[service]]\nrole = \"Registrar\"\nrole-version = \"x\"\nports = \"<Ports/>\"\nbody = \"<a\"\n";
    let text =
        built_in.replace("EnableAutomaticFailover", "Is Director").replace("\"Backup\"", "\"\\u0001\"") + service;
    let error = Notation::from_toml("n.toml", &text).unwrap_err();
    let Error::Invalid { summary, labels, .. } = &error else { panic!("{error:?}") };
    for part in ["U+0001", "`Is Director` is not", "without being paired", "`x` is not a whole", "not a `Ports`"] {
        assert!(summary.contains(part), "{part}: {summary}");
    }
    assert_eq!(labels.len(), 6);
    let places: Vec<_> = labels.iter().map(|label| &text[label.offset()..label.offset() + label.len()]).collect();
    assert_eq!(places, ["\"\\u0001\"", "\"Is Director\"", "\"Registrar\"", "\"x\"", "\"<Ports/>\"", "\"<a\""]);
    for (from, to) in
        [("format-version = 1", "format-version = 2"), ("form = ", "from = "), ("[failback]", "[fallback]")]
    {
        let error = Notation::from_toml("n.toml", &built_in.replace(from, to)).unwrap_err();
        assert!(!matches!(error, Error::Invalid { .. }), "{error}");
    }
}

#[test]
fn real_exports_are_paired_learned_from_and_parted() {
    let beside = ["../shared", "../../shared"]
        .map(|beside| Path::new(env!("CARGO_MANIFEST_DIR")).join(beside).join("samples/two-pools"));
    let Some(entries) = beside.iter().find_map(|samples| fs::read_dir(samples).ok()) else {
        println!("skipped: the real exports are not here");
        return;
    };
    let notations: Vec<_> = FIXTURES.iter().map(Fixture::notation).collect();
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let before = read(&name, fs::read(&path).unwrap());
        let pools: Vec<_> = before.topology.front_end_pools().collect();
        let [one, other] = pools[..] else { panic!("{name} has {} Front End pools", pools.len()) };
        let pools = [one, other].map(|pool| before.topology.pool_name(pool).as_str());
        for notation in &notations {
            let paired = planned(&before, &pairing(pools), notation).after;
            let learned = learn_stated(&before, &paired).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(learned.fidelity, Fidelity::Bytes, "{name}");
            let conditional = |service: &&poolpair::notation::AddedService| service.condition != Condition::Always;
            if notation.services.iter().find(conditional).is_none() {
                assert!(learned.notation.is_equivalent_to(notation), "{name}");
            }
            let choice = choose(&paired, None, ExampleOrigin::TopologyBuilder, &Options::default());
            assert!(choice.notation.is_equivalent_to(&learned.notation), "{name}");
            let parted = planned(&paired, &parting(pools[1]), &choice.notation).after;
            assert_eq!(parted.source().bytes(), before.source().bytes(), "{name}");
        }
    }
}
