//! Documents that somebody edited by hand: planned on, learned from, or refused; that a proof fails is a bug.

use miette::Diagnostic as _;
use poolpair::Export;
use poolpair::learn::{LearnError, choose, learn};
use poolpair::notation::{ExampleOrigin, InstalledOn, Notation};
use poolpair::plan::{Outcome, PlanFault, PlanOptions, plan};
use poolpair::request::{Flags, Request};
use poolpair::source::Options;
use poolpair::xml::Node;
use topogen::{Deployment, Layout, Pool, PoolKind, Resilience, Site, Sql};

/// Two pools that can be paired.
const SMALL: &str = include_str!("small.xml");
const NOTATION: &str = include_str!("../../fixtures/notations/backup-service/notation.toml");

/// The two pools of [`SMALL`], and a third like the second.
fn three_pools() -> String {
    let third =
        |text: &str| text.replace("SiteId=\"2\"", "SiteId=\"3\"").replace("p2.", "p3.").replace("share2", "share3");
    let with_third = |line: &str| {
        let own = |start: &str| line.rfind(start).map(|at| &line[at..]);
        let (site, sql) = ("<CentralSite SiteId=\"2\">", "<SqlInstance>");
        let inner = [(site, "</Sites>"), (sql, "</SqlInstances>")].into_iter().find_map(|(start, end)| {
            let last = own(start)?.strip_suffix(end)?;
            Some(line.replace(end, &format!("{}{end}", third(last))))
        });
        let whole = (line.starts_with("<Cluster ") || line.starts_with("<Service ")) && line.contains("SiteId=\"2\"");
        inner.unwrap_or_else(|| if whole { format!("{line}\n{}", third(line)) } else { line.to_owned() })
    };
    SMALL.lines().map(with_third).collect::<Vec<_>>().join("\n")
}

fn read(text: &str) -> Option<Export> {
    Export::read("topology.xml", text.as_bytes().to_vec(), &Options::default()).ok()
}

fn notation() -> Notation {
    Notation::from_toml("notation.toml", NOTATION).unwrap()
}

fn request(pool: &str, backup: Option<&str>) -> Request {
    let flags = match backup {
        Some(backup) => {
            Flags { pool: Some(pool.into()), backup: Some(backup.into()), replace: true, ..Flags::default() }
        }
        None => Flags { unpair: Some(pool.into()), ..Flags::default() },
    };
    Request::from_flags(&flags).unwrap()
}

/// The document after a request; nothing where it is refused.
fn planned(export: &Export, request: &Request, notation: &Notation, what: &str) -> Option<Export> {
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(export, request, notation, &options) {
        Ok(Outcome::Planned(planned)) => Some(planned.after),
        Ok(Outcome::Refused(_)) => None,
        Err(error) => {
            assert!(!matches!(error.fault(), PlanFault::Proof { .. }), "{what}: {error}");
            None
        }
    }
}

fn learned(before: &Export, after: &Export, what: &str) {
    if let Err(LearnError::Inapplicable(error)) = learn(before, after, ExampleOrigin::Other, &Options::default()) {
        assert!(!matches!(error.fault(), PlanFault::Proof { .. }), "{what}: {error}");
    }
}

/// The text of a document, each part of it changed in turn.
fn changed(export: &Export) -> Vec<(String, String)> {
    let text = export.source().text();
    let mut changed = Vec::new();
    let mut replace = |what: &str, node: Node<'_>, range: std::ops::Range<usize>, by: &str| {
        let words = format!("{what} {:?} by {by:?}", &text[range.clone()]);
        changed.push((format!("{node:?}: {words}"), [&text[..range.start], by, &text[range.end..]].concat()));
    };
    let nodes: Vec<_> = export.document.root().descendants().skip(1).collect();
    for &node in &nodes {
        let (span, tag) = (node.span().range(), node.start_tag().range());
        let whole = &text[span.clone()];
        replace("drop", node, span.clone(), "");
        replace("double", node, span.clone(), &whole.repeat(2));
        for around in ["<!-- x -->", "\u{a0}", "<x/>", "<x xmlns=\"y\"/>", "&#32;", "\n  "] {
            replace("put before", node, span.start..span.start, around);
            replace("put after", node, span.end..span.end, around);
            if node.content().is_some() {
                replace("put in", node, tag.end..tag.end, around);
            } else {
                let name = node.qualified_name();
                replace("open", node, tag.end - 2..tag.end, &format!(">{around}</{name}>"));
            }
        }
        replace("give", node, node.name_span().range().end..node.name_span().range().end, " X='1'");
        for attribute in node.attributes() {
            replace("drop", node, attribute.span().range(), "");
            let others = nodes.iter().filter_map(|other| other.attribute(attribute.name()));
            let mut values: Vec<_> = others.map(|other| other.raw_value().to_owned()).collect();
            values.sort();
            values.dedup();
            values.retain(|value| value != attribute.raw_value());
            values.extend(["4294967295".into(), "0".into(), String::new(), format!(" {} ", attribute.raw_value())]);
            for value in &values {
                replace("set", node, attribute.value_span().range(), value);
            }
        }
    }
    changed
}

#[test]
fn no_proof_fails_on_a_document_that_was_edited_by_hand() {
    let apart = read(&three_pools()).unwrap();
    let paired = planned(&apart, &request("p1.c.com", Some("p2.c.com")), &notation(), "the pair").unwrap();
    let requests =
        [request("p1.c.com", Some("p2.c.com")), request("p1.c.com", Some("p3.c.com")), request("p2.c.com", None)];
    // All of them take minutes.
    let step = if std::env::var_os("PROPTEST_CASES").is_some() { 1 } else { 29 };
    let (mut tried, mut plans) = (0, 0);
    for original in [&paired, &apart] {
        for (what, text) in changed(original).into_iter().step_by(step) {
            let Some(export) = read(&text) else { continue };
            tried += 1;
            let choice = choose(&export, None, ExampleOrigin::Other, &Options::default());
            for request in &requests {
                for notation in [&notation(), &choice.notation] {
                    plans += usize::from(planned(&export, request, notation, &what).is_some());
                }
            }
            for (before, after) in [(&apart, &export), (&export, &paired)] {
                learned(before, after, &what);
            }
        }
    }
    assert!(tried > 200 && plans > tried, "{tried} {plans}");
}

#[test]
fn no_proof_fails_while_learning_from_two_documents_with_the_same_damage() {
    let apart = read(&three_pools()).unwrap();
    let paired = planned(&apart, &request("p1.c.com", Some("p2.c.com")), &notation(), "the pair").unwrap();
    let mut tried = 0;
    for (what, before, after) in damaged(&apart, &paired) {
        let (Some(before), Some(after)) = (read(&before), read(&after)) else { continue };
        tried += 1;
        learned(&before, &after, &what);
        choose(&after, None, ExampleOrigin::Other, &Options::default());
    }
    assert!(tried > 50, "{tried}");
}

/// What becomes of the text of a part.
type Change<'a> = &'a dyn Fn(&str) -> String;

/// The two documents without a site, a cluster, a database or a service, or with one twice, or with one and another
/// of its name.
fn damaged(before: &Export, after: &Export) -> Vec<(String, String, String)> {
    let parts = |export: &Export| -> Vec<(String, std::ops::Range<usize>)> {
        let root = export.document.root();
        let parts = root.children().flat_map(Node::children);
        let id = |node: Node<'_>| export.source().slice(node.children().next().unwrap_or(node).span()).to_owned();
        parts.map(|node| (format!("{}{}", node.local_name(), id(node)), node.span().range())).collect()
    };
    let after_parts = parts(after);
    let mut damaged = Vec::new();
    for (name, range) in parts(before) {
        let Some((_, other)) = after_parts.iter().find(|(other, _)| *other == name) else { continue };
        let both = |change: Change<'_>| {
            [(before, &range), (after, other)].map(|(export, range)| {
                let text = export.source().text();
                [&text[..range.start], &change(&text[range.clone()]), &text[range.end..]].concat()
            })
        };
        let changes: [(&str, Change<'_>); 6] = [
            ("drop", &|_| String::new()),
            ("double", &|part| part.repeat(2)),
            ("another after", &|part| format!("{part}{}", part.replace("Default", "Other").replace("7", "6"))),
            ("another before", &|part| format!("{}{part}", part.replace("Default", "Other").replace("7", "6"))),
            ("moved after", &|part| {
                format!("{part}{}", part.replace("Number=\"1\"", "Number=\"9\"").replace("p1", "p9"))
            }),
            ("moved before", &|part| {
                format!("{}{part}", part.replace("Number=\"1\"", "Number=\"9\"").replace("p1", "p9"))
            }),
        ];
        for (what, change) in changes {
            let [before, after] = both(change);
            damaged.push((format!("{what} {name}"), before, after));
        }
    }
    damaged
}

/// What was planned or why not: the code of the error, or the rules that refuse.
fn outcome(text: &str, request: &Request) -> Result<String, Vec<String>> {
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(&read(text).unwrap(), request, &notation(), &options) {
        Ok(Outcome::Planned(planned)) => Ok(planned.after.source().text().to_owned()),
        Ok(Outcome::Refused(findings)) => Err(findings.iter().map(|finding| finding.rule.id.to_owned()).collect()),
        Err(error) => Err(vec![error.code().unwrap().to_string()]),
    }
}

fn paired() -> String {
    outcome(&three_pools(), &request("p1.c.com", Some("p2.c.com"))).unwrap()
}

#[test]
fn a_service_that_others_need_does_not_go() {
    let named = |role: &str| format!("<ServiceId SiteId=\"1\" RoleName=\"{role}\" Instance=\"1\" />");
    let needy = paired().replacen(
        &format!("{}</Dependency>", named("FileStore")),
        &format!("{}</Dependency>", named("BackupService")),
        1,
    );
    assert_eq!(outcome(&needy, &request("p2.c.com", None)), Err(vec!["poolpair::plan::still-needed".to_owned()]));
}

#[test]
fn a_database_of_two_pools_holds_no_service_of_each() {
    let mut notation = notation();
    notation.services[0].installed_on = InstalledOn::BackEnd;
    // One of each pair keeps its users in the same instance.
    let pool = |name: &str, sql: &str| {
        let sql = Sql { fqdn: sql.into(), instance: "rtc".into(), resilience: Resilience::None };
        Pool { kind: PoolKind::Enterprise { sql }, ..Pool::enterprise(name, 3) }
    };
    let pools = [("p1", "s1"), ("p2", "shared"), ("p3", "s3"), ("p4", "shared")];
    let sites = pools.map(|(name, sql)| Site::new(name, name, vec![pool(name, sql)])).to_vec();
    let deployment = Deployment { sites, ..Deployment::default() };
    let bytes = deployment.published(&Layout::default(), &topogen::Notation::default());
    let shared = Export::read("topology.xml", bytes, &Options::default()).unwrap();
    let request = "[[pair]]\npools = [\"p1\", \"p2\"]\n[[pair]]\npools = [\"p3\", \"p4\"]\n";
    let request = Request::from_toml("request.toml", request).unwrap();
    let options = PlanOptions { reading: Options::default(), strict: false };
    let error = plan(&shared, &request, &notation, &options).unwrap_err();
    assert_eq!(error.code().unwrap().to_string(), "poolpair::plan::shared-back-end", "{error}");
}

#[test]
fn what_stands_beside_the_only_dependency_stays() {
    let listed = |rest: &str| {
        let backup = "<ServiceId SiteId=\"2\" RoleName=\"Registrar\" Instance=\"1\" />";
        format!("<DependsOn><Dependency Usage=\"Backup\">{backup}</Dependency>{rest}</DependsOn>")
    };
    let flat = paired().replace('\n', "");
    let users = "<Dependency Usage=\"Default\"><ServiceId SiteId=\"1\" RoleName=\"UserServices\" Instance=\"1\" /></Dependency>";
    let alone = flat.replacen(users, "", 1);
    for (rest, left) in [
        ("", "<DependsOn />"),
        ("<!-- x -->", "<DependsOn><!-- x --></DependsOn>"),
        ("\u{a0}", "<DependsOn>\u{a0}</DependsOn>"),
    ] {
        assert!(alone.contains(&listed("")));
        let parted = outcome(&alone.replacen(&listed(""), &listed(rest), 1), &request("p1.c.com", None)).unwrap();
        assert!(parted.contains(&format!("RoleName=\"Registrar\" Instance=\"1\" />{left}<InstalledOn>")), "{parted}");
    }
}

#[test]
fn a_dependency_moves_with_all_that_it_holds() {
    let backup =
        "<Dependency Usage=\"Backup\"><ServiceId SiteId=\"2\" RoleName=\"Registrar\" Instance=\"1\" /></Dependency>";
    let strange = "<Dependency Since='1' Usage=\"Backup\"><!-- x --><ServiceId X='' SiteId=\"2\" RoleName=\"Registrar\" Instance=\"1\" />\u{a0}<ServiceId xmlns='y' SiteId=\"2\" RoleName=\"Registrar\" Instance=\"1\" /><x/></Dependency>";
    let flat = paired().replace('\n', "");
    assert!(flat.contains(backup));
    let moved = outcome(&flat.replacen(backup, strange, 1), &request("p1.c.com", Some("p3.c.com"))).unwrap();
    assert!(moved.contains(&strange.replacen("SiteId=\"2\"", "SiteId=\"3\"", 1)), "{moved}");
}

#[test]
fn the_largest_number_of_a_service_is_followed_by_the_first_that_is_free() {
    let last = "<Service RoleVersion=\"1\" ServiceVersion=\"7\"><ServiceId SiteId=\"1\" RoleName=\"BackupService\" Instance=\"4294967295\" /><DependsOn /><InstalledOn><ClusterId SiteId=\"3\" Number=\"1\" /></InstalledOn><Ports xmlns=\"urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008\" /></Service></Services>";
    let text = three_pools().replace("</Services>", last);
    let paired = outcome(&text, &request("p1.c.com", Some("p2.c.com"))).unwrap();
    assert!(paired.contains("RoleName=\"BackupService\" Instance=\"1\""), "{paired}");
}

#[test]
fn a_byte_order_mark_in_a_text_stays_and_in_a_name_is_refused() {
    let marked = three_pools().replace("<Name>S1", "<Name>\u{feff}S1").replacen("<Service ", "\u{feff}<Service ", 1);
    let both = request("p1.c.com", Some("p2.c.com"));
    let after = outcome(&marked, &both).unwrap();
    assert_eq!(after.replace('\u{feff}', ""), paired());
    assert_eq!(after.matches('\u{feff}').count(), 2);
    for named in ["<Machine OrdinalInCluster=\"1\" Fqdn=\"p1.c.com\"", "RequiresSetup=\"true\" Fqdn=\"p1.c.com\""] {
        let marked = three_pools().replace(named, &named.replace("p1", "p1\u{feff}"));
        let pool = if named.starts_with('<') { "p1.c.com" } else { "p1\u{feff}.c.com" };
        let refused = outcome(&marked, &request(pool, Some("p2.c.com"))).unwrap_err();
        assert!(refused.contains(&"invalid-host-name".to_owned()), "{refused:?}");
    }
}

#[test]
fn nothing_is_learned_from_a_document_with_two_parts_of_one_id() {
    let twice = paired().replace(
        "</CentralSite></Sites>",
        "</CentralSite><CentralSite SiteId=\"3\"><Name>S4</Name></CentralSite></Sites>",
    );
    let learned =
        learn(&read(&three_pools()).unwrap(), &read(&twice).unwrap(), ExampleOrigin::Other, &Options::default());
    assert!(matches!(learned, Err(LearnError::Damaged { .. })), "{learned:?}");
}
