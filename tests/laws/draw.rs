//! Random deployments, layouts and notations.

use proptest::prelude::*;
use proptest::sample::select;
use topogen::{
    AddedDependency, AddedService, BoolForm, CentralManagement, Deployment, Element, Encoding, Host, IntervalForm,
    Layout, LineEnding, Location, Notation, Pool, Relation, Site, UniqueIds, Voice,
};

/// The Front End pools of every drawn deployment, in the order of the document.
pub(crate) const POOLS: [&str; 4] = ["pool01.contoso.com", "pool02.contoso.com", "pool03.fabrikam.com", "p4"];

const ROLES: &str = "urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008";

/// Which document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Published,
    /// Never published: no numbers, no Central Management.
    NewBuilder,
    DownloadedBuilder,
}

/// A deployment, and how its document is written.
#[derive(Clone, Debug)]
pub(crate) struct RuleContext {
    pub(crate) deployment: Deployment,
    pub(crate) dialect: Dialect,
    pub(crate) layout: Layout,
    pub(crate) notation: Notation,
    pub(crate) voice: Voice,
}

impl RuleContext {
    /// The document of a deployment in this scene's form.
    pub(crate) fn write(&self, deployment: &Deployment) -> Vec<u8> {
        self.write_as(self.dialect, deployment)
    }

    pub(crate) fn write_as(&self, dialect: Dialect, deployment: &Deployment) -> Vec<u8> {
        match dialect {
            Dialect::Published => deployment.published(&self.layout, &self.notation),
            Dialect::NewBuilder => deployment.topology_builder(&self.layout, &self.notation),
            Dialect::DownloadedBuilder => {
                deployment.clone().downloaded().topology_builder(&self.layout, &self.notation)
            }
        }
    }

    /// The deployment with two of the pools paired.
    pub(crate) fn paired(&self, first: usize, second: usize) -> Deployment {
        self.deployment.clone().pair_with(POOLS[first], POOLS[second], &self.voice)
    }
}

/// Any layout; `plain` leaves out what a generator with a single habit would never write.
pub(crate) fn scene(plain: bool) -> impl Strategy<Value = RuleContext> {
    let dialect = select(vec![Dialect::Published, Dialect::Published, Dialect::NewBuilder, Dialect::DownloadedBuilder]);
    (deployment(), dialect, layout(plain), notation_and_voice()).prop_map(
        |(deployment, dialect, layout, (notation, voice))| RuleContext { deployment, dialect, layout, notation, voice },
    )
}

fn deployment() -> impl Strategy<Value = Deployment> {
    let central_management = proptest::option::of(0..2_usize);
    let shape = (any::<bool>(), 6..=8_u32, proptest::collection::vec(0..3_usize, 4), central_management);
    let extras = (any::<[bool; 4]>(), 0..4_u32, select(vec![["1", "2", "3"], ["eu-west", "fabrikam.com", "7"]]));
    (shape, extras).prop_map(|((enterprise, version, mut homes, active), (extras, gap, ids))| {
        // Pools of one site stand together, so that the order of their names is that of the document.
        homes.sort_unstable();
        let [edge, director, branch, unknown] = extras;
        let mut sites: Vec<Site> = ids.iter().map(|id| Site::new(*id, format!("Site {id}"), Vec::new())).collect();
        sites[0].location = Some(Location { city: "Zürich".into(), ..Location::default() });
        for (number, (name, home)) in POOLS.into_iter().zip(homes).enumerate() {
            let mut pool = if enterprise { Pool::enterprise(name, 3) } else { Pool::standard(name) };
            pool.version = version;
            pool.skip_numbers = if number == 1 { gap } else { 0 };
            pool.edge = edge.then(|| "edge01.contoso.com".to_owned());
            pool.central_management = (active == Some(number)).then_some(CentralManagement::Active);
            sites[home].pools.push(pool);
        }
        if edge {
            sites[2].pools.push(Pool { version, ..Pool::edge("edge01.contoso.com", POOLS[0]) });
        }
        if director {
            sites[1].pools.push(Pool { version, ..Pool::director("director01.contoso.com") });
        }
        if branch {
            let sba = Pool { version, ..Pool::sba("sba01.contoso.com", POOLS[1]) };
            let branch =
                topogen::BranchSite { id: "9".into(), name: "Branch".into(), pools: vec![sba], ..Default::default() };
            sites[0].branch_sites.push(branch);
        }
        let mut deployment = Deployment { sites, ..Deployment::default() };
        if unknown {
            deployment.unknown_elements.push(Element::new("Extension").attribute("Note", "a > b & 'c'"));
            deployment.builder_file.unique_ids = UniqueIds::Readable;
        }
        deployment
    })
}

fn layout(plain: bool) -> impl Strategy<Value = Layout> {
    let encodings = [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Ascii].to_vec();
    let mut line_endings = vec![LineEnding::Lf, LineEnding::CrLf];
    if !plain {
        line_endings.push(LineEnding::Mixed);
    }
    let indents = ["", " ", "  ", "\t", "   \t"].to_vec();
    let oddities = if plain { Just(false).boxed() } else { any::<bool>().boxed() };
    (select(encodings), select(line_endings), select(indents), select(vec!['"', '\'']), any::<[bool; 5]>(), oddities)
        .prop_map(|(encoding, line_ending, indent, quote, flags, comments)| Layout {
            encoding,
            line_ending,
            indent: indent.into(),
            quote,
            space_before_empty_close: flags[0],
            declaration: flags[1],
            final_newline: flags[2],
            xmlns_last: flags[3],
            comments,
            self_close_empty: flags[4],
        })
}

fn notation_and_voice() -> impl Strategy<Value = (Notation, Voice)> {
    let name = "[A-Za-z_][A-Za-z0-9_.-]{0,9}[A-Za-z0-9]";
    let forms = [IntervalForm::Seconds, IntervalForm::HhMmSs, IntervalForm::XmlDuration, IntervalForm::XmlSeconds];
    let booleans = [BoolForm::Lower, BoolForm::Capital, BoolForm::Digit];
    let words = (name, "[A-Za-z][A-Za-z0-9 ]{0,11}", select(vec!["Failback", "FAILBACK", "failback_", ""]));
    let intervals = (30..86_400_u64, 30..=86_400_u64, any::<bool>());
    (words, intervals, select(forms.to_vec()), select(booleans.to_vec()), services()).prop_map(
        |((stem, usage, failback), (one, other, on), interval, boolean, added_services)| {
            // Without a telling name the smaller interval is the one of failure detection.
            let by_name = !failback.is_empty();
            let (detection, back) = if by_name { (one, other) } else { (one.min(other), one.max(other) + 1) };
            let notation = Notation {
                usage,
                automatic: format!("{stem}A"),
                failure_detection: format!("{stem}b"),
                failback: format!("{stem}{failback}c"),
                interval,
                boolean,
                added_services,
            };
            (notation, Voice { automatic: Some(on), ..Voice::seconds(detection, back) })
        },
    )
}

/// Zero to three services for both pools, and at times the standby of Central Management.
fn services() -> impl Strategy<Value = Vec<AddedService>> {
    let roles =
        proptest::sample::subsequence(vec!["BackupService", "BackupStore", "Sync.Agent_2"], 0..=3).prop_shuffle();
    (roles, any::<bool>(), proptest::collection::vec(service_draw(), 3)).prop_map(|(roles, standby, draws)| {
        let services = roles.iter().zip(draws).map(|(role, draw)| service(role, &roles, draw));
        let mut services: Vec<_> = services.collect();
        if standby {
            services
                .extend([AddedService::standby_central_management(), AddedService::standby_central_management_store()]);
        }
        services
    })
}

type ServiceDraw = (u32, Option<u32>, bool, Vec<(usize, bool, bool)>, Option<Vec<u16>>, Option<String>);

fn service_draw() -> impl Strategy<Value = ServiceDraw> {
    let dependencies = proptest::collection::vec((0..6_usize, any::<bool>(), any::<bool>()), 0..4);
    let ports = proptest::option::of(proptest::collection::vec(1..9000_u16, 0..3));
    let body = proptest::option::of("[a-z<>&\"' ]{0,8}");
    (1..4_u32, proptest::option::of(5..9_u32), any::<bool>(), dependencies, ports, body)
}

fn service(
    role: &str,
    roles: &[&str],
    (role_version, service_version, on_sql, wanted, ports, body): ServiceDraw,
) -> AddedService {
    let targets = ["UserServices", "FileStore", "Registrar"].iter().chain(roles).collect::<Vec<_>>();
    let dependency = |(at, partner, default): (usize, bool, bool)| AddedDependency {
        relation: if partner { Relation::Partner } else { Relation::Own },
        role: (*targets[at % targets.len()]).into(),
        usage: if default { "Default" } else { "Peer" }.into(),
    };
    let port = |number: u16| Element::new("Port").attribute("Owner", "urn:x").attribute("Port", number.to_string());
    AddedService {
        role: role.into(),
        role_version,
        service_version,
        installed_on: if on_sql { Host::SqlInstance } else { Host::Cluster },
        depends_on: wanted.into_iter().map(dependency).collect(),
        ports: ports.map(|ports| Element::new("Ports").xmlns(ROLES).children(ports.into_iter().map(port))),
        body: body.map(|value| {
            Element::new("AgentService")
                .xmlns(ROLES)
                .attribute("Value", value)
                .child(Element::new("Deep").xmlns("urn:y"))
        }),
        only_with_active_cms: false,
    }
}
