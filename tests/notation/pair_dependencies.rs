//! A dependency between the two pools on any role is learned, written, moved with the partner, and taken away again.

use poolpair::Export;
use poolpair::learn::{Fidelity, LearnError, choose, learn};
use poolpair::notation::{ExampleOrigin, Notation, PairDependency};
use poolpair::plan::{Outcome, PlanOptions, Planned, plan};
use poolpair::request::Request;
use poolpair::runbook;
use poolpair::source::Options;
use topogen::{Deployment, Encoding, Layout, LineEnding, RawDependency, RawServiceId};

const PAIR: &str = "[[pair]]\npools = [\"pool01.contoso.com\", \"pool02.contoso.com\"]\nvoice-failover = { failure-detection = 300, failback = 600 }\n";
const REPLACE: &str = "[[pair]]\npools = [\"pool01.contoso.com\", \"pool03.contoso.com\"]\nreplace = true\n";
const UNPAIR: &str = "[[unpair]]\npool = \"pool01.contoso.com\"\n";
const ROLES: [&str; 2] = ["UserServices", "ConfServices"];

/// Three pools, the first two a pair whose services of `roles` depend on each other as well.
fn crossed(roles: [&[&str]; 2]) -> Deployment {
    let paired = topogen::three_pools().pair("pool01.contoso.com", "pool02.contoso.com");
    let depend = |deployment: Deployment, pool: &str, site: &str, roles: &[&str]| {
        deployment.edit(pool, |pool| {
            pool.extra_dependencies.extend(roles.iter().map(|role| RawDependency {
                role: (*role).into(),
                usage: "Partner".into(),
                target: RawServiceId::new(site, *role, 1),
            }));
        })
    };
    depend(depend(paired, "pool01.contoso.com", "2", roles[0]), "pool02.contoso.com", "1", roles[1])
}

type Write = fn(&Deployment, &Layout) -> Vec<u8>;

fn published(deployment: &Deployment, layout: &Layout) -> Vec<u8> {
    deployment.published(layout, &topogen::Notation::default())
}

fn saved(deployment: &Deployment, layout: &Layout) -> Vec<u8> {
    deployment.clone().downloaded().topology_builder(layout, &topogen::Notation::default())
}

fn read(bytes: Vec<u8>) -> Export {
    Export::read("topology", bytes, &Options::default()).unwrap()
}

fn planned(export: &Export, request: &str, notation: &Notation) -> Export {
    outcome(export, request, notation).after
}

fn outcome(export: &Export, request: &str, notation: &Notation) -> Planned {
    let request = Request::from_toml("request.toml", request).unwrap();
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(export, &request, notation, &options).unwrap() {
        Outcome::Planned(planned) => *planned,
        Outcome::Refused(findings) => panic!("{findings:#?}"),
    }
}

#[test]
fn it_is_learned_written_and_taken_away() {
    let encodings = [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le];
    for write in [published as Write, saved] {
        for encoding in encodings {
            for line_ending in [LineEnding::Lf, LineEnding::CrLf] {
                let layout = Layout { encoding, line_ending, ..Layout::default() };
                let before = read(write(&topogen::three_pools(), &layout));
                let after = read(write(&crossed([&ROLES, &ROLES]), &layout));
                let learned = learn(&before, &after, ExampleOrigin::Other, &Options::default()).unwrap();
                assert_eq!(learned.fidelity, Fidelity::Bytes);
                let roles: Vec<_> = learned.notation.dependencies.iter().map(|one| one.role.as_str()).collect();
                assert_eq!(roles, ROLES);
                let notation = Notation::from_toml("notation.toml", &learned.notation.to_toml()).unwrap();
                assert_eq!(notation, learned.notation);
                let paired = planned(&before, PAIR, &notation);
                assert_eq!(paired.source().bytes(), after.source().bytes());
                assert_eq!(planned(&paired, PAIR, &notation).source().bytes(), paired.source().bytes());
                let alone = planned(&paired, UNPAIR, &notation);
                assert_eq!(alone.source().bytes(), before.source().bytes());
                let moved = planned(&planned(&paired, REPLACE, &notation), UNPAIR, &notation);
                assert_eq!(moved.source().bytes(), before.source().bytes());
            }
        }
    }
}

/// The rows are in the document alone: what is done on the servers is what any pair needs, there and back.
#[test]
fn its_runbooks_have_the_steps_of_any_pair() {
    let layout = Layout::default();
    let before = read(published(&topogen::three_pools(), &layout));
    let after = read(published(&crossed([&ROLES, &ROLES]), &layout));
    let learned = learn(&before, &after, ExampleOrigin::Other, &Options::default()).unwrap().notation;
    let plain = read(published(&crossed([&[], &[]]), &layout));
    let steps = |export: &Export, request: &str, notation: &Notation| {
        let deployment = outcome(export, request, notation).deployment;
        let books = [runbook::runbook(&deployment).unwrap(), runbook::undo(&deployment).unwrap()];
        books.map(|book| book.steps.into_iter().map(|step| (step.id, step.script.run)).collect::<Vec<_>>())
    };
    for (request, with_rows, without) in [(PAIR, &before, &before), (UNPAIR, &after, &plain), (REPLACE, &after, &plain)]
    {
        assert_eq!(steps(with_rows, request, &learned), steps(without, request, &Notation::built_in()), "{request}");
    }
}

#[test]
fn a_pair_in_a_document_teaches_it() {
    let example = read(published(&crossed([&ROLES, &ROLES]), &Layout::default()));
    let choice = choose(&example, None, ExampleOrigin::Other, &Options::default());
    assert_eq!(choice.notation.dependencies.len(), ROLES.len());
}

#[test]
fn what_only_one_pool_gained_is_not_explained() {
    let before = read(published(&topogen::three_pools(), &Layout::default()));
    let after = read(published(&crossed([&ROLES, &ROLES[..1]]), &Layout::default()));
    let error = learn(&before, &after, ExampleOrigin::Other, &Options::default()).unwrap_err();
    let LearnError::Unexplained { differences } = error else { panic!("{error}") };
    assert!(differences.len() == 1 && differences[0].contains("ConfServices"), "{differences:?}");
}

#[test]
fn a_notation_says_it_once_and_not_of_the_registrars() {
    let row = |role: &str, names: &str| PairDependency {
        role: role.into(),
        usage: "Backup".into(),
        names: names.into(),
        position: poolpair::notation::DependencyPosition::Last,
    };
    let problems = |dependencies| Notation { dependencies, ..Notation::built_in() }.problems().len();
    assert_eq!(problems(vec![row("UserServices", "UserServices"), row("UserServices", "ConfServices")]), 0);
    assert_eq!(problems(vec![row("UserServices", "UserServices"), row("UserServices", "UserServices")]), 1);
    assert_eq!(problems(vec![row("Registrar", "Registrar")]), 1);
}
