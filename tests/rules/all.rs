//! Ids, files, names, pages and fixtures of the rules agree.

use std::collections::BTreeSet;
use std::fs;

use poolpair::rules::{CHAPTERS, RULES, Rule, index};
use topogen::rules as fixtures;

use crate::files::{UPDATE, below, hold, project};

const HEADINGS: [&str; 5] = ["What it checks", "Why", "Example", "How to fix", "Source"];

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut ids = BTreeSet::new();
    for rule in RULES {
        let kebab = rule.id.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(kebab, "write the id `{}` in kebab-case", rule.id);
        assert!(ids.insert(rule.id), "two rules have the id `{}`: name one of them otherwise", rule.id);
    }
}

#[test]
fn a_rule_has_a_file_and_a_static_of_its_name() {
    for rule in RULES {
        let file = format!("src/rules/all/{}.rs", snake(rule));
        let text = fs::read_to_string(project(&file)).unwrap_or_default();
        assert!(!text.is_empty(), "the rule `{}` has no file `{file}`: move it there", rule.id);
        let declared = format!("{} = \"{}\"", snake(rule).to_uppercase(), rule.id);
        assert!(text.contains(&declared), "`{file}` does not declare `{declared}`: name the static as the id");
        let opening = format!("//! The rule `{}`.", rule.id);
        assert!(text.starts_with(&opening), "begin `{file}` with `{opening}`");
    }
}

#[test]
fn every_file_of_the_book_is_in_the_table() {
    let files = below("src/rules/all");
    let expected = RULES.iter().map(|rule| format!("{}.rs", snake(rule))).chain(["mod.rs".into()]).collect();
    assert_eq!(files, expected, "add the rule to the table in `src/rules/all/mod.rs`, or delete its file");
}

#[test]
fn the_table_is_its_chapters_in_order() {
    let in_chapters: Vec<_> = CHAPTERS.iter().flat_map(|(_, rules)| rules.iter().map(|rule| rule.id)).collect();
    let in_table: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(in_chapters, in_table);
    let text = fs::read_to_string(project("src/rules/all/mod.rs")).unwrap();
    let places: Vec<_> = RULES.iter().map(|rule| text.find(&format!("{}::", snake(rule)))).collect();
    assert!(places.is_sorted(), "the table in `src/rules/all/mod.rs` lists the rules in another order than `RULES`");
}

#[test]
fn a_page_has_all_headings() {
    for rule in RULES {
        let file = format!("src/rules/all/{}.rs", snake(rule));
        let document = rule.document();
        let headings: Vec<_> = document.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "give the page in `{file}` these headings in this order");
        let empty = document.split("\n## ").skip(1).any(|part| part.lines().skip(1).all(|line| line.trim().is_empty()));
        assert!(!empty, "write something below every heading in `{file}`");
        assert!(rule.summary().ends_with('.'), "begin the page in `{file}` with a whole sentence: {}", rule.summary());
    }
}

#[test]
fn pages_are_up_to_date() {
    for rule in RULES {
        hold(&format!("docs/rules/{}.md", rule.id), rule.document().as_bytes());
    }
    hold("docs/rules/README.md", index().as_bytes());
    let pages = below("docs/rules");
    let expected = RULES.iter().map(|rule| format!("{}.md", rule.id)).chain(["README.md".into()]).collect();
    assert_eq!(pages, expected, "delete the pages of rules that are gone, and {UPDATE}");
}

#[test]
fn every_rule_has_a_case_on_which_it_fires_and_one_on_which_it_is_quiet() {
    for rule in RULES {
        let mut cases = fixtures::all().filter(|case| case.rule == rule.id).peekable();
        let hint = "add cases to a chapter in `fixtures/generator/src/rules`";
        assert!(cases.peek().is_some(), "the rule `{}` has no fixtures: {hint}", rule.id);
        let names: Vec<_> = cases.map(|case| case.name).collect();
        for prefix in ["fires", "quiet"] {
            assert!(names.contains(&prefix), "the rule `{}` has no case `{prefix}`: {hint}", rule.id);
        }
        let named = names.iter().all(|name| name.starts_with("fires") || name.starts_with("quiet"));
        assert!(named, "the rule `{}` has a case whose name begins neither with `fires` nor with `quiet`", rule.id);
    }
    for case in fixtures::all() {
        let known = RULES.iter().any(|rule| rule.id == case.rule);
        assert!(known, "there is no rule `{}` for its case `{}`: correct its id", case.rule, case.name);
    }
}

/// The id as the name of a file.
fn snake(rule: &Rule) -> String {
    rule.id.replace('-', "_")
}
