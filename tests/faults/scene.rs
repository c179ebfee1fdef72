//! A folder with a topology, the program, and what a bundle may be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use poolpair::bundle::Manifest;
use poolpair::source::sha256;
use tempfile::TempDir;
use topogen::{Layout, Notation};

/// The request that every scene makes.
pub(crate) const PAIR: [&str; 4] = ["--pool", "pool01.contoso.com", "--backup", "pool02.contoso.com"];

/// A folder with `topology.xml`, in which commands run.
pub(crate) struct Scene {
    root: TempDir,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let scene = Self { root: tempfile::tempdir().unwrap() };
        let bytes = topogen::two_standard().published(&Layout::default(), &Notation::default());
        fs::write(scene.path("topology.xml"), bytes).unwrap();
        scene
    }

    /// A scene with a bundle in `bundle`, and what is to take its place: the same pair with another interval.
    pub(crate) fn with_bundle() -> (Self, Bundle, Bundle) {
        let scene = Self::new();
        scene.expect(0, &scene.apply("new", "400"));
        scene.expect(0, &scene.apply("bundle", "300"));
        let (old, new) = (scene.bundle("bundle").unwrap(), scene.bundle("new").unwrap());
        assert_ne!(old, new);
        fs::remove_dir_all(scene.path("new")).unwrap();
        (scene, old, new)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The program, in the folder.
    pub(crate) fn poolpair(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_poolpair"));
        command.current_dir(self.root.path());
        command
    }

    /// The arguments that write the pair with this failure detection interval to a directory.
    pub(crate) fn arguments(directory: &str, seconds: &str) -> Vec<String> {
        let apply = ["apply", "topology.xml", "--force", "--out-dir", directory, "--failure-detection", seconds];
        apply.iter().chain(&PAIR).map(ToString::to_string).collect()
    }

    pub(crate) fn apply(&self, directory: &str, seconds: &str) -> Output {
        self.poolpair().args(Self::arguments(directory, seconds)).output().unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.poolpair().args(arguments).output().unwrap()
    }

    /// As [`run`](Self::run), in a directory of the folder.
    pub(crate) fn run_in(&self, directory: &str, arguments: &[&str]) -> Output {
        self.poolpair().current_dir(self.path(directory)).args(arguments).output().unwrap()
    }

    /// A command line for the shell, after which `"$@"` is the program with arguments.
    #[cfg(unix)]
    pub(crate) fn shell(&self, script: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new("sh");
        command.current_dir(self.root.path()).args(["-c", script, "sh", env!("CARGO_BIN_EXE_poolpair")]);
        command.args(arguments).output().unwrap()
    }

    #[track_caller]
    pub(crate) fn expect(&self, code: i32, output: &Output) {
        assert_eq!(output.status.code(), Some(code), "{}", text(output));
    }

    /// The bundle in a directory, whole by its own manifest; nothing where there is no directory.
    #[track_caller]
    pub(crate) fn bundle(&self, directory: &str) -> Option<Bundle> {
        Bundle::read(&self.path(directory))
    }

    /// What lies in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        names(self.root.path())
    }

    /// Temporary files that lie in the folder.
    pub(crate) fn left_over(&self) -> Vec<String> {
        self.names().into_iter().filter(|name| name.starts_with('.')).collect()
    }
}

/// A whole bundle: every file with the bytes of its manifest, and no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bundle {
    files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    #[track_caller]
    pub(crate) fn read(directory: &Path) -> Option<Self> {
        if !directory.exists() {
            return None;
        }
        let names = names(directory).into_iter();
        let files: BTreeMap<_, _> = names.map(|name| (name.clone(), fs::read(directory.join(name)).unwrap())).collect();
        let manifest: Manifest = serde_json::from_slice(&files["manifest.json"]).unwrap();
        assert_eq!(manifest.files.len() + 1, files.len(), "a mixture");
        for file in &manifest.files {
            let bytes = &files[&file.name];
            assert_eq!((sha256(bytes), bytes.len() as u64), (file.sha256.clone(), file.size), "{}", file.name);
        }
        Some(Self { files })
    }

    /// Puts the bundle into the place of what is there.
    #[cfg(target_os = "linux")]
    pub(crate) fn write(&self, directory: &Path) {
        fs::remove_dir_all(directory).unwrap();
        fs::create_dir(directory).unwrap();
        for (name, bytes) in &self.files {
            fs::write(directory.join(name), bytes).unwrap();
        }
    }
}

/// Every file below a directory, with its bytes; of a link, where it leads.
pub(crate) fn content(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut content = BTreeMap::new();
    for name in names(directory) {
        let path = directory.join(name);
        let metadata = fs::symlink_metadata(&path).unwrap();
        if metadata.is_symlink() {
            content.insert(path.clone(), fs::read_link(&path).unwrap().to_string_lossy().into_owned().into_bytes());
        } else if metadata.is_dir() {
            content.insert(path.clone(), Vec::new());
            content.extend(self::content(&path));
        } else {
            content.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    content
}

pub(crate) fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What was printed, both streams.
pub(crate) fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
