//! Where a sandbox fails with 500 because Kestra does: each row was seen on a real 1.3 server. And where a request writes.

use schema::KestraLine::{self, V1_3};

use super::{request::Request, wire::Answer};

/// A failure that Kestra has too.
pub(super) struct Known {
    /// A request that fails: method, target, media type, a header, body.
    pub(super) example:
        (&'static str, &'static str, &'static str, Option<(&'static str, &'static str)>, &'static str),
    /// The method and a part of the path of all requests that fail so.
    place: (&'static str, &'static str),
    /// What 1.3 says then; 2.0 tells callers nothing about failures.
    message: &'static str,
}

pub(super) const KNOWN: &[Known] = &[
    // The database is asked for a column that it has not.
    Known {
        example: ("GET", "/api/v1/main/flows/search?sort=nosuch:asc", "", None, ""),
        place: ("GET", ""),
        message: "there is no column",
    },
    // Several routes take a body without a media type, and Kestra cannot choose.
    Known {
        example: ("POST", "/api/v1/main/flows/search", "", None, ""),
        place: ("POST", "/flows/"),
        message: "More than 1 route matched",
    },
    Known {
        example: ("POST", "/api/v1/main/flows/import", FORM, None, EMPTY_FORM),
        place: ("POST", "/flows/import"),
        message: "Required Part [fileUpload] not specified",
    },
    Known {
        example: ("POST", "/api/v1/main/namespaces/a/files?path=/x", FORM, None, EMPTY_FORM),
        place: ("POST", "/files"),
        message: "Required Part [fileContent] not specified",
    },
    Known {
        example: ("PUT", "/api/v1/main/namespaces/a/kv/key", "text/plain", Some(("ttl", "soon")), "1"),
        place: ("PUT", "/kv/"),
        message: "Text cannot be parsed to a Duration",
    },
    // Onto a file that there is.
    Known {
        example: (
            "PUT",
            "/api/v1/main/namespaces/fuzz.team/files?from=/notes&to=/notes/one.txt",
            "",
            None,
            "",
        ),
        place: ("PUT", "/files"),
        message: "cannot move to",
    },
];

const FORM: &str = "multipart/form-data; boundary=b";
const EMPTY_FORM: &str = "--b\r\ncontent-disposition: form-data; name=\"other\"\r\n\r\n\r\n--b--\r\n";

impl Known {
    pub(super) fn request(&self) -> Request {
        let (method, target, media_type, header, body) = self.example;
        let request = Request::new(method, target, media_type, body.as_bytes());
        header.into_iter().fold(request, |request, (name, value)| request.with(name, value))
    }

    /// Whether a request fails like this.
    pub(super) fn is_like(&self, request: &Request, answer: &Answer, line: KestraLine) -> bool {
        let (method, path) = self.place;
        answer.status == 500
            && request.has(method, path)
            && (line != V1_3 || answer.text().contains(self.message))
    }
}

/// Whether Kestra fails too.
pub(super) fn is_known(request: &Request, answer: &Answer, line: KestraLine) -> bool {
    KNOWN.iter().any(|known| known.is_like(request, answer, line))
}

/// Whether the store may be another after an answer with a status.
pub(super) fn may_write(request: &Request, status: u16) -> bool {
    let reads = request.has("GET", "") || request.has("HEAD", "");
    // A webhook is called by any method, also by HEAD: Kestra's framework answers it as GET.
    (200..300).contains(&status) && (!reads || request.has_in_path("/executions/webhook/"))
}
