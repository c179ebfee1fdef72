//! Where commands of the documentation run.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::files::repository;

/// Whether there is no POSIX shell to run commands with, as on a Windows without git; says so.
#[allow(clippy::print_stdout, reason = "a test that skips says so")]
pub(crate) fn is_shell_missing() -> bool {
    let error = Command::new("sh").args(["-c", ":"]).status().err().filter(|_| cfg!(windows));
    error.is_some_and(|error| {
        println!("skipped: no POSIX shell here: {error}");
        true
    })
}

/// An empty directory in which commands run, or in a folder of it.
pub(crate) struct Sandbox {
    root: TempDir,
    folder: RefCell<PathBuf>,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self { root: TempDir::new().unwrap(), folder: RefCell::default() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.root.path()
    }

    /// Runs a command line: its exit code, and what it prints on both streams. `cd` holds for the commands after it.
    pub(crate) fn run(&self, line: &str) -> (i32, String) {
        if let Some(folder) = line.strip_prefix("cd ") {
            let folder = self.folder.borrow().join(folder);
            assert!(self.path().join(&folder).is_dir(), "no folder {}", folder.display());
            self.folder.replace(folder);
            return (0, String::new());
        }
        for word in line.split([' ', '\'', '"', '=']) {
            self.provide(word);
        }
        let line = line.replace("cargo run --quiet -- ", "poolpair ").replace("cargo run -- ", "poolpair ");
        // One pipe for both streams keeps the order of what is printed.
        let output = self.shell().arg("-c").arg(format!("{{ {line}\n}} 2>&1")).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
        (output.status.code().unwrap(), text)
    }

    fn shell(&self) -> Command {
        self.command("sh")
    }

    /// The shell of the hosts of pipelines.
    pub(crate) fn bash(&self) -> Command {
        self.command("bash")
    }

    /// A shell that finds the program under test and nothing of the user's.
    fn command(&self, shell: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_poolpair"));
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(program.parent().unwrap().to_owned()).chain(std::env::split_paths(&inherited));
        let mut shell = Command::new(shell);
        shell.current_dir(self.path().join(&*self.folder.borrow()));
        shell.env("PATH", std::env::join_paths(folders).unwrap());
        shell.env("HOME", self.path()).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_PAGER", "cat").env("LC_ALL", "C");
        for who in ["AUTHOR", "COMMITTER"] {
            shell.env(format!("GIT_{who}_NAME"), "Ada").env(format!("GIT_{who}_EMAIL"), "ada@contoso.com");
        }
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            shell.env_remove(variable);
        }
        shell
    }

    /// Copies a file or folder of the repository that a command names.
    fn provide(&self, word: &str) {
        let relative = word.trim_start_matches("../").trim_end_matches('/');
        let (from, to) = (repository().join(relative), self.path().join(relative));
        let is_ours = ["fixtures/", "examples/", "schema/"].iter().any(|folder| relative.starts_with(folder));
        if is_ours && from.exists() && !to.exists() {
            copy(&from, &to);
        }
    }
}

/// Copies a file, or a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &PathBuf) {
    if from.is_file() {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
        return;
    }
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
