//! Work for a second processor.

use std::thread;

/// Does `work` while `prepare` fills on another thread what will be asked for next.
///
/// Where there is no other thread to be had, it is made when it is asked for.
pub(crate) fn ahead<T>(prepare: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let _ = thread::Builder::new().spawn_scoped(scope, prepare);
        work()
    })
}
