//! `failover` writes all or nothing, replaces its own kind only, and is verified like any bundle.

use std::fs;

use poolpair::bundle::Manifest;
use poolpair::report::failover::FailoverRecord;
use poolpair::report::json;
use poolpair::source::sha256;
use topogen::{Backup, Deployment, Layout, Notation, Pool};

use crate::scene::{PAIR, Scene, content, names, text};

const POOL: &str = "pool01.contoso.com";
const FILES: [&str; 11] = [
    ".gitattributes",
    "SHA256SUMS",
    "failback.md",
    "failback.ps1",
    "failover.json",
    "failover.md",
    "failover.ps1",
    "manifest.json",
    "poolpair.psm1",
    "rehearsal.md",
    "rehearsal.ps1",
];

/// A folder with this topology.
fn scene(deployment: &Deployment) -> Scene {
    let scene = Scene::new();
    fs::write(scene.path("topology.xml"), deployment.published(&Layout::default(), &Notation::default())).unwrap();
    scene
}

fn failover<'a>(topology: &'a str, pool: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["failover", topology, "--pool", pool, "--out-dir", "day"], more].concat()
}

#[test]
fn a_pool_without_a_pair_is_refused_with_the_partners_that_it_could_have() {
    let one_sided = topogen::three_pools().edit(POOL, |pool| pool.backup = Some(Backup::by("pool02.contoso.com")));
    for (deployment, pool, message, help) in [
        (topogen::three_pools(), POOL, "has no backup pool", "one of `pool02.contoso.com`, `pool03.contoso.com`"),
        (one_sided, POOL, "`pool02.contoso.com` does not name `pool01.contoso.com`", "pair it first, with"),
        (topogen::with_edge(), "edge01.contoso.com", "is an Edge pool", "poolpair inspect"),
        (topogen::with_pair(), "pool1.contoso.com", "there is no pool", "did you mean `pool01.contoso.com`"),
    ] {
        let scene = scene(&deployment);
        let output = scene.run(&failover("topology.xml", pool, &[]));
        scene.expect(1, &output);
        let told = text(&output);
        assert!(told.contains(message) && told.contains(help), "{told}");
        assert_eq!(scene.names(), ["topology.xml"]);
    }
}

/// The pair of an own preview counts, and the user is told that it was read from one.
#[test]
fn a_preview_is_enough_and_is_said_to_be_one() {
    let scene = Scene::new();
    scene.expect(0, &scene.apply("bundle", "300"));
    let output = scene.run(&failover("bundle/topology.xml", POOL, &[]));
    scene.expect(0, &output);
    assert!(text(&output).contains("assumed: the pair was read in the unverified notation"), "{}", text(&output));
    assert_eq!(names(&scene.path("day")), FILES);
    let record: FailoverRecord = serde_json::from_slice(&fs::read(scene.path("day/failover.json")).unwrap()).unwrap();
    assert_eq!((record.pool.as_str(), record.partner.as_str()), (POOL, "pool02.contoso.com"));
    let script = fs::read_to_string(scene.path("day/failover.ps1")).unwrap();
    for step in &record.steps {
        assert!(script.contains(&format!("Step '{}'", step.id)), "{}", step.id);
    }
    let module = |directory: &str| fs::read(scene.path(directory).join("poolpair.psm1")).unwrap();
    assert_eq!(module("day"), module("bundle"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let scene = scene(&topogen::with_central_management());
    let of_run = |more: &[&str]| {
        scene.expect(0, &scene.run(&failover("topology.xml", POOL, more)));
        content(&scene.path("day"))
    };
    assert_eq!(of_run(&[]), of_run(&["--force"]));
}

#[test]
fn force_replaces_a_failover_and_nothing_else() {
    let scene = scene(&topogen::with_pair());
    scene.expect(0, &scene.run(&failover("topology.xml", POOL, &[])));
    scene.expect(74, &scene.run(&failover("topology.xml", POOL, &[])));
    scene.expect(0, &scene.run(&failover("topology.xml", "pool02.contoso.com", &["--force"])));
    let apply = ["apply", "topology.xml", "--force", "--out-dir", "day"];
    let before = content(&scene.path("day"));
    let refused = scene.run(&[&apply[..], &PAIR].concat());
    scene.expect(74, &refused);
    assert!(text(&refused).contains("that of another kind of bundle"), "{}", text(&refused));
    assert_eq!(content(&scene.path("day")), before);
    fs::write(scene.path("day/failover.ps1"), "mine").unwrap();
    scene.expect(74, &scene.run(&failover("topology.xml", POOL, &["--force"])));
    fs::remove_dir_all(scene.path("day")).unwrap();
    scene.expect(0, &scene.run(&[&apply[..], &PAIR].concat()));
    scene.expect(74, &scene.run(&failover("topology.xml", POOL, &["--force"])));
}

#[test]
fn a_failover_is_verified_like_any_bundle() {
    let scene = scene(&topogen::with_pair());
    scene.expect(0, &scene.run(&failover("topology.xml", POOL, &[])));
    let with_topology = ["verify", "day", "--topology", "topology.xml"];
    let output = scene.run(&with_topology);
    scene.expect(0, &output);
    assert_eq!(text(&output), "every file of the bundle is what poolpair makes from this topology\n");
    scene.expect(0, &scene.run(&["verify", "day"]));

    let other = topogen::with_central_management().published(&Layout::default(), &Notation::default());
    fs::write(scene.path("other.xml"), other).unwrap();
    scene.expect(1, &scene.run(&["verify", "day", "--topology", "other.xml"]));

    // Who changes the manifest too is found out by the topology only.
    let path = scene.path("day/manifest.json");
    let mut manifest: Manifest = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let script = fs::read_to_string(scene.path("day/failover.ps1")).unwrap().replace("pool02", "pool03");
    fs::write(scene.path("day/failover.ps1"), &script).unwrap();
    scene.expect(1, &scene.run(&["verify", "day"]));
    let listed = manifest.files.iter_mut().find(|file| file.name == "failover.ps1").unwrap();
    (listed.sha256, listed.size) = (sha256(script.as_bytes()), script.len() as u64);
    fs::write(path, json::to_bytes(&manifest)).unwrap();
    scene.expect(0, &scene.run(&["verify", "day"]));
    let output = scene.run(&with_topology);
    scene.expect(1, &output);
    assert_eq!(text(&output), "`failover.ps1` is not what poolpair makes from this topology\n");
}

/// Nothing is written that could not be run.
#[test]
fn a_name_that_is_none_is_refused() {
    let hostile = |pool: &mut Pool| pool.machines = vec!["fe'; calc #.contoso.com".into()];
    let scene = scene(&topogen::two_enterprise().pair(POOL, "pool02.contoso.com").edit("pool02.contoso.com", hostile));
    let output = scene.run(&failover("topology.xml", POOL, &[]));
    scene.expect(65, &output);
    assert!(text(&output).contains("is no host name"), "{}", text(&output));
    assert_eq!(scene.names(), ["topology.xml"]);
}
