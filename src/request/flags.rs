//! Requests on the command line.

use super::problem::Problem;
use super::value::{Key, Kind, Value};
use super::{Located, Origin};
use crate::topology::Fqdn;

/// The flags that make a request, as the command line has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--pool`: one pool of the pair.
    pub pool: Option<String>,
    /// `--backup`: the other pool of the pair.
    pub backup: Option<String>,
    /// `--failure-detection`: the failure detection interval, in any spelling.
    pub failure_detection: Option<String>,
    /// `--failback`: the failback interval, in any spelling.
    pub failback: Option<String>,
    /// `--no-automatic-failover`: voice does not fail over on its own.
    pub no_automatic_failover: bool,
    /// `--replace`: the pools leave the partners that they have now.
    pub replace: bool,
    /// `--not-deployed`: the servers of both pools are not set up yet.
    pub not_deployed: bool,
    /// `--unpair`: the pool to part from its partner.
    pub unpair: Option<String>,
    /// `--allow`: accepted rule breaks, each `RULE=REASON`.
    pub allow: Vec<String>,
}

impl Flags {
    /// The tree that a file with the same meaning has.
    pub(super) fn value(&self) -> Result<Value, Vec<Located<Problem>>> {
        let mut errors = self.misfits();
        let mut allows = Vec::new();
        for text in &self.allow {
            match allowance(text) {
                Ok(table) => allows.push(table),
                Err(problem) => errors.push(problem),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let unpair = self.unpair.as_deref().map(|pool| table("--unpair", [("pool", text("--unpair", pool))]));
        let request = [
            ("pair", list("--pool", self.pair())),
            ("unpair", list("--unpair", unpair)),
            ("pool", list("--not-deployed", self.facts())),
            ("allow", list("--allow", allows)),
        ];
        Ok(table("--pool", request))
    }

    fn misfits(&self) -> Vec<Located<Problem>> {
        let pair_flags = [
            ("--failure-detection", self.failure_detection.is_some()),
            ("--failback", self.failback.is_some()),
            ("--no-automatic-failover", self.no_automatic_failover),
            ("--replace", self.replace),
            ("--not-deployed", self.not_deployed),
        ];
        let lonely = |flag, needed| misfit(flag, Problem::LonelyFlag { flag, needed });
        let mut errors = match (&self.pool, &self.backup) {
            (Some(_), Some(_)) => Vec::new(),
            (Some(_), None) => vec![lonely("--pool", "`--backup`")],
            (None, Some(_)) => vec![lonely("--backup", "`--pool`")],
            (None, None) => {
                let given = pair_flags.into_iter().filter(|(_, given)| *given);
                given.map(|(flag, _)| lonely(flag, "`--pool` and `--backup`")).collect()
            }
        };
        if self.unpair.is_some() && (self.pool.is_some() || self.backup.is_some()) {
            let other = if self.pool.is_some() { "--pool" } else { "--backup" };
            let flag = "--unpair";
            errors.push(misfit(flag, Problem::ConflictingFlags { flag, other }));
        }
        errors
    }

    fn pools(&self) -> Option<[(&'static str, &str); 2]> {
        Some([("--pool", self.pool.as_deref()?), ("--backup", self.backup.as_deref()?)])
    }

    fn pair(&self) -> Option<Value> {
        let pools = self.pools()?.map(|(flag, name)| text(flag, name));
        let off = self.no_automatic_failover.then(|| boolean("--no-automatic-failover", false));
        let interval = |flag, given: &Option<String>| given.as_deref().map(|given| text(flag, given));
        let voice = [
            ("automatic", off),
            ("failure-detection", interval("--failure-detection", &self.failure_detection)),
            ("failback", interval("--failback", &self.failback)),
        ];
        let voice = voice.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let replace = self.replace.then(|| ("replace", boolean("--replace", true)));
        let pair = [("pools", list("--pool", pools)), ("voice-failover", table("--pool", voice))];
        Some(table("--pool", pair.into_iter().chain(replace)))
    }

    /// A pool named twice is for the rules to refuse, so that its facts are not given twice here.
    fn facts(&self) -> Vec<Value> {
        let Some(mut pools) = self.pools().filter(|_| self.not_deployed).map(Vec::from) else {
            return Vec::new();
        };
        pools.dedup_by_key(|(_, name)| Fqdn::new(*name));
        let facts = |(flag, name)| {
            table("--not-deployed", [("fqdn", text(flag, name)), ("deployed", boolean("--not-deployed", false))])
        };
        pools.into_iter().map(facts).collect()
    }
}

fn allowance(given: &str) -> Result<Value, Located<Problem>> {
    const FLAG: &str = "--allow";
    let Some((rule, reason)) = given.split_once('=') else {
        return Err(misfit(FLAG, Problem::AllowForm { text: given.into() }));
    };
    Ok(table(FLAG, [("rule", text(FLAG, rule)), ("reason", text(FLAG, reason))]))
}

fn misfit(flag: &'static str, problem: Problem) -> Located<Problem> {
    Located::new(problem, Origin::Flag(flag))
}

fn text(flag: &'static str, text: &str) -> Value {
    Value::new(Kind::Text(text.into()), Origin::Flag(flag))
}

fn boolean(flag: &'static str, boolean: bool) -> Value {
    Value::new(Kind::Boolean(boolean), Origin::Flag(flag))
}

fn list(flag: &'static str, items: impl IntoIterator<Item = Value>) -> Value {
    Value::new(Kind::List(items.into_iter().collect()), Origin::Flag(flag))
}

fn table(flag: &'static str, entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let entry = |(name, value): (&str, Value)| (Key { name: name.into(), origin: Origin::Flag(flag) }, value);
    Value::new(Kind::Table(entries.into_iter().map(entry).collect()), Origin::Flag(flag))
}
