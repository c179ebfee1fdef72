//! The `poolpair` command.
fn main() {}
