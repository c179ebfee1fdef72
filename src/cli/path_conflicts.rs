//! Checks that the files of a command do not conflict.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{DocumentArgs, OutArg, PlanningArgs, ReportArgs, RequestArgs};
use super::{Console, Exit, Failure};
use crate::bundle::is_same_file;

/// The files that a command reads and writes.
#[derive(Default)]
pub(super) struct CommandPaths {
    inputs: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
    bundle: Option<PathBuf>,
}

impl CommandPaths {
    /// Adds files to read.
    pub(super) fn reads<'a>(mut self, paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        self.inputs.extend(paths.into_iter().cloned());
        self
    }

    /// The files of a command that reads a topology with its pairs.
    pub(super) fn of_document(args: &DocumentArgs) -> Self {
        Self::default().reads([&args.topology]).reads(&args.notation.notation)
    }

    /// The files of a command that makes a plan.
    pub(super) fn of_planning(args: &PlanningArgs) -> Self {
        Self::default().reads([&args.topology]).reads_request(&args.request).writes_reports(&args.reports)
    }

    /// Adds the files of a request.
    pub(super) fn reads_request(self, args: &RequestArgs) -> Self {
        self.reads(&args.request).reads(&args.notation.notation)
    }

    /// Adds files to write.
    pub(super) fn writes<'a>(mut self, paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        self.outputs.extend(paths.into_iter().cloned());
        self
    }

    /// Adds the reports to write.
    pub(super) fn writes_reports(self, args: &ReportArgs) -> Self {
        self.writes(args.report.iter().map(|(_, path)| path))
    }

    /// Adds a bundle to write.
    pub(super) fn writes_bundle(mut self, directory: &Path) -> Self {
        self.bundle = Some(directory.to_owned());
        self
    }

    /// The files to read.
    pub(super) fn inputs(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// Redirects the output to the file of `--out`, if there is one.
    ///
    /// # Errors
    ///
    /// As for [`Self::check_path_conflicts`].
    pub(super) fn redirect(self, args: &OutArg, console: &mut Console) -> Result<(), Failure> {
        let out = args.out.as_ref().filter(|out| out.as_os_str() != "-");
        self.writes(out).check_path_conflicts()?;
        out.cloned().into_iter().for_each(|out| console.redirect(out));
        Ok(())
    }

    /// Checks that no file would be lost by writing; must be called before reading.
    ///
    /// # Errors
    ///
    /// When a file is read and written, or written twice, or would be written into the directory of the bundle.
    pub(super) fn check_path_conflicts(&self) -> Result<(), Failure> {
        if self.inputs.iter().filter(|input| input.as_os_str() == "-").count() > 1 {
            let (message, help) =
                ("standard input would be read twice", "`-` is standard input: give a file for one of the two");
            return Err(Failure::with_help(Exit::Usage, "poolpair::cli::read-twice", message, help));
        }
        let bundle = self.bundle.as_deref().and_then(real_path);
        let mut written: Vec<PathBuf> = Vec::new();
        for output in &self.outputs {
            let Some(path) = real_path(output) else { continue };
            let (code, message, help) = if self.inputs.iter().any(|input| is_same_file(input, &path)) {
                // Writing would destroy the input.
                (
                    "poolpair::cli::overwrites-input",
                    "is read, and would be overwritten",
                    "choose another file; `poolpair apply` writes the edited topology into a bundle of its own",
                )
            } else if written.iter().any(|other| *other == path || is_same_file(other, &path)) {
                // The last one written would win.
                ("poolpair::cli::written-twice", "would be written twice", "choose another file for one of the two")
            } else if bundle.as_ref().is_some_and(|bundle| path.starts_with(bundle)) {
                // A bundle contains only the files in its manifest.
                (
                    "poolpair::cli::inside-bundle",
                    "is in the directory of the bundle",
                    "choose a file outside; the bundle has its own plan.json and report.json",
                )
            } else {
                written.push(path);
                continue;
            };
            return Err(Failure::with_help(Exit::Usage, code, format!("`{}` {message}", output.display()), help));
        }
        Ok(())
    }
}

/// The real path of an existing or new file; `None` for a device or a pipe, which is never replaced.
fn real_path(path: &Path) -> Option<PathBuf> {
    if let Ok(existing) = fs::canonicalize(path) {
        return (existing.is_file() || existing.is_dir()).then_some(existing);
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let parent = fs::canonicalize(parent).unwrap_or_else(|_| parent.to_owned());
    Some(parent.join(path.file_name()?))
}
