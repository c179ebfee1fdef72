//! The zip file that `Export-CsConfiguration` writes: one document is read from it, nothing is unpacked to disk.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use super::fault::SourceFault;
use super::limits::Limit;

/// The name of the document that contains the configuration.
pub(super) const DOCUMENT: &str = "DocItemSet.xml";

/// Whether these are the first bytes of a zip file.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the configuration from an archive.
///
/// # Errors
/// The archive is damaged, contains no configuration, or exceeds a limit.
pub(super) fn document(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, SourceFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > limits.archive_entries as usize {
        return Err(SourceFault::Limit(limits.exceeded(Limit::ArchiveEntries)));
    }
    let entry = match archive.by_name(DOCUMENT) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Err(SourceFault::ArchiveWithoutConfiguration),
        Err(error) => return Err(damaged(&error)),
    };
    if LOCAL.positions(bytes) != [entry.header_start()] || CENTRAL.positions(bytes) != [entry.central_header_start()] {
        return Err(SourceFault::AmbiguousArchive);
    }
    let max_by_growth = entry.compressed_size().saturating_mul(limits.archive_growth.into());
    let max = max_by_growth.min(limits.file_size.into());
    let mut document = Vec::new();
    // The size that the entry declares cannot be trusted.
    entry.take(max.saturating_add(1)).read_to_end(&mut document).map_err(|error| damaged(&error))?;
    match document.len() as u64 > max {
        false => Ok(document),
        true if max == max_by_growth => Err(SourceFault::Limit(limits.exceeded(Limit::ArchiveGrowth))),
        true => Err(SourceFault::Limit(limits.exceeded(Limit::FileSize))),
    }
}

/// A header that names an entry: its signature, and the offsets of the length of the name and the name itself.
struct Header {
    signature: [u8; 4],
    name_length: usize,
    name: usize,
}

/// The local file header, before the data of an entry.
const LOCAL: Header = Header { signature: *b"PK\x03\x04", name_length: 26, name: 30 };
/// The header of an entry in the central directory.
const CENTRAL: Header = Header { signature: *b"PK\x01\x02", name_length: 28, name: 46 };

impl Header {
    /// The positions of the headers of this kind that name the document, ignoring case.
    ///
    /// Unzip programs differ in which of two entries of one name they read, and in which of its two headers they trust.
    fn positions(&self, bytes: &[u8]) -> Vec<u64> {
        let names_document = |&at: &usize| {
            let field = |offset: usize, length: usize| bytes.get(at + offset..at + offset + length);
            field(self.name_length, 2) == Some(&(DOCUMENT.len() as u16).to_le_bytes())
                && field(self.name, DOCUMENT.len()).is_some_and(|name| name.eq_ignore_ascii_case(DOCUMENT.as_bytes()))
        };
        memmem::find_iter(bytes, &self.signature).filter(names_document).map(|at| at as u64).collect()
    }
}

fn damaged(error: &dyn std::fmt::Display) -> SourceFault {
    SourceFault::DamagedArchive { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use memchr::memmem;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::{document, is_archive};
    use crate::source::Limits;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn the_configuration_is_found_among_other_entries() {
        let bytes = archive(&[("a.txt", b"a"), ("DocItemSet.xml", b"<DocItemSet/>")]);
        assert!(is_archive(&bytes));
        assert_eq!(document(&bytes, &Limits::default()).unwrap(), b"<DocItemSet/>");
    }

    #[test]
    fn an_archive_of_something_else_is_refused() {
        let error = document(&archive(&[("a.txt", b"a")]), &Limits::default()).unwrap_err();
        assert_eq!(error.to_string(), "this zip archive holds no `DocItemSet.xml`");
    }

    #[test]
    fn two_entries_of_the_name_are_refused() {
        let two = |second: &str| archive(&[("DocItemSet.xml", b"<first/>"), (second, b"<second/>")]);
        // The second entry is named before its bytes, and again in the central directory.
        let renamed = |which: &[usize]| {
            let mut bytes = two("DocItemSet.xm_");
            let names: Vec<_> = memmem::find_iter(&bytes, "DocItemSet.xm_").collect();
            which.iter().for_each(|&one| bytes[names[one] + "DocItemSet.xm".len()] = b'l');
            bytes
        };
        assert_eq!(document(&renamed(&[]), &Limits::default()).unwrap(), b"<first/>");
        for (what, bytes) in [
            ("both in the central directory", renamed(&[0, 1])),
            ("one outside the central directory", renamed(&[0])),
            ("two of the central directory, one before its bytes", renamed(&[1])),
            ("in another case", two("docitemset.XML")),
        ] {
            let error = document(&bytes, &Limits::default()).unwrap_err();
            assert!(matches!(error, super::SourceFault::AmbiguousArchive), "{what}: {error}");
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let bytes = archive(&[("DocItemSet.xml", &vec![b' '; 10 << 20])]);
        let error = document(&bytes, &Limits::default()).unwrap_err().to_string();
        assert!(error.contains("archive-growth"), "{error}");
        let limits = Limits { file_size: 1 << 10, ..Limits::default() };
        let error = document(&bytes, &limits).unwrap_err().to_string();
        assert!(error.contains("file-size"), "{error}");
    }

    #[test]
    fn damage_at_every_byte_is_no_panic() {
        let whole = archive(&[("DocItemSet.xml", b"<DocItemSet><a b='c'/></DocItemSet>")]);
        for at in 0..whole.len() {
            let _ = document(&whole[..at], &Limits::default());
            let mut flipped = whole.clone();
            flipped[at] ^= 0x10;
            let _ = document(&flipped, &Limits::default());
        }
    }
}
