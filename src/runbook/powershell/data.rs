//! The data of a script: the plan, the pools, the tasks' words and the steps.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::runbook::deployment::{
    CentralManagement, CumulativeUpdate, DeployedPool, Edition, Evidence, PublishRoute, VoiceSettings,
};
use crate::runbook::phase::installer_name;
use crate::runbook::quote::{QuoteError, one_line, quote};
use crate::runbook::step::{Kind, Runbook, Step, Task};
use crate::runbook::view::View;
use crate::topology::{Fqdn, ServiceVersion};

/// The data section: a change of one pool changes its lines here, and nothing below.
pub(super) fn data(view: &View, runbook: &Runbook) -> Result<String, QuoteError> {
    let mut out = String::from("# ---- The plan ---------------------------------------------------------------\n\n");
    out.push_str(&plan(view)?);
    out.push_str(&list("Allowed", &view.deployment.allowed, |allowed| {
        Ok(hashtable(&[
            ("Rule", free(&allowed.rule)?),
            ("Message", free(&allowed.message)?),
            ("Reason", free(&allowed.reason)?),
        ]))
    })?);
    out.push_str(&list("Questions", &view.deployment.questions, |question| free(question))?);
    out.push_str(&list("Notes", &view.deployment.notes, |note| free(note))?);
    out.push_str("# ---- The pools --------------------------------------------------------------\n\n");
    out.push_str(&pools(view)?);
    out.push_str("# ---- The steps --------------------------------------------------------------\n\n");
    out.push_str(&tasks(runbook)?);
    out.push_str(&list("Steps", &runbook.steps, step)?);
    Ok(out)
}

fn plan(view: &View) -> Result<String, QuoteError> {
    let deployment = &view.deployment;
    let planned = deployment.topology_file.as_str();
    let (kind, before_file, topology_file, file_hash, state_file, prefix) = match view.kind {
        Kind::Apply => ("apply", "", planned, deployment.result_sha256.as_str(), "runbook.state.json", "before-"),
        Kind::Undo => ("undo", planned, "before-topology.xml", "", "undo.state.json", "undo-"),
    };
    let route = match deployment.publish_route {
        PublishRoute::Cmdlet => "cmdlet",
        PublishRoute::TopologyBuilder => "topology-builder",
    };
    let evidence = match deployment.notation.evidence {
        Evidence::Learned => "learned",
        Evidence::Unverified => "unverified",
    };
    let fields = [
        ("Kind", quote(kind)?),
        ("PlanId", quote(&plan_id(view))?),
        ("ToolVersion", quote(&deployment.tool_version)?),
        ("InputSha256", quote(&deployment.input_sha256)?),
        ("BeforeTextSha256", quote(deployment.baseline_text_sha256.as_deref().unwrap_or_default())?),
        ("AfterTextSha256", quote(deployment.result_text_sha256.as_deref().unwrap_or_default())?),
        ("BeforeFile", quote(before_file)?),
        ("TopologyFile", quote(topology_file)?),
        ("FileSha256", quote(file_hash)?),
        ("PublishRoute", quote(route)?),
        ("Notation", free(&deployment.notation.name)?),
        ("NotationEvidence", quote(evidence)?),
        ("StateFile", quote(state_file)?),
        ("FilePrefix", quote(prefix)?),
    ];
    Ok(format!("$Plan = {}\n\n", block(&fields, 0)))
}

/// Names the plan in the state file: a state of another plan must not be resumed.
fn plan_id(view: &View) -> String {
    let text = serde_json::to_string(&view.deployment).unwrap_or_default();
    let mut id = String::new();
    for byte in Sha256::digest(text.as_bytes()).iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

fn pools(view: &View) -> Result<String, QuoteError> {
    list("Pools", &view.deployment.pools, |pool| Ok(block(&pool_fields(pool)?, 1)))
}

fn pool_fields(pool: &DeployedPool) -> Result<Vec<(&'static str, String)>, QuoteError> {
    let name = |fqdn: &Option<Fqdn>| quote(fqdn.as_ref().map(Fqdn::as_str).unwrap_or_default());
    let edition = match pool.edition {
        Edition::Standard => "Standard",
        Edition::Enterprise => "Enterprise",
    };
    let central_management = match View::central_management_after(pool) {
        CentralManagement::Active => "Active",
        CentralManagement::Standby => "Standby",
        CentralManagement::None => "None",
    };
    let (installer, build) = match &pool.cumulative_update {
        CumulativeUpdate::Installed { installer, build } => (installer.as_str(), build.as_deref().unwrap_or_default()),
        CumulativeUpdate::Undeclared | CumulativeUpdate::None => ("", ""),
    };
    let store = pool.file_store.as_ref();
    let sql = pool.sql_instance.as_ref();
    let machines: Result<Vec<_>, _> = pool.machines.iter().map(|machine| quote(machine.as_str())).collect();
    Ok(vec![
        ("Fqdn", quote(pool.fqdn.as_str())?),
        ("Site", free(&pool.site)?),
        ("Edition", quote(edition)?),
        ("Product", quote(&pool.version.product())?),
        ("ProgramFolder", quote(pool.version.program_folder().unwrap_or_default())?),
        ("Deployed", boolean(pool.deployed).to_owned()),
        ("Machines", format!("@({})", machines?.join(", "))),
        ("FileServer", quote(store.map(|store| store.host.as_str()).unwrap_or_default())?),
        ("FileShare", quote(store.map(|store| store.share.as_str()).unwrap_or_default())?),
        ("SqlServer", quote(sql.map(|sql| sql.server.as_str()).unwrap_or_default())?),
        ("SqlInstance", quote(sql.map(|sql| sql.instance.as_str()).unwrap_or_default())?),
        ("CentralManagement", quote(central_management)?),
        ("UpdaterName", quote(installer_name(pool.version))?),
        ("UpdateInstaller", quote(installer)?),
        ("UpdateBuild", quote(build)?),
        ("Drain", quote(drain(pool))?),
        ("PartnerBefore", name(&pool.backup_pool_before)?),
        ("PartnerAfter", name(&pool.backup_pool_after)?),
        ("VoiceAfter", voice(pool.voice_after)),
    ])
}

/// How a server is taken out of service for an update.
fn drain(pool: &DeployedPool) -> &'static str {
    match (pool.edition, pool.version) {
        (Edition::Standard, _) => "Services",
        (Edition::Enterprise, ServiceVersion::LYNC_2013) => "Graceful",
        (Edition::Enterprise, _) => "Computer",
    }
}

/// The expected settings of the Registrar, by the names that `Set-CsRegistrar` has for them.
fn voice(settings: Option<VoiceSettings>) -> String {
    let Some(settings) = settings else {
        return "[ordered]@{ }".to_owned();
    };
    let mut fields = vec![("EnableAutomaticFailover", boolean(settings.automatic).to_owned())];
    let seconds = [
        ("FailureDetectionInterval", settings.failure_detection_seconds),
        ("FailbackDetectionInterval", settings.failback_seconds),
    ];
    for (name, value) in seconds {
        fields.extend(value.map(|value| (name, value.to_string())));
    }
    format!("[ordered]{}", hashtable(&fields))
}

/// The words of the tasks that the steps use, once each.
fn tasks(runbook: &Runbook) -> Result<String, QuoteError> {
    let used: BTreeMap<Task, &Step> = runbook.steps.iter().rev().map(|step| (step.task, step)).collect();
    let mut out = String::from("$Tasks = @{\n");
    for (task, step) in used {
        let title = view_title(step);
        let words = [
            ("Title", quote(&title)?),
            ("Documented", quote(&step.documented)?),
            ("OnFailure", quote(&step.on_failure)?),
        ];
        // Writing to a string cannot fail.
        let _ = writeln!(out, "    {} = {}", quote(task.name())?, block(&words, 1));
    }
    out.push_str("}\n\n");
    Ok(out)
}

/// The title with a place for the name, as the format operator of PowerShell wants it.
fn view_title(step: &Step) -> String {
    let name = step.machine.as_ref().or(step.pool.as_ref());
    match name {
        Some(name) => step.title.replace(name.as_str(), "{0}"),
        None => step.title.clone(),
    }
}

fn step(step: &Step) -> Result<String, QuoteError> {
    let name = |fqdn: &Option<Fqdn>| quote(fqdn.as_ref().map(Fqdn::as_str).unwrap_or_default());
    let needs: Result<Vec<_>, _> = step.needs.iter().map(|need| quote(&need.0)).collect();
    Ok(hashtable(&[
        ("Id", quote(&step.id.0)?),
        ("Task", quote(step.task.name())?),
        ("Pool", name(&step.pool)?),
        ("Machine", name(&step.machine)?),
        ("Needs", format!("@({})", needs?.join(", "))),
    ]))
}

fn free(text: &str) -> Result<String, QuoteError> {
    quote(&one_line(text))
}

fn boolean(value: bool) -> &'static str {
    if value { "$true" } else { "$false" }
}

/// `$Name = @( … )`, one item a line.
fn list<T>(name: &str, items: &[T], write: impl Fn(&T) -> Result<String, QuoteError>) -> Result<String, QuoteError> {
    if items.is_empty() {
        return Ok(format!("${name} = @()\n\n"));
    }
    let mut out = format!("${name} = @(\n");
    for item in items {
        out.push_str("    ");
        out.push_str(&write(item)?);
        out.push('\n');
    }
    out.push_str(")\n\n");
    Ok(out)
}

/// A hashtable on one line.
fn hashtable(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    format!("@{{ {} }}", fields.join("; "))
}

/// A hashtable with a line for each field.
fn block(fields: &[(&str, String)], depth: usize) -> String {
    let width = fields.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let indent = "    ".repeat(depth);
    let mut out = String::from("@{\n");
    for (name, value) in fields {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{indent}    {name:width$} = {value}");
    }
    out.push_str(&indent);
    out.push('}');
    out
}
