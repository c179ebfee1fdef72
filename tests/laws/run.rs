//! Reading, planning and applying, as the program does it.

use poolpair::Export;
use poolpair::diff::{DifferenceClass, compare, unified};
use poolpair::interval::IntervalForm;
use poolpair::notation::{
    AddedDependency, AddedService, Condition, FlagForm, InstalledOn, Notation, OffForm, Relation,
};
use poolpair::plan::{Outcome, PlanOptions, Planned, plan};
use poolpair::request::{Flags, Request};
use poolpair::source::Options;
use topogen::Voice;

pub(crate) fn read(bytes: Vec<u8>) -> Export {
    Export::read("topology", bytes, &Options::default()).unwrap_or_else(|error| panic!("{error:?}"))
}

pub(crate) fn again(export: &Export) -> Export {
    read(export.source().bytes().to_vec())
}

pub(crate) fn pair(export: &Export, pools: [&str; 2], voice: &Voice, notation: &Notation) -> Planned {
    let seconds = |interval: &Option<topogen::Interval>| match interval {
        Some(topogen::Interval::Seconds(seconds)) => Some(seconds.to_string()),
        _ => None,
    };
    let flags = Flags {
        pool: Some(pools[0].into()),
        backup: Some(pools[1].into()),
        failure_detection: seconds(&voice.failure_detection),
        failback: seconds(&voice.failback),
        no_automatic_failover: voice.automatic != Some(true),
        ..Flags::default()
    };
    run(export, &Request::from_flags(&flags).unwrap(), notation)
}

pub(crate) fn replace(export: &Export, pools: [&str; 2], notation: &Notation) -> Planned {
    let flags = Flags { pool: Some(pools[0].into()), backup: Some(pools[1].into()), replace: true, ..Flags::default() };
    run(export, &Request::from_flags(&flags).unwrap(), notation)
}

pub(crate) fn unpair(export: &Export, pool: &str, notation: &Notation) -> Planned {
    let flags = Flags { unpair: Some(pool.into()), ..Flags::default() };
    run(export, &Request::from_flags(&flags).unwrap(), notation)
}

pub(crate) fn run(export: &Export, request: &Request, notation: &Notation) -> Planned {
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(export, request, notation, &options).unwrap_or_else(|error| panic!("{error:?}")) {
        Outcome::Planned(planned) => *planned,
        Outcome::Refused(findings) => panic!("{findings:#?}"),
    }
}

/// The differences in meaning between two documents.
pub(crate) fn meaning(before: &Export, after: &Export) -> Vec<String> {
    let differences =
        compare(before, after).into_iter().filter(|difference| difference.class == DifferenceClass::Meaning);
    differences.map(|difference| format!("{difference:?}")).collect()
}

/// The difference between two texts, tag by tag; empty where they are equal.
pub(crate) fn difference(expected: &str, found: &str) -> String {
    let lines = |text: &str| text.replace('<', "\n<");
    if expected == found {
        String::new()
    } else {
        unified("expected", &lines(expected), "found", &lines(found)).to_string()
    }
}

/// The same words in poolpair's terms.
pub(crate) fn translated(notation: &topogen::Notation) -> Notation {
    let mut same = Notation::built_in();
    same.name = "translated".into();
    same.backup_registrar.usage.clone_from(&notation.usage);
    same.automatic_failover.attribute.clone_from(&notation.automatic);
    same.automatic_failover.off = OffForm::Written;
    same.automatic_failover.form = match notation.boolean {
        topogen::BoolForm::Lower => FlagForm::Lowercase,
        topogen::BoolForm::Capital => FlagForm::Capitalised,
        topogen::BoolForm::Digit => FlagForm::Digit,
    };
    let form = match notation.interval {
        topogen::IntervalForm::Seconds => IntervalForm::Seconds,
        topogen::IntervalForm::HhMmSs => IntervalForm::HoursMinutesSeconds,
        topogen::IntervalForm::XmlDuration => IntervalForm::XmlDuration,
        topogen::IntervalForm::XmlSeconds => IntervalForm::XmlSeconds,
    };
    same.failure_detection.attribute.clone_from(&notation.failure_detection);
    same.failback.attribute.clone_from(&notation.failback);
    (same.failure_detection.form, same.failback.form) = (form, form);
    same.services = notation.added_services.iter().map(service).collect();
    assert_eq!(same.problems(), []);
    same
}

fn service(added: &topogen::AddedService) -> AddedService {
    const PORTS: &str = r#"<Ports xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008" />"#;
    let dependency = |dependency: &topogen::AddedDependency| AddedDependency {
        usage: dependency.usage.clone(),
        relation: match dependency.relation {
            topogen::Relation::Own => Relation::Own,
            topogen::Relation::Partner => Relation::Partner,
        },
        role: dependency.role.clone(),
    };
    AddedService {
        role: added.role.clone(),
        role_version: added.role_version.to_string(),
        service_version: added.service_version,
        service_type: added
            .body
            .as_ref()
            .map(|body| format!("Microsoft.Rtc.Management.Deploy.Internal.ServiceRoles.{}", body.name)),
        installed_on: match added.installed_on {
            topogen::Host::Cluster => InstalledOn::Pool,
            topogen::Host::SqlInstance => InstalledOn::BackEnd,
        },
        condition: if added.only_with_active_cms {
            Condition::BesideActiveCentralManagement
        } else {
            Condition::Always
        },
        ports: added.ports.as_ref().map_or_else(|| PORTS.to_owned(), ToString::to_string),
        body: added.body.as_ref().map(ToString::to_string),
        dependencies: added.depends_on.iter().map(dependency).collect(),
    }
}
