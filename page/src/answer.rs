//! The answer to the script of the page.

use maud::Markup;
use poolpair::topology::Fqdn;
use serde::Serialize;

/// The answer to the script, apart from the files of a bundle.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer {
    /// Whether the task succeeded; otherwise the answer is an error.
    pub(crate) ok: bool,
    /// The HTML to show; text from documents is escaped.
    pub(crate) html: String,
    /// The Front End pools to choose from.
    pub(crate) pools: Vec<Fqdn>,
    /// The pools that can be paired with the chosen one without further changes.
    pub(crate) eligible: Vec<Fqdn>,
    /// The rules whose findings may be allowed with a written reason.
    pub(crate) allowable: Vec<&'static str>,
    /// The request in TOML: the planned or the suggested one.
    pub(crate) request: String,
    /// An HTML document to read: the review, or the audit.
    pub(crate) page: String,
    #[serde(skip)]
    pub(crate) archive: Option<Vec<u8>>,
}

impl Answer {
    pub(crate) fn new(ok: bool, html: Markup) -> Self {
        Self { ok, html: html.into_string(), ..Self::default() }
    }

    /// The answer as JSON, followed by its archive.
    pub(crate) fn into_outputs(self) -> Vec<Vec<u8>> {
        let json = serde_json::to_vec(&self).unwrap_or_default();
        std::iter::once(json).chain(self.archive).collect()
    }
}
