//! Every link within the repository leads to a file that is there, and every anchor to a heading.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::files::below;

#[test]
fn every_link_leads_somewhere() {
    assert_lead_somewhere(&below("."));
}

/// Follows every link of these files.
pub(crate) fn assert_lead_somewhere(files: &[PathBuf]) {
    let mut broken = Vec::new();
    let mut count = 0;
    for file in files {
        for link in links(&fs::read_to_string(file).unwrap()) {
            count += 1;
            if let Err(reason) = follow(file, &link) {
                broken.push(format!("{}: `{link}`: {reason}", file.display()));
            }
        }
    }
    assert!(count > 30, "only {count} links were found");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn links(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let destinations = events.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    destinations.filter(|link| !link.contains("://") && !link.starts_with("mailto:")).collect()
}

fn follow(file: &Path, link: &str) -> Result<(), String> {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { file.to_owned() } else { file.parent().unwrap().join(path) };
    if !target.exists() {
        return Err("there is no such file".to_owned());
    }
    match anchor {
        Some(anchor) if !anchors(&fs::read_to_string(&target).unwrap()).contains(&anchor.to_owned()) => {
            Err("there is no such heading".to_owned())
        }
        _ => Ok(()),
    }
}

/// The anchors of headings, as code hosts make them.
fn anchors(markdown: &str) -> Vec<String> {
    let (mut anchors, mut seen) = (Vec::new(), BTreeMap::<String, usize>::new());
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), Some(text)) => {
                let slug = slug(text);
                let times = seen.entry(slug.clone()).or_default();
                anchors.push(if *times == 0 { slug } else { format!("{slug}-{times}") });
                *times += 1;
                heading = None;
            }
            (Event::Text(part) | Event::Code(part), Some(text)) => text.push_str(&part),
            _ => {}
        }
    }
    anchors
}

fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
    kept.flat_map(char::to_lowercase).map(|character| if character == ' ' { '-' } else { character }).collect()
}

#[test]
fn anchors_are_made_as_hosts_do() {
    assert_eq!(anchors("# What `it` is, and why\n## A\n## A\n"), ["what-it-is-and-why", "a", "a-1"]);
}
