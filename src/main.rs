//! The `poolpair` command: arguments, one call, the exit code.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    poolpair::cli::run(std::env::args_os())
}
