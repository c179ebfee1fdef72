//! The situations that a runbook is written for, as deployments.

use poolpair::notation::{ExampleOrigin, LearnedFrom};
use poolpair::plan::deployment::{
    Allowed, BackEndInstance, CentralManagement, CumulativeUpdate, DeployedPool, Deployment, Edition, Evidence,
    FileStore, NotationName, PublishRoute, VoiceSettings,
};
use poolpair::topology::{Fqdn, ServiceVersion};

/// Every situation with its name, which is that of its snapshots.
pub(crate) fn all() -> Vec<(&'static str, Deployment)> {
    vec![
        ("standard_2015", standard_2015()),
        ("enterprise_2019", enterprise_2019()),
        ("enterprise_2013", enterprise_2013()),
        ("central_management", central_management()),
        ("neither_deployed", neither_deployed()),
        ("one_deployed", one_deployed()),
        ("unpair", unpair()),
        ("unpair_central_management", unpair_central_management()),
        ("change_of_partner", change_of_partner()),
        ("voice_settings", voice_settings()),
        ("two_pairs", two_pairs()),
        ("topology_builder", topology_builder()),
        ("topology_builder_central_management", topology_builder_central_management()),
    ]
}

/// A situation in which every free text is `free`, and every name that is no host name holds `name`.
pub(crate) fn with_texts(mut deployment: Deployment, free: &str, name: &str) -> Deployment {
    deployment.notation.name = free.into();
    deployment.allowed = vec![Allowed { rule: free.into(), message: free.into(), reason: free.into() }];
    deployment.questions = vec![free.into()];
    deployment.notes = vec![free.into()];
    deployment.topology_file = format!("t{name}");
    for pool in &mut deployment.pools {
        pool.site = free.into();
        let (installer, build) = (format!("i{name}"), Some(format!("b{name}")));
        pool.cumulative_update = CumulativeUpdate::Installed { installer, build };
        pool.file_store.as_mut().unwrap().share = format!("s{name}");
        pool.sql_instance.as_mut().unwrap().instance = format!("d{name}");
    }
    deployment
}

/// Two Standard Edition servers, each in a site of its own, nothing declared.
pub(crate) fn standard_2015() -> Deployment {
    let mut deployment = deployment(vec![standard("se01", 7), standard("se02", 7)]);
    deployment.questions = vec![
        "Do all Front Ends of `se01.contoso.com` and `se02.contoso.com` run the same base operating system?".into(),
    ];
    deployment.notes = vec!["the backup traffic is not encrypted".into()];
    pair(&mut deployment, 0, 1);
    deployment
}

/// Two Enterprise pools of three and four Front Ends, with a declared update.
pub(crate) fn enterprise_2019() -> Deployment {
    let mut deployment = deployment(vec![enterprise("pool01", 8, 3), enterprise("pool02", 8, 4)]);
    deployment.allowed = vec![Allowed {
        rule: "same-site".into(),
        message: "`pool01.contoso.com` and `pool02.contoso.com` share the site `Redmond`".into(),
        reason: "one campus, two fire zones (CHG-1234)".into(),
    }];
    for pool in &mut deployment.pools {
        pool.cumulative_update = CumulativeUpdate::Installed {
            installer: r"\\fs01.contoso.com\cu\SkypeServerUpdateInstaller.exe".into(),
            build: Some("7.0.2046.530".into()),
        };
    }
    pair(&mut deployment, 0, 1);
    deployment
}

/// Two Enterprise pools of so many Front Ends each.
pub(crate) fn enterprise_of(front_ends: usize) -> Deployment {
    let mut deployment = deployment(vec![enterprise("pool01", 8, front_ends), enterprise("pool02", 8, front_ends)]);
    pair(&mut deployment, 0, 1);
    deployment
}

/// Two Enterprise pools of Lync Server 2013, without an update.
pub(crate) fn enterprise_2013() -> Deployment {
    let mut deployment = deployment(vec![enterprise("pool01", 6, 3), enterprise("pool02", 6, 3)]);
    pair(&mut deployment, 0, 1);
    deployment.pools[1].cumulative_update = CumulativeUpdate::None;
    deployment
}

/// The first pool hosts the active Central Management store.
pub(crate) fn central_management() -> Deployment {
    let mut deployment = deployment(vec![enterprise("pool01", 7, 3), enterprise("pool02", 7, 3)]);
    deployment.pools[0].central_management = CentralManagement::Active;
    deployment.pools[1].gains_central_management = true;
    pair(&mut deployment, 0, 1);
    deployment
}

/// Both pools are in the topology only.
pub(crate) fn neither_deployed() -> Deployment {
    let mut deployment = standard_2015();
    deployment.pools.iter_mut().for_each(|pool| pool.deployed = false);
    deployment
}

/// The second pool is in the topology only, and is to host the standby Central Management store.
pub(crate) fn one_deployed() -> Deployment {
    let mut deployment = central_management();
    deployment.pools[1].deployed = false;
    deployment
}

/// A pair is taken apart.
pub(crate) fn unpair() -> Deployment {
    let mut deployment = deployment(vec![standard("se01", 7), standard("se02", 7)]);
    part(&mut deployment, 0, 1);
    deployment
}

/// A pair is taken apart; the first pool keeps the active Central Management store.
pub(crate) fn unpair_central_management() -> Deployment {
    let mut deployment = deployment(vec![enterprise("pool01", 7, 3), enterprise("pool02", 7, 3)]);
    deployment.pools[0].central_management = CentralManagement::Active;
    deployment.pools[1].central_management = CentralManagement::Standby;
    deployment.pools[1].loses_central_management = true;
    part(&mut deployment, 0, 1);
    deployment
}

/// The pair of A and B becomes the pair of B and C.
pub(crate) fn change_of_partner() -> Deployment {
    let pools = vec![standard("sea", 8), standard("seb", 8), standard("sec", 8)];
    let mut deployment = deployment(pools);
    part(&mut deployment, 0, 1);
    pair(&mut deployment, 1, 2);
    deployment
}

/// A pair stays and gets other intervals.
pub(crate) fn voice_settings() -> Deployment {
    let mut deployment = deployment(vec![standard("se01", 7), standard("se02", 7)]);
    pair(&mut deployment, 0, 1);
    for pool in &mut deployment.pools {
        pool.backup_pool_before = pool.backup_pool_after.clone();
        pool.voice_before = pool.voice_after;
        pool.voice_after =
            Some(VoiceSettings { automatic: true, failure_detection_seconds: Some(120), failback_seconds: Some(240) });
    }
    deployment
}

/// Two pairs of different kind in one plan.
pub(crate) fn two_pairs() -> Deployment {
    let pools = vec![standard("se01", 7), standard("se02", 7), enterprise("pool03", 8, 3), enterprise("pool04", 8, 3)];
    let mut deployment = deployment(pools);
    pair(&mut deployment, 0, 1);
    pair(&mut deployment, 2, 3);
    deployment
}

/// The written file is a preview, and Topology Builder publishes.
pub(crate) fn topology_builder() -> Deployment {
    let mut deployment = standard_2015();
    deployment.publish_route = PublishRoute::TopologyBuilder;
    deployment.notation = NotationName { name: "built-in".into(), evidence: Evidence::Unverified, learned_from: None };
    deployment.topology_file = "topology.tbxml".into();
    deployment.baseline_text_sha256 = None;
    deployment.result_text_sha256 = None;
    deployment
}

/// The same, with Central Management in the pair: the longest runbook of two servers.
pub(crate) fn topology_builder_central_management() -> Deployment {
    let mut deployment = topology_builder();
    deployment.questions = ["cumulative update", "operating system", "hosting", "capacity"]
        .map(|subject| format!("Is the {subject} of both pools the same?"))
        .to_vec();
    deployment.baseline_text_sha256 = Some("3".repeat(64));
    deployment.pools[0].central_management = CentralManagement::Active;
    deployment.pools[1].gains_central_management = true;
    deployment.edges = vec![host("edge01")];
    deployment
}

fn deployment(pools: Vec<DeployedPool>) -> Deployment {
    Deployment {
        tool_version: "0.1.0".into(),
        input_sha256: "1".repeat(64),
        result_sha256: "2".repeat(64),
        baseline_text_sha256: Some("3".repeat(64)),
        result_text_sha256: Some("4".repeat(64)),
        topology_file: "topology.xml".into(),
        publish_route: PublishRoute::Cmdlet,
        as_requested: false,
        notation: NotationName {
            name: "notation-1f2e3d4c".into(),
            evidence: Evidence::Learned,
            learned_from: Some(LearnedFrom {
                documents: ["3", "4"].map(|digit| digit.repeat(64)).to_vec(),
                origin: ExampleOrigin::TopologyBuilder,
                may_be_preview: false,
            }),
        },
        pools,
        edges: Vec::new(),
        allowed: Vec::new(),
        questions: Vec::new(),
        notes: Vec::new(),
    }
}

fn standard(name: &str, version: u32) -> DeployedPool {
    let fqdn = host(name);
    DeployedPool {
        machines: vec![fqdn.clone()],
        sql_instance: Some(BackEndInstance { server: fqdn.clone(), instance: "rtc".into() }),
        file_store: Some(FileStore { host: fqdn.clone(), share: "share".into() }),
        edition: Edition::Standard,
        ..pool(fqdn, version)
    }
}

fn enterprise(name: &str, version: u32, front_ends: usize) -> DeployedPool {
    DeployedPool {
        machines: (1..=front_ends).map(|number| host(&format!("{name}-fe{number}"))).collect(),
        sql_instance: Some(BackEndInstance { server: host(&format!("{name}-sql")), instance: String::new() }),
        file_store: Some(FileStore { host: host(&format!("{name}-fs")), share: "lyncshare".into() }),
        edition: Edition::Enterprise,
        ..pool(host(name), version)
    }
}

fn pool(fqdn: Fqdn, version: u32) -> DeployedPool {
    DeployedPool {
        fqdn,
        site: "Redmond".into(),
        edition: Edition::Standard,
        version: ServiceVersion(version),
        product: ServiceVersion(version).product(),
        program_folder: ServiceVersion(version).program_folder().map(str::to_owned),
        line: Some(12),
        machines: Vec::new(),
        file_store: None,
        sql_instance: None,
        central_management: CentralManagement::None,
        gains_central_management: false,
        loses_central_management: false,
        deployed: true,
        cumulative_update: CumulativeUpdate::Undeclared,
        backup_pool_before: None,
        backup_pool_after: None,
        voice_before: None,
        voice_after: None,
    }
}

/// Each of the two becomes the backup pool of the other.
fn pair(deployment: &mut Deployment, first: usize, second: usize) {
    let names = [deployment.pools[first].fqdn.clone(), deployment.pools[second].fqdn.clone()];
    for (index, partner) in [(first, &names[1]), (second, &names[0])] {
        deployment.pools[index].backup_pool_after = Some(partner.clone());
        deployment.pools[index].voice_after = Some(usual_voice());
    }
}

/// Each of the two was the backup pool of the other.
fn part(deployment: &mut Deployment, first: usize, second: usize) {
    let names = [deployment.pools[first].fqdn.clone(), deployment.pools[second].fqdn.clone()];
    for (index, partner) in [(first, &names[1]), (second, &names[0])] {
        deployment.pools[index].backup_pool_before = Some(partner.clone());
        deployment.pools[index].voice_before = Some(usual_voice());
    }
}

fn usual_voice() -> VoiceSettings {
    VoiceSettings { automatic: true, failure_detection_seconds: Some(300), failback_seconds: Some(600) }
}

fn host(name: &str) -> Fqdn {
    Fqdn::new(format!("{name}.contoso.com"))
}
