//! What is a difference between two documents, and what is none.

use std::process::Command;

use poolpair::Export;
use poolpair::confirm::{Unexpected, confirm};
use poolpair::diff::{Aspect, Difference, DifferenceClass, InventoryChange, compare, signature_differs};
use poolpair::notation::{Choice, Notation};
use poolpair::plan::{Outcome, PlanOptions, PlanRecord, Planned, plan};
use poolpair::request::{Flags, Request};
use poolpair::source::Options;
use topogen::{Deployment, IntervalForm, Layout};

const POOLS: [&str; 2] = ["pool01.contoso.com", "pool02.contoso.com"];

fn read(bytes: Vec<u8>) -> Export {
    Export::read("topology.xml", bytes, &Options::default()).unwrap()
}

fn published(deployment: &Deployment) -> Export {
    read(deployment.published(&Layout::default(), &topogen::Notation::default()))
}

fn in_form(interval: IntervalForm) -> Export {
    let notation = topogen::Notation { interval, ..topogen::Notation::default() };
    read(topogen::with_pair().published(&Layout::default(), &notation))
}

fn signed(mut deployment: Deployment) -> Deployment {
    deployment.signature = "another one".to_owned();
    deployment
}

/// A plan that pairs the two pools.
fn pairing(deployment: &Deployment) -> (PlanRecord, Planned) {
    let before = published(deployment);
    let [pool, backup] = POOLS.map(|name| Some(name.to_owned()));
    let request = Request::from_flags(&Flags { pool, backup, ..Flags::default() }).unwrap();
    let choice = Choice::given(Notation::built_in());
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(&before, &request, &choice.notation, &options).unwrap() {
        Outcome::Planned(planned) => (PlanRecord::new(&before, &request, &choice, &planned), *planned),
        Outcome::Refused(findings) => panic!("{findings:#?}"),
    }
}

#[test]
fn the_signature_is_no_difference() {
    for dialect in [Deployment::published, Deployment::configuration_export, Deployment::topology_builder] {
        let deployment = topogen::two_standard();
        let bytes = dialect(&deployment, &Layout::utf8(), &topogen::Notation::default());
        let text = String::from_utf8(bytes).unwrap();
        let [one, other] =
            [text.clone(), text.replace(" Signature=\"", " Signature=\"another-")].map(|text| read(text.into_bytes()));
        assert!(one.source().bytes() != other.source().bytes());
        assert_eq!(compare(&one, &other), []);
        assert!(signature_differs(&one, &other));
        assert!(!signature_differs(&one, &one));
    }
}

#[test]
fn a_signature_beside_another_difference_is_not_counted() {
    let other = signed(topogen::two_standard()).edit(POOLS[0], |pool| pool.roles.call_park = !pool.roles.call_park);
    let found = compare(&published(&topogen::two_standard()), &published(&other));
    assert!(!found.is_empty() && found.iter().all(|difference| difference.aspect != Aspect::Rest), "{found:#?}");
}

#[test]
fn a_fresh_export_has_another_signature_and_is_confirmed() {
    let (record, planned) = pairing(&topogen::two_standard());
    let fresh = published(&signed(topogen::two_standard().pair(POOLS[0], POOLS[1])));
    let confirmation = confirm(&record, Some(&planned.after), &fresh, &Options::default());
    assert!(confirmation.is_good() && confirmation.signature_differs, "{confirmation:#?}");
    assert!(confirm(&record, None, &fresh, &Options::default()).is_good());
}

#[test]
fn an_interval_is_the_same_in_every_form() {
    let forms = [IntervalForm::Seconds, IntervalForm::HhMmSs, IntervalForm::XmlDuration, IntervalForm::XmlSeconds];
    let [first, others @ ..] = forms.map(in_form);
    for other in others {
        let found = compare(&first, &other);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!((found[0].class, &found[0].aspect), (DifferenceClass::Formatting, &Aspect::Layout));
    }
    let longer = first.source().text().replace("=\"300\"", "=\"301\"");
    assert_eq!(compare(&first, &read(longer.into_bytes()))[0].class, DifferenceClass::Meaning);
}

#[test]
fn an_interval_in_another_form_is_as_planned() {
    let (record, planned) = pairing(&topogen::two_standard());
    let notation = topogen::Notation { interval: IntervalForm::Seconds, ..topogen::Notation::default() };
    let paired = topogen::two_standard().pair(POOLS[0], POOLS[1]);
    let fresh = read(paired.published(&Layout::default(), &notation));
    for planned in [Some(&planned.after), None] {
        let confirmation = confirm(&record, planned, &fresh, &Options::default());
        assert!(confirmation.is_good() && confirmation.notation_differs.is_empty(), "{confirmation:#?}");
    }
}

#[test]
fn two_dialects_are_one_difference() {
    let (record, planned) = pairing(&topogen::two_standard());
    let paired = topogen::two_standard().pair(POOLS[0], POOLS[1]);
    let fresh = read(paired.topology_builder(&Layout::topology_builder(), &topogen::Notation::default()));
    let found = compare(&planned.after, &fresh);
    assert_eq!(found, [Difference::dialect(planned.after.topology.dialect, fresh.topology.dialect)]);
    for planned in [Some(&planned.after), None] {
        let confirmation = confirm(&record, planned, &fresh, &Options::default());
        assert_eq!(confirmation.unexpected, [Unexpected::Difference(found[0].clone())]);
        assert!(confirmation.missing.is_empty() && confirmation.confirmed.is_empty());
    }
}

#[test]
fn the_inventory_does_not_grow_with_the_deployment() {
    let size = |bytes: usize| {
        let export = read(topogen::large(bytes).published(&Layout::default(), &topogen::Notation::default()));
        let pools = export.topology.front_end_pools().take(2);
        serde_json::to_string(&poolpair::diff::Inventory::of(&export, pools)).unwrap().len()
    };
    let [small, large] = [100_000, 1_000_000].map(size);
    assert!(large < small + small / 10, "{small} {large}");
}

#[test]
fn what_changes_on_another_pool_is_noticed_by_the_plan_alone() {
    let (record, _) = pairing(&topogen::three_pools());
    let paired = topogen::three_pools().pair(POOLS[0], POOLS[1]);
    assert!(confirm(&record, None, &published(&paired), &Options::default()).is_good());
    let other = paired.edit("pool03.contoso.com", |pool| pool.roles.call_park = !pool.roles.call_park);
    let confirmation = confirm(&record, None, &published(&other), &Options::default());
    assert_eq!(confirmation.unexpected, [Unexpected::Inventory(InventoryChange::Elsewhere)]);
}

#[test]
fn the_command_line_has_a_note_about_the_signature() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, deployment: &Deployment| {
        let path = folder.path().join(name);
        std::fs::write(&path, published(deployment).source().bytes()).unwrap();
        path
    };
    let files = [write("a.xml", &topogen::two_standard()), write("b.xml", &signed(topogen::two_standard()))];
    let mut command = Command::new(env!("CARGO_BIN_EXE_poolpair"));
    let output = command.arg("diff").args(files).arg("--detailed-exitcode").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text, "no differences\n\nnote: the root's `Signature` differs, as it does in every export\n");
}
