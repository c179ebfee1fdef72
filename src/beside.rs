//! Work for a second processor.

use std::panic;
use std::thread;

/// Does two things at once: `aside` on another thread, or afterwards where there is none to be had.
pub(crate) fn beside<A: Send, B>(aside: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let other = thread::Builder::new().spawn_scoped(scope, &aside);
        let made = here();
        match other {
            Ok(other) => (other.join().unwrap_or_else(|fault| panic::resume_unwind(fault)), made),
            Err(_) => (aside(), made),
        }
    })
}
