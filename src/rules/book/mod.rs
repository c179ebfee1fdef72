//! The table of all rules.

use super::Rule;

macro_rules! rules {
    ($($chapter:literal { $($module:ident :: $name:ident,)* })*) => {
        $($(pub mod $module;)*)*

        /// Every rule, in the order of the book.
        pub static RULES: &[&Rule] = &[$($(&$module::$name),*),*];

        /// The chapters of the book: a heading and the rules below it.
        pub static CHAPTERS: &[(&str, &[&Rule])] = &[$(($chapter, &[$(&$module::$name),*])),*];
    };
}

// A chapter takes a comma after its last rule, so that a rule can be added by adding a line.
rules! {
    "Which pools" {
        pool_not_found::POOL_NOT_FOUND,
        self_pairing::SELF_PAIRING,
        already_paired::ALREADY_PAIRED,
    }
}

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
