//! Measures how the time grows with the input: each command at four sizes, each twice the previous one.
//!
//! `cargo run --release -p poolpair-benches --bin growth -- target/release/poolpair [LARGEST]` prints a table; a column
//! that doubles from left to right is linear.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs, io};

use topogen::{Backup, Deployment, Layout, Notation, Pool, Site};

/// The commands, with `{}` for the folder of the files.
const CASES: &[(&str, &str)] = &[
    ("inspect", "inspect {}/unpaired.xml"),
    ("partners", "partners {}/unpaired.xml --pool p0.contoso.com"),
    ("audit", "audit {}/sites.xml --out-request {}/suggested.toml"),
    ("audit, HTML", "audit {}/sites.xml --format html"),
    ("audit of a pair for every two pools", "audit {}/paired.xml"),
    ("failover of a pool of them", "failover {}/paired.xml --pool p0.contoso.com --out-dir {}/failover --force"),
    ("plan of the pairs that it suggests", "plan {}/sites.xml --request {}/suggested.toml"),
    ("check, every pool names one as its backup", "check {}/hub.xml"),
    ("plan, every pool names one as its backup", "plan {}/hub.xml --unpair p1.contoso.com"),
    ("diff, every pool renamed", "diff {}/unpaired.xml {}/renamed.xml --format text"),
    ("check of a pair for every two pools", "check {}/unpaired.xml --request {}/pairs.toml"),
    ("check of a pair for every two pools, JSON", "check {}/unpaired.xml --request {}/pairs.toml --format json"),
    ("plan of a pair for every two pools", "plan {}/unpaired.xml --request {}/pairs.toml"),
    (
        "plan of a pair for every two pools, with added services",
        "plan {}/unpaired.xml --request {}/pairs.toml --notation fixtures/notations/backup-service/notation.toml",
    ),
    ("plan of pairs and facts of every pool", "plan {}/unpaired.xml --request {}/facts.toml"),
    ("plan of un-pairing all pairs", "plan {}/paired.xml --request {}/unpairs.toml"),
    ("apply of un-pairing all pairs", "apply {}/paired.xml --request {}/unpairs.toml --out-dir {}/bundle --force"),
    ("check of unknown pools", "check {}/unpaired.xml --request {}/unknown.toml"),
    ("check of one allowance many times", "check {}/unpaired.xml --request {}/allows.toml"),
];

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let program = arguments.next().unwrap_or_else(|| "target/release/poolpair".into());
    let largest = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(16_000);
    let sizes = [largest / 8, largest / 4, largest / 2, largest];
    let folders: Vec<_> = sizes.iter().map(|&size| write_files(size)).collect::<Result<_, _>>()?;
    println!("| pools | {} |", sizes.map(|size| size.to_string()).join(" | "));
    println!("| --- {}|", "| ---: ".repeat(sizes.len()));
    for (name, command) in CASES {
        let mut row = format!("| {name} ");
        for folder in &folders {
            let _ = write!(row, "| {:.2} s ", seconds(&program, command, folder)?);
        }
        println!("{row}|");
    }
    Ok(())
}

fn seconds(program: &str, command: &str, folder: &Path) -> io::Result<f64> {
    let folder = folder.to_string_lossy();
    let arguments = command.split(' ').map(|word| word.replace("{}", &folder));
    let start = Instant::now();
    Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(start.elapsed().as_secs_f64())
}

/// Writes the files of one size to their own folder.
fn write_files(size: usize) -> io::Result<PathBuf> {
    let folder = env::temp_dir().join(format!("poolpair-growth-{size}"));
    fs::create_dir_all(&folder)?;
    let document = |prefix: &str, backup: fn(usize) -> Option<usize>| {
        let name = |number: usize| format!("{prefix}{number}.contoso.com");
        let pool =
            |number: usize| Pool { backup: backup(number).map(name).map(Backup::by), ..Pool::standard(name(number)) };
        let pools = (0..size).map(pool).collect();
        let deployment = Deployment { sites: vec![Site::new("1", "Site", pools)], ..Deployment::default() };
        deployment.published(&Layout::utf8(), &Notation::default())
    };
    fs::write(folder.join("unpaired.xml"), document("p", |_| None))?;
    fs::write(folder.join("renamed.xml"), document("q", |_| None))?;
    fs::write(folder.join("hub.xml"), document("p", |number| (number > 0).then_some(0)))?;
    fs::write(folder.join("paired.xml"), document("p", |number| Some(number ^ 1)))?;
    fs::write(folder.join("sites.xml"), sites(size))?;
    let pair = |number: usize| {
        let (one, other) = (2 * number, 2 * number + 1);
        format!("[[pair]]\npools = ['p{one}.contoso.com', 'p{other}.contoso.com']\n")
    };
    fs::write(folder.join("pairs.toml"), (0..size / 2).map(pair).collect::<String>())?;
    let unpair = |number: usize| format!("[[unpair]]\npool = 'p{}.contoso.com'\n", 2 * number);
    fs::write(folder.join("unpairs.toml"), (0..size / 2).map(unpair).collect::<String>())?;
    let facts = |number| format!("[[pool]]\nfqdn = 'p{number}.contoso.com'\nusers = 9\n");
    let facts = (0..size / 4).map(pair).chain((0..size).map(facts));
    fs::write(folder.join("facts.toml"), facts.collect::<String>())?;
    let unknown = |number| format!("[[pool]]\nfqdn = 'x{number}.contoso.com'\n");
    fs::write(folder.join("unknown.toml"), (0..size).map(unknown).collect::<String>())?;
    let allow = "[[allow]]\nrule = 'same-site'\nreason = 'one'\n";
    fs::write(folder.join("allows.toml"), allow.repeat(size))?;
    Ok(folder)
}

/// Enterprise pools of many sizes in a hundred sites.
fn sites(size: usize) -> Vec<u8> {
    const SITES: usize = 100;
    let pool = |number: usize| Pool::enterprise(format!("p{number}.contoso.com"), 1 + number * 7 % 12);
    let site = |at: usize| {
        let pools = (at..size).step_by(SITES).map(pool).collect();
        Site::new((at + 1).to_string(), format!("Site {}", at + 1), pools)
    };
    let deployment = Deployment { sites: (0..SITES).map(site).collect(), ..Deployment::default() };
    deployment.published(&Layout::utf8(), &Notation::default())
}
