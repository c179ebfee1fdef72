//! What package managers install a release by: the keys that winget and scoop require, with the one address that is given.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use poolpair::source::sha256;
use saphyr::{LoadableYamlNode as _, Yaml};
use serde_json::{Value, json};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const REPOSITORY: &str = "https://git.contoso.com/voice/pairing";
const ZIP: &[u8] = b"not looked into";

fn run(folder: &Path, repository: &[&str]) -> Output {
    let mut manifests = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/manifests"));
    manifests.args(repository).arg("--zip").arg(folder.join(format!("{}.zip", name()))).arg("--out-dir").arg(folder);
    manifests.output().unwrap()
}

fn name() -> String {
    format!("poolpair-{VERSION}-x86_64-pc-windows-msvc")
}

/// Runs the script and gives the files that it makes.
fn made() -> (tempfile::TempDir, impl Fn(&str) -> String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("{}.zip", name())), ZIP).unwrap();
    let output = run(folder.path(), &["--repository", REPOSITORY]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let path = folder.path().to_owned();
    (folder, move |name: &str| fs::read_to_string(path.join(name)).unwrap())
}

fn url() -> String {
    format!("{REPOSITORY}/releases/download/v{VERSION}/{}.zip", name())
}

/// A manifest of winget has every key that its schema 1.6.0 requires, and none without a value.
#[test]
fn winget() {
    let (_folder, read) = made();
    let load = |name: &str| Yaml::load_from_str(read(name).leak()).unwrap().remove(0);
    let told = |manifest: &Yaml<'_>, keys: &[&str]| -> Vec<String> {
        let text = |key: &&str| manifest.as_mapping_get(key).and_then(Yaml::as_str).unwrap_or(key).to_owned();
        keys.iter().map(text).collect()
    };
    let version = load("voice.poolpair.yaml");
    let common = ["PackageIdentifier", "PackageVersion", "ManifestVersion", "ManifestType"];
    assert_eq!(told(&version, &common), ["voice.poolpair", VERSION, "1.6.0", "version"]);
    assert_eq!(told(&version, &["DefaultLocale"]), ["en-US"]);

    let installer = load("voice.poolpair.installer.yaml");
    assert_eq!(told(&installer, &common), ["voice.poolpair", VERSION, "1.6.0", "installer"]);
    assert_eq!(told(&installer, &["InstallerType", "NestedInstallerType"]), ["zip", "portable"]);
    let nested = told(&installer["NestedInstallerFiles"][0], &["RelativeFilePath", "PortableCommandAlias"]);
    assert_eq!(nested, [format!(r"{}\bin\poolpair.exe", name()), "poolpair".to_owned()]);
    let download = told(&installer["Installers"][0], &["Architecture", "InstallerUrl", "InstallerSha256"]);
    assert_eq!(download, ["x64".to_owned(), url(), sha256(ZIP)]);

    let locale = load("voice.poolpair.locale.en-US.yaml");
    assert_eq!(told(&locale, &common), ["voice.poolpair", VERSION, "1.6.0", "defaultLocale"]);
    let words = ["PackageLocale", "Publisher", "PackageName", "License", "ShortDescription"];
    let expected = ["en-US", "voice", "poolpair", env!("CARGO_PKG_LICENSE"), env!("CARGO_PKG_DESCRIPTION")];
    assert_eq!(told(&locale, &words), expected);
}

#[test]
fn scoop() {
    let (_folder, read) = made();
    let manifest: Value = serde_json::from_str(&read("poolpair.json")).unwrap();
    let expected = json!({
        "version": VERSION,
        "description": env!("CARGO_PKG_DESCRIPTION"),
        "homepage": REPOSITORY,
        "license": "MIT|Apache-2.0",
        "architecture": { "64bit": { "url": url(), "hash": sha256(ZIP), "extract_dir": name() } },
        "bin": r"bin\poolpair.exe",
    });
    assert_eq!(manifest, expected);
}

#[test]
fn without_an_address_nothing_is_made_and_the_script_says_so() {
    for repository in [&[][..], &["--repository", "voice/pairing"]] {
        let folder = tempfile::tempdir().unwrap();
        let output = run(folder.path(), repository);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains("nothing is made without --repository"), "{message}");
        assert_eq!((output.status.code(), fs::read_dir(folder.path()).unwrap().count()), (Some(64), 0));
    }
}

/// `cargo binstall` finds the archive by the name that it has, and the program in it.
#[test]
fn binstall() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let package = &manifest.parse::<toml::Table>().unwrap()["package"];
    let binstall = &package["metadata"]["binstall"];
    let fill = |key: &str| {
        let mut text = binstall[key].as_str().unwrap().to_owned();
        for (variable, value) in [
            ("repo", REPOSITORY),
            ("name", "poolpair"),
            ("version", VERSION),
            ("target", "x86_64-pc-windows-msvc"),
            ("archive-suffix", ".zip"),
            ("bin", "poolpair"),
            ("binary-ext", ".exe"),
        ] {
            text = text.replace(&format!("{{ {variable} }}"), value);
        }
        text
    };
    assert_eq!(fill("pkg-url"), url());
    assert_eq!(fill("bin-dir"), format!("{}/bin/poolpair.exe", name()));
    assert_eq!(binstall["overrides"]["x86_64-pc-windows-msvc"]["pkg-fmt"].as_str(), Some("zip"));
    assert!(package.get("repository").is_none(), "then the manifests and the release have their address from here");
}
