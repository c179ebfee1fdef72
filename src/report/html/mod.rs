//! Static, self-contained HTML pages for screen and print.

pub mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use self::words::{plain, prose};
use super::picture::svg;
use crate::text::capitalized;

/// A page.
pub(super) struct Page<'a> {
    /// The kind of document, in one word.
    pub(super) kind: &'static str,
    /// A sentence with names in backticks.
    pub(super) title: &'a str,
    /// The CSS class `good`, `doubtful` or `bad`, and a sentence.
    pub(super) verdict: (&'static str, String),
    /// The facts below the verdict.
    pub(super) facts: Markup,
    /// The sections.
    pub(super) sections: &'a [Section],
}

/// A section: its id, heading and body.
pub(super) type Section = (&'static str, &'static str, Markup);

pub(super) fn write(page: &Page<'_>) -> String {
    let Page { kind, title, verdict, facts, sections } = page;
    let style = format!("{}{}", svg::STYLE, include_str!("page.css"));
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(&style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (capitalized(kind)) ": " (plain(title)) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#main" { "Skip to the " (kind) }
                header {
                    p.faint { "poolpair " (kind) }
                    h1 { (prose(title)) }
                    p.verdict.(verdict.0) { (prose(&verdict.1)) }
                }
                nav aria-label={ "Parts of the " (kind) } {
                    ul { @for (id, heading, _) in *sections { li { a href={ "#" (id) } { (heading) } } } }
                }
                main #main {
                    @if !facts.0.is_empty() { section aria-label="At a glance" { (facts) } }
                    @for (id, heading, body) in *sections {
                        section id=(id) aria-labelledby={ (id) "-heading" } {
                            h2 id={ (id) "-heading" } { (heading) }
                            (body)
                        }
                    }
                }
                footer { p { "Made by poolpair " (env!("CARGO_PKG_VERSION")) ". This page loads nothing and runs nothing." } }
            }
        }
    };
    markup.into_string()
}

/// The content security policy: nothing may load or run, except the one style, by its hash.
fn policy(style: &str) -> String {
    let hash = data_encoding::BASE64.encode(&Sha256::digest(style.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}
