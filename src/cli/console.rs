//! Output to stdout and stderr.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anstream::AutoStream;
use clap::ColorChoice;

use super::args::GlobalArgs;
use super::write_file::write_file;
use super::{Exit, Failure};
use crate::report::message::message;
use crate::report::style::OutputStyle;
use crate::text::{MAX_MESSAGE_BYTES, for_terminal, whole_lines};

/// The two streams: output goes to stdout, or to the file of `--out`; messages go to stderr.
#[derive(Debug)]
pub(super) struct Console {
    global: GlobalArgs,
    failed: Option<io::Error>,
    file: Option<(PathBuf, Vec<u8>)>,
}

impl Console {
    pub(super) fn new(global: GlobalArgs) -> Self {
        Self { global, failed: None, file: None }
    }

    /// Redirects the output to a file.
    pub(super) fn redirect(&mut self, file: PathBuf) {
        self.file = Some((file, Vec::new()));
    }

    /// Prints output. On Windows consoles without escape sequences, colours become API calls.
    pub(super) fn print(&mut self, text: &str) {
        if self.file.is_some() || !self.colors(&io::stdout()) {
            return self.print_bytes(text.as_bytes());
        }
        let coloured = AutoStream::always(io::stdout().lock());
        match io::stdout().is_terminal() {
            true => self.write(coloured, for_terminal(text, true).as_bytes()),
            false => self.write(coloured, text.as_bytes()),
        }
    }

    /// Prints output unchanged; on a terminal, control characters are escaped.
    pub(super) fn print_bytes(&mut self, bytes: &[u8]) {
        if let Some((_, content)) = &mut self.file {
            return content.extend_from_slice(bytes);
        }
        match io::stdout().is_terminal() {
            true => self.write(io::stdout().lock(), for_terminal(&String::from_utf8_lossy(bytes), false).as_bytes()),
            false => self.write(io::stdout().lock(), bytes),
        }
    }

    fn write(&mut self, mut stdout: impl Write, bytes: &[u8]) {
        if let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            self.failed.get_or_insert(error);
        }
    }

    /// Whether only errors are printed, so that text for people can be skipped.
    pub(super) fn is_quiet(&self) -> bool {
        self.global.quiet
    }

    /// Prints a message, unless `--quiet` was given.
    pub(super) fn message(&self, text: &str) {
        if !self.global.quiet {
            self.error(&whole_lines(text, MAX_MESSAGE_BYTES));
        }
    }

    /// Prints a message only if `--verbose` was given.
    pub(super) fn detail(&self, text: &str) {
        if self.global.verbose {
            self.error(&whole_lines(text, MAX_MESSAGE_BYTES));
        }
    }

    /// Prints messages unconditionally; each is already short. A write error on stderr cannot be reported.
    pub(super) fn error(&self, text: &str) {
        let newline = if text.ends_with('\n') { "" } else { "\n" };
        let mut stderr = io::stderr().lock();
        let colour = self.colors(&stderr);
        let text = for_terminal(text, colour);
        let _ = match colour {
            true => write!(AutoStream::always(stderr), "{text}{newline}"),
            false => write!(stderr, "{text}{newline}"),
        };
    }

    /// Prints all diagnostics of a failure unconditionally.
    pub(super) fn failure(&self, failure: &Failure) {
        failure.diagnostics().for_each(|one| self.error(&message(&one, self.stderr_style())));
    }

    /// Prints the diagnostics of a tolerated failure as warnings, unless `--quiet` was given.
    pub(super) fn warning(&self, failure: &Failure) {
        failure.diagnostics().for_each(|one| self.message(&message(&one.into_warning(), self.stderr_style())));
    }

    /// Whether to colour the output to this stream.
    fn colors(&self, stream: &impl IsTerminal) -> bool {
        match self.global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    /// The style of the output.
    pub(super) fn stdout_style(&self) -> OutputStyle {
        if self.file.is_some() { OutputStyle::Plain } else { self.style(&io::stdout()) }
    }

    /// The style of messages.
    pub(super) fn stderr_style(&self) -> OutputStyle {
        self.style(&io::stderr())
    }

    fn style(&self, stream: &impl IsTerminal) -> OutputStyle {
        let colour = self.colors(stream);
        if !colour && !stream.is_terminal() {
            return OutputStyle::Plain;
        }
        let columns = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
        OutputStyle::Graphical { colour, width: columns.clamp(40, 120) }
    }

    /// Writes the file of `--out`, or returns an error if printing failed. A closed pipe is not an error.
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        if let Some((path, content)) = self.file.take() {
            return write_file(&path, &content);
        }
        match self.failed.take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::with_help(
                Exit::Io,
                "poolpair::cli::stdout",
                format!("standard output cannot be written: {error}"),
                "check the disk or the program that reads the output",
            )),
            _ => Ok(()),
        }
    }
}
