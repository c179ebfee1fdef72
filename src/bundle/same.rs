//! Whether two paths lead to one file or directory.

use std::fs;
use std::path::Path;

use same_file::Handle;

/// Whether two paths lead to one file or directory, by whatever names, links and cases of letters; `-` is standard
/// input, which may be redirected from a file.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    let handle = |path: &Path| if path == Path::new("-") { Handle::stdin().ok() } else { opened(path) };
    handle(one).is_some_and(|one| handle(other) == Some(one))
}

/// Looks at a directory, and again if another one took its place meanwhile: what is seen is seen of one.
pub(super) fn look_at<T>(directory: &Path, look: impl Fn() -> T) -> T {
    loop {
        // The system gives what is open to no other directory.
        let (before, seen) = (opened(directory), look());
        if before == opened(directory) {
            return seen;
        }
    }
}

/// A file or directory; nothing for a pipe, which one might wait for.
fn opened(path: &Path) -> Option<Handle> {
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
        assert_eq!(super::look_at(&there, look), 4);
    }
}
