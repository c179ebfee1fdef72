//! The ordered steps, and one writer each for PowerShell and Markdown.

pub mod deployment;
