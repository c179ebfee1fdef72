//! The baseline: quick-xml reading the same bytes without processing them, and reading the file alone.

#![allow(clippy::print_stdout, reason = "a program that prints its result")]

use std::error::Error;
use std::fs;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let found = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--read", file] => fs::read(file)?.len(),
        [file] => quick_xml_pass(&fs::read_to_string(file)?)?,
        _ => return Err("usage: bare [--read] FILE".into()),
    };
    println!("{found}");
    Ok(())
}

/// Resolves the name of every element and attribute, and counts them, so that nothing can be optimised away.
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
