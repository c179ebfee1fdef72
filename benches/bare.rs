//! What the parsers below or beside poolpair need for the same bytes when nothing is done with what they find.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints what it found")]

use std::error::Error;
use std::fs;
use std::process::ExitCode;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};

const USAGE: &str = "usage: bare quick-xml|roxmltree FILE";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["quick-xml", file] => fs::read_to_string(file).map_err(Into::into).and_then(|text| quick_xml_pass(&text)),
        ["roxmltree", file] => fs::read_to_string(file).map_err(Into::into).and_then(|text| roxmltree_parse(&text)),
        _ => Err(USAGE.into()),
    };
    match result {
        Ok(found) => {
            println!("{found}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Resolves the name of every element and attribute; counted, so that none of it can be left out.
fn quick_xml_pass(text: &str) -> Result<usize, Box<dyn Error>> {
    let mut reader = NsReader::from_str(text);
    let mut found = 0;
    loop {
        match reader.read_event()? {
            Event::Start(tag) | Event::Empty(tag) => found += names(&reader, &tag)?,
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn names(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<usize, Box<dyn Error>> {
    let (_, name) = reader.resolver().resolve_element(tag.name());
    let mut found = name.as_ref().len().min(1);
    for attribute in tag.attributes() {
        let (_, name) = reader.resolver().resolve_attribute(attribute?.key);
        found += name.as_ref().len().min(1);
    }
    Ok(found)
}

fn roxmltree_parse(text: &str) -> Result<usize, Box<dyn Error>> {
    let document = roxmltree::Document::parse(text)?;
    Ok(document.descendants().count())
}
