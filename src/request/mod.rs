//! What the user wants.
