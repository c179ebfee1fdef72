//! Reads the inputs of a command.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::args::{DocumentArgs, FindingArgs, NotationArg, ReadingArgs, RequestArgs};
use super::{Exit, Failure};
use crate::Export;
use crate::learn;
use crate::notation::{Choice, ExampleOrigin, Notation};
use crate::plan::{PlanOptions, StoredPlan};
use crate::request::{Flags, Request};
use crate::source::{LimitOptionError, Limits, Options, Source};

/// The input options from the command line.
pub(super) fn options(args: &ReadingArgs) -> Result<Options, Failure> {
    let mut options = Options { accept_wrong_declaration: args.accept_wrong_declaration, ..Options::default() };
    for limit in &args.limit {
        let (name, value) = limit.split_once('=').ok_or_else(|| LimitOptionError::Name { name: limit.clone() })?;
        options.limits.set(name, value)?;
    }
    Ok(options)
}

/// The plan options from the command line.
pub(super) fn plan_options(reading: &ReadingArgs, findings: &FindingArgs) -> Result<PlanOptions, Failure> {
    Ok(PlanOptions { reading: options(reading)?, strict: findings.strict })
}

/// Reads a topology; `-` is standard input.
pub(super) fn export(path: &Path, reading: &ReadingArgs) -> Result<Export, Failure> {
    let options = options(reading)?;
    Export::from_source(source(path, &options)?, &options).map_err(|error| Failure::from(error).for_input(path))
}

/// Reads a topology and leaks it: freeing it piece by piece before exiting would take longer.
pub(super) fn leaked_export(path: &Path, reading: &ReadingArgs) -> Result<&'static Export, Failure> {
    Ok(Box::leak(Box::new(export(path, reading)?)))
}

/// Reads a source; `-` is standard input.
fn source(path: &Path, options: &Options) -> Result<Source, Failure> {
    let name = path.to_string_lossy();
    let source = if path == Path::new("-") {
        Source::read(name, io::stdin().lock(), 0, options)
    } else {
        let (file, length) = open(path)?;
        Source::read(name, file, length, options)
    };
    source.map_err(|error| Failure::from(crate::ReadError::from(error)).for_input(path))
}

/// Opens a file, and returns its approximate size.
fn open(path: &Path) -> Result<(File, u64), Failure> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let metadata = file.metadata().map_err(|error| unreadable(path, &error))?;
    match metadata.is_dir() {
        true => Err(unreadable(path, &io::ErrorKind::IsADirectory.into())),
        false => Ok((file, metadata.len())),
    }
}

/// Reads a file that may not be text, up to one byte beyond the limit; `-` is standard input.
pub(super) fn bytes(path: &Path, options: &Options) -> Result<Vec<u8>, Failure> {
    let max = u64::from(options.limits.file_size) + 1;
    let mut bytes = Vec::new();
    let read = match path == Path::new("-") {
        true => io::stdin().lock().take(max).read_to_end(&mut bytes),
        false => open(path)?.0.take(max).read_to_end(&mut bytes),
    };
    read.map(|_| bytes).map_err(|error| unreadable(path, &error))
}

/// Reads a small file, up to the default size limit; `-` is standard input.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = bytes(path, &Options::default())?;
    match bytes.len() as u64 > Limits::default().file_size.into() {
        true => Err(unreadable(path, &io::ErrorKind::FileTooLarge.into())),
        false => Ok(bytes),
    }
}

/// Reads a stored plan.
pub(super) fn stored_plan(path: &Path) -> Result<StoredPlan, Failure> {
    StoredPlan::read(&path.to_string_lossy(), &file(path)?).map_err(Failure::from)
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("`{}` cannot be read: {error}", path.display());
    Failure::with_help(Exit::Io, "poolpair::cli::read", message, "check the path and permissions").for_input(path)
}

/// The request, which must change a pairing.
pub(super) fn request(args: &RequestArgs) -> Result<Request, Failure> {
    let request = optional_request(args)?;
    match &args.request {
        _ if request.changes_pairings() => Ok(request),
        Some(path) => {
            let message = format!("`{}` requests no pairing and no un-pairing", path.display());
            let help = "add a `[[pair]]` or an `[[unpair]]` to it; `poolpair check` needs neither";
            Err(Failure::with_help(Exit::Usage, "poolpair::cli::empty-request", message, help))
        }
        None => {
            let help = "give `--request FILE`, or `--pool FQDN --backup FQDN`, or `--unpair FQDN`";
            Err(Failure::with_help(Exit::Usage, "poolpair::cli::no-request", "no request given", help))
        }
    }
}

/// The request, which may be empty.
pub(super) fn optional_request(args: &RequestArgs) -> Result<Request, Failure> {
    let Some(path) = &args.request else {
        return Ok(Request::from_flags(&flags(args))?);
    };
    let name = if path == Path::new("-") { "<stdin>".into() } else { path.to_string_lossy() };
    let request = Request::from_file(&name, &file(path)?);
    let mut request = request.map_err(|error| Failure::from(error).for_input(path))?;
    request.add_allows(&args.allow)?;
    Ok(request)
}

fn flags(args: &RequestArgs) -> Flags {
    Flags {
        pool: args.pool.clone(),
        backup: args.backup.clone(),
        failure_detection: args.failure_detection.clone(),
        failback: args.failback.clone(),
        no_automatic_failover: args.no_automatic_failover,
        replace: args.replace,
        not_deployed: args.not_deployed,
        unpair: args.unpair.clone(),
        allow: args.allow.clone(),
    }
}

/// A topology, and the notation to read its pairs with.
pub(super) fn document(args: &DocumentArgs) -> Result<(&'static Export, Notation), Failure> {
    let export = leaked_export(&args.topology, &args.reading)?;
    Ok((export, notation_for_reading(&args.notation, export, &args.reading)?))
}

/// Like [`document`], with the complete notation, including what a pairing adds to other services than Registrars.
pub(super) fn document_to_pair(args: &DocumentArgs) -> Result<(&'static Export, Notation), Failure> {
    let export = leaked_export(&args.topology, &args.reading)?;
    Ok((export, notation(&args.notation, export, ExampleOrigin::Other, &args.reading)?.notation))
}

/// The notation for reading a topology: like [`notation`], but faster, since nothing is written.
pub(super) fn notation_for_reading(
    args: &NotationArg,
    export: &Export,
    reading: &ReadingArgs,
) -> Result<Notation, Failure> {
    Ok(learn::choose_for_reading(export, given_notation(args)?, &options(reading)?).notation)
}

/// The notation for a topology: the given one, otherwise one learned from a pair in it, otherwise the built-in one.
/// `stated` is the author of that pair according to the request.
pub(super) fn notation(
    args: &NotationArg,
    export: &Export,
    stated: ExampleOrigin,
    reading: &ReadingArgs,
) -> Result<Choice, Failure> {
    Ok(learn::choose(export, given_notation(args)?, stated, &options(reading)?))
}

fn given_notation(args: &NotationArg) -> Result<Option<Notation>, Failure> {
    let read = |path: &PathBuf| {
        let notation = Notation::from_bytes(&path.to_string_lossy(), &file(path)?);
        notation.map_err(|error| Failure::from(error).for_input(path))
    };
    args.notation.as_ref().map(read).transpose()
}
