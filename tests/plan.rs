//! Planning on generated topologies: the laws of editing.

use poolpair::Export;
use poolpair::notation::Notation;
use poolpair::plan::{Outcome, PlanOptions, Planned, plan};
use poolpair::request::{Flags, Request};
use poolpair::source::Options;

fn pair(export: &Export, pool: &str, backup: &str) -> Planned {
    let flags = Flags { pool: Some(pool.into()), backup: Some(backup.into()), ..Flags::default() };
    let request = Request::from_flags(&flags).unwrap();
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(export, &request, &Notation::built_in(), &options).unwrap() {
        Outcome::Planned(planned) => *planned,
        Outcome::Refused(findings) => panic!("{findings:#?}"),
    }
}

#[test]
fn pairing_twice_changes_nothing_the_second_time() {
    let bytes = topogen::two_standard().published(&topogen::Layout::default(), &topogen::Notation::default());
    let before = Export::read("topology.xml", bytes, &Options::default()).unwrap();
    let planned = pair(&before, "pool01.contoso.com", "pool02.contoso.com");
    println!("{}", poolpair::diff::unified("a", before.source().text(), "b", planned.after.source().text()));
    println!("{:#?}", planned.changes);
    let again = pair(&planned.after, "pool01.contoso.com", "pool02.contoso.com");
    assert_eq!(again.after.source().bytes(), planned.after.source().bytes());
    assert!(again.changes.is_empty());
}
