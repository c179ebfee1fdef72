//! The documentation pages of the rules, written in their doc comments.

use std::fmt::Write as _;

use super::{Basis, CHAPTERS, Rule};

impl Rule {
    /// The rule's page as a Markdown document, as in `docs/rules/<id>.md` and printed by `poolpair explain`.
    pub fn document(&self) -> String {
        let mut text = format!("# {}\n\n{}, decided from {}\n", self.id, self.class.name(), self.basis.phrase());
        for line in self.lines() {
            let heading = if line.starts_with("# ") { "#" } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(text, "\n{heading}{line}");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    /// The summary of the rule: the first sentence below the heading "What it checks".
    pub fn summary(&self) -> String {
        let paragraph = self.paragraph("What it checks");
        match paragraph.split_once(". ") {
            Some((sentence, _)) => format!("{sentence}."),
            None => paragraph,
        }
    }

    /// The source of the rule with the title of the page: the first paragraph below the heading "Source".
    pub fn source_title(&self) -> String {
        self.paragraph("Source").trim_end_matches('.').to_owned()
    }

    /// The first paragraph below a heading, on one line.
    pub(crate) fn paragraph(&self, heading: &str) -> String {
        let after = self.lines().skip_while(|line| line.strip_prefix("# ") != Some(heading)).skip(1);
        let paragraph = after.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
        paragraph.collect::<Vec<_>>().join(" ")
    }

    /// The lines of the doc comment, without the space that follows each `///`.
    fn lines(&self) -> impl Iterator<Item = &'static str> {
        self.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end())
    }
}

impl Basis {
    /// The basis as a phrase.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Topology => "the topology",
            Self::Declared => "what the request declares",
            Self::Request => "the request alone",
        }
    }
}

/// The index of all pages as a Markdown document: `docs/rules/README.md`.
pub fn index() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (chapter, rules) in CHAPTERS {
        let _ = write!(text, "\n## {chapter}\n\n| rule | class | decided from | source | what it checks |\n");
        text.push_str("| --- | --- | --- | --- | --- |\n");
        for rule in *rules {
            let (class, basis) = (rule.class.name(), rule.basis.phrase());
            let summary = rule.summary().replace('|', "\\|");
            let _ =
                writeln!(text, "| [{id}]({id}.md) | {class} | {basis} | {} | {summary} |", rule.source, id = rule.id);
        }
    }
    text
}

const INTRODUCTION: &str = "\
# Rules

What `poolpair` checks, one page per rule; `poolpair explain RULE` prints the same page. The pages are written from the
rules' own documentation: change that, then run `UPDATE_FIXTURES=1 cargo test --test rules`.

The class determines the severity of a finding:

* **integrity**: a pairing that breaks it cannot work. An error that cannot be overridden.
* **support**: Microsoft does not support it. An error, unless the request allows it with a written reason.
* **advice**: not recommended. A warning, which a request may allow as well.
* **fact**: good to know. A note.

Sources: MS-DEPLOY is \"Deploy paired Front End pools for disaster recovery in Skype for Business Server\" with the number
of the step, MS-DR is \"Front End pool disaster recovery in Skype for Business Server\"; other pages of the same
documentation are named by their file, cmdlets by their name.
";
