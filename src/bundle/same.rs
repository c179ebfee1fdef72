//! Detects whether two paths refer to the same file or directory.

use std::fs;
use std::path::Path;

use same_file::Handle;

/// Whether two paths refer to the same file or directory, however they are spelled; `-` is standard input, which may be
/// redirected from a file.
pub(crate) fn is_same_file(one: &Path, other: &Path) -> bool {
    let handle = |path: &Path| if path == Path::new("-") { Handle::stdin().ok() } else { open(path) };
    handle(one).is_some_and(|one| handle(other) == Some(one))
}

/// Reads a directory, again if it was replaced meanwhile, so that the result is about one directory.
pub(super) fn read_stable<T>(directory: &Path, read: impl Fn() -> T) -> T {
    loop {
        // The identity of an open directory is not reused.
        let (before, result) = (open(directory), read());
        if before == open(directory) {
            return result;
        }
    }
}

/// Opens a file or directory; not a pipe, which could block.
fn open(path: &Path) -> Option<Handle> {
    let metadata = fs::metadata(path).ok()?;
    (metadata.is_file() || metadata.is_dir()).then(|| Handle::from_path(path).ok())?
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;

    #[test]
    fn a_directory_is_looked_at_until_it_stays() {
        let root = tempfile::tempdir().unwrap();
        let [there, next, aside] = ["there", "next", "aside"].map(|name| root.path().join(name));
        fs::create_dir(&there).unwrap();
        let looks = Cell::new(0);
        let look = || {
            looks.set(looks.get() + 1);
            if looks.get() <= 3 {
                fs::create_dir(&next).unwrap();
                fs::rename(&there, &aside).unwrap();
                fs::rename(&next, &there).unwrap();
                fs::remove_dir(&aside).unwrap();
            }
            looks.get()
        };
        assert_eq!(super::read_stable(&there, look), 4);
    }
}
