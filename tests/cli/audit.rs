//! `audit`: what each pair is worth, what becomes of whom, and partners for the unpaired.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use poolpair::Export;
use poolpair::audit::{Audit, Audited, NoSuggestion, NotBackedUp, StoreImpact, Tie, UserImpact};
use poolpair::learn::choose_for_reading;
use poolpair::pairing::Pairing;
use poolpair::report::audit::{request, text};
use poolpair::report::style::OutputStyle;
use poolpair::request::Request;
use poolpair::source::Options;
use poolpair::topology::Fqdn;
use proptest::prelude::*;
use topogen::{Backup, BranchSite, CentralManagement, Deployment, FileStore, Layout, Pool, Site, Store};

fn audit_of(deployment: &Deployment) -> Audit {
    audit_bytes(deployment.published(&Layout::utf8(), &topogen::Notation::default()))
}

fn audit_bytes(bytes: Vec<u8>) -> Audit {
    let export = Export::read("topology.xml", bytes, &Options::default()).unwrap();
    let notation = choose_for_reading(&export, None, &Options::default()).notation;
    let pairing = Pairing::read(&export.document, &export.topology, &notation);
    Audited::new(&export, &pairing, &notation).audit
}

/// One site for each list of pools.
fn sites(pools: Vec<Vec<Pool>>) -> Deployment {
    let site = |(at, pools): (usize, Vec<Pool>)| Site::new((at + 1).to_string(), format!("Site {}", at + 1), pools);
    Deployment { sites: pools.into_iter().enumerate().map(site).collect(), ..Deployment::default() }
}

fn suggested(audit: &Audit) -> Vec<[&str; 2]> {
    audit.suggestions.iter().map(|suggestion| suggestion.pools.each_ref().map(Fqdn::as_str)).collect()
}

fn left(audit: &Audit) -> Vec<(&str, &NoSuggestion)> {
    audit.unmatched.iter().map(|unmatched| (unmatched.pool.as_str(), &unmatched.reason)).collect()
}

#[test]
fn all_are_matched_where_one_by_one_leaves_a_pair_in_one_site() {
    // One by one, a would take b, and c and d would be left in one site.
    let deployment = sites(vec![
        vec![Pool::standard("a.contoso.com")],
        vec![Pool::standard("b.contoso.com")],
        vec![Pool::standard("c.contoso.com"), Pool::standard("d.contoso.com")],
    ]);
    let audit = audit_of(&deployment);
    assert_eq!(suggested(&audit), [["a.contoso.com", "c.contoso.com"], ["b.contoso.com", "d.contoso.com"]]);
}

#[test]
fn nobody_is_left_alone_for_the_sake_of_a_store_that_two_share() {
    // One by one, c would take d of the other site, and a and b share a file store.
    let store = FileStore { host: Some("files.contoso.com".into()), share: "Share".into() };
    let shared = |name: &str| Pool { file_store: Some(store.clone()), ..Pool::standard(name) };
    let deployment = sites(vec![
        vec![shared("a.contoso.com"), shared("b.contoso.com"), Pool::standard("c.contoso.com")],
        vec![Pool::standard("d.contoso.com")],
    ]);
    let audit = audit_of(&deployment);
    assert_eq!(suggested(&audit), [["a.contoso.com", "c.contoso.com"], ["b.contoso.com", "d.contoso.com"]]);
    assert_eq!(left(&audit), []);
}

#[test]
fn another_site_comes_before_the_size_and_the_nearest_size_before_the_name() {
    let deployment = sites(vec![
        vec![Pool::enterprise("a.contoso.com", 3), Pool::enterprise("b.contoso.com", 6)],
        vec![Pool::enterprise("c.contoso.com", 6), Pool::enterprise("d.contoso.com", 4)],
    ]);
    let audit = audit_of(&deployment);
    assert_eq!(suggested(&audit), [["a.contoso.com", "d.contoso.com"], ["b.contoso.com", "c.contoso.com"]]);
    assert_eq!(
        audit.suggestions[0].reason,
        "edition and version are the same; they are in two sites, `Site 1` and `Site 2`; they have 3 and 4 Front Ends"
    );
}

#[test]
fn ties_are_broken_by_name_whatever_the_order_of_the_document() {
    let names = ["d", "b", "c", "a", "e"].map(|name| format!("{name}.contoso.com"));
    for turn in 0..names.len() {
        let mut turned = names.clone();
        turned.rotate_left(turn);
        let audit = audit_of(&sites(turned.map(|name| vec![Pool::standard(name)]).into()));
        assert_eq!(suggested(&audit), [["a.contoso.com", "b.contoso.com"], ["c.contoso.com", "d.contoso.com"]]);
        assert_eq!(left(&audit), [("e.contoso.com", &NoSuggestion::LeftOver)]);
    }
}

#[test]
fn editions_and_versions_are_not_mixed() {
    let deployment = topogen::standard_and_enterprise();
    let audit = audit_of(&deployment);
    assert_eq!(suggested(&audit), [[""; 2]; 0]);
    assert_eq!(audit.unmatched.len(), 2);
    assert!(audit.unmatched.iter().all(|one| one.reason == NoSuggestion::OnlyOne));
    let audit = audit_of(&topogen::versions(7, 8));
    assert_eq!(suggested(&audit), [[""; 2]; 0]);
}

#[test]
fn pools_that_a_rule_forbids_are_left_out_and_the_rule_is_named() {
    let deployment = topogen::versions(5, 5);
    let audit = audit_of(&deployment);
    assert_eq!(suggested(&audit), [[""; 2]; 0]);
    for unmatched in &audit.unmatched {
        let NoSuggestion::Forbidden { rules } = &unmatched.reason else { panic!("{unmatched:?}") };
        assert_eq!(rules[0].rule, "version-without-pairing");
    }
    let store = FileStore { host: Some("files.contoso.com".into()), share: "Share".into() };
    let two = |name: &str| Pool { file_store: Some(store.clone()), ..Pool::standard(name) };
    let audit = audit_of(&sites(vec![vec![two("a.contoso.com")], vec![two("b.contoso.com")]]));
    assert_eq!(left(&audit), ["a.contoso.com", "b.contoso.com"].map(|name| (name, &NoSuggestion::SharesStores)));
}

#[test]
fn what_is_said_of_a_name_is_said_of_both_pools_that_have_it() {
    let audit = audit_of(&sites(vec![vec![Pool::standard("a.contoso.com")], vec![Pool::standard("a.contoso.com")]]));
    let rules = audit.pools.iter().map(|pool| pool.findings.iter().map(|found| &*found.rule).collect::<Vec<_>>());
    let [one, other] = rules.collect::<Vec<_>>().try_into().unwrap();
    assert!(one.contains(&"machine-in-two-pools"), "{one:?}");
    assert_eq!(one, other);
}

#[test]
fn a_pair_that_holds_and_one_that_does_not() {
    let audit = audit_of(&topogen::with_central_management());
    assert!(audit.pools.iter().all(|pool| pool.holds && pool.tie == Tie::Paired && pool.broken_rules.is_empty()));
    assert!(audit.pools.iter().all(|pool| pool.impact.users == UserImpact::FailOver));
    assert_eq!(audit.pools.iter().filter(|pool| pool.holds).count(), 2);
    let mixed = topogen::standard_and_enterprise().pair("pool01.contoso.com", "pool02.contoso.com");
    let audit = audit_of(&mixed);
    assert!(audit.pools.iter().all(|pool| !pool.holds && pool.broken_rules == ["edition-mismatch"]), "{audit:#?}");
    assert!(audit.suggestions.is_empty() && audit.unmatched.is_empty(), "they have a partner");
}

/// The next thing to do for a pair is its failover, after what breaks the pair is mended; without a pair there is none.
#[test]
fn a_paired_pool_names_its_failover_as_the_next_thing() {
    let next = |deployment: &Deployment| {
        let said = text(&audit_of(deployment), OutputStyle::Plain);
        let lines = said.lines().filter_map(|line| line.strip_prefix("  next: ")).map(str::to_owned);
        lines.collect::<Vec<_>>()
    };
    let command = |pool: &str| {
        format!(
            "write the runbooks of its failover, and rehearse them: \
             `poolpair failover topology.xml --pool {pool} --out-dir failover-{pool}`"
        )
    };
    let commands = ["pool01.contoso.com", "pool02.contoso.com"].map(command);
    assert_eq!(next(&topogen::with_central_management()), commands);
    let mixed = topogen::standard_and_enterprise().pair("pool01.contoso.com", "pool02.contoso.com");
    assert_eq!(next(&mixed), commands.map(|command| format!("fix what breaks the pair; then {command}")));
    assert_eq!(next(&topogen::three_pools()), [""; 0]);
    let one_sided = topogen::two_standard().edit("pool02.contoso.com", |pool| {
        pool.backup = Some(Backup::by("pool01.contoso.com"));
    });
    assert_eq!(next(&one_sided), [""; 0]);
}

#[test]
fn a_one_sided_pair_is_completed() {
    let deployment = topogen::three_pools().edit("pool02.contoso.com", |pool| {
        pool.backup = Some(Backup::by("pool03.contoso.com"));
    });
    let audit = audit_of(&deployment);
    assert_eq!(suggested(&audit), [["pool02.contoso.com", "pool03.contoso.com"]]);
    assert!(audit.suggestions[0].is_half_there);
    let [first, second, third] = audit.pools.as_slice() else { panic!("{audit:#?}") };
    assert_eq!([first.tie, second.tie, third.tie], [Tie::None, Tie::OneSided, Tie::OneSided]);
    assert_eq!(second.impact.users, UserImpact::ResiliencyOnly);
    assert_eq!([&second.partner, &third.partner], [&Some(Fqdn::new("pool03.contoso.com")), &None]);
    assert!(!second.holds && !third.holds);
    plans_cleanly(&deployment.published(&Layout::utf8(), &topogen::Notation::default()), &audit);
}

#[test]
fn a_ring_gets_no_suggestion() {
    let by = |partner: &str| Some(Backup::by(partner));
    let deployment = topogen::three_pools()
        .edit("pool01.contoso.com", |pool| pool.backup = by("pool02.contoso.com"))
        .edit("pool02.contoso.com", |pool| pool.backup = by("pool03.contoso.com"))
        .edit("pool03.contoso.com", |pool| pool.backup = by("pool01.contoso.com"));
    let audit = audit_of(&deployment);
    assert_eq!(suggested(&audit), [[""; 2]; 0]);
    assert!(
        audit.unmatched.iter().all(|one| matches!(&one.reason, NoSuggestion::Tied { others } if others.len() == 2))
    );
    assert_eq!(audit.unmatched.len(), 3);
}

#[test]
fn whom_a_failure_concerns_is_named() {
    let name = |name: &str| vec![Fqdn::new(name)];
    let mut deployment = topogen::with_edge();
    deployment.sites[0].pools.push(Pool::trusted_application("app.contoso.com", "pool01.contoso.com"));
    deployment.sites[0].pools.push(Pool::mediation("mediation.contoso.com", "pool01.contoso.com"));
    let sba = Pool::sba("sba.contoso.com", "pool01.contoso.com");
    let branch = BranchSite { id: "9".into(), name: "Branch".into(), pools: vec![sba], ..BranchSite::default() };
    deployment.sites[0].branch_sites.push(branch);
    let deployment = deployment.edit("pool01.contoso.com", |pool| {
        pool.gateways = vec!["gw.contoso.com".into()];
        pool.archiving_store = Some(Store::Collocated);
    });
    let audit = audit_of(&deployment);
    let [first, second] = audit.pools.as_slice() else { panic!("{audit:#?}") };
    let impact = &first.impact;
    assert_eq!(impact.users, UserImpact::SignedOut);
    assert_eq!(impact.central_management, StoreImpact::Lost);
    assert_eq!(impact.edge_pools, name("edge01.contoso.com"));
    assert_eq!(impact.branches, name("sba.contoso.com"));
    assert_eq!(impact.dependents.trusted_applications, name("app.contoso.com"));
    assert_eq!(impact.dependents.mediation_pools, name("mediation.contoso.com"));
    assert_eq!(impact.dependents.gateways, name("gw.contoso.com"));
    use NotBackedUp::{Announcements, Archiving, CallPark, LocationInformation, ResponseGroups, UserData};
    let all = [UserData, ResponseGroups, CallPark, Announcements, Archiving, LocationInformation];
    assert_eq!(impact.not_backed_up, all);
    assert_eq!(second.impact.not_backed_up, [UserData, ResponseGroups, CallPark, Announcements]);
    assert!(second.impact.edge_pools.is_empty() && second.impact.dependents.gateways.is_empty());
}

#[test]
fn central_management_goes_first_where_the_partner_has_the_standby() {
    let audit = audit_of(&topogen::with_central_management());
    let stores: Vec<_> = audit.pools.iter().map(|pool| pool.impact.central_management).collect();
    assert_eq!(stores, [StoreImpact::FailOver, StoreImpact::StandbyLost]);
    let audit = audit_of(&topogen::with_pair());
    assert_eq!(audit.pools[0].impact.central_management, StoreImpact::Lost, "the partner has no standby");
    // A document of Topology Builder does not tell which store is the active one.
    let unknown = audit_bytes(topogen::with_pair().topology_builder(&Layout::utf8(), &topogen::Notation::default()));
    let says = |audit: &Audit| text(audit, OutputStyle::Plain).contains("no pool with the active Central Management");
    assert_eq!([says(&unknown), says(&audit)], [true, false]);
}

/// A group of pools: the site, the size and the shared store of each.
fn pools() -> impl Strategy<Value = Vec<(usize, usize, Option<usize>)>> {
    let store = prop_oneof![2 => Just(None), 1 => (0..3_usize).prop_map(Some)];
    proptest::collection::vec((0..4_usize, 1..6_usize, store), 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// No matching has more pairs, nor as many and more of them across sites; the distances in size are those of the
    /// best one, or near.
    #[test]
    fn no_matching_is_better(pools in pools()) {
        let audit = audit_of(&deployment_of(&pools));
        let made: Vec<_> = suggested(&audit).iter().map(|pair| pair.map(number)).collect();
        let mut cost = [audit.unmatched.len(), 0, 0];
        for &[one, other] in &made {
            let of_pair = pair_cost(pools[one], pools[other]).unwrap();
            cost = [cost[0], cost[1] + of_pair[0], cost[2] + of_pair[1]];
        }
        let best = least(&pools, (1 << pools.len()) - 1);
        prop_assert_eq!(cost[..2].to_vec(), best[..2].to_vec(), "{:?}", made);
        prop_assert!(cost[2] <= best[2] + 4, "{cost:?} instead of {best:?}: {made:?}");
    }

    /// The order of the document does not matter.
    #[test]
    fn the_order_of_the_document_does_not_matter(pools in pools()) {
        let deployment = deployment_of(&pools);
        let mut turned = deployment.clone();
        turned.sites.iter_mut().for_each(|site| site.pools.reverse());
        turned.sites.reverse();
        let (one, other) = (audit_of(&deployment), audit_of(&turned));
        prop_assert_eq!(suggested(&one), suggested(&other));
        prop_assert_eq!(one.unmatched, other.unmatched);
    }
}

fn deployment_of(pools: &[(usize, usize, Option<usize>)]) -> Deployment {
    let mut by_site: Vec<Vec<Pool>> = vec![Vec::new(); 4];
    for (number, &(site, size, store)) in pools.iter().enumerate() {
        let mut pool = Pool::enterprise(format!("p{number}.contoso.com"), size);
        if let Some(store) = store {
            pool.file_store =
                Some(FileStore { host: Some(format!("files{store}.contoso.com")), share: "Share".into() });
        }
        by_site[site].push(pool);
    }
    sites(by_site)
}

fn number(name: &str) -> usize {
    name[1..].split('.').next().unwrap().parse().unwrap()
}

fn pair_cost(one: (usize, usize, Option<usize>), other: (usize, usize, Option<usize>)) -> Option<[usize; 2]> {
    let share = one.2.is_some() && one.2 == other.2;
    (!share).then(|| [usize::from(one.0 == other.0), one.1.abs_diff(other.1)])
}

/// What the best of all matchings of these pools costs: pools alone, pairs in one site, distances in size.
fn least(pools: &[(usize, usize, Option<usize>)], left: usize) -> [usize; 3] {
    if left == 0 {
        return [0; 3];
    }
    let first = left.trailing_zeros() as usize;
    let rest = left & !(1 << first);
    let [alone, near, far] = least(pools, rest);
    let partners = (0..pools.len()).filter(|other| rest & (1 << other) != 0);
    let paired = partners.filter_map(|other| {
        let [near, far] = pair_cost(pools[first], pools[other])?;
        let of_rest = least(pools, rest & !(1 << other));
        Some([of_rest[0], of_rest[1] + near, of_rest[2] + far])
    });
    paired.chain([[alone + 1, near, far]]).min().unwrap()
}

#[test]
fn the_request_of_every_topology_plans() {
    let mut planned = 0;
    for path in topologies() {
        let bytes = std::fs::read(&path).unwrap();
        let audit = audit_bytes(bytes.clone());
        let paired_or_told = audit.pools.iter().filter(|pool| pool.tie == Tie::None).all(|pool| {
            let is_suggested = audit.suggestions.iter().any(|one| one.pools.contains(&pool.fqdn));
            is_suggested != audit.unmatched.iter().any(|one| one.pool == pool.fqdn)
        });
        assert!(paired_or_told, "{}", path.display());
        if !audit.suggestions.is_empty() && audit.blocking.is_empty() {
            plans_cleanly(&bytes, &audit);
            planned += 1;
        }
    }
    assert!(planned > 10, "{planned}");
}

/// The request of an audit is written and planned by the program.
fn plans_cleanly(topology: &[u8], audit: &Audit) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("topology"), topology).unwrap();
    let output = poolpair(folder.path(), &["audit", "topology", "--out-request", "request.toml"]);
    assert!(output.status.success(), "{output:?}");
    let written = std::fs::read_to_string(folder.path().join("request.toml")).unwrap();
    assert_eq!(written, request(audit));
    assert!(written.starts_with("#:schema request.schema.json\n"), "{written}");
    let read = Request::from_toml("request.toml", &written).unwrap();
    assert_eq!(read.pairs.len(), audit.suggestions.len());
    let output = poolpair(folder.path(), &["plan", "topology", "--request", "request.toml"]);
    assert!(output.status.success(), "{}\n{written}", String::from_utf8_lossy(&output.stderr));
}

fn poolpair(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_poolpair")).args(arguments).current_dir(folder).output().unwrap()
}

/// Those of the fixtures, and the real ones where they are at hand.
fn topologies() -> Vec<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [repository.join("fixtures/topologies"), repository.join("../shared/samples")];
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension != "md"));
    files.sort();
    assert!(files.len() > 10);
    files
}

#[test]
fn strict_fails_on_warnings_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let write = |deployment: &Deployment| {
        let bytes = deployment.published(&Layout::utf8(), &topogen::Notation::default());
        std::fs::write(folder.path().join("topology.xml"), bytes).unwrap();
    };
    let exit = |arguments: &[&str]| {
        poolpair(folder.path(), &[&["audit", "topology.xml"], arguments].concat()).status.code().unwrap()
    };
    write(&topogen::standard_and_enterprise().pair("pool01.contoso.com", "pool02.contoso.com"));
    assert_eq!([exit(&[]), exit(&["--strict"])], [0, 1]);
    write(&topogen::two_standard().edit("pool01.contoso.com", |pool| {
        pool.central_management = Some(CentralManagement::Standby);
    }));
    let audit = audit_bytes(std::fs::read(folder.path().join("topology.xml")).unwrap());
    let findings = audit.summary.errors + audit.summary.warnings;
    assert_eq!([exit(&[]), exit(&["--strict"])], [0, i32::from(findings > 0)]);
}
