//! Bytes to a request.

use poolpair::request::{Request, RequestFile};

/// Bytes are a request, that reads back from its own record, or errors with words.
pub fn request(data: &[u8]) {
    for name in ["request.toml", "request.json"] {
        match Request::from_file(name, data) {
            Ok(request) => {
                let again = RequestFile::from(&request).decode("plan.json").expect("a record of a request reads");
                let told = |request: &Request| format!("{:?}", RequestFile::from(request));
                assert_eq!(told(&again), told(&request), "a record is not its request");
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
