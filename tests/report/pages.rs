//! The pages in a browser: they render, load nothing, run nothing, and text of a document stays text.
//!
//! Needs chromium on the path, and axe-core's `axe.min.js` in `target/tools`, where `packaging/axe` puts it; says so and tests
//! nothing without them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use poolpair::diff::unified;
use poolpair::report::{audit, review_html};

use crate::browser;
use crate::run::{self, Run};

const WIDTHS: [u32; 3] = [320, 768, 1280];

/// A browser, and a directory that is its own.
struct Browser {
    program: PathBuf,
    home: tempfile::TempDir,
}

impl Browser {
    fn find() -> Option<Self> {
        Some(Self { program: browser::program()?, home: tempfile::tempdir().unwrap() })
    }

    fn page(&self, html: &str) -> PathBuf {
        let page = self.home.path().join("review.html");
        std::fs::write(&page, html).unwrap();
        page
    }

    fn run(&self, page: &Path, width: u32, flags: &[&str]) -> Output {
        let profile = self.home.path().join(format!("profile-{width}"));
        Command::new(&self.program)
            .args(browser::QUIET)
            .args(["--enable-logging=stderr", "--v=0"])
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
fn the_pages_render_in_silence() {
    let Some(browser) = Browser::find() else { return };
    let review = ["What changes", "pool02.contoso.com", "Bootstrapper", "sql-resilience-mismatch"];
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

#[test]
fn every_class_has_a_style() {
    for html in [review_html::write(&run::two_enterprise().review()), audit_page()] {
        let (style, body) = html.split_once("</style>").unwrap();
        let classes = body.split(" class=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        for class in classes.flat_map(str::split_whitespace) {
            let is_selected = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '-');
            let styled = style.split(&format!(".{class}")).skip(1).any(is_selected);
            assert!(styled, "no style for `{class}`");
        }
    }
}

/// What the probe says of a page.
#[derive(Debug, serde::Deserialize)]
struct Probe {
    width: u32,
    dark: bool,
    cut: Vec<String>,
    axe: Vec<String>,
}

impl Browser {
    fn probe(&self, html: &str, axe: &str, width: u32, dark: bool) -> Probe {
        let (start, policy) = html.split_once("<meta http-equiv=").unwrap();
        let html = format!("{start}{}", policy.split_once('>').unwrap().1);
        let scripts = format!("<script>{axe}</script><script>{}</script></body>", include_str!("probe.js"));
        std::fs::write(self.home.path().join("probed.html"), html.replace("</body>", &scripts)).unwrap();
        // A window is at least 500 pixels wide, a frame is as wide as one likes.
        let page = self.page(&format!(
            "<!DOCTYPE html><meta name=color-scheme content=\"light dark\"><iframe src=probed.html width={width} \
             height=1200 style=border:0></iframe><script>onmessage = ({{ data }}) => {{ const result = \
             document.createElement('pre'); result.id = 'probe'; result.textContent = data; \
             document.body.append(result) }}</script>"
        ));
        let theme = format!("--blink-settings=preferredColorScheme={}", u8::from(!dark));
        let dom = dom(&self.run(&page, 1400, &["--virtual-time-budget=60000", &theme, "--dump-dom"]));
        let (_, result) = dom.split_once("<pre id=\"probe\">").unwrap_or_else(|| panic!("no result: {dom}"));
        let json = result.split("</pre>").next().unwrap().replace("&lt;", "<").replace("&gt;", ">");
        serde_json::from_str(&json.replace("&amp;", "&")).unwrap()
    }
}

#[test]
fn nothing_is_cut_off_and_axe_has_nothing_to_say() {
    let (Some(browser), Some(axe)) = (Browser::find(), browser::axe()) else { return };
    for html in [review_html::write(&run::two_enterprise().review()), audit_page()] {
        for (width, dark) in WIDTHS.into_iter().flat_map(|width| [(width, false), (width, true)]) {
            let probe = browser.probe(&html, &axe, width, dark);
            assert_eq!((probe.width, probe.dark), (width, dark));
            assert_eq!((probe.cut, probe.axe), (vec![], vec![]), "at {width} pixels, dark: {dark}");
        }
    }
}

/// The width of A4 between its margins, in pixels.
const PAPER: u32 = 680;

#[test]
fn names_that_are_long_are_whole_on_telephones_and_on_paper() {
    let (Some(browser), Some(axe)) = (Browser::find(), browser::axe()) else { return };
    let mut long = run::two_enterprise();
    make_hostile(&mut long, "frontendpool-headquarters-01.unified-communications.corp.contoso.com");
    let pages = [run::two_enterprise(), long].map(|run| review_html::write(&run.review()));
    for html in pages.into_iter().chain([audit_page()]) {
        let paper = html.replace("@media print {", "@media all {");
        assert_ne!(paper, html);
        for (html, width) in [(html, WIDTHS[0]), (paper, PAPER)] {
            let probe = browser.probe(&html, &axe, width, false);
            assert_eq!((probe.cut, probe.axe), (vec![], vec![]), "at {width} pixels");
        }
    }
}

/// The checks above can fail.
#[test]
fn what_is_cut_off_and_what_axe_says_is_noticed() {
    let (Some(browser), Some(axe)) = (Browser::find(), browser::axe()) else { return };
    let html = review_html::write(&run::two_enterprise().review());
    let broken = html.replace("</main>", "<p style='width:99rem;color:#999;background:#fff'>pale</p></main>");
    let probe = browser.probe(&broken, &axe, WIDTHS[0], false);
    assert!(probe.cut.iter().any(|cut| cut.contains("99rem")), "{probe:?}");
    assert!(probe.axe.iter().any(|violation| violation.starts_with("color-contrast")), "{probe:?}");
}

#[test]
fn the_page_prints_on_a4() {
    let Some(browser) = Browser::find() else { return };
    let page = browser.page(&review_html::write(&run::two_enterprise().review()));
    let paper = browser.home.path().join("review.pdf");
    browser.run(&page, WIDTHS[2], &["--no-pdf-header-footer", &format!("--print-to-pdf={}", paper.display())]);
    let pdf = String::from_utf8_lossy(&std::fs::read(paper).unwrap()).into_owned();
    let sheets: Vec<_> = pdf.split("/MediaBox [").skip(1).filter_map(|rest| rest.split(']').next()).collect();
    assert!(!sheets.is_empty() && sheets.iter().all(|sheet| *sheet == "0 0 594.95996 841.91998"), "{sheets:?}");
}

/// The pictures of `docs/tutorial.md`: `UPDATE_FIXTURES=1 cargo test --test report` takes them again.
#[test]
fn pictures_of_the_tutorials_page_can_be_taken() {
    let Some(browser) = Browser::find() else { return };
    let (example, bundle) = (file("examples/pipeline"), browser.home.path().join("bundle"));
    let mut apply = Command::new(env!("CARGO_BIN_EXE_poolpair"));
    apply.args(["apply", "topology.xml", "--request", "request.toml", "--quiet", "--out-dir"]).arg(&bundle);
    assert!(apply.current_dir(example).status().unwrap().success());
    let html = std::fs::read_to_string(bundle.join("review.html")).unwrap();
    let (head, sections) = html.split_once("<header>").unwrap();
    let (_, changes) = sections.split_once("<section id=\"changes\"").unwrap();
    for (name, html, height) in
        [("decision", html.clone(), 760), ("changes", format!("{head}<section id=\"changes\"{changes}"), 900)]
    {
        let picture = browser.home.path().join("picture.png");
        let flags = [
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            &format!("--window-size=1220,{height}"),
            &format!("--screenshot={}", picture.display()),
        ];
        browser.run(&browser.page(&html), 1220, &flags);
        let taken = std::fs::read(picture).unwrap();
        assert!(taken.starts_with(b"\x89PNG"));
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            std::fs::write(file("docs").join(format!("review-{name}.png")), taken).unwrap();
        }
    }
}

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
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
    let output = browser.run(&browser.page(&html), WIDTHS[2], &["--dump-dom"]);
    assert_eq!(console(&output), [""; 0]);
    let dom = dom(&output);
    assert!(dom.contains("&lt;script&gt;document.title"), "the name is shown");
    for (tag, times) in [("<script", 0), ("<img", 0), ("<style", 1), ("onerror=alert(1)&gt;&lt;style", 1)] {
        let found = dom.matches(tag).count();
        assert!(if tag.starts_with('<') { found == times } else { found >= times }, "{found} times `{tag}`");
    }
}

/// Puts a text wherever a document or a request can put one.
fn make_hostile(run: &mut Run, text: &str) {
    for change in &mut run.record.changes {
        change.pool = poolpair::topology::Fqdn::new(text);
        change.after = Some(poolpair::plan::ChangeValue::Text(text.into()));
    }
    for pool in &mut run.record.deployment.pools {
        pool.site = text.into();
        pool.fqdn = poolpair::topology::Fqdn::new(text);
        pool.machines = vec![poolpair::topology::Fqdn::new(text)];
    }
    for step in &mut run.runbook.steps {
        step.id = text.into();
        step.title = format!("`{text}`");
        step.script.run = vec![text.into()];
    }
    for finding in &mut run.planned.findings {
        if let Some(question) = &mut finding.question {
            question.text = format!("is `{text}` well?");
        }
        finding.message = format!("`{text}` is bad");
        finding.allowed = Some(text.into());
        for label in &mut finding.labels {
            label.text = text.into();
        }
    }
    run.diff = unified("a", &format!("{text}\n"), "b", &format!("{text}.\n"));
}
