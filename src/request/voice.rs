//! Voice settings of a pair: those for both pools, and those for one of them.

use super::errors::Errors;
use super::problem::Problem;
use super::table::Table;
use super::value::{Key, Kind, Value};
use super::{Located, VoiceRequest, wire};
use crate::interval::Interval;
use crate::topology::Fqdn;

/// The settings of each pool of a pair.
///
/// The table holds settings for both pools, and under the name of a pool a table of those that differ there.
/// Where the pools themselves could not be read, only the settings are looked at.
pub(super) fn of_pair(
    value: Option<&Value>,
    pools: Option<&[Located<Fqdn>; 2]>,
    errors: &mut Errors,
) -> Option<[VoiceRequest; 2]> {
    let Some(value) = value else {
        return Some([Settings::default(), Settings::default()].map(Settings::complete));
    };
    let table = Table::open("voice-failover", "a table of voice settings", value, errors)?;
    let common = Settings::read(table, errors);
    let own: Vec<_> =
        table.others(wire::VOICE_KEYS).filter_map(|(key, value)| of_pool(table, key, value, pools, errors)).collect();
    errors
        .refuse_repeated(own.iter().map(|(pool, _)| (&pool.value, &pool.origin)), |key| Problem::DuplicateKey { key });
    let settings = |pool: &Located<Fqdn>| {
        let own = own.iter().find(|(name, _)| name.value == pool.value);
        own.map_or(&common, |(_, own)| own).clone().or(&common).complete()
    };
    pools.map(|pools| pools.each_ref().map(settings))
}

fn of_pool(
    table: Table<'_>,
    key: &Key,
    value: &Value,
    pools: Option<&[Located<Fqdn>; 2]>,
    errors: &mut Errors,
) -> Option<(Located<Fqdn>, Settings)> {
    let name = Fqdn::new(key.name.as_str());
    let known = pools.is_some_and(|pools| pools.iter().any(|pool| pool.value == name));
    if !known && !matches!(value.kind, Kind::Table(_)) {
        return table.refuse_key(key, wire::VOICE_KEYS, errors);
    }
    if let Some([first, second]) = pools.filter(|_| !known) {
        let pools = [first, second].map(|pool| pool.value.to_string());
        let pool = key.name.clone();
        errors.refuse::<()>(&key.origin, Problem::ForeignPool { pool, pools });
    }
    let noun = "a pool's table of voice settings";
    let own = Table::closed(&key.name, noun, value, wire::VOICE_KEYS, errors)?;
    Some((Located::new(name, key.origin.clone()), Settings::read(own, errors)))
}

/// Settings as written, before the defaults.
#[derive(Clone, Default)]
struct Settings {
    automatic: Option<Located<bool>>,
    failure_detection: Option<Located<Interval>>,
    failback: Option<Located<Interval>>,
}

impl Settings {
    fn read(table: Table<'_>, errors: &mut Errors) -> Self {
        Self {
            automatic: table.boolean("automatic", errors),
            failure_detection: table.interval("failure-detection", errors),
            failback: table.interval("failback", errors),
        }
    }

    fn or(self, common: &Self) -> Self {
        Self {
            automatic: self.automatic.or_else(|| common.automatic.clone()),
            failure_detection: self.failure_detection.or_else(|| common.failure_detection.clone()),
            failback: self.failback.or_else(|| common.failback.clone()),
        }
    }

    fn complete(self) -> VoiceRequest {
        VoiceRequest::completed(self.automatic, self.failure_detection, self.failback)
    }
}
