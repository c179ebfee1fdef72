//! Paths that lead elsewhere than where they should.

use std::fs;

use crate::scene::{PAIR, Scene, names, text};

fn apply_to(scene: &Scene, directory: &str, more: &[&str]) -> std::process::Output {
    scene.run(&[&["apply", "topology.xml", "--out-dir", directory], &PAIR[..], more].concat())
}

#[test]
fn something_else_where_the_directory_should_be() {
    let scene = Scene::new();
    fs::write(scene.path("file"), "mine").unwrap();
    fs::create_dir(scene.path("full")).unwrap();
    fs::write(scene.path("full/mine"), "mine").unwrap();
    for (directory, code) in [
        ("file", "not-a-directory"),
        ("file/", "not-a-directory"),
        ("file/bundle", "io"),
        ("topology.xml", "not-a-directory"),
        ("full", "in-the-way"),
        // Windows does not look whether there is such a directory.
        ("nowhere/..", if cfg!(windows) { "working-directory" } else { "io" }),
    ] {
        let output = apply_to(&scene, directory, &["--force"]);
        scene.expect(74, &output);
        assert!(text(&output).contains(&format!("poolpair::bundle::{code}")), "{directory}: {}", text(&output));
    }
    assert_eq!(fs::read(scene.path("file")).unwrap(), b"mine");
    assert_eq!(fs::read(scene.path("full/mine")).unwrap(), b"mine");
    assert_eq!(scene.names(), ["file", "full", "topology.xml"]);
}

#[test]
fn a_directory_that_is_not_empty_needs_force() {
    let (scene, old, _) = Scene::with_bundle();
    let output = apply_to(&scene, "bundle", &[]);
    scene.expect(74, &output);
    assert!(text(&output).contains("poolpair::bundle::not-empty]: `bundle` is not empty: it holds `.gitattributes`"));
    assert_eq!(scene.bundle("bundle"), Some(old));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (scene, old, _) = Scene::with_bundle();
    symlink("bundle", scene.path("link")).unwrap();
    symlink("nowhere", scene.path("dangling")).unwrap();
    for directory in ["link", "link/", "dangling", "dangling/"] {
        let output = apply_to(&scene, directory, &["--force"]);
        scene.expect(74, &output);
        assert!(text(&output).contains("poolpair::bundle::not-a-directory"), "{directory}: {}", text(&output));
    }
    assert_eq!(scene.bundle("bundle"), Some(old));
    assert_eq!(scene.names(), ["bundle", "dangling", "link", "topology.xml"]);
    // A link on the way there is the user's business.
    fs::create_dir(scene.path("real")).unwrap();
    symlink("real", scene.path("way")).unwrap();
    scene.expect(0, &apply_to(&scene, "way/bundle", &[]));
    scene.bundle("real/bundle").unwrap();
}

#[cfg(unix)]
#[test]
fn a_directory_that_may_not_be_written() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let (scene, old, _) = Scene::with_bundle();
    fs::set_permissions(scene.path(""), fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = scene.poolpair();
    command.args(Scene::arguments("bundle", "400"));
    if fs::metadata(scene.path("")).unwrap().uid() == 0 {
        // Rights do not bind root.
        command.uid(65_534).gid(65_534);
    }
    match command.output() {
        Ok(output) => {
            scene.expect(74, &output);
            let told = text(&output);
            assert!(told.contains("cannot be written: the directory `.` is read-only for this account\n"), "{told}");
        }
        Err(error) => println!("skipped: the program cannot be run by another user here: {error}"),
    }
    fs::set_permissions(scene.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(scene.bundle("bundle"), Some(old));
    assert_eq!(scene.left_over(), [""; 0]);
}

#[test]
fn nothing_is_written_over_what_is_read() {
    let scene = Scene::new();
    fs::write(scene.path("request.toml"), "[[pair]]\npools = ['pool01.contoso.com', 'pool02.contoso.com']\n").unwrap();
    fs::create_dir(scene.path("folder")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("topology.xml", scene.path("link.xml")).unwrap();
    #[cfg(not(unix))]
    fs::copy(scene.path("topology.xml"), scene.path("link.xml")).unwrap();
    fs::hard_link(scene.path("topology.xml"), scene.path("second.xml")).unwrap();
    let before = fs::read(scene.path("topology.xml")).unwrap();
    let request = ["--request", "request.toml"];
    for (arguments, code) in [
        (&["plan", "topology.xml", "--out", "topology.xml"][..], "overwrites-input"),
        (&["plan", "topology.xml", "--out", "./folder/../topology.xml"], "overwrites-input"),
        (&["plan", "topology.xml", "--out", "second.xml"], "overwrites-input"),
        (&["plan", "topology.xml", "--out", "request.toml"], "overwrites-input"),
        (&["plan", "topology.xml", "--report", "json=topology.xml"], "overwrites-input"),
        (&["plan", "topology.xml", "--out", "a", "--report", "json=folder/../a"], "written-twice"),
        (&["check", "topology.xml", "--report", "sarif=topology.xml"], "overwrites-input"),
        (&["check", "topology.xml", "--report", "sarif=a", "--report", "json=a"], "written-twice"),
        (&["apply", "topology.xml", "--out-dir", "b", "--report", "json=topology.xml"], "overwrites-input"),
        (&["apply", "topology.xml", "--out-dir", "folder", "--report", "json=folder/r"], "inside-bundle"),
    ] {
        let output = scene.run(&[arguments, &request].concat());
        scene.expect(64, &output);
        assert!(text(&output).contains(&format!("poolpair::cli::{code}")), "{arguments:?}: {}", text(&output));
    }
    #[cfg(unix)]
    scene.expect(64, &scene.run(&[&["plan", "link.xml", "--out", "topology.xml"], &request[..]].concat()));
    #[cfg(unix)]
    scene.expect(64, &scene.run(&[&["plan", "topology.xml", "--out", "link.xml"], &request[..]].concat()));
    assert_eq!(fs::read(scene.path("topology.xml")).unwrap(), before);
    assert_eq!(scene.names(), ["folder", "link.xml", "request.toml", "second.xml", "topology.xml"]);
}

#[test]
fn reports_that_cannot_be_written() {
    let scene = Scene::new();
    fs::create_dir(scene.path("folder")).unwrap();
    for target in ["json=folder", "json=nowhere/report.json", "sarif=topology.xml/report"] {
        scene.expect(74, &scene.run(&["check", "topology.xml", "--report", target]));
    }
    let plan = [&["plan", "topology.xml", "--out", "folder"], &PAIR[..]].concat();
    scene.expect(74, &scene.run(&plan));
    assert_eq!(scene.names(), ["folder", "topology.xml"]);
}

/// Beyond 260 characters Windows takes a path in its long form only.
#[test]
fn a_path_may_be_long() {
    let scene = Scene::new();
    let folder = scene.path(&format!("{}deep", "a-folder-in-a-folder/".repeat(16)));
    fs::create_dir_all(&folder).unwrap();
    let [topology, plan, report, bundle] = ["export.xml", "plan.json", "report.json", "bundle"].map(|name| {
        let path = folder.join(name).into_os_string().into_string().unwrap();
        assert!(path.len() > 300);
        path
    });
    fs::rename(scene.path("topology.xml"), &topology).unwrap();
    let report = format!("json={report}");
    // The second time there is something to replace.
    for _ in 0..2 {
        let plan = ["plan", topology.as_str(), "--out", plan.as_str(), "--report", report.as_str()];
        scene.expect(0, &scene.run(&[&plan, &PAIR[..]].concat()));
        let apply = ["apply", topology.as_str(), "--out-dir", bundle.as_str(), "--force"];
        scene.expect(0, &scene.run(&[&apply, &PAIR[..]].concat()));
    }
    scene.expect(0, &scene.run(&["verify", &bundle, "--topology", &topology]));
    scene.expect(64, &scene.run(&[&["plan", topology.as_str(), "--out", topology.as_str()], &PAIR[..]].concat()));
    assert_eq!(names(&folder), ["bundle", "export.xml", "plan.json", "report.json"]);
}
