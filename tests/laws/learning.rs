//! What was learned reproduces what it was learned from, and more.

use proptest::prelude::*;

use crate::draw::{Dialect, POOLS, RuleContext, scene};
use crate::editing::placement;
use crate::run::{difference, meaning, pair, read, translated};
use poolpair::Export;
use poolpair::learn::{Fidelity, Learned, choose, learn};
use poolpair::notation::{ExampleOrigin, NotationOrigin, POOL};
use poolpair::source::Options;
use poolpair::topology::{PoolIndex, Topology};

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn what_is_learned_reproduces_its_example(scene in scene(true)) {
        let before = read(scene.write(&scene.deployment));
        let after = read(scene.write(&scene.paired(0, 1)));
        let learned = learned(&before, &after);
        prop_assert_eq!(learned.fidelity, Fidelity::Bytes);
        prop_assert_eq!(learned.remarks, Vec::<String>::new());
        let planned = pair(&before, [POOLS[1], POOLS[0]], &scene.voice, &learned.notation).after;
        prop_assert_eq!(difference(&without_originals(&after, &before), &with_ids_of(&planned, &after)), "");
    }

    #[test]
    fn one_pair_teaches_another(scene in scene(true)) {
        let scene = RuleContext { dialect: Dialect::Published, ..scene };
        let before = read(scene.write(&scene.deployment));
        let one_pair = scene.paired(0, 1);
        let one = read(scene.write(&one_pair));
        let two = read(scene.write(&one_pair.pair_with(POOLS[2], POOLS[3], &scene.voice)));
        let learned = learned(&before, &one);
        let planned = pair(&one, [POOLS[2], POOLS[3]], &scene.voice, &learned.notation).after;
        prop_assert_eq!(difference(two.source().text(), planned.source().text()), "");

        let choice = choose(&one, None, ExampleOrigin::Other, &Options::default());
        let expected = [POOLS[0], POOLS[1]].map(poolpair::topology::Fqdn::new);
        prop_assert_eq!(choice.origin, NotationOrigin::LearnedFromPair { pools: expected });
        // Services that nothing marks as the pair's are left alone.
        let marked = choice.notation.services.len() == learned.notation.services.len();
        if marked {
            let planned = pair(&one, [POOLS[2], POOLS[3]], &scene.voice, &choice.notation).after;
            prop_assert_eq!(difference(two.source().text(), planned.source().text()), "");
        }
    }

    #[test]
    fn both_dialects_teach_the_same(scene in scene(true)) {
        let learned_in = |dialect| {
            let before = read(scene.write_as(dialect, &scene.deployment));
            learned(&before, &read(scene.write_as(dialect, &scene.paired(0, 1)))).notation
        };
        let published = learned_in(Dialect::Published);
        prop_assert!(learned_in(Dialect::DownloadedBuilder).is_equivalent_to(&published));
        // A file that was never published has no Central Management, and so no standby.
        let new = learned_in(Dialect::NewBuilder);
        let common: Vec<_> = published.services.iter().filter(|one| new.services.contains(one)).cloned().collect();
        prop_assert_eq!(&new.services, &common);

        let before = read(scene.write_as(Dialect::Published, &scene.deployment));
        let after = read(scene.write_as(Dialect::Published, &scene.paired(0, 1)));
        if new.services == published.services {
            let planned = pair(&before, [POOLS[0], POOLS[1]], &scene.voice, &new).after;
            prop_assert_eq!(meaning(&after, &planned), Vec::<String>::new());
        }
        let before = read(scene.write_as(Dialect::NewBuilder, &scene.deployment));
        let after = read(scene.write_as(Dialect::NewBuilder, &scene.paired(0, 1)));
        let planned = pair(&before, [POOLS[0], POOLS[1]], &scene.voice, &published).after;
        let planned = read(planned.source().encode(&with_ids_of(&planned, &after)));
        prop_assert_eq!(meaning(&after, &planned), Vec::<String>::new());
    }

    #[test]
    fn learning_undoes_applying(scene in scene(false), placement in placement(), open_names: bool) {
        let mut notation = translated(&scene.notation);
        notation.placement = placement;
        if open_names && let Some(service) = notation.services.first_mut() {
            service.service_type = Some("Some.Type".into());
            service.body = Some(format!("<Url xmlns='urn:z' to='https://{POOL}:443/x' of='{{partner}}'>{{pool}}</Url>"));
        }
        let before = read(scene.write(&scene.deployment));
        let after = pair(&before, [POOLS[0], POOLS[1]], &scene.voice, &notation).after;
        let learned = learned(&before, &after);
        prop_assert_eq!(learned.fidelity, Fidelity::Bytes);
        let planned = pair(&before, [POOLS[0], POOLS[1]], &scene.voice, &learned.notation).after;
        prop_assert_eq!(difference(after.source().text(), planned.source().text()), "");
        let open = |notation: &poolpair::notation::Notation| notation.services.iter().filter(|one| one.body.as_ref().is_some_and(|body| body.contains(POOL))).count();
        let all_used = learned.notation.services.len() == notation.services.len();
        prop_assert!(!all_used || open(&learned.notation) == open(&notation));
    }
}

fn learned(before: &Export, after: &Export) -> Learned {
    learn(before, after, ExampleOrigin::Other, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The planned text with the ids that the example gives to new services: those of a Topology Builder file are drawn
/// by lot.
fn with_ids_of(planned: &Export, example: &Export) -> String {
    let mut text = planned.source().text().to_owned();
    for service in &planned.topology.services {
        let pool = home(&planned.topology, service.host);
        let same = example
            .topology
            .services
            .iter()
            .find(|one| one.role == service.role && home(&example.topology, one.host) == pool);
        let (id, same) =
            (service.id.value.to_string(), same.expect("the example has this service").id.value.to_string());
        if id != same && id.len() == 36 {
            text = text.replace(&id, &same);
        }
    }
    text
}

fn home(topology: &Topology, host: Option<poolpair::topology::Host>) -> String {
    match host {
        Some(poolpair::topology::Host::Pool(pool)) => pool_name(topology, Some(pool)),
        Some(poolpair::topology::Host::Sql(sql)) => {
            format!("{}/{}", pool_name(topology, topology[sql].pool), topology[sql].name)
        }
        None => String::new(),
    }
}

fn pool_name(topology: &Topology, pool: Option<PoolIndex>) -> String {
    pool.map(|pool| topology.pool_name(pool).to_string()).unwrap_or_default()
}

/// The text of the example without the marks of a download on services that only it has.
fn without_originals(after: &Export, before: &Export) -> String {
    let known = |id| before.topology.services.iter().any(|service| service.id.value == id);
    let mut text = after.source().text().to_owned();
    let new = after.topology.services.iter().filter(|service| !known(service.id.value.clone()));
    for service in new.collect::<Vec<_>>().into_iter().rev() {
        let attributes = after.document.node(service.element).attributes();
        let spans: Vec<_> = attributes.filter(|one| one.name().starts_with("Original")).map(|one| one.span()).collect();
        for span in spans.into_iter().rev() {
            let start = text[..span.range().start].trim_end().len();
            text.replace_range(start..span.range().end, "");
        }
    }
    text
}
