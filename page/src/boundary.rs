//! The interface for the worker's script: inputs, `run`, outputs. The first input is a task, the others are its files.

use std::cell::RefCell;

use crate::answer;

thread_local! {
    static INPUTS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static OUTPUTS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Allocates the next input, which the script then writes.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    INPUTS.with_borrow_mut(|inputs| {
        inputs.push(vec![0; length]);
        inputs.last_mut().map_or(std::ptr::null_mut(), |last| last.as_mut_ptr())
    })
}

/// Runs the task, and returns the number of outputs.
#[unsafe(no_mangle)]
pub extern "C" fn run() -> usize {
    let mut inputs = INPUTS.take().into_iter();
    let outputs = answer(&inputs.next().unwrap_or_default(), inputs.collect());
    OUTPUTS.replace(outputs);
    OUTPUTS.with_borrow(Vec::len)
}

/// The address of an output.
#[unsafe(no_mangle)]
pub extern "C" fn output(index: usize) -> *const u8 {
    OUTPUTS.with_borrow(|outputs| outputs.get(index).map_or(std::ptr::null(), |bytes| bytes.as_ptr()))
}

/// The length of an output.
#[unsafe(no_mangle)]
pub extern "C" fn output_length(index: usize) -> usize {
    OUTPUTS.with_borrow(|outputs| outputs.get(index).map_or(0, Vec::len))
}
