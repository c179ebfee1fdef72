//! Nothing that is read makes the program panic.

use proptest::prelude::*;

use crate::draw::{POOLS, RuleContext, scene};
use crate::run::translated;
use poolpair::Export;
use poolpair::learn::{choose, learn};
use poolpair::notation::{ExampleOrigin, Notation};
use poolpair::plan::{PlanOptions, plan};
use poolpair::request::{Flags, Request};
use poolpair::source::Options;

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn on_documents_that_were_cut_and_pasted(scene in scene(false), cuts in proptest::collection::vec(cut(), 1..4)) {
        let documents = [scene.write(&scene.deployment), scene.write(&scene.paired(0, 1))];
        let [before, after] = documents.map(|bytes| damaged(&scene, bytes, &cuts));
        let options = Options::default();
        if let (Some(before), Some(after)) = (&before, &after) {
            for outcome in [learn(before, after, ExampleOrigin::Other, &options), learn(after, before, ExampleOrigin::Other, &options)] {
                let proof = outcome.err().filter(|error| error.to_string().contains("proof"));
                prop_assert!(proof.is_none(), "{:?}", proof);
            }
        }
        let requests = [
            Flags { pool: Some(POOLS[0].into()), backup: Some(POOLS[2].into()), replace: true, ..Flags::default() },
            Flags { unpair: Some(POOLS[1].into()), ..Flags::default() },
        ];
        for export in before.iter().chain(&after) {
            let choice = choose(export, None, ExampleOrigin::Other, &options);
            let plan_options = PlanOptions { reading: options.clone(), strict: false };
            for flags in &requests {
                let request = Request::from_flags(flags).unwrap();
                for notation in [&choice.notation, &translated(&scene.notation)] {
                    let outcome = plan(export, &request, notation, &plan_options);
                    let proof = outcome.err().filter(|error| error.to_string().contains("proof"));
                    prop_assert!(proof.is_none(), "{:?}", proof);
                }
            }
        }
    }

    #[test]
    fn on_notations_that_were_cut(scene in scene(false), (at, length) in (0..4000_usize, 0..60_usize), text in ".{0,6}") {
        let mut toml = translated(&scene.notation).to_toml();
        let floor = |mut at: usize| { while !toml.is_char_boundary(at) { at -= 1; } at };
        let start = floor(at % toml.len());
        let end = floor((start + length).min(toml.len()));
        toml.replace_range(start..end.max(start), &text);
        if let Ok(notation) = Notation::from_toml("n.toml", &toml) {
            prop_assert_eq!(Notation::from_toml("n.toml", &notation.to_toml()).unwrap(), notation);
        }
    }
}

/// A place, a length and where to paste what was cut, all in thousandths of the document.
fn cut() -> impl Strategy<Value = (usize, usize, Option<usize>)> {
    (0..1000_usize, 0..40_usize, proptest::option::of(0..1000_usize))
}

/// The document with whole services, dependencies or attributes cut out, doubled or moved, where it still reads.
fn damaged(scene: &RuleContext, bytes: Vec<u8>, cuts: &[(usize, usize, Option<usize>)]) -> Option<Export> {
    let options = Options::default();
    let mut export = Export::read("damaged", bytes, &options).ok()?;
    for &(place, length, paste) in cuts {
        let document = &export.document;
        let elements: Vec<_> = document.root().descendants().collect();
        let element = elements[place * elements.len() / 1000];
        let span = element.span().range();
        let mut text = export.source().text().to_owned();
        let piece = text[span.clone()].to_owned();
        match (paste, element.attributes().nth(length)) {
            (Some(to), _) => {
                let to = elements[to * elements.len() / 1000].span().range().end;
                text.insert_str(to, &piece);
            }
            (None, Some(attribute)) => text.replace_range(attribute.value_span().range(), "1"),
            (None, None) => text.replace_range(span, ""),
        }
        let bytes = scene.layout.encoding.encode(text);
        if let Ok(next) = Export::read("damaged", bytes, &options) {
            export = next;
        }
    }
    Some(export)
}
