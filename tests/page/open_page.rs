//! The page in a browser, and what a user does in it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::process::Command;

use topogen::{Layout, Notation};
use zip::ZipArchive;

use crate::devtools::Browser;

/// The page in a browser.
pub(crate) struct OpenPage(Browser);

impl Deref for OpenPage {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.0
    }
}

impl DerefMut for OpenPage {
    fn deref_mut(&mut self) -> &mut Browser {
        &mut self.0
    }
}

/// The pools of most fixtures.
pub(crate) const POOLS: [&str; 2] = ["pool01.contoso.com", "pool02.contoso.com"];

impl OpenPage {
    /// Opens the page; nothing where it or the browser is missing.
    pub(crate) fn open() -> Option<Self> {
        let page = file("target/page/poolpair.html");
        if !page.is_file() {
            println!("skipped: no target/page/poolpair.html, which `packaging/page` makes");
            return None;
        }
        Browser::open(&page).map(Self)
    }

    /// A generated topology, as a file.
    pub(crate) fn written(&self, name: &str, deployment: &topogen::Deployment) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::write(&path, deployment.published(&Layout::default(), &Notation::default())).unwrap();
        path
    }

    /// Chooses a topology, and waits until it is open.
    pub(crate) fn topology(&mut self, path: &Path) {
        self.choose("#topology", &[path]);
        let name = path.file_name().unwrap().to_str().unwrap();
        self.wait(&format!("document.querySelector('#overview').innerText.includes({name:?}) && {IDLE}"));
    }

    /// Fills in a pair.
    pub(crate) fn pair(&mut self, pools: [&str; 2]) {
        self.fill("#pool", pools[0]);
        self.fill("#backup", pools[1]);
        self.wait(IDLE);
    }

    /// Plans, and waits for what is found.
    pub(crate) fn plan(&mut self) {
        self.evaluate("document.querySelector('#findings').replaceChildren()");
        self.click("#plan");
        self.wait(&format!("document.querySelector('#findings').innerText !== '' && {IDLE}"));
    }

    /// Saves the bundle.
    pub(crate) fn bundle(&mut self) -> BTreeMap<String, Vec<u8>> {
        assert_eq!(self.evaluate("document.querySelector('#download').disabled"), false, "{}", self.text("#findings"));
        self.click("#download");
        unzip(&self.saved("bundle.zip"))
    }
}

/// Nothing is being done.
pub(crate) const IDLE: &str = "document.querySelector('#progress').hidden";

/// The files of an archive.
pub(crate) fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let files = archive.len();
    let read = |index| {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    (0..files).map(read).collect()
}

/// The bundle that the program writes.
pub(crate) fn written_by(command: &str, topology: &Path, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let directory = tempfile::tempdir().unwrap();
    let bundle = directory.path().join("bundle");
    let out_dir = ["--out-dir", bundle.to_str().unwrap()];
    printed(&[&[command, topology.to_str().unwrap()], arguments, &out_dir].concat());
    let entries = std::fs::read_dir(bundle).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())).collect()
}

/// What the program prints.
pub(crate) fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_poolpair")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Fails with the first name where the files of two bundles differ.
pub(crate) fn assert_same(page: &BTreeMap<String, Vec<u8>>, program: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(page.keys().collect::<Vec<_>>(), program.keys().collect::<Vec<_>>());
    let different: Vec<_> =
        page.iter().filter(|(name, bytes)| program[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(different.is_empty(), "{different:?}");
}

/// A file of the repository.
pub(crate) fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
