//! What the script gets.

use maud::Markup;
use poolpair::topology::Fqdn;
use serde::Serialize;

/// What the script gets, beside the files of a bundle.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer {
    /// Whether it is what was asked for, and not why it could not be done.
    pub(crate) ok: bool,
    /// What to show, in which all text of documents is escaped.
    pub(crate) html: String,
    /// The Front End pools that can be chosen.
    pub(crate) pools: Vec<Fqdn>,
    /// Those of them that can be paired with the chosen one as they are.
    pub(crate) eligible: Vec<Fqdn>,
    /// The rules whose findings a written reason would allow.
    pub(crate) allowable: Vec<&'static str>,
    /// The request in TOML: the one that was planned, or the one that is suggested.
    pub(crate) request: String,
    /// A page to read: the review, or the audit.
    pub(crate) page: String,
    #[serde(skip)]
    pub(crate) archive: Option<Vec<u8>>,
}

impl Answer {
    pub(crate) fn new(ok: bool, html: Markup) -> Self {
        Self { ok, html: html.into_string(), ..Self::default() }
    }

    /// The answer as JSON, then its archive.
    pub(crate) fn into_outputs(self) -> Vec<Vec<u8>> {
        let json = serde_json::to_vec(&self).unwrap_or_default();
        std::iter::once(json).chain(self.archive).collect()
    }
}
