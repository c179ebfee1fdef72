//! Killed or refused at every system call that changes files, by the means of strace.

use std::fs;
use std::process::{Command, Output};

use crate::scene::{Bundle, Scene, names, text};

/// Those that change files, and the writes.
const CHANGING: &str = "mkdir,write,fsync,rename,renameat2,unlink,unlinkat,rmdir";

/// Whether this system lets processes be traced.
fn can_trace() -> bool {
    let able = Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|run| run.status.success());
    if !able {
        println!("skipped: no strace here, or it may not trace");
    }
    able
}

/// Replaces the bundle while system calls are tampered with, as `strace -e inject=` is told. Tells the outcome, and
/// whether anything was tampered with.
fn replace(scene: &Scene, tampering: &[String]) -> (Output, bool) {
    let trace = scene.path("trace");
    let mut command = Command::new("strace");
    command.current_dir(scene.path("")).arg("-f").arg("-o").arg(&trace);
    command.arg(format!("--trace={CHANGING},getdents64,openat"));
    for tampering in tampering {
        command.arg(format!("--inject={tampering}"));
    }
    let output = command.arg(env!("CARGO_BIN_EXE_poolpair")).args(Scene::arguments("bundle", "400")).output().unwrap();
    let trace = fs::read_to_string(trace).unwrap();
    (output, trace.contains("INJECTED") || trace.contains("killed by"))
}

#[test]
fn killed_at_every_system_call() {
    if !can_trace() {
        return;
    }
    let (scene, old, new) = Scene::with_bundle();
    let mut seen = [0, 0];
    for call in CHANGING.split(',') {
        for at in 1.. {
            let (output, tampered) = replace(&scene, &[format!("{call}:signal=KILL:when={at}")]);
            let found = scene.bundle("bundle").expect("the directory is gone");
            if !tampered {
                scene.expect(0, &output);
                assert_eq!(found, new);
                break;
            }
            assert!(found == old || found == new, "killed at {call} {at}");
            seen[usize::from(found == new)] += 1;
            scene.expect(0, &scene.apply("bundle", "300"));
            assert_eq!(scene.bundle("bundle").as_ref(), Some(&old));
        }
        old.write(&scene.path("bundle"));
    }
    // The files are written and flushed before the step, and the old ones are removed after it.
    assert!(seen[0] > 20 && seen[1] > 10, "{seen:?}");
}

#[test]
fn refused_at_every_system_call() {
    if !can_trace() {
        return;
    }
    let (scene, old, new) = Scene::with_bundle();
    for (call, error) in [
        ("mkdir", "ENOSPC"),
        ("write", "ENOSPC"),
        ("write", "EDQUOT"),
        ("fsync", "EIO"),
        ("renameat2", "EIO"),
        ("renameat2", "EXDEV"),
        ("renameat2", "EINVAL"),
        ("getdents64", "EIO"),
        ("unlinkat", "EIO"),
    ] {
        for at in 1.. {
            let (output, tampered) = replace(&scene, &[format!("{call}:error={error}:when={at}")]);
            let found = scene.bundle("bundle").expect("the directory is gone");
            if !tampered {
                assert!(at > 1, "{call} is not called");
                old.write(&scene.path("bundle"));
                break;
            }
            let is_new = output.status.success() || text(&output).contains("poolpair::bundle::not-flushed");
            assert!(found == if is_new { new.clone() } else { old.clone() }, "{call} {error} {at}: {}", text(&output));
            assert!(matches!(output.status.code(), Some(0 | 74)), "{call} {error} {at}: {}", text(&output));
            // Where nothing can be removed, something is left.
            let can_clean = !["getdents64", "unlinkat"].contains(&call);
            assert!(!can_clean || scene.left_over().is_empty(), "{call} {error} {at}: {:?}", scene.left_over());
            old.write(&scene.path("bundle"));
        }
    }
}

#[test]
fn where_directories_cannot_change_places_in_one_step() {
    if !can_trace() {
        return;
    }
    let (scene, old, new) = Scene::with_bundle();
    let no_exchange = "renameat2:error=EINVAL".to_owned();
    scene.expect(0, &replace(&scene, std::slice::from_ref(&no_exchange)).0);
    assert_eq!(scene.bundle("bundle").as_ref(), Some(&new));
    old.write(&scene.path("bundle"));
    // The new one cannot be moved in: the old one goes back.
    scene.expect(74, &replace(&scene, &[no_exchange.clone(), "rename:error=EIO:when=2".into()]).0);
    assert_eq!((scene.bundle("bundle").as_ref(), scene.left_over()), (Some(&old), Vec::new()));
    // Nor can the old one: it stays beside, and is not thrown away.
    scene.expect(74, &replace(&scene, &[no_exchange, "rename:error=EIO:when=2+".into()]).0);
    let beside = scene.left_over().pop().expect("the old bundle is gone");
    assert!(names(&scene.path(&beside)).contains(&"old".to_owned()));
    assert_eq!(Bundle::read(&scene.path(&beside).join("old")), Some(old));
}
