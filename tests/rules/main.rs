//! The rule book holds together: files, ids, table, pages and fixtures; and every rule says what its fixtures expect.

mod book;
mod cases;
mod expected;
mod files;
