//! `poolpair decode`.

use std::path::PathBuf;

use clap::ValueHint;

use super::args::{OutArg, ReadingArgs};
use super::{CommandPaths, Console, Exit, Failure, input};
use crate::ReadError;
use crate::source::{Source, decode_lossy};
use crate::text::count;

/// Print a topology as UTF-8 text, so that git can show its differences
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  poolpair decode topology.xml\n  \
    git config diff.poolpair.textconv \"poolpair decode\"\n\n\
    For reading, not for publishing: all lines end with a line feed, and there is no byte order \
    mark. The text need not be a topology or well-formed XML. What cannot be decoded is shown as \u{fffd}, with a \
    warning, so that git can show every commit.")]
pub(super) struct Args {
    /// An exported topology in UTF-8 or UTF-16; `-` reads standard input
    #[arg(value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    topology: PathBuf,
    /// Fail on a file that cannot be decoded completely
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, console: &mut Console) -> Result<Exit, Failure> {
    CommandPaths::default().reads([&args.topology]).redirect(&args.out, console)?;
    let options = input::options(&args.reading)?;
    let bytes = input::bytes(&args.topology, &options)?;
    let text = match Source::from_bytes(args.topology.to_string_lossy(), bytes.clone(), &options) {
        Ok(source) => with_line_feeds(source.text()),
        Err(error) => {
            let failure = Failure::from(ReadError::from(error));
            if args.strict {
                return Err(failure);
            }
            console.warning(&failure);
            match decode_lossy(&bytes) {
                Some(text) => with_line_feeds(&text),
                None => format!("<!-- {} that cannot be decoded -->\n", count(bytes.len(), "byte")),
            }
        }
    };
    console.print_bytes(text.as_bytes());
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
