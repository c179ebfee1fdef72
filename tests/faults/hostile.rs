//! Names and reasons that steer terminals or are markup come out as text, wherever they come out.

use std::fs;
use std::process::Output;

use poolpair::text::is_unsafe_for_display;
use topogen::{Layout, Notation};

use crate::scene::Scene;

/// What a topology can hold: XML has no way to write most control characters.
const NAME: &str = "Se\u{9b}31m\u{202e}a\u{2066}ttle<script>alert(1)</script>`$(calc)`|x|]]>[a](http://b.c)'\u{2019}#>\u{200f}\u{200b}\u{2028}\u{e0041}\u{3164}";

/// What a request can hold; control characters are refused there.
const REASON: &str = "\\u202e\\u2069 <img src=x onerror=alert(1)> `$(calc)` | ]]> ' \\u2019 #> # heading <script>x</script> [a](http://b.c)";

/// What a request cannot hold.
const REFUSED: &str = "\\u001b[2Jred\\u001b]0;title\\u0007 \\u202e \\r\\n# heading";

/// A scene in which every free text is hostile, with a request that allows for it.
fn scene() -> Scene {
    let scene = Scene::new();
    let mut deployment = topogen::two_standard();
    for site in &mut deployment.sites {
        site.name = format!("{NAME}{}", site.id);
    }
    // A site whose name has a megabyte.
    let mut third = topogen::three_pools().sites.pop().unwrap();
    third.name = "long ".repeat(100_000);
    deployment.sites.push(third);
    // Names of a third pool that no host can have: nothing is planned on such a document.
    let mut odd = deployment.clone();
    odd.sites[2].pools[0].fqdn = format!("{NAME}.contoso.com");
    fs::write(scene.path("names.xml"), odd.published(&Layout::default(), &Notation::default())).unwrap();
    fs::write(scene.path("topology.xml"), deployment.published(&Layout::default(), &Notation::default())).unwrap();
    let request = format!(
        "[[pair]]\npools = ['pool01.contoso.com', 'pool02.contoso.com']\n\
         [[pool]]\nfqdn = 'pool01.contoso.com'\nhosting = 'virtual'\n\
         [[pool]]\nfqdn = 'pool02.contoso.com'\nhosting = 'physical'\n\
         [[allow]]\nrule = 'hosting-mismatch'\nreason = \"{REASON}\"\n"
    );
    fs::write(scene.path("request.toml"), request).unwrap();
    scene
}

#[track_caller]
fn hold_tame(what: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if let Some((at, found)) = text
        .char_indices()
        .find(|(_, character)| !matches!(character, '\n' | '\t') && is_unsafe_for_display(*character))
    {
        let around: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{what} holds {found:?} after {around:?}");
    }
    text
}

#[track_caller]
fn hold_output(what: &str, output: &Output) {
    hold_tame(what, &output.stdout);
    hold_tame(what, &output.stderr);
    assert!(matches!(output.status.code(), Some(0..=2 | 64..=74)), "{what}: {output:?}");
}

#[test]
fn nothing_steers_a_terminal() {
    let scene = scene();
    let unknown = format!("{NAME}.nowhere.com");
    let pair = ["--pool", "pool01.contoso.com", "--backup", unknown.as_str()];
    // Windows has no control characters in names.
    let odd = if cfg!(windows) { "odd\u{202e}name.xml" } else { "odd\u{1b}[2J\u{202e}name.xml" };
    fs::write(scene.path(odd), "<a>").unwrap();
    fs::write(scene.path("odd.toml"), format!("[[pair]]\npools = [\"{REFUSED}\", 7]\n\"{REFUSED}\" = 1\n")).unwrap();
    fs::write(scene.path("odd.json"), format!("{{\"{NAME}\": 1}}")).unwrap();
    let commands: [&[&str]; 25] = [
        &["inspect", "names.xml"],
        &["inspect", "names.xml", "--format", "json"],
        &["check", "names.xml"],
        &["plan", "names.xml", "--request", "request.toml"],
        &["inspect", "topology.xml"],
        &["inspect", "topology.xml", "--format", "json"],
        &["check", "topology.xml"],
        &["check", "topology.xml", "--format", "json"],
        &["check", "topology.xml", "--format", "sarif"],
        &["check", "topology.xml", "--request", "request.toml"],
        &["check", "topology.xml", "--request", "request.toml", "--format", "sarif"],
        &["plan", "topology.xml", "--request", "request.toml"],
        &["plan", "topology.xml", pair[0], pair[1], pair[2], pair[3]],
        &["plan", "topology.xml", "--request", "odd.toml"],
        &["plan", "topology.xml", "--request", "odd.json"],
        &["plan", "topology.xml", "--request", odd],
        &["plan", "topology.xml", "--notation", odd, pair[0], pair[1], pair[2], "pool02.contoso.com"],
        &["inspect", odd],
        &["inspect", "no\u{1b}[2Jsuch"],
        &["inspect", "topology.xml", "--limit", "depth\u{1b}[2J=\u{202e}"],
        &["explain", "no\u{1b}[2Jsuch"],
        &["apply", "topology.xml", "--request", "request.toml", "--out-dir", odd],
        &["diff", "topology.xml", "two.xml"],
        &["apply", "topology.xml", "--verbose", "--request", "request.toml", "--out-dir", "bundle"],
        &["verify", "bundle", "--topology", "topology.xml"],
    ];
    let plain = topogen::two_standard().published(&Layout::default(), &Notation::default());
    fs::write(scene.path("two.xml"), plain).unwrap();
    for command in commands {
        hold_output(&command.join(" "), &scene.run(command));
        // On a terminal there are excerpts, and escape sequences of our own.
        let mut graphical = scene.run(&[command, &["--color", "always"]].concat());
        for stream in [&mut graphical.stdout, &mut graphical.stderr] {
            let text = String::from_utf8(std::mem::take(stream)).unwrap();
            *stream = without_colour(&text).into_bytes();
        }
        hold_output(&format!("{} --color always", command.join(" ")), &graphical);
    }
    scene.expect(0, &scene.run(commands[24]));
}

/// A text without escape sequences that do nothing but colour.
fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let colour = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').strip_prefix('m');
        plain.push_str(colour.unwrap_or("\u{1b}["));
    }
    plain
}

#[test]
fn nothing_in_a_bundle_is_more_than_text() {
    let scene = scene();
    let apply = ["apply", "topology.xml", "--request", "request.toml", "--out-dir", "bundle"];
    scene.expect(0, &scene.run(&[&apply[..], &["--report", "sarif=findings.sarif"]].concat()));
    hold_tame("findings.sarif", &fs::read(scene.path("findings.sarif")).unwrap());
    for name in crate::scene::names(&scene.path("bundle")) {
        // The topology and its diff hold the document as it is.
        if name.starts_with("topology.") {
            continue;
        }
        let text = hold_tame(&name, &fs::read(scene.path("bundle").join(&name)).unwrap());
        assert!(text.len() < 1 << 20, "{name} has {} bytes", text.len());
        match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "md" => hold_markdown(&name, &text),
            "html" => hold_html(&name, &text),
            _ => {}
        }
    }
}

/// No markup of the hostile texts is markup of the file: in code, or escaped.
#[track_caller]
fn hold_markdown(name: &str, text: &str) {
    let mut fence: Option<&str> = None;
    for (number, line) in text.lines().enumerate() {
        let inner = line.trim_start_matches(' ');
        let ticks = &inner[..inner.len() - inner.trim_start_matches('`').len()];
        match fence {
            // A block ends at a line of nothing but as many backticks as it began with, or more.
            Some(open) => fence = Some(open).filter(|_| inner != ticks || ticks.len() < open.len()),
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {}
        }
        if fence.is_some() {
            continue;
        }
        let bare = without_code(line);
        for markup in ["<script", "<img", "[a](http", "# heading", "]]>"] {
            let found = bare.match_indices(markup).any(|(at, _)| !bare[..at].ends_with('\\'));
            assert!(!found, "{name}:{}: {markup} in {line:?}", number + 1);
        }
    }
}

/// A line without its code spans, in which nothing is markup.
fn without_code(line: &str) -> String {
    let mut bare = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let (before, ticks) = rest.split_at(at);
        bare.push_str(before);
        let length = ticks.len() - ticks.trim_start_matches('`').len();
        let (fence, after) = ticks.split_at(length);
        let end = after.match_indices(fence).map(|(at, _)| at).find(|&at| {
            let alone = !after[at + length..].starts_with('`') && !after[..at].ends_with('`');
            alone && !before.ends_with('\\')
        });
        match end {
            Some(end) => rest = &after[end + length..],
            None => {
                bare.push_str(fence);
                rest = after;
            }
        }
    }
    bare + rest
}

#[track_caller]
fn hold_html(name: &str, text: &str) {
    for markup in ["<script>alert", "<img src=x"] {
        assert!(!text.contains(markup), "{name}: {markup}");
    }
}
