//! What every plan keeps.

use proptest::prelude::*;

use crate::draw::{Dialect, POOLS, RuleContext, scene};
use crate::run::{again, difference, meaning, pair, read, replace, run, translated, unpair};
use poolpair::notation::{
    DependencyPosition, InstanceNumbers, Notation, Placement, ServicesOrder, ServicesPosition, SettingsPosition,
    VoiceSetting,
};
use poolpair::request::Request;

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn bytes_outside_the_edits_stay(scene in scene(false), placement in placement()) {
        let before = read(scene.write(&scene.deployment));
        let planned = pair(&before, [POOLS[1], POOLS[0]], &scene.voice, &placed(&scene, placement));
        let (old, new) = (before.source(), planned.after.source());
        let (mut old_at, mut new_at) = (old.encode("").len(), new.encode("").len());
        for edit in &planned.edits {
            let range = old.stored_range(edit.span);
            let kept = range.start - old_at;
            prop_assert_eq!(&old.bytes()[old_at..range.start], &new.bytes()[new_at..new_at + kept]);
            old_at = range.end;
            new_at += kept + old.encode(&edit.text).len() - old.encode("").len();
        }
        prop_assert_eq!(&old.bytes()[old_at..], &new.bytes()[new_at..]);
        prop_assert!(!planned.edits.is_empty());
    }

    #[test]
    fn applying_twice_changes_nothing_more(scene in scene(false), placement in placement()) {
        let notation = placed(&scene, placement);
        let once = pair(&read(scene.write(&scene.deployment)), [POOLS[0], POOLS[2]], &scene.voice, &notation).after;
        let twice = pair(&again(&once), [POOLS[0], POOLS[2]], &scene.voice, &notation);
        prop_assert_eq!(twice.after.source().bytes(), once.source().bytes());
        prop_assert!(twice.changes.is_empty() && twice.edits.is_empty());
    }

    #[test]
    fn the_order_in_the_request_does_not_show(scene in scene(false), placement in placement()) {
        let notation = placed(&scene, placement);
        let before = read(scene.write(&scene.deployment));
        let one = pair(&before, [POOLS[0], POOLS[1]], &scene.voice, &notation).after;
        let other = pair(&before, [POOLS[1], POOLS[0]], &scene.voice, &notation).after;
        prop_assert_eq!(difference(one.source().text(), other.source().text()), "");
    }

    #[test]
    fn un_pairing_gives_the_document_back(scene in scene(false), placement in placement()) {
        let notation = placed(&scene, placement);
        let before = read(scene.write(&scene.deployment));
        let paired = pair(&before, [POOLS[0], POOLS[1]], &scene.voice, &notation).after;
        let parted = unpair(&again(&paired), POOLS[1], &notation).after;
        prop_assert_eq!(difference(before.source().text(), parted.source().text()), "");
        prop_assert_eq!(parted.source().bytes(), before.source().bytes());
    }

    #[test]
    fn a_change_of_partner_is_a_fresh_pair(scene in scene(false)) {
        let notation = placed(&scene, Placement::default());
        let before = read(scene.write(&scene.deployment));
        let first = pair(&before, [POOLS[0], POOLS[1]], &scene.voice, &notation).after;
        let changed = replace(&again(&first), [POOLS[1], POOLS[2]], &notation).after;
        let voice = topogen::Voice::default();
        let fresh = pair(&before, [POOLS[1], POOLS[2]], &voice, &notation).after;
        // In a published document the services that stay keep their numbers.
        if scene.dialect != Dialect::Published {
            prop_assert_eq!(meaning(&fresh, &changed), Vec::<String>::new());
        }
        let parted = unpair(&again(&changed), POOLS[2], &notation).after;
        prop_assert_eq!(meaning(&before, &parted), Vec::<String>::new());
    }

    #[test]
    fn several_pairs_in_one_request_are_the_pairs_one_by_one(scene in scene(false), placement in placement()) {
        let notation = placed(&scene, placement);
        let before = read(scene.write(&scene.deployment));
        let text = format!(
            "[[pair]]\npools = [{:?}, {:?}]\n[[pair]]\npools = [{:?}, {:?}]\n",
            POOLS[0], POOLS[3], POOLS[2], POOLS[1]
        );
        let request = Request::from_toml("request.toml", &text).unwrap();
        let both = run(&before, &request, &notation).after;
        let voice = topogen::Voice::default();
        let one = pair(&before, [POOLS[0], POOLS[3]], &voice, &notation).after;
        let other = pair(&again(&one), [POOLS[2], POOLS[1]], &voice, &notation).after;
        prop_assert_eq!(meaning(&both, &other), Vec::<String>::new());
        let text = format!("[[unpair]]\npool = {:?}\n[[unpair]]\npool = {:?}\n", POOLS[3], POOLS[1]);
        let request = Request::from_toml("request.toml", &text).unwrap();
        let parted = run(&again(&both), &request, &notation).after;
        prop_assert_eq!(parted.source().bytes(), before.source().bytes());
    }

    #[test]
    fn voice_settings_change_alone(scene in scene(false), seconds in 30..86_400_u64) {
        let notation = placed(&scene, Placement::default());
        let paired = pair(&read(scene.write(&scene.deployment)), [POOLS[0], POOLS[1]], &scene.voice, &notation).after;
        let voice = topogen::Voice::seconds(seconds, seconds + 1);
        let changed = pair(&again(&paired), [POOLS[0], POOLS[1]], &voice, &notation);
        prop_assert!(changed.edits.iter().all(|edit| !edit.text.contains('<')));
        let back = pair(&again(&changed.after), [POOLS[0], POOLS[1]], &scene.voice, &notation).after;
        prop_assert_eq!(back.source().bytes(), paired.source().bytes());
    }

    #[test]
    fn what_is_planned_is_what_the_generator_writes(scene in scene(true)) {
        let before = read(scene.write(&scene.deployment));
        let planned = pair(&before, [POOLS[0], POOLS[2]], &scene.voice, &placed(&scene, Placement::default()));
        if scene.dialect == Dialect::Published {
            let expected = read(scene.write(&scene.paired(0, 2)));
            prop_assert_eq!(difference(expected.source().text(), planned.after.source().text()), "");
        }
    }
}

fn placed(scene: &RuleContext, placement: Placement) -> Notation {
    let mut notation = translated(&scene.notation);
    if placement.settings == SettingsPosition::First {
        notation.backup_registrar.position = DependencyPosition::First;
    }
    notation.placement = placement;
    notation
}

pub(crate) fn placement() -> impl Strategy<Value = Placement> {
    let settings = prop_oneof![
        Just(SettingsPosition::Last),
        Just(SettingsPosition::First),
        Just(SettingsPosition::AfterNamespaces)
    ];
    (settings, Just(VoiceSetting::ALL).prop_shuffle(), any::<[bool; 3]>()).prop_map(
        |(settings, settings_order, flags)| Placement {
            settings,
            settings_order,
            services: if flags[0] { ServicesPosition::AfterPool } else { ServicesPosition::End },
            services_order: if flags[1] { ServicesOrder::ByService } else { ServicesOrder::ByPool },
            instance_numbers: if flags[2] { InstanceNumbers::BySite } else { InstanceNumbers::ByRole },
        },
    )
}
