//! The scripts of the day of the disaster: the order and the literal text of their steps, and what holds for all.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use poolpair::failover::{Failover, FailoverRefusal};
use poolpair::pairing::VoiceSettings;
use poolpair::runbook::{self, Runbook, RunbookKind, Step, failover_markdown, failover_powershell};
use poolpair::topology::Fqdn;
use topogen::{Backup, Layout};

use crate::rank;
use crate::support::failovers::{self, A, B};
use crate::support::lint;
use crate::support::script::Source;

fn books(failover: &Failover) -> [Runbook; 3] {
    runbook::failover(failover).unwrap()
}

fn script(failover: &Failover, book: &Runbook) -> String {
    failover_powershell(failover, book).replace("\r\n", "\n")
}

fn checklist(failover: &Failover, book: &Runbook) -> String {
    failover_markdown(failover, book).replace("\r\n", "\n")
}

fn each(mut look: impl FnMut(&str, &Failover, &Runbook)) {
    for (name, failover) in failovers::all() {
        books(&failover).iter().for_each(|book| look(&format!("{name}, {:?}", book.kind), &failover, book));
    }
}

/// The change of a step.
fn run<'a>(book: &'a Runbook, id: &str) -> Vec<&'a str> {
    step(book, id).script.run.iter().map(String::as_str).collect()
}

fn step<'a>(book: &'a Runbook, id: &str) -> &'a Step {
    book.steps.iter().find(|step| step.id == id).unwrap()
}

fn named(name: &str) -> Failover {
    failovers::all().into_iter().find(|(known, _)| *known == name).unwrap().1
}

/// One whole script or checklist of each kind; everything else by part.
#[test]
fn whole_scripts() {
    let failover = failovers::of(&failovers::edge());
    let [over, back, rehearsal] = books(&failover);
    let procedure = |book: &Runbook| {
        let text = script(&failover, book);
        text[text.find("\nInvoke-Runbook").unwrap() + 1..].to_owned()
    };
    insta::assert_snapshot!("failover.failover.ps1", procedure(&over));
    insta::assert_snapshot!("failover.failover.md", checklist(&failover, &over));
    insta::assert_snapshot!("failover.failback.ps1", procedure(&back));
    insta::assert_snapshot!("failover.rehearsal.md", checklist(&failover, &rehearsal));
}

/// Where the situations differ: the store and the Edge pools.
#[test]
fn the_store_and_the_edge_pools_of_every_situation() {
    let mut out = String::new();
    each(|name, failover, book| {
        if book.kind == RunbookKind::Failback {
            return;
        }
        writeln!(out, "== {name}").unwrap();
        failover.assumptions().iter().skip(1).for_each(|text| writeln!(out, "taken for granted: {text}").unwrap());
        let told = ["2", "3", "8"];
        for step in book.steps.iter().filter(|step| told.contains(&step.kind.number)) {
            let on = step.on.as_ref().map(|server| format!(" on {server}")).unwrap_or_default();
            writeln!(out, "{}{on}", step.id).unwrap();
            let blocks = &step.script;
            for (block, lines) in [
                ("done", &blocks.done),
                ("check", &blocks.check),
                ("by hand", &blocks.by_hand),
                ("do", &blocks.run),
                ("until", &blocks.until),
            ] {
                lines.iter().for_each(|line| writeln!(out, "    {block}: {line}").unwrap());
            }
        }
    });
    insta::assert_snapshot!("failover.situations", out);
}

/// First the store, then the Edge pools, then the pool, and its numbers once in rising order.
#[test]
fn the_order_is_store_edge_pool() {
    each(|name, failover, book| {
        let text = script(failover, book);
        let comments: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# Step ")).collect();
        let numbers: Vec<&str> = comments.iter().map(|comment| comment.split_once(". ").unwrap().0).collect();
        assert!(numbers.is_sorted_by(|one, next| rank(one) < rank(next)), "{name}: {numbers:?}");
        let steps: BTreeSet<&str> = book.steps.iter().map(|step| step.kind.number).collect();
        assert_eq!(numbers.iter().copied().collect::<BTreeSet<_>>(), steps, "{name}");
    });
    let [over, back, rehearsal] = books(&failovers::of(&failovers::edge()));
    let ids = |book: &Runbook| book.steps.iter().map(|step| step.id.clone()).collect::<Vec<_>>().join(", ");
    assert_eq!(
        ids(&over),
        "A-confirm, B-rights, C-pair, 1-store, 2-store, 2a-replicate, 3-next-hop edge01.contoso.com, 3a-replicate, \
         4-fail-over, 5-sign-in, 5a-locations, 5b-response-groups, 5c-applications, 5d-web, Z-verify"
    );
    assert_eq!(
        ids(&back),
        "A-confirm, B-rights, C-pair, E-health, F-status pool01.contoso.com, F-status pool02.contoso.com, 6-fail-back, \
         7-content, 8-next-hop edge01.contoso.com, 8a-replicate, 9-response-groups, 9a-web, \
         10-status pool01.contoso.com, 10-status pool02.contoso.com, 11-compare, Z-verify"
    );
    assert_eq!(
        ids(&rehearsal),
        "A-confirm, B-rights, C-pair, D-back-up, E-health, F-status pool01.contoso.com, F-status pool02.contoso.com, \
         G-compare, 1-store, 2-store, 2a-replicate, 3-next-hop edge01.contoso.com, 3a-replicate, 4-fail-over, 5-sign-in, \
         6-fail-back, 7-content, 8-next-hop edge01.contoso.com, 8a-replicate, 10-status pool01.contoso.com, \
         10-status pool02.contoso.com, 11-compare, Z-verify"
    );
}

#[test]
fn disaster_mode_is_for_disasters() {
    for (name, failover) in failovers::all() {
        let [over, back, rehearsal] = books(&failover);
        let command = format!("Invoke-CsPoolFailOver -PoolFqdn '{A}'");
        assert_eq!(run(&over, "4-fail-over"), [format!("{command} -DisasterMode -Verbose")], "{name}");
        assert_eq!(run(&rehearsal, "4-fail-over"), [format!("{command} -Verbose")], "{name}");
        for book in [&back, &rehearsal] {
            let fail_back = format!("Invoke-CsPoolFailBack -PoolFqdn '{A}' -Verbose");
            assert_eq!(run(book, "6-fail-back"), [fail_back], "{name}");
            let text = script(&failover, book);
            assert!(!text.contains("-DisasterMode"), "{name}");
            let store = text.lines().filter(|line| line.contains("Invoke-CsManagementServerFailover"));
            for line in store {
                assert!(!line.contains("-Force") && !line.contains("-Backup"), "{name}: {line}");
            }
        }
        let planned = run(&rehearsal, "2-store");
        assert!(planned.is_empty() || planned == ["Invoke-CsManagementServerFailover"], "{name}: {planned:?}");
    }
}

/// What the facts forbid, whatever the situation.
#[test]
fn nothing_forbidden_is_in_any_file() {
    each(|name, failover, book| {
        let (text, list) = (script(failover, book), checklist(failover, book));
        assert_eq!(lint::words::forbidden_words(&text), Vec::<String>::new(), "{name}");
        assert_eq!(lint::words::forbidden_words(&list), Vec::<String>::new(), "{name}");
        for line in text.lines().chain(list.lines()) {
            assert!(!line.contains("-Restore"), "{name}: {line}");
            assert!(!(line.contains("-Force") && line.contains("-WhatIf")), "{name}: {line}");
        }
    });
}

#[test]
fn every_script_is_clean() {
    let module = runbook::module();
    let module = Source::parse(&module);
    let known = module.script().signatures();
    each(|name, failover, book| {
        let source = Source::parse(&script(failover, book));
        let mut script = source.script();
        script.known = known.clone();
        assert_eq!(lint::script(&script), Vec::<String>::new(), "{name}");
        // A cmdlet stands on one line, however many databases it has to name; a question has the length that it needs.
        let long = lint::whole::long_lines(script.text).into_iter();
        let long =
            long.filter(|line| !["-BackupMirror", "Assert-Reason", "-Again"].iter().any(|long| line.contains(long)));
        assert_eq!(long.collect::<Vec<_>>(), Vec::<String>::new(), "{name}");
        assert!(script.text.lines().count() <= 250, "{name}: {} lines", script.text.lines().count());
    });
}

#[test]
fn both_formats_have_the_same_steps() {
    each(|name, failover, book| {
        let (text, list) = (script(failover, book), checklist(failover, book));
        let (mut in_script, mut in_list) = (text.as_str(), list.as_str());
        for step in &book.steps {
            in_script = in_script.split_once(&format!("Step '{}'", step.id)).unwrap().1;
            in_list = in_list.split_once(&format!("`{}`", step.id)).unwrap().1;
            for line in &step.script.run {
                in_script = in_script.split_once(line.as_str()).unwrap().1;
                assert!(in_list.contains(line.as_str()), "{name}: {line}");
            }
        }
        let raw = failover_markdown(failover, book);
        assert_eq!(raw.matches('\n').count(), raw.matches("\r\n").count(), "{name}");
    });
}

/// At three in the morning: short, with what to decide, and with what does not come along by name.
#[test]
fn the_first_part_ends_when_users_can_sign_in() {
    for (name, failover) in failovers::all() {
        let list = checklist(&failover, &books(&failover)[0]);
        let (first, second) = list.split_once("\n## Part two").unwrap();
        let lines = first.lines().count();
        assert!(lines <= 110, "{name}: {lines} lines");
        assert!(first.contains("`5-sign-in`") && !second.contains("`4-fail-over`"), "{name}");
        for phrase in
            ["| decided by |", "**To decide**", "**How long**", "**Users, before**", "resiliency mode", "**After**"]
        {
            assert!(first.contains(phrase), "{name}: {phrase}");
        }
        assert!(first.contains("notation built-in"), "{name}: the pair was read from a preview");
        let versions = first.contains("**Different versions**");
        assert_eq!(versions, name == "mixed versions");
        let old = first.contains("30 minutes once it is started, with 30 minutes of data");
        assert_eq!(old, name == "versions 2013", "{name}: {first}");
        let branches = first.contains("**Survivable branches**: users of sba01.contoso.com");
        assert_eq!(branches, name == "branches");
    }
    let list = checklist(&named("no applications"), &books(&named("no applications"))[0]);
    assert!(!list.contains("Response Groups") && list.contains("location information"));
}

/// The failed pool's servers are asked nothing, and no file of its site is needed before users can sign in.
#[test]
fn a_failover_needs_nothing_of_the_failed_pool() {
    for (name, failover) in failovers::all() {
        let over = &books(&failover)[0];
        let signed_in = over.steps.iter().position(|step| step.kind.name == "sign-in").unwrap();
        for (at, step) in over.steps.iter().enumerate() {
            let blocks = &step.script;
            for line in [&blocks.check, &blocks.warn, &blocks.ready, &blocks.until].into_iter().flatten() {
                let asks_servers = line.contains("Test-Service") || line.contains("Test-Replica -On");
                let mut names = failover.pool().machines.iter().chain([&failover.pool().fqdn]);
                let own = names.any(|name| line.contains(&format!("'{name}'")));
                assert!(!(asks_servers && own), "{name} {}: {line}", step.id);
            }
            let imports = blocks.run.iter().any(|line| line.contains("-FileName"));
            let at_hand = blocks.check.iter().any(|line| line.starts_with("Test-Export"));
            assert_eq!(imports, at_hand, "{name} {}", step.id);
            assert!(!imports || (at > signed_in && !blocks.go_on.is_empty()), "{name} {}", step.id);
        }
    }
}

/// Ten minutes at most, then the run goes on with what is behind named; only the store and the pool stop it.
#[test]
fn no_wait_is_long() {
    each(|name, _, book| {
        for step in book.steps.iter().filter(|step| !step.script.until.is_empty()) {
            assert!(step.script.wait_minutes.is_some_and(|minutes| minutes <= 10), "{name} {}", step.id);
            let goes_on = !step.script.go_on.is_empty();
            let stops = ["health", "status", "store"];
            assert_eq!(goes_on, !stops.contains(&step.kind.name), "{name} {}", step.id);
        }
    });
}

/// What points at the pool is named where it is decided, and is a step of the failover and of the failback.
#[test]
fn what_points_at_the_pool_is_named() {
    for (name, failover) in failovers::all() {
        let [over, back, rehearsal] = books(&failover);
        let has = |book: &Runbook, id| book.steps.iter().any(|step| step.id == id);
        let expected = name == "dependents";
        assert_eq!([has(&over, "5e-dependents"), has(&back, "9b-dependents")], [expected; 2], "{name}");
        assert!(!has(&rehearsal, "5e-dependents") && !has(&rehearsal, "9b-dependents"), "{name}");
    }
    let lines = |failover: &Failover| step(&books(failover)[0], "5e-dependents").script.by_hand.join("\n");
    let failover = named("dependents");
    assert_eq!(
        lines(&failover),
        "Trusted applications: in Topology Builder, make pool02.contoso.com the next hop of apps01.contoso.com, and \
         publish; ask their owners to try them\n\
         Mediation pools: in Topology Builder, make pool02.contoso.com the next hop of mediation01.contoso.com, and \
         publish\n\
         Gateways: let gw01.contoso.com send calls to the Mediation Server of pool02.contoso.com instead of \
         pool01.contoso.com; pool02.contoso.com has no gateway in the topology, so that voice routes need another trunk"
    );
    let first = checklist(&failover, &books(&failover)[0]);
    let names = "trusted applications (apps01.contoso.com), Mediation pools (mediation01.contoso.com), gateways (gw01.contoso.com).";
    assert!(first.split_once("## Part one").unwrap().0.contains(names), "{first}");
    let both = failovers::dependents().edit(B, |pool| pool.gateways = vec!["gw02.contoso.com".into()]);
    assert!(lines(&failovers::of(&both)).ends_with("check whether voice routes use the trunks of pool02.contoso.com"));
}

/// From 2019 on the backup service may have copied the Response Groups, in both directions.
#[test]
fn response_groups_may_be_there_already() {
    for (name, failover) in failovers::all().iter().filter(|(name, _)| *name != "no applications") {
        let [over, back, _] = books(failover);
        let asks = [step(&over, "5b-response-groups"), step(&back, "9-response-groups")];
        let asks = asks.map(|step| step.script.warn.iter().any(|line| line == "Get-CsBackupServiceConfiguration"));
        assert_eq!(asks, [*name == "versions 2019"; 2], "{name}");
    }
}

/// Nothing shows whether a cmdlet that ended with an error got through: the operator is asked before it runs again.
#[test]
fn a_repeat_is_asked_about() {
    each(|name, failover, book| {
        for step in &book.steps {
            let moves = ["fail-over", "fail-back"].contains(&step.kind.name);
            assert_eq!(step.script.again.is_empty(), !moves, "{name} {}", step.id);
            assert!(script(failover, book).contains(&step.script.again), "{name} {}", step.id);
        }
    });
}

/// Where Voice does not fail over by itself, users wait for the administrator.
#[test]
fn users_wait_as_long_as_the_voice_settings_say() {
    let mut failover = failovers::of(&failovers::edge());
    let mut said = |voice| {
        failover.voice = voice;
        let list = checklist(&failover, &books(&failover)[0]);
        list.lines().find(|line| line.starts_with("- **Users, before**")).unwrap().to_owned()
    };
    let settings = |automatic, seconds| {
        Some(VoiceSettings { automatic, failure_detection_seconds: seconds, failback_seconds: None })
    };
    assert!(said(settings(true, Some(300))).contains("; after 300 seconds, or when this is started, they"));
    assert!(
        said(settings(true, None))
            .contains("; when this is started, or the failure detection interval has passed, they")
    );
    assert!(said(settings(false, Some(300))).contains("; when this is started, they can sign in"));
    assert!(said(None).contains("; when this is started, or the failure detection interval has passed, they"));
}

/// The table of the page names the steps of its own script, each once, and no other.
#[test]
fn the_table_of_the_page_names_every_step() {
    each(|name, failover, book| {
        let list = checklist(failover, book);
        let table = list.split_once("## Microsoft's procedure").unwrap().1.split_once("\n## ").unwrap().0;
        let cells = table.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |")).map(|(cell, _)| cell);
        let mut told: Vec<&str> = cells.skip(2).flat_map(|cell| cell.split(", ")).collect();
        let mut steps: Vec<&str> = book.steps_by_number().map(|steps| steps[0].kind.number).collect();
        steps.retain(|number| number.starts_with(|first: char| first.is_ascii_digit()));
        told.sort_unstable();
        steps.sort_unstable();
        assert_eq!(told, steps, "{name}");
    });
}

/// What the deployment cannot show is done when the record says so: nothing is failed over twice.
#[test]
fn the_record_proves_a_failover() {
    each(|name, _, book| {
        for step in &book.steps {
            let once = ["fail-over", "sign-in", "fail-back", "locations", "response-groups"];
            assert!(step.script.needs_record || !once.contains(&step.kind.name), "{name} {}", step.id);
        }
    });
}

#[test]
fn one_question_at_the_start() {
    each(|name, failover, book| {
        let before: Vec<_> = book.steps.iter().take_while(|step| step.script.run.is_empty()).collect();
        let asks = |line: &&String| line.starts_with("Assert-Yes") || line.starts_with("Assert-Reason");
        let questions: Vec<_> = before.iter().flat_map(|step| &step.script.check).filter(asks).collect();
        assert_eq!(questions.len(), 1, "{name}: {questions:?}");
        let reason = failover.versions_differ() && book.kind == RunbookKind::Failover;
        assert_eq!(questions[0].starts_with("Assert-Reason"), reason, "{name}");
        let over = book.kind == RunbookKind::Failover;
        let other_way = format!("{B} is not failed over to {A}");
        assert_eq!(questions[0].contains(&other_way), over, "{name}");
    });
}

/// The local copy of the topology answers when the store is gone.
#[test]
fn the_deployment_is_asked_whether_the_pools_are_paired() {
    each(|name, _, book| {
        let [one, other] = step(book, "C-pair").script.check.as_slice() else { panic!("{name}") };
        for (line, pool, partner) in [(one, A, B), (other, B, A)] {
            let ask = format!("{{ Get-CsPoolBackupRelationship -PoolFqdn '{pool}' -LocalStore }}");
            assert_eq!(*line, format!("Test-Partner -Of '{pool}' -Is '{partner}' -By {ask}"), "{name}");
        }
    });
}

/// Any dialect and any notation of the same deployment gives the same steps.
#[test]
fn every_dialect_gives_the_same_steps() {
    let (deployment, layout) = (failovers::edge(), Layout::default());
    let expected = books(&failovers::of(&deployment));
    let other = topogen::Notation { usage: "BackupRegistrar".into(), ..topogen::Notation::default() };
    for (name, bytes) in [
        ("configuration export", deployment.configuration_export(&layout, &topogen::Notation::default())),
        ("topology builder", deployment.clone().downloaded().topology_builder(&layout, &topogen::Notation::default())),
        ("another notation", deployment.published(&layout, &other)),
    ] {
        let failover = failovers::read(&bytes, A).unwrap();
        let steps = |books: [Runbook; 3]| {
            books.map(|book| book.steps.into_iter().map(|step| (step.id, step.script.run)).collect::<Vec<_>>())
        };
        assert_eq!(steps(books(&failover)), steps(expected.clone()), "{name}");
    }
}

#[test]
fn what_is_no_pair_is_refused() {
    let read = |deployment: &topogen::Deployment, pool: &str| {
        failovers::read(&deployment.published(&Layout::default(), &topogen::Notation::default()), pool).unwrap_err()
    };
    let name = Fqdn::new;
    assert_eq!(read(&topogen::two_standard(), A), FailoverRefusal::Unpaired { pool: name(A) });
    let one_sided = topogen::two_standard().edit(A, |pool| pool.backup = Some(Backup::by(B)));
    for pool in [A, B] {
        assert_eq!(read(&one_sided, pool), FailoverRefusal::OneSided { by: name(A), named: name(B) });
    }
    // Lync Server 2010 has a backup registrar, and no pool failover.
    assert_eq!(read(&topogen::versions(5, 5).pair(A, B), A), FailoverRefusal::Unpaired { pool: name(A) });
    let crowded =
        topogen::three_pools().pair(A, B).edit("pool03.contoso.com", |pool| pool.backup = Some(Backup::by(B)));
    assert_eq!(read(&crowded, A), FailoverRefusal::NotOneToOne { pool: name(B) });
    assert!(matches!(read(&failovers::edge(), "edge01.contoso.com"), FailoverRefusal::NotAFrontEndPool { .. }));
}

/// Text of a topology stays text, and a name that is none is refused.
#[test]
fn no_text_becomes_code() {
    let mut failover = failovers::of(&failovers::edge());
    let shape = |failover: &Failover| {
        let source = Source::parse(&script(failover, &books(failover)[0]));
        source.script().everything().iter().map(|node| node.kind().to_owned()).collect::<Vec<_>>()
    };
    let expected = shape(&failover);
    for text in ["#> '; calc; #", "\u{2019}; $(calc) `n", "| a | <b> ```\n# x"] {
        failover.pools[0].site = text.into();
        failover.pools[0].product = text.into();
        failover.pools[1].web_host = Some(text.replace('\n', " "));
        failover.notation.name = text.into();
        assert_eq!(shape(&failover), expected, "{text}");
    }
    failover.edges[0].machines[0] = Fqdn::new("edge'; calc #");
    assert!(runbook::failover(&failover).is_err());
}
