//! A whole topology, cut at every byte and with a bit of every byte turned over; in other encodings at every third.

use poolpair::Export;
use poolpair::notation::Notation;
use poolpair::plan::{Outcome, PlanFault, PlanOptions, plan};
use poolpair::request::{Flags, Request};
use poolpair::source::{Encoding, Options};

/// Two Standard Edition pools that can be paired.
const SMALL: &str = include_str!("small.xml");

fn stored() -> Vec<(Encoding, Vec<u8>)> {
    let forms = [(Encoding::Utf8, false), (Encoding::Utf8, true), (Encoding::Utf16Le, true), (Encoding::Utf16Be, true)];
    let store = |(encoding, bom): (Encoding, bool)| {
        let mut bytes = if bom { encoding.byte_order_mark().to_vec() } else { Vec::new() };
        bytes.extend_from_slice(&encoding.encoded(SMALL));
        (encoding, bytes)
    };
    forms.into_iter().map(store).collect()
}

/// Every byte of UTF-8; of each other encoding every third, which is one half of a character after the other.
fn places(encoding: Encoding, bytes: &[u8]) -> impl Iterator<Item = usize> {
    (0..bytes.len()).step_by(if encoding == Encoding::Utf8 { 1 } else { 3 })
}

fn read(bytes: &[u8]) -> Option<Export> {
    Export::read("topology.xml", bytes.to_vec(), &Options::default()).ok()
}

#[test]
fn a_cut_topology_is_no_topology() {
    for (encoding, bytes) in stored() {
        for end in places(encoding, &bytes) {
            let text = String::from_utf8_lossy(&bytes[..end]);
            // Only the line end after the document can go.
            let whole = end + if text.contains('\0') { 2 } else { 1 } == bytes.len();
            assert_eq!(read(&bytes[..end]).is_some(), whole, "{encoding:?} cut at {end} of {}", bytes.len());
        }
    }
}

#[test]
fn a_topology_with_a_turned_bit_is_refused_or_kept() {
    let flags = Flags { pool: Some("p1.c.com".into()), backup: Some("p2.c.com".into()), ..Flags::default() };
    let request = Request::from_flags(&flags).unwrap();
    let mut planned = 0;
    for (encoding, bytes) in stored() {
        let mut turned = bytes.clone();
        for at in places(encoding, &bytes) {
            turned[at] ^= 1 << (at % 8);
            if let Some(export) = read(&turned) {
                assert_eq!(export.source().bytes(), turned, "{encoding:?} at {at}");
                // Planning takes longer than reading: every few will do.
                planned += usize::from(at % 31 == 0 && plans(&export, &request));
            }
            turned[at] = bytes[at];
        }
    }
    assert!(planned > 100, "{planned}");
}

/// Whether a plan was made; what is planned keeps every byte that it does not edit.
fn plans(before: &Export, request: &Request) -> bool {
    let options = PlanOptions { reading: Options::default(), strict: false };
    match plan(before, request, &Notation::built_in(), &options) {
        Ok(Outcome::Planned(planned)) => {
            let mut rest = planned.after.source().text();
            let mut at = 0;
            for edit in &planned.edits {
                let kept = &before.source().text()[at..edit.span.range().start];
                rest = rest.strip_prefix(kept).and_then(|rest| rest.strip_prefix(edit.text.as_str())).unwrap();
                at = edit.span.range().end;
            }
            assert_eq!(rest, &before.source().text()[at..]);
            true
        }
        Ok(Outcome::Refused(_)) => false,
        Err(error) => {
            assert!(!matches!(error.fault(), PlanFault::Proof { .. }), "{error}");
            false
        }
    }
}
