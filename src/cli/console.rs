//! What is printed where.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anstream::AutoStream;
use clap::ColorChoice;

use super::args::GlobalArgs;
use super::write_file::write_file;
use super::{Exit, Failure};
use crate::report::message::message;
use crate::report::style::OutputStyle;
use crate::text::{LONGEST_MESSAGE, for_terminal, whole_lines};

/// The two streams: products go to stdout, or to the file that `--out` names; messages go to stderr.
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

    /// Sends the product to a file.
    pub(super) fn redirect(&mut self, file: PathBuf) {
        self.file = Some((file, Vec::new()));
    }

    /// Prints the product. Escape sequences of colour become calls where a console of Windows does not know them.
    pub(super) fn product(&mut self, text: &str) {
        if self.file.is_some() || !self.colors(&io::stdout()) {
            return self.product_bytes(text.as_bytes());
        }
        let coloured = AutoStream::always(io::stdout().lock());
        match io::stdout().is_terminal() {
            true => self.write(coloured, for_terminal(text, true).as_bytes()),
            false => self.write(coloured, text.as_bytes()),
        }
    }

    /// Prints the product as it is; on a terminal, what could steer it is escaped.
    pub(super) fn product_bytes(&mut self, bytes: &[u8]) {
        if let Some((_, product)) = &mut self.file {
            return product.extend_from_slice(bytes);
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

    /// Whether nothing but errors is printed, so that text for people need not be made.
    pub(super) fn is_quiet(&self) -> bool {
        self.global.quiet
    }

    /// Prints a message, unless `--quiet` was given.
    pub(super) fn message(&self, text: &str) {
        if !self.global.quiet {
            self.error(&whole_lines(text, LONGEST_MESSAGE));
        }
    }

    /// Prints a message only if `--verbose` was given.
    pub(super) fn detail(&self, text: &str) {
        if self.global.verbose {
            self.error(&whole_lines(text, LONGEST_MESSAGE));
        }
    }

    /// Prints messages, always; each of them is short already. Nobody is left to tell if stderr is gone.
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

    /// Prints everything that is wrong, always.
    pub(super) fn failure(&self, failure: &Failure) {
        failure.each().for_each(|one| self.error(&message(&one, self.message_look())));
    }

    /// Prints what was wrong and done all the same, unless `--quiet` was given.
    pub(super) fn warning(&self, failure: &Failure) {
        failure.each().for_each(|one| self.message(&message(&one.into_warning(), self.message_look())));
    }

    /// Whether to colour what goes to this stream.
    fn colors(&self, stream: &impl IsTerminal) -> bool {
        match self.global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    /// How the product looks.
    pub(super) fn product_look(&self) -> OutputStyle {
        if self.file.is_some() { OutputStyle::Plain } else { self.style(&io::stdout()) }
    }

    /// How messages style.
    pub(super) fn message_look(&self) -> OutputStyle {
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

    /// Writes the file of `--out`, or tells whether everything was printed. A reader that closed the pipe has what it
    /// wanted.
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        if let Some((path, product)) = self.file.take() {
            return write_file(&path, &product);
        }
        match self.failed.take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::told(
                Exit::Io,
                "poolpair::cli::stdout",
                format!("standard output cannot be written: {error}"),
                "check the disk or the program that reads the output",
            )),
            _ => Ok(()),
        }
    }
}
