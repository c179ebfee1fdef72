//! A request file with comments as `init` writes it; facts that were not answered become commented-out examples.

use std::fmt::Write as _;

use toml::Value;

use super::{DeclaredUpdate, Located, PairRequest, PoolFacts};

/// The answers to the questions of `init`.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The pair; the voice settings of its first pool are written for both pools.
    pub pair: PairRequest,
    /// The facts about its pools.
    pub facts: [PoolFacts; 2],
}

impl Draft {
    /// The text of the request file. Its first line refers to the schema in the same directory.
    pub fn text(&self) -> String {
        let [first, second] = self.pair.pools.each_ref().map(|pool| quoted(pool.value.as_str()));
        let voice = &self.pair.voice[0];
        let mut settings = format!("automatic = {}", voice.automatic);
        for (key, interval) in [("failure-detection", &voice.failure_detection), ("failback", &voice.failback)] {
            if let Some(interval) = interval {
                let _ = write!(settings, ", {key} = \"{}s\"", interval.value.seconds());
            }
        }
        let mut out = format!("{HEAD}{first}, {second}]\n{VOICE}{settings} }}\n{REPLACE}{}\n", self.pair.replace);
        for facts in &self.facts {
            let _ = write!(out, "\n{POOL}\n[[pool]]\nfqdn = {}\n", quoted(facts.fqdn.value.as_str()));
            lines(facts).iter().for_each(|line| out.push_str(line));
        }
        out
    }
}

/// One line per fact.
fn lines(facts: &PoolFacts) -> [String; 6] {
    let text = |fact: &Option<Located<String>>| fact.as_ref().map(|fact| quoted(&fact.value));
    let number = |fact: &Option<Located<u64>>| fact.as_ref().map(ToString::to_string);
    let hosting = facts.hosting.as_ref().map(|hosting| quoted(&hosting.to_string()));
    let update = facts.cumulative_update.as_ref().map(|update| match &update.value {
        DeclaredUpdate::None => quoted("none"),
        DeclaredUpdate::Installed(update) => {
            let build = update.build.iter().map(|build| format!(", build = {}", quoted(build)));
            format!("{{ installer = {}{} }}", quoted(&update.installer), build.collect::<String>())
        }
    });
    [
        line(
            "deployed",
            facts.deployed.as_ref().map(ToString::to_string),
            "true",
            "whether its servers are already set up",
        ),
        line("operating-system", text(&facts.operating_system), "\"Windows Server 2019\"", "of all its Front Ends"),
        line("hosting", hosting, "\"virtual\"", "or \"physical\""),
        line("users", number(&facts.users), "12000", "homed on the pool"),
        line("branch-users", number(&facts.branch_users), "400", "homed on its Survivable Branch Appliances"),
        line("cumulative-update", update, UPDATE, "the path of its installer, or \"none\""),
    ]
}

/// A line with a fact, or an example of it as a comment.
fn line(key: &str, value: Option<String>, example: &str, comment: &str) -> String {
    match value {
        Some(value) => format!("{key} = {value}  # {comment}\n"),
        None => format!("# {key} = {example}  # {comment}\n"),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

const HEAD: &str = "\
#:schema request.schema.json
# A poolpair request. Every line can be edited; the schema next to it lists all keys.

[[pair]]
pools = [";

const VOICE: &str = "\
# Automatic failover and failback for Voice: after how long a failure, and after how long a recovery.
voice-failover = { ";

const REPLACE: &str = "\
# true: the pools leave their current partners.
replace = ";

const POOL: &str = "# Facts that no topology contains. Missing facts become questions in the runbook.";

const UPDATE: &str = r"{ installer = '\\share\cu\SkypeServerUpdateInstaller.exe', build = '7.0.2046.530' }";

#[cfg(test)]
mod tests {
    use super::Draft;
    use crate::interval::Interval;
    use crate::request::{DeclaredUpdate, Hosting, InstalledUpdate, Located, PairRequest, PoolFacts, Request};
    use crate::topology::Fqdn;

    fn draft() -> Draft {
        let pools = ["pool01.contoso.com", "p\"o'o\\l.contoso.com"].map(|name| Located::by_default(Fqdn::new(name)));
        let facts = pools.clone().map(PoolFacts::new);
        Draft { pair: PairRequest { pools, voice: Default::default(), replace: Located::by_default(false) }, facts }
    }

    /// The request in the text, without origins.
    fn read(draft: &Draft) -> serde_json::Value {
        let request = Request::from_toml("request.toml", &draft.text()).unwrap();
        serde_json::to_value(&request).unwrap()
    }

    /// The expected request, without origins.
    fn expected(draft: Draft) -> serde_json::Value {
        let Draft { pair, facts } = draft;
        let request = Request { pairs: vec![pair], pools: facts.into(), ..Request::default() };
        serde_json::to_value(&request).unwrap()
    }

    #[test]
    fn what_is_written_is_what_was_answered() {
        let nothing = draft();
        let mut all = draft();
        for voice in &mut all.pair.voice {
            voice.automatic = Located::by_default(false);
            voice.failure_detection = Some(Located::by_default(Interval::from_seconds(120)));
            voice.failback = None;
        }
        all.pair.replace = Located::by_default(true);
        for facts in &mut all.facts {
            facts.deployed = Some(Located::by_default(false));
            facts.operating_system = Some(Located::by_default("Windows \"Server\" 2019 # not a comment".into()));
            facts.hosting = Some(Located::by_default(Hosting::Physical));
            facts.users = Some(Located::by_default(12_000));
            facts.branch_users = Some(Located::by_default(0));
        }
        let installer = r"\\share\cu\SkypeServerUpdateInstaller.exe".to_owned();
        let update = InstalledUpdate { installer, build: Some("7.0.2046.530".into()) };
        all.facts[0].cumulative_update = Some(Located::by_default(DeclaredUpdate::Installed(update)));
        all.facts[1].cumulative_update = Some(Located::by_default(DeclaredUpdate::None));
        for draft in [nothing, all] {
            assert_eq!(read(&draft), expected(draft));
        }
    }

    /// Each commented-out line becomes a fact when it is uncommented.
    #[test]
    fn what_was_not_answered_can_be_filled_in() {
        let text = draft().text();
        let filled: String = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(fact) if fact.contains(" = ") => format!("{fact}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let request = Request::from_toml("request.toml", &filled).unwrap();
        for facts in &request.pools {
            assert!(facts.deployed.is_some() && facts.operating_system.is_some() && facts.hosting.is_some());
            assert!(facts.users.is_some() && facts.branch_users.is_some() && facts.cumulative_update.is_some());
        }
        assert!(text.starts_with("#:schema request.schema.json\n"));
    }
}
