//! `decode` shows every commit: what can be decoded, with a mark for the rest.

use std::fs;

use crate::scene::Scene;

#[test]
fn a_damaged_file_is_decoded_as_far_as_it_can_be() {
    let scene = Scene::new();
    let whole = fs::read(scene.path("topology.xml")).unwrap();
    fs::write(scene.path("cut.xml"), &whole[..whole.len() - 1]).unwrap();
    fs::write(scene.path("latin.xml"), b"<a>M\xFCnchen</a>\r\n").unwrap();
    fs::write(scene.path("packed.xml"), b"PK\x03\x04").unwrap();
    fs::write(scene.path("empty.xml"), "").unwrap();
    fs::write(scene.path("wide.xml"), b"\xFF\xFE\0\0<\0\0\0").unwrap();
    let decoded = String::from_utf8(scene.run(&["decode", "topology.xml"]).stdout).unwrap();
    let beginning = decoded.trim_end().trim_end_matches('>');
    for (file, code, expected) in [
        ("cut.xml", "odd-byte-count", beginning),
        ("latin.xml", "invalid-utf-8", "<a>M\u{fffd}nchen</a>\n"),
        ("packed.xml", "damaged-archive", "<!-- 4 bytes that cannot be decoded -->\n"),
        ("empty.xml", "empty", ""),
        ("wide.xml", "unsupported-encoding", "<!-- 8 bytes that cannot be decoded -->\n"),
    ] {
        let output = scene.run(&["decode", file]);
        scene.expect(0, &output);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with(expected), "{file}: {text}");
        let warning = String::from_utf8(output.stderr).unwrap();
        assert!(warning.starts_with(&format!("warning[poolpair::source::{code}]: ")), "{file}: {warning}");
        let strict = scene.run(&["decode", "--strict", file]);
        scene.expect(65, &strict);
        assert!(strict.stdout.is_empty(), "{file}");
    }
    assert!(String::from_utf8(scene.run(&["decode", "cut.xml"]).stdout).unwrap().contains('\u{fffd}'));
    scene.expect(74, &scene.run(&["decode", "absent.xml"]));
}

/// One damaged commit does not end the log.
#[cfg(unix)]
#[test]
fn git_shows_a_damaged_commit() {
    let scene = Scene::new();
    let git = |arguments: &str| {
        let script = format!(
            "HOME=. GIT_CONFIG_NOSYSTEM=1 git -c user.name=a -c user.email=a@b -c diff.poolpair.textconv=\"$1 decode\" {arguments}"
        );
        scene.shell(&script, &[])
    };
    if !git("init --quiet").status.success() {
        println!("skipped: there is no git or no shell here");
        return;
    }
    fs::write(scene.path(".gitattributes"), "topology.xml diff=poolpair\n").unwrap();
    scene.expect(0, &git("add ."));
    scene.expect(0, &git("commit --quiet -m whole"));
    let whole = fs::read(scene.path("topology.xml")).unwrap();
    fs::write(scene.path("topology.xml"), &whole[..whole.len() - 1_001]).unwrap();
    scene.expect(0, &git("commit --quiet -a -m cut"));
    let log = git("log -p");
    scene.expect(0, &log);
    let log = String::from_utf8_lossy(&log.stdout).into_owned();
    assert!(log.contains("\n+") && log.contains('\u{fffd}'), "{log}");
}
