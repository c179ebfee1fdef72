//! Each stage of the way of the data on its own, on published documents in UTF-8.
//!
//! `cargo bench -p poolpair-benches` runs all of them; what comes before a stage is made outside of the measure.

use divan::Bencher;
use divan::counter::BytesCount;
use poolpair::bundle::Artifacts;
use poolpair::plan::{self, Outcome, PlanOptions, Planned};
use poolpair::request::{Flags, Request};
use poolpair::source::{Options, Source};
use poolpair::topology::Topology;
use poolpair::xml::Document;
use poolpair::{Export, learn};
use topogen::{Layout, Notation};

const SIZES: [usize; 3] = [30_000, 1_000_000, 10_000_000];
const POOLS: [&str; 2] = ["se000000-1.contoso.com", "se000000-2.contoso.com"];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn a_source(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = bytes(size);
    counted(bencher, &bytes).with_inputs(|| bytes.clone()).bench_values(source);
}

#[divan::bench(args = SIZES)]
fn b_parse(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = bytes(size);
    counted(bencher, &bytes).with_inputs(|| source(bytes.clone())).bench_values(document);
}

#[divan::bench(args = SIZES)]
fn c_topology(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = bytes(size);
    let document = document(source(bytes.clone()));
    counted(bencher, &bytes).bench(|| Topology::read(&document).expect("a topology"));
}

#[divan::bench(args = SIZES)]
fn d_check(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = bytes(size);
    let (export, reading) = (export(bytes.clone()), Options::default());
    counted(bencher, &bytes).bench(|| {
        let choice = learn::choose_for_reading(&export, None, &reading);
        plan::check(&export, None, &choice.notation, &reading).expect("findings")
    });
}

#[divan::bench(args = SIZES)]
fn e_learn(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = bytes(size);
    let (export, reading) = (export(bytes.clone()), Options::default());
    counted(bencher, &bytes).bench(|| learn::choose(&export, None, &reading));
}

#[divan::bench(args = SIZES)]
fn f_plan_and_proof(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = bytes(size);
    let (export, request) = (export(bytes.clone()), request());
    counted(bencher, &bytes).bench(|| planned(&export, &request));
}

#[divan::bench(args = SIZES)]
fn g_artifacts(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = bytes(size);
    let (export, request) = (export(bytes.clone()), request());
    let planned = planned(&export, &request);
    let choice = learn::choose(&export, None, &Options::default());
    counted(bencher, &bytes).bench(|| {
        let artifacts = Artifacts::new(&export, &request, &choice, &planned).expect("artifacts");
        artifacts.bundle().expect("a bundle")
    });
}

fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, bytes: &[u8]) -> Bencher<'a, 'b> {
    bencher.counter(BytesCount::of_slice(bytes))
}

/// All pools are paired but the first two.
fn bytes(size: usize) -> Vec<u8> {
    let mut deployment = topogen::large(size);
    for pool in POOLS {
        deployment = deployment.edit(pool, |pool| pool.backup = None);
    }
    deployment.published(&Layout::utf8(), &Notation::default())
}

fn source(bytes: Vec<u8>) -> Source {
    Source::from_bytes("topology.xml", bytes, &Options::default()).expect("a text")
}

fn document(source: Source) -> Document {
    Document::parse(source, &Options::default().limits).expect("a document")
}

fn export(bytes: Vec<u8>) -> Export {
    Export::read("topology.xml", bytes, &Options::default()).expect("a topology")
}

fn request() -> Request {
    let [pool, backup] = POOLS.map(|pool| Some(pool.to_owned()));
    Request::from_flags(&Flags { pool, backup, ..Flags::default() }).expect("a request")
}

fn planned(export: &Export, request: &Request) -> Planned {
    let reading = Options::default();
    let choice = learn::choose(export, None, &reading);
    let options = PlanOptions { reading, strict: false };
    match plan::plan(export, request, &choice.notation, &options).expect("a plan") {
        Outcome::Planned(planned) => *planned,
        Outcome::Refused(findings) => panic!("{findings:?}"),
    }
}
