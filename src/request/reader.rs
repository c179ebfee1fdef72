//! Reads the values of a request file, and reports all errors.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{RequestError, RequestProblem};
use super::{
    Allow, DeclaredUpdate, Hosting, InstalledUpdate, Located, Origin, PairRequest, PairTable, PoolFacts, Request,
    RequestedVoice, UnpairRequest, VoiceTable, check_voice,
};
use crate::interval::{Interval, IntervalError};
use crate::notation::ExampleOrigin;
use crate::topology::Fqdn;

type Value<'v> = Spanned<DeValue<'v>>;

/// Reads a request.
pub(super) fn read(value: &Value<'_>) -> Result<Request, Vec<RequestError>> {
    let found = RefCell::default();
    let file = Entry { key: "request", value, found: &found }.table(request);
    match file {
        Some(file) if found.borrow().is_empty() => Ok(file),
        _ => Err(found.into_inner()),
    }
}

fn request(table: &mut RequestTable<'_>) -> Option<Request> {
    // Only for editors.
    table.optional("$schema", Entry::line);
    Some(Request {
        accept_unverified_notation: table
            .optional("accept-unverified-notation", Entry::boolean)
            .is_some_and(|accept| accept.value),
        origin: table.optional("origin", |entry| entry.one_of(&ExampleOrigin::NAMES)),
        pairs: table.list("pair", pair),
        unpairs: table.list("unpair", |table| Some(UnpairRequest { pool: table.required("pool", Entry::fqdn)? })),
        pools: table.list("pool", facts),
        allows: table.list("allow", |table| {
            let (rule, reason) = (table.required("rule", Entry::line), table.required("reason", Entry::line));
            Some(Allow { rule: rule?, reason: reason? })
        }),
        ..Request::default()
    })
}

fn pair(table: &mut RequestTable<'_>) -> Option<PairRequest> {
    let pools = table.required("pools", Entry::pool_names);
    let voice_failover = table.get("voice-failover").and_then(|entry| entry.table(voice)).unwrap_or_default();
    let replace = table.optional("replace", Entry::boolean);
    let pair = PairTable { pools: pools?.value, voice_failover, replace };
    check_voice(&pair, &mut table.entry.found.borrow_mut());
    Some(pair.into())
}

/// The settings of both pools, and those of single pools in tables named after them.
fn voice(table: &mut RequestTable<'_>) -> Option<VoiceTable> {
    let both = settings(table);
    let tables = table.table.iter().filter(|(key, value)| value.get_ref().is_table() && !table.is_known(key.get_ref()));
    let own = tables.filter_map(|(key, value)| {
        let name = Located::new(Fqdn::new(key.get_ref().as_ref()), Origin::File(key.span()));
        Some((name, table.entry_for(key.get_ref(), value).table(|own| Some(settings(own)))?))
    });
    let own = own.collect();
    table.allows_tables = true;
    Some(VoiceTable { both, own })
}

fn settings(table: &mut RequestTable<'_>) -> RequestedVoice {
    RequestedVoice {
        automatic: table.optional("automatic", Entry::boolean),
        failure_detection: table.optional("failure-detection", Entry::interval),
        failback: table.optional("failback", Entry::interval),
    }
}

fn facts(table: &mut RequestTable<'_>) -> Option<PoolFacts> {
    let fqdn = table.required("fqdn", Entry::fqdn);
    let facts = PoolFacts {
        deployed: table.optional("deployed", Entry::boolean),
        operating_system: table.optional("operating-system", Entry::line),
        hosting: table.optional("hosting", |entry| entry.one_of(&Hosting::NAMES)),
        users: table.optional("users", Entry::count),
        branch_users: table.optional("branch-users", Entry::count),
        product: table.optional("product", Entry::line),
        program_folder: table.optional("program-folder", Entry::line),
        cumulative_update: table.optional("cumulative-update", Entry::update),
        ..PoolFacts::new(Located::by_default(Fqdn::new("")))
    };
    Some(PoolFacts { fqdn: fqdn?, ..facts })
}

/// A value under a key of a request. Its methods report an error and return `None` if the value is invalid.
#[derive(Clone, Copy)]
struct Entry<'v> {
    key: &'v str,
    value: &'v Value<'v>,
    found: &'v RefCell<Vec<RequestError>>,
}

impl<'v> Entry<'v> {
    fn refuse<T>(self, problem: RequestProblem) -> Option<T> {
        self.found.borrow_mut().push(RequestError::new(problem, Origin::File(self.value.span())));
        None
    }

    fn expected<T>(self, expected: &str) -> Option<T> {
        self.refuse(RequestProblem::wrong_type(self.key, self.value.get_ref(), expected))
    }

    fn checked<T>(self, result: Result<T, RequestProblem>) -> Option<T> {
        result.map_or_else(|problem| self.refuse(problem), Some)
    }

    fn table<T>(self, read: impl FnOnce(&mut RequestTable<'v>) -> Option<T>) -> Option<T> {
        let Some(table) = self.value.get_ref().as_table() else { return self.expected("a table") };
        let mut table = RequestTable { entry: self, table, known: Vec::new(), allows_tables: false };
        let read = read(&mut table);
        table.refuse_unknown();
        read
    }

    fn boolean(self) -> Option<bool> {
        self.value.get_ref().as_bool().or_else(|| self.expected("`true` or `false`"))
    }

    /// A whole number; JSON does not distinguish `300` from `300.0`.
    fn unsigned(self) -> Option<u64> {
        match self.value.get_ref() {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            DeValue::Float(number) => {
                let number: f64 = number.as_str().replace('_', "").parse().ok()?;
                (number.fract() == 0.0).then(|| format!("{number:.0}").parse().ok())?
            }
            _ => None,
        }
    }

    fn count(self) -> Option<u64> {
        self.unsigned().or_else(|| self.expected("a whole number, 0 or more"))
    }

    fn line(self) -> Option<String> {
        let Some(text) = self.value.get_ref().as_str() else { return self.expected("a string") };
        self.checked(RequestProblem::check_line(self.key, text))?;
        Some(text.to_owned())
    }

    fn fqdn(self) -> Option<Fqdn> {
        self.line().map(Fqdn::new)
    }

    fn one_of<T: Copy>(self, names: &[(&str, T)]) -> Option<T> {
        let expected = || names.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
        let Some(found) = self.value.get_ref().as_str() else { return self.expected(&expected()) };
        let known = names.iter().find(|(name, _)| *name == found);
        known.map(|(_, value)| *value).or_else(|| {
            self.refuse(RequestProblem::NotOneOf { key: self.key.into(), found: found.into(), expected: expected() })
        })
    }

    fn interval(self) -> Option<Interval> {
        match self.value.get_ref() {
            DeValue::String(_) => self.checked(RequestProblem::check_interval(self.key, &self.line()?)),
            DeValue::Integer(number) if number.as_str().starts_with('-') => {
                self.refuse(RequestProblem::value(self.key, IntervalError::Negative))
            }
            _ => match self.unsigned() {
                Some(seconds) => Some(Interval::from_seconds(seconds)),
                None => self.expected("an interval such as 300, \"300s\", \"5m\", \"PT5M\" or \"00:05:00\""),
            },
        }
    }

    fn pool_names(self) -> Option<[Located<Fqdn>; 2]> {
        let Some(items) = self.value.get_ref().as_array() else { return self.expected("an array of two names") };
        let [first, second] = &items[..] else {
            return self.refuse(RequestProblem::NotTwoPools { count: items.len() });
        };
        let [first, second] = [first, second].map(|value| Self { value, ..self }.located(Self::fqdn));
        Some([first?, second?])
    }

    fn update(self) -> Option<DeclaredUpdate> {
        const EXPECTED: &str = "`none`, or a table with `installer` and `build`";
        match self.value.get_ref() {
            DeValue::String(_) => match self.line()?.as_str() {
                "none" => Some(DeclaredUpdate::None),
                other => self.refuse(RequestProblem::NotOneOf {
                    key: self.key.into(),
                    found: other.into(),
                    expected: EXPECTED.into(),
                }),
            },
            DeValue::Table(_) => self.table(|table| {
                let (installer, build) =
                    (table.required("installer", Self::line), table.optional("build", Self::build));
                let build = build.map(|build| build.value);
                Some(DeclaredUpdate::Installed(InstalledUpdate { installer: installer?.value, build }))
            }),
            _ => self.expected(EXPECTED),
        }
    }

    fn build(self) -> Option<String> {
        let build = self.line()?;
        let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if build.split('.').count() == 4 && build.split('.').all(number) {
            return Some(build);
        }
        let reason = format_args!("invalid build `{build}`: write four numbers such as `7.0.2046.530`");
        self.refuse(RequestProblem::value(self.key, reason))
    }

    fn located<T>(self, read: impl FnOnce(Self) -> Option<T>) -> Option<Located<T>> {
        read(self).map(|value| Located::new(value, Origin::File(self.value.span())))
    }
}

/// A table of a request, and its known keys.
struct RequestTable<'v> {
    entry: Entry<'v>,
    table: &'v DeTable<'v>,
    known: Vec<&'static str>,
    /// Whether tables under unknown keys are allowed.
    allows_tables: bool,
}

impl<'v> RequestTable<'v> {
    fn entry_for(&self, key: &'v str, value: &'v Value<'v>) -> Entry<'v> {
        Entry { key, value, ..self.entry }
    }

    fn get(&mut self, key: &'static str) -> Option<Entry<'v>> {
        self.known.push(key);
        self.table.get(key).map(|value| self.entry_for(key, value))
    }

    fn optional<T>(&mut self, key: &'static str, read: impl FnOnce(Entry<'v>) -> Option<T>) -> Option<Located<T>> {
        self.get(key)?.located(read)
    }

    fn required<T>(&mut self, key: &'static str, read: impl FnOnce(Entry<'v>) -> Option<T>) -> Option<Located<T>> {
        match self.get(key) {
            Some(entry) => entry.located(read),
            None => self.entry.refuse(RequestProblem::MissingKey { table: self.entry.key.into(), missing: key }),
        }
    }

    fn list<T>(&mut self, key: &'static str, read: impl Fn(&mut Self) -> Option<T>) -> Vec<T> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        let Some(items) = entry.value.get_ref().as_array() else {
            return entry.expected("an array of tables").unwrap_or_default();
        };
        items.iter().filter_map(|value| Entry { value, ..entry }.table(&read)).collect()
    }

    fn is_known(&self, key: &str) -> bool {
        self.known.contains(&key)
    }

    fn refuse_unknown(self) {
        for (key, value) in self.table {
            let is_table = value.get_ref().is_table();
            if !(self.is_known(key.get_ref()) || is_table && self.allows_tables) {
                let problem =
                    RequestProblem::UnknownKey { key: key.get_ref().to_string(), known: self.known.clone(), is_table };
                self.entry.found.borrow_mut().push(RequestError::new(problem, Origin::File(key.span())));
            }
        }
    }
}
