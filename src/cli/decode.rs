//! `poolpair decode`.

use std::path::PathBuf;

use clap::ValueHint;

use super::args::ReadingArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::input;

/// Print a topology as UTF-8 text, so that git can show its differences
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair decode topology.xml\n  \
    git config diff.poolpair.textconv \"poolpair decode\"\n\n\
    For reading, not for publishing: whatever the file has, lines end with a line feed, and there is no byte order \
    mark. The text need be no topology and not well-formed, so that every commit can be shown.")]
pub(super) struct Args {
    /// An exported topology in UTF-8 or UTF-16; `-` reads standard input
    #[arg(value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    topology: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    let source = input::source(&args.topology, &input::options(&args.reading)?)?;
    console.product_bytes(with_line_feeds(source.text()).as_bytes());
    Ok(Exit::Done)
}

fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::with_line_feeds;

    #[test]
    fn every_line_end_becomes_one_line_feed() {
        assert_eq!(with_line_feeds("a\r\nb\rc\n\r\nd"), "a\nb\nc\n\nd");
    }
}
