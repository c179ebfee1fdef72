//! `init` asks on a terminal, which exists in tests on Linux alone: elsewhere what is asked is not tried.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const TOPOLOGY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/topologies/three-pools.xml");

fn init(directory: &Path) -> Command {
    init_of(directory, TOPOLOGY)
}

fn init_of(directory: &Path, topology: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_poolpair"));
    command.current_dir(directory).args(["init", topology]);
    command
}

#[test]
fn without_a_terminal_it_says_what_to_give() {
    let directory = tempfile::tempdir().unwrap();
    let output = init(directory.path()).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    let message = String::from_utf8(output.stderr).unwrap();
    for told in ["poolpair::cli::no-terminal", "--pool FQDN --backup FQDN", "poolpair schema request"] {
        assert!(message.contains(told), "no `{told}`: {message}");
    }
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[cfg(not(target_os = "linux"))]
#[test]
fn what_is_asked() {
    println!("skipped: no pseudo-terminal here");
}

#[cfg(target_os = "linux")]
mod on_a_terminal {
    use std::fs::{self, File};
    use std::io::{Read as _, Write as _};
    use std::path::Path;
    use std::process::Command;

    use rustix::fs::{Mode, OFlags};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

    /// Answers each question once it is printed; what was printed in all.
    fn answer(command: &mut Command, answers: &[(&str, &str)]) -> (Option<i32>, String) {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&controller).unwrap();
        unlockpt(&controller).unwrap();
        // Ctrl-C reaches the program as a key, whether it reads keys already or not yet.
        let mut modes = tcgetattr(&controller).unwrap();
        modes.local_modes.remove(LocalModes::ISIG);
        tcsetattr(&controller, OptionalActions::Now, &modes).unwrap();
        let name = ptsname(&controller, Vec::new()).unwrap();
        let terminal = || File::from(rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap());
        let mut child = command.stdin(terminal()).stdout(terminal()).stderr(terminal()).spawn().unwrap();
        // The parent's ends close with the command, so that reading ends with the child.
        command
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        let mut controller = File::from(controller);
        let (mut printed, mut seen, mut rest) = (Vec::new(), 0, answers.iter());
        let mut waiting = rest.next();
        let mut block = [0; 4_096];
        while let Ok(length @ 1..) = controller.read(&mut block) {
            printed.extend_from_slice(&block[..length]);
            while let Some((question, keys)) = waiting {
                let text = String::from_utf8_lossy(&printed[seen..]);
                if !text.contains(question) {
                    break;
                }
                seen = printed.len();
                controller.write_all(keys.as_bytes()).unwrap();
                waiting = rest.next();
            }
        }
        let printed = String::from_utf8_lossy(&printed).into_owned();
        assert_eq!(waiting, None, "{printed}");
        (child.wait().unwrap().code(), printed)
    }

    const DOWN: &str = "\u{1b}[B";

    /// The request of these answers, and what was printed.
    fn request(directory: &Path, answers: &[(&str, &str)]) -> (String, String) {
        let (exit, printed) = answer(&mut super::init(directory), answers);
        assert_eq!(exit, Some(0), "{printed}");
        (fs::read_to_string(directory.join("request.toml")).unwrap(), printed)
    }

    #[test]
    fn enter_takes_what_is_offered() {
        let directory = tempfile::tempdir().unwrap();
        let facts = |pool: &str| {
            let asked = ["its servers are", "operating system", "its servers are", "number of users", "its cumulative"];
            asked.map(|asked| (format!("{pool}: {asked}"), "\r".to_owned()))
        };
        let head = ["Pool to pair", "Its backup pool", "Automatic failover", "Failure detection", "Failback"];
        let head = head.map(|asked| (asked.to_owned(), "\r".to_owned()));
        let answers: Vec<_> =
            head.into_iter().chain(facts("pool01.contoso.com")).chain(facts("pool02.contoso.com")).collect();
        let answers: Vec<_> = answers.iter().map(|(asked, keys)| (asked.as_str(), keys.as_str())).collect();
        let (text, printed) = request(directory.path(), &answers);
        assert!(printed.contains("partners for pool01.contoso.com"), "{printed}");
        assert!(printed.contains("poolpair plan ") && printed.contains("--request request.toml"), "{printed}");
        assert!(text.contains("failure-detection = \"300s\", failback = \"600s\""), "{text}");
        // What it wrote is a request, and its schema lies beside it.
        let plan = ["plan", super::TOPOLOGY, "--request", "request.toml"];
        let plan = Command::new(env!("CARGO_BIN_EXE_poolpair")).current_dir(directory.path()).args(plan).output();
        assert!(plan.unwrap().status.success());
        assert!(fs::read_to_string(directory.path().join("request.schema.json")).unwrap().contains("$schema"));
        // A request is not written over.
        let (exit, printed) = answer(&mut super::init(directory.path()), &[]);
        assert_eq!((exit, printed.contains("poolpair::cli::in-the-way")), (Some(74), true), "{printed}");
    }

    #[test]
    fn answers_are_written_down_and_wrong_ones_asked_again() {
        let directory = tempfile::tempdir().unwrap();
        let (down, down_twice) = (format!("{DOWN}\r"), format!("{DOWN}{DOWN}\r"));
        let answers = [
            ("Pool to pair", &*down),
            ("Its backup pool", "\r"),
            ("Automatic failover", "y"),
            ("Failure detection", "\u{15}soon\r"),
            ("not a number of seconds", "\u{7f}\u{7f}\u{7f}\u{7f}2m\r"),
            ("Failback", "\r"),
            ("already set up", "n"),
            ("operating system", "Windows Server 2019\r"),
            ("its servers are", &*down),
            ("number of users", "12000\r"),
            ("its cumulative", &*down),
            ("already set up", "y"),
            ("operating system", "\r"),
            ("its servers are", "\r"),
            ("number of users", "\r"),
            ("its cumulative", &*down_twice),
            ("Path of its installer", "\\\\share\\cu.exe\r"),
        ];
        let (text, _) = request(directory.path(), &answers);
        for line in [
            "pools = [\"pool02.contoso.com\", \"pool01.contoso.com\"]",
            "failure-detection = \"120s\"",
            "deployed = false",
            "operating-system = \"Windows Server 2019\"",
            "hosting = \"virtual\"",
            "users = 12000",
            "cumulative-update = \"none\"",
            "cumulative-update = { installer = '\\\\share\\cu.exe' }",
        ] {
            assert!(text.contains(line), "no `{line}`: {text}");
        }
    }

    #[test]
    fn a_partner_that_is_to_be_left_is_offered_as_such() {
        let directory = tempfile::tempdir().unwrap();
        let paired = topogen::three_pools().pair("pool01.contoso.com", "pool02.contoso.com");
        let paired = paired.published(&topogen::Layout::default(), &topogen::Notation::default());
        fs::write(directory.path().join("paired.xml"), paired).unwrap();
        let down = format!("{DOWN}\r");
        let again = ["Voice", "detection", "Failback"].into_iter().chain(
            ["already set up", "operating system", "its servers are", "number of users", "its cumulative"].repeat(2),
        );
        let head = [("Pool to pair", "\r"), ("(Dublin, replaces current pairings)", &*down)];
        let answers: Vec<_> = head.into_iter().chain(again.map(|question| (question, "\r"))).collect();
        let (exit, printed) = answer(&mut super::init_of(directory.path(), "paired.xml"), &answers);
        assert_eq!(exit, Some(0), "{printed}");
        let text = fs::read_to_string(directory.path().join("request.toml")).unwrap();
        assert!(text.contains("\"pool03.contoso.com\"]") && text.contains("\nreplace = true\n"), "{text}");
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_asked() {
        let directory = tempfile::tempdir().unwrap();
        let (exit, printed) = answer(super::init(directory.path()).args(["--out", "missing/request.toml"]), &[]);
        assert!(exit == Some(74) && printed.contains("there is no directory `missing`"), "{printed}");
    }

    #[test]
    fn ctrl_c_writes_nothing_and_leaves_a_visible_cursor() {
        let directory = tempfile::tempdir().unwrap();
        let later = [("Pool to pair", "\r"), ("Its backup pool", "\r"), ("Automatic failover", "\u{3}")];
        for answers in [&[("Pool to pair", "\u{3}")][..], &later] {
            let (exit, printed) = answer(&mut super::init(directory.path()), answers);
            assert_eq!(exit, Some(74), "{printed}");
            assert!(printed.contains("\r\n\u{1b}[31mpoolpair::cli::unanswered"), "{printed:?}");
            let (hidden, shown) = (printed.rfind("\u{1b}[?25l").unwrap(), printed.rfind("\u{1b}[?25h"));
            assert!(shown > Some(hidden), "{printed:?}");
            assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
        }
    }
}
