//! Fuzzes reading a request.

use poolpair::request::Request;

/// Bytes are either a request, which can be written and read back, or errors with messages.
pub fn request(data: &[u8]) {
    for name in ["request.toml", "request.json"] {
        match Request::from_file(name, data) {
            Ok(request) => {
                let again = request.checked("plan.json").expect("a record of a request reads");
                assert_eq!(again.to_toml(), request.to_toml(), "a record is not its request");
            }
            Err(errors) => {
                assert!(!errors.errors.is_empty(), "refused without a reason");
                for error in &errors.errors {
                    assert!(!error.to_string().is_empty());
                }
            }
        }
    }
}
