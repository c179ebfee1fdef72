//! The pages in a browser: they render, load nothing, run nothing, and text of a document stays text.
//!
//! Needs chromium on the path; says so and tests nothing without it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use poolpair::diff::unified;
use poolpair::report::{audit, review_html};
use poolpair::runbook::StepId;

use crate::run::{self, Run};

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const WIDTHS: [u32; 2] = [1400, 420];

/// A browser, and a directory that is its own.
struct Browser {
    program: PathBuf,
    home: tempfile::TempDir,
}

impl Browser {
    fn find() -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        let found = std::env::split_paths(&path)
            .flat_map(|folder| NAMES.map(|name| folder.join(name)))
            .find(|program| program.is_file());
        if found.is_none() {
            println!("skipped: none of {NAMES:?} is on the path");
        }
        Some(Self { program: found?, home: tempfile::tempdir().unwrap() })
    }

    fn page(&self, html: &str) -> PathBuf {
        let page = self.home.path().join("review.html");
        std::fs::write(&page, html).unwrap();
        page
    }

    fn run(&self, page: &Path, width: u32, flags: &[&str]) -> Output {
        let profile = self.home.path().join(format!("profile-{width}"));
        Command::new(&self.program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-extensions", "--enable-logging=stderr", "--v=0"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("--window-size={width},1200"))
            .args(flags)
            .arg(format!("file://{}", page.display()))
            .output()
            .unwrap()
    }
}

/// What the page said to the console: `CONSOLE(…)` lines of the browser's log, refusals by the policy included.
fn console(output: &Output) -> Vec<String> {
    let log = String::from_utf8_lossy(&output.stderr);
    log.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect()
}

fn dom(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_pages_render_in_silence_at_both_widths() {
    let Some(browser) = Browser::find() else { return };
    let review = ["What changes", "pool02.contoso.com", "Bootstrapper.exe", "sql-resilience-mismatch"];
    let audit = ["If a pool fails", "pool07.contoso.com", "edge01.contoso.com", "two-front-ends-2019"];
    for (html, texts) in [(review_html::write(&run::two_enterprise().review()), review), (audit_page(), audit)] {
        let page = browser.page(&html);
        for width in WIDTHS {
            let output = browser.run(&page, width, &["--dump-dom"]);
            assert_eq!(console(&output), [""; 0], "at {width} pixels");
            let dom = dom(&output);
            for text in texts {
                assert!(dom.contains(text), "no `{text}` at {width} pixels");
            }
        }
    }
}

fn audit_page() -> String {
    let (audited, picture) = run::audited();
    audit::html::write(&audited, &picture)
}

/// The checks above can fail: the console and the policy are seen.
#[test]
fn a_page_that_runs_something_is_noticed() {
    let Some(browser) = Browser::find() else { return };
    let html = review_html::write(&run::two_enterprise().review());
    let broken = html.replace(
        "</main>",
        "<img src=\"https://tracker.invalid/p.png\"><script>document.title = 'ran'</script></main>",
    );
    let output = browser.run(&browser.page(&broken), WIDTHS[0], &["--dump-dom"]);
    assert_eq!(console(&output).len(), 2, "{:?}", console(&output));
    assert!(!dom(&output).contains("<title>ran"));
}

#[test]
fn the_pages_ask_for_nothing() {
    let Some(browser) = Browser::find() else { return };
    for html in [review_html::write(&run::two_enterprise().review()), audit_page()] {
        assert_eq!(asked_for(&browser, &browser.page(&html)), [""; 0]);
    }
}

/// The check above can fail: without its policy, a page that asks for a picture is seen.
#[test]
fn a_page_that_asks_for_something_is_noticed() {
    let Some(browser) = Browser::find() else { return };
    let broken = "<!DOCTYPE html><title>x</title><img src=\"https://tracker.invalid/p.png\">";
    let requested = asked_for(&browser, &browser.page(broken));
    assert!(requested.iter().any(|url| url.contains("tracker.invalid")), "{requested:?}");
}

/// The addresses that a page asked for, by the browser's own log of the network.
fn asked_for(browser: &Browser, page: &Path) -> Vec<String> {
    let log = browser.home.path().join("network.json");
    let output = browser.run(page, WIDTHS[0], &["--dump-dom", &format!("--log-net-log={}", log.display())]);
    assert!(output.status.success());
    let log = std::fs::read_to_string(log).unwrap();
    let urls = log.split("\"url\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    urls.filter(|url| !url.contains("review.html") && !is_of_the_browser(url)).map(str::to_owned).collect()
}

/// What chromium asks for itself, whatever page it shows.
fn is_of_the_browser(url: &str) -> bool {
    url.starts_with("chrome")
        || url.contains("googleapis.com")
        || url.contains("google.com")
        || url.contains("gvt1.com")
}

#[test]
fn hostile_names_stay_text() {
    let Some(browser) = Browser::find() else { return };
    let hostile =
        "x\"'><script>document.title='ran'</script><img src=x onerror=alert(1)><style>*{display:none}</style>]]>";
    let mut run = run::two_enterprise();
    make_hostile(&mut run, hostile);
    let html = review_html::write(&run.review());
    let page = browser.page(&html);
    for width in WIDTHS {
        let output = browser.run(&page, width, &["--dump-dom"]);
        assert_eq!(console(&output), [""; 0], "at {width} pixels");
        let dom = dom(&output);
        assert!(dom.contains("&lt;script&gt;document.title"), "the name is shown");
        for (tag, times) in [("<script", 0), ("<img", 0), ("<style", 1), ("onerror=alert(1)&gt;&lt;style", 1)] {
            let found = dom.matches(tag).count();
            assert!(if tag.starts_with('<') { found == times } else { found >= times }, "{found} times `{tag}`");
        }
    }
}

/// Puts a text wherever a document or a request can put one.
fn make_hostile(run: &mut Run, text: &str) {
    for change in &mut run.record.changes {
        change.pool = poolpair::topology::Fqdn::new(text);
        change.after = Some(poolpair::plan::Value::Text(text.into()));
    }
    for pool in &mut run.record.deployment.pools {
        pool.site = text.into();
        pool.machines = vec![poolpair::topology::Fqdn::new(text)];
    }
    run.record.deployment.questions = vec![format!("is `{text}` well?")];
    for step in &mut run.runbook.steps {
        step.id = StepId(text.into());
        step.title = format!("`{text}`");
        step.script.run = vec![text.into()];
    }
    for finding in &mut run.planned.findings {
        finding.message = format!("`{text}` is bad");
        finding.allowed = Some(text.into());
        for label in &mut finding.labels {
            label.text = text.into();
        }
    }
    run.diff = unified("a", &format!("{text}\n"), "b", &format!("{text}.\n"));
}
