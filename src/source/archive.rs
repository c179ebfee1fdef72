//! The zip file of `Export-CsConfiguration`, of which one document is read; nothing is unpacked to disk.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use super::fault::SourceFault;
use super::limits::Limit;

/// The document in the archive that holds the configuration.
pub(super) const DOCUMENT: &str = "DocItemSet.xml";

/// Whether these are the first bytes of a zip file.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the configuration out of an archive.
///
/// # Errors
/// The archive is damaged, holds no configuration, or goes beyond what such an archive can be.
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
    let most_by_growth = entry.compressed_size().saturating_mul(limits.archive_growth.into());
    let most = most_by_growth.min(limits.file_size);
    let mut document = Vec::new();
    // The size that the entry declares is not to be relied on.
    entry.take(most.saturating_add(1)).read_to_end(&mut document).map_err(|error| damaged(&error))?;
    match document.len() as u64 > most {
        false => Ok(document),
        true if most == most_by_growth => Err(SourceFault::Limit(limits.exceeded(Limit::ArchiveGrowth))),
        true => Err(SourceFault::Limit(limits.exceeded(Limit::FileSize))),
    }
}

fn damaged(error: &dyn std::fmt::Display) -> SourceFault {
    SourceFault::DamagedArchive { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

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
