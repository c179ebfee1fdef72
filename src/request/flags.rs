//! Requests from command-line flags.

use super::problem::{RequestError, RequestProblem};
use super::{Allow, Located, Origin, PairTable, PoolFacts, Request, RequestedVoice, UnpairRequest, VoiceTable};
use crate::interval::Interval;
use crate::topology::Fqdn;

/// The command-line flags that make up a request.
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
    /// `--replace`: the pools leave their current partners.
    pub replace: bool,
    /// `--not-deployed`: the servers of both pools are not set up yet.
    pub not_deployed: bool,
    /// `--unpair`: the pool to un-pair from its partner.
    pub unpair: Option<String>,
    /// `--allow`: accepted rule breaks, each `RULE=REASON`.
    pub allow: Vec<String>,
}

impl Flags {
    /// Converts the flags to a request.
    pub(super) fn request(&self) -> Result<Request, Vec<RequestError>> {
        let mut found = self.check_combinations();
        let mut reader = FlagReader(&mut found);
        let [pool, backup] = [("--pool", &self.pool), ("--backup", &self.backup)].map(|(flag, name)| {
            name.as_deref().and_then(|name| reader.line(flag, name)).map(|name| name.map(Fqdn::new))
        });
        let unpair = self.unpair.as_deref().and_then(|name| reader.line("--unpair", name));
        let both = RequestedVoice {
            automatic: self.no_automatic_failover.then(|| given("--no-automatic-failover", false)),
            failure_detection: reader.interval("--failure-detection", self.failure_detection.as_deref()),
            failback: reader.interval("--failback", self.failback.as_deref()),
        };
        let allows = self.allow.iter().filter_map(|text| reader.allow(text)).collect();
        let pools = pool.zip(backup).map(|(pool, backup)| [pool, backup]);
        if !found.is_empty() {
            return Err(found);
        }
        let replace = self.replace.then(|| given("--replace", true));
        let voice_failover = VoiceTable { both, own: Vec::new() };
        Ok(Request {
            pools: pools.iter().filter(|_| self.not_deployed).flat_map(not_deployed).collect(),
            pairs: pools.map(|pools| PairTable { pools, voice_failover, replace }.into()).into_iter().collect(),
            unpairs: Vec::from_iter(unpair.map(|name| UnpairRequest { pool: name.map(Fqdn::new) })),
            allows,
            ..Request::default()
        })
    }

    fn check_combinations(&self) -> Vec<RequestError> {
        let pair_flags = [
            ("--failure-detection", self.failure_detection.is_some()),
            ("--failback", self.failback.is_some()),
            ("--no-automatic-failover", self.no_automatic_failover),
            ("--replace", self.replace),
            ("--not-deployed", self.not_deployed),
        ];
        let requires = |flag, needed| RequestError::new(RequestProblem::MissingFlag { flag, needed }, Origin::Default);
        let mut found = match (&self.pool, &self.backup) {
            (Some(_), Some(_)) => Vec::new(),
            (Some(_), None) => vec![requires("--pool", "`--backup`")],
            (None, Some(_)) => vec![requires("--backup", "`--pool`")],
            (None, None) => {
                let given = pair_flags.into_iter().filter(|(_, given)| *given);
                given.map(|(flag, _)| requires(flag, "`--pool` and `--backup`")).collect()
            }
        };
        if self.unpair.is_some() && (self.pool.is_some() || self.backup.is_some()) {
            let other = if self.pool.is_some() { "--pool" } else { "--backup" };
            let flag = "--unpair";
            found.push(RequestError::new(RequestProblem::ConflictingFlags { flag, other }, Origin::Default));
        }
        found
    }
}

/// A pool named twice is refused by a rule; its facts are written once here.
fn not_deployed([pool, backup]: &[Located<Fqdn>; 2]) -> Vec<PoolFacts> {
    let facts = |pool: &Located<Fqdn>| PoolFacts {
        deployed: Some(given("--not-deployed", false)),
        ..PoolFacts::new(pool.clone())
    };
    let other = (pool.value != backup.value).then_some(backup);
    [pool].into_iter().chain(other).map(facts).collect()
}

/// Reads the values of flags, and collects the errors.
struct FlagReader<'f>(&'f mut Vec<RequestError>);

impl FlagReader<'_> {
    fn line(&mut self, flag: &'static str, text: &str) -> Option<Located<String>> {
        self.line_of(flag, flag.trim_start_matches('-'), text)
    }

    fn line_of(&mut self, flag: &'static str, key: &str, text: &str) -> Option<Located<String>> {
        match RequestProblem::check_line(key, text) {
            Ok(()) => Some(given(flag, text.to_owned())),
            Err(problem) => self.refuse(flag, problem),
        }
    }

    fn interval(&mut self, flag: &'static str, text: Option<&str>) -> Option<Located<Interval>> {
        match RequestProblem::check_interval(flag.trim_start_matches('-'), text?) {
            Ok(interval) => Some(given(flag, interval)),
            Err(problem) => self.refuse(flag, problem),
        }
    }

    fn allow(&mut self, text: &str) -> Option<Allow> {
        const FLAG: &str = "--allow";
        let Some((rule, reason)) = text.split_once('=') else {
            self.0.push(RequestError::new(RequestProblem::AllowForm { text: text.into() }, Origin::Default));
            return None;
        };
        let (rule, reason) = (self.line_of(FLAG, "rule", rule), self.line_of(FLAG, "reason", reason));
        Some(Allow { rule: rule?, reason: reason? })
    }

    fn refuse<T>(&mut self, flag: &'static str, problem: RequestProblem) -> Option<T> {
        self.0.push(RequestError::new(problem, Origin::Flag(flag)));
        None
    }
}

fn given<T>(flag: &'static str, value: T) -> Located<T> {
    Located::new(value, Origin::Flag(flag))
}
