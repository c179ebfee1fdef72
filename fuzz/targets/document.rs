#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| poolpair_fuzz::document(data));
