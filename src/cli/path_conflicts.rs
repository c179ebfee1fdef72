//! Files that a command reads, and files that it writes: none is both.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{DocumentArgs, OutArg, PlanningArgs, ReportArgs, RequestArgs};
use super::{Console, Exit, Failure};
use crate::bundle::is_same;

/// The files of one command.
#[derive(Default)]
pub(super) struct CommandPaths {
    inputs: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
    bundle: Option<PathBuf>,
}

impl CommandPaths {
    /// With these that are read.
    pub(super) fn reads<'a>(mut self, paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        self.inputs.extend(paths.into_iter().cloned());
        self
    }

    /// Those of a topology whose pairs are read.
    pub(super) fn of_document(args: &DocumentArgs) -> Self {
        Self::default().reads([&args.topology]).reads(&args.notation.notation)
    }

    /// Those of a plan.
    pub(super) fn of_planning(args: &PlanningArgs) -> Self {
        Self::default().reads([&args.topology]).reads_request(&args.request).writes_reports(&args.reports)
    }

    /// With those that a request is read from.
    pub(super) fn reads_request(self, args: &RequestArgs) -> Self {
        self.reads(&args.request).reads(&args.notation.notation)
    }

    /// With these that are written.
    pub(super) fn writes<'a>(mut self, paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        self.outputs.extend(paths.into_iter().cloned());
        self
    }

    /// With the reports that are written.
    pub(super) fn writes_reports(self, args: &ReportArgs) -> Self {
        self.writes(args.report.iter().map(|(_, path)| path))
    }

    /// With a bundle that is written.
    pub(super) fn writes_bundle(mut self, directory: &Path) -> Self {
        self.bundle = Some(directory.to_owned());
        self
    }

    /// Those that are read.
    pub(super) fn inputs(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// Sends the product to the file of `--out`, if there is one.
    ///
    /// # Errors
    ///
    /// As [`Self::check_path_conflicts`].
    pub(super) fn redirect(self, args: &OutArg, console: &mut Console) -> Result<(), Failure> {
        let out = args.out.as_ref().filter(|out| out.as_os_str() != "-");
        self.writes(out).check_path_conflicts()?;
        out.cloned().into_iter().for_each(|out| console.redirect(out));
        Ok(())
    }

    /// Checks that nothing is lost by writing; to be called before anything is read.
    ///
    /// # Errors
    ///
    /// When a file is read and written, or written twice, or belongs into no bundle and is to be written there.
    pub(super) fn check_path_conflicts(&self) -> Result<(), Failure> {
        if self.inputs.iter().filter(|input| input.as_os_str() == "-").count() > 1 {
            let (message, help) =
                ("standard input is to be read twice", "`-` stands for standard input: give a file for one of the two");
            return Err(Failure::told(Exit::Usage, "poolpair::cli::read-twice", message, help));
        }
        let bundle = self.bundle.as_deref().and_then(place);
        let mut taken: Vec<PathBuf> = Vec::new();
        for output in &self.outputs {
            let Some(place) = place(output) else { continue };
            let (code, message, help) = if self.inputs.iter().any(|input| is_same(input, &place)) {
                // What is read would be lost.
                (
                    "poolpair::cli::overwrites-input",
                    "is read, and would be overwritten",
                    "choose another file; an edited topology comes into a bundle, beside the input",
                )
            } else if taken.iter().any(|other| *other == place || is_same(other, &place)) {
                // The last one would win.
                ("poolpair::cli::written-twice", "is to be written twice", "choose another file for one of the two")
            } else if bundle.as_ref().is_some_and(|bundle| place.starts_with(bundle)) {
                // A bundle holds the files of its manifest and no others.
                (
                    "poolpair::cli::inside-bundle",
                    "lies in the directory of the bundle",
                    "choose a file outside; the bundle has its own plan.json and report.json",
                )
            } else {
                taken.push(place);
                continue;
            };
            return Err(Failure::told(Exit::Usage, code, format!("`{}` {message}", output.display()), help));
        }
        Ok(())
    }
}

/// Where a file is or will be, whatever links lead there; nothing for a device or a pipe, which is never replaced.
fn place(path: &Path) -> Option<PathBuf> {
    if let Ok(there) = fs::canonicalize(path) {
        return (there.is_file() || there.is_dir()).then_some(there);
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let parent = fs::canonicalize(parent).unwrap_or_else(|_| parent.to_owned());
    Some(parent.join(path.file_name()?))
}
