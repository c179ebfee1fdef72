//! The rule `unknown-notation`.

use crate::notation::{Condition, Notation};
use crate::pairing::{OTHER_SETTINGS, ReadSetting};
use crate::rules::prelude::*;
use crate::topology::RoleAttribute;

rule! {
    /// # What it checks
    ///
    /// An existing pairing is written as the notation in use would write it: the usage of the dependency on the
    /// partner's Registrar, the names and forms of the voice settings, and the services that a pairing adds.
    ///
    /// # Why
    ///
    /// No public document shows a paired topology. If the document writes a pairing differently than the notation
    /// expects, the document is right, and a change planned in that notation would not match it.
    ///
    /// # Example
    ///
    /// The Registrar of `pool01.contoso.com` names that of `pool02.contoso.com` with the usage `BackupRegistrar`, and
    /// the built-in notation writes `Backup`.
    ///
    /// # How to fix
    ///
    /// Learn the notation from documents that Topology Builder wrote: `poolpair learn --before A --after B --out
    /// notation.toml`, then plan with `--notation notation.toml`.
    ///
    /// # Source
    ///
    /// Inferred: the built-in notation is the best-supported guess, not a documented form.
    UNKNOWN_NOTATION = "unknown-notation", Advice from Topology, "inferred", All(check)
}

fn check(context: &RuleContext<'_>) -> Vec<Finding> {
    let backups = context.affected().into_iter().flat_map(|pool| context.pairing.backups_of(pool));
    backups.flat_map(|backup| check_backup(context, backup)).collect()
}

fn check_backup(context: &RuleContext<'_>, backup: &Backup) -> Vec<Finding> {
    let notation = context.notation;
    let (pool, usage) = (context.name(backup.pool), &notation.backup_registrar.usage);
    let mut findings = Vec::new();
    let mut report = |subject: &str, what: String, expected: &str, span: Span| {
        let message = format!("{what}, and the notation `{}` {expected}", notation.name);
        let help = "learn the notation from a file before and after a pairing in Topology Builder: `poolpair learn`";
        findings.push(UNKNOWN_NOTATION.finding([pool], message, help).on(subject).at(span, "written here"));
    };
    if backup.usage.value != *usage {
        let what = format!("`{pool}` names its backup pool with the usage `{}`", backup.usage.value);
        report("usage", what, &format!("expects `{usage}`"), backup.usage.span);
    }
    for (name, text, span) in unreadable(context, backup.pool) {
        report(name, format!("`{pool}` writes its {name} as `{text}`"), "writes it in another way", span);
    }
    for attribute in unrecognized(context, backup.pool) {
        let what = format!("the Registrar of `{pool}` has the setting `{}`, which no unpaired one has", attribute.name);
        report(&attribute.name, what, "does not know it", attribute.value.span);
    }
    for role in missing(context, backup) {
        report(role, format!("`{pool}` has no service `{role}`"), "adds one to each pool of a pair", backup.span);
    }
    findings
}

/// The voice settings that the notation cannot read: name, text and span.
fn unreadable<'a>(context: &RuleContext<'a>, pool: PoolIndex) -> Vec<(&'static str, &'a str, Span)> {
    let Some(voice) = context.pairing.voice(pool) else { return Vec::new() };
    let automatic = voice.automatic.as_ref().map(|setting| (setting.value.is_some(), &setting.written));
    let interval = |setting: &'a Option<ReadSetting<Interval>>, form| {
        let written = &setting.as_ref()?.written;
        Some((Interval::read(form, &written.value).is_ok(), written))
    };
    let detection = interval(&voice.failure_detection, context.notation.failure_detection.form);
    let failback = interval(&voice.failback, context.notation.failback.form);
    let settings =
        [("automatic failover", automatic), ("failure detection interval", detection), ("failback interval", failback)];
    let unread = settings.into_iter().filter_map(|(name, setting)| Some((name, setting.filter(|(read, _)| !read)?.1)));
    unread.map(|(name, written)| (name, written.value.as_str(), written.span)).collect()
}

/// Settings of a pool's Registrar that are unknown to the notation and to all unpaired Registrars: most likely the
/// voice settings under other names.
fn unrecognized<'a>(context: &RuleContext<'a>, pool: PoolIndex) -> Vec<&'a RoleAttribute> {
    let topology = context.topology();
    let settings_of = |pool: PoolIndex| {
        let registrar = topology.service_on(pool, Role::REGISTRAR);
        registrar.map_or(&[][..], |registrar| topology[registrar].settings.as_slice())
    };
    let unpaired = || topology.front_end_pools().filter(|&pool| context.pairing.backup_of(pool).is_none());
    let elsewhere = |name: &str| unpaired().flat_map(settings_of).any(|setting| setting.name == name);
    let known = |name: &str| OTHER_SETTINGS.contains(&name) || setting_names(context.notation).contains(&name);
    let settings = settings_of(pool).iter();
    settings.filter(|setting| !known(&setting.name) && !elsewhere(&setting.name)).collect()
}

fn setting_names(notation: &Notation) -> [&str; 3] {
    let Notation { automatic_failover, failure_detection, failback, .. } = notation;
    [&automatic_failover.attribute, &failure_detection.attribute, &failback.attribute].map(String::as_str)
}

/// The roles that the notation adds to every pair and that an already paired pool lacks.
fn missing<'a>(context: &RuleContext<'a>, backup: &Backup) -> Vec<&'a str> {
    let topology = context.topology();
    let is_pair = topology.kind(backup.partner) == PoolKind::FrontEnd && context.is_pair([backup.pool, backup.partner]);
    let always = context.notation.services.iter().filter(|service| is_pair && service.condition == Condition::Always);
    let absent = always.filter(|service| topology.service_on(backup.pool, &service.role).is_none());
    absent.map(|service| service.role.as_str()).collect()
}
