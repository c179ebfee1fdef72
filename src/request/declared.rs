//! The tree of values into the facts of a pool.

use super::errors::Errors;
use super::table::{Table, fqdn, located, words};
use super::value::{Kind, Value};
use super::{CumulativeUpdate, Hosting, Located, PoolFacts, wire};

pub(super) fn facts(value: &Value, errors: &mut Errors) -> Option<PoolFacts> {
    let table = Table::closed("pool", "a table of facts", value, wire::POOL_KEYS, errors)?;
    let name = table.require("fqdn", "the name of the pool", errors);
    let name = name.and_then(|value| fqdn("fqdn", value, errors));
    let deployed = table.boolean("deployed", errors);
    let operating_system = table.words("operating-system", errors);
    let hosting = hosting(table, errors);
    let users = table.natural("users", errors);
    let branch_users = table.natural("branch-users", errors);
    let product = table.words("product", errors);
    let program_folder = table.words("program-folder", errors);
    let cumulative_update = cumulative_update(table, errors);
    let origin = table.origin.clone();
    // Not before all the others are read, so that their errors are found without a name as well.
    let fqdn = name?;
    Some(PoolFacts {
        fqdn,
        deployed,
        operating_system,
        hosting,
        users,
        branch_users,
        product,
        program_folder,
        cumulative_update,
        origin,
    })
}

fn hosting(table: Table<'_>, errors: &mut Errors) -> Option<Located<Hosting>> {
    const KEY: &str = "hosting";
    const EXPECTED: &str = "`physical` or `virtual`";
    let word = words(KEY, EXPECTED, table.get(KEY)?, errors)?;
    match Hosting::NAMES.into_iter().find(|(name, _)| *name == word.value) {
        Some((_, hosting)) => Some(Located::new(hosting, word.origin)),
        None => errors.wrong_value(KEY, EXPECTED, word, &["physical", "virtual"]),
    }
}

fn cumulative_update(table: Table<'_>, errors: &mut Errors) -> Option<Located<CumulativeUpdate>> {
    const KEY: &str = "cumulative-update";
    const EXPECTED: &str = "`none`, or a table with `installer` and `build`";
    let value = table.get(KEY)?;
    if matches!(value.kind, Kind::Table(_)) {
        return installed(value, errors).map(|update| located(update, value));
    }
    let word = words(KEY, EXPECTED, value, errors)?;
    match word.value.as_str() {
        "none" => Some(located(CumulativeUpdate::None, value)),
        _ => errors.wrong_value(KEY, EXPECTED, word, &["none"]),
    }
}

fn installed(value: &Value, errors: &mut Errors) -> Option<CumulativeUpdate> {
    let noun = "a cumulative update";
    let table = Table::closed(noun, noun, value, wire::CUMULATIVE_UPDATE_KEYS, errors)?;
    let installer = table.required_words("installer", "the path of its installer", errors);
    let build = build(table, errors);
    Some(CumulativeUpdate::Installed { installer: installer?.value, build })
}

fn build(table: Table<'_>, errors: &mut Errors) -> Option<String> {
    const EXPECTED: &str = "four numbers with dots between, such as `7.0.2046.530`";
    let build = table.words("build", errors)?;
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if build.value.split('.').count() == 4 && build.value.split('.').all(number) {
        return Some(build.value);
    }
    errors.wrong_value("build", EXPECTED, build, &[])
}
