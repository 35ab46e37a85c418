//! What the shipped sandbox logs when it logs everything: that it was called, and nothing of what it was told.

use harness::Shipped;
use reqwest::{Client, Method};
use schema::KestraLine;

/// In every place where a value can be.
const SECRET: &str = "hush";

const FLOW: &str = "\
id: f
namespace: a
variables:
  token: hush
inputs:
  - id: token
    type: STRING
    required: false
tasks:
  - id: t
    type: io.kestra.plugin.core.log.Log
    message: hush
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: hush-key
";

/// Method, path below the tenant, media type, body, and the status that shows that the call has arrived where it should.
const CALLS: [(&str, &str, &str, &str, u16); 10] = [
    ("POST", "flows", "application/x-yaml", FLOW, 200),
    ("POST", "flows", "application/x-yaml", "id: [hush", 422),
    ("GET", "flows/source?q=hush", "", "", 200),
    ("PUT", "namespaces/a/kv/k", "text/plain", "\"hush\"", 200),
    ("PUT", "namespaces/a/kv/k", "application/json", "\"hush\"", 415),
    ("POST", "namespaces/a/files?path=/hush.txt", "multipart/form-data; boundary=b", FORM, 200),
    ("POST", "executions/a/f?labels=token:hush", "multipart/form-data; boundary=b", FORM, 200),
    ("POST", "executions/webhook/a/f/hush-key?token=hush", "application/json", "{\"token\": \"hush\"}", 200),
    ("POST", "executions/webhook/a/f/hush", "", "", 404),
    ("GET", "logs/search?filters[nosuch][EQUALS]=hush", "", "", 422),
];

const FORM: &str = "\
--b\r\ncontent-disposition: form-data; name=\"fileContent\"; filename=\"hush\"\r\n\r\nhush\r\n\
--b\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\nhush\r\n--b--\r\n";

#[tokio::test]
async fn the_log_says_what_was_called_and_holds_no_secret() {
    for line in KestraLine::ALL {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let arguments = ["--emulate", &line.to_string(), "--auth", "hush:hush-password"];
        let server = Shipped::start_with_log_in(folder.path(), &arguments);
        let client = Client::builder().no_proxy().build().expect("a client without special wishes");
        for (method, path, media_type, body, status) in CALLS {
            let method: Method = method.parse().expect("a method");
            let call = client.request(method, format!("{}/api/v1/main/{path}", server.url()));
            let call = call.basic_auth("hush", Some("hush-password")).header("description", SECRET);
            let call = if media_type.is_empty() { call } else { call.header("content-type", media_type) };
            let answer = call.body(body).send().await.expect("an answer");
            assert_eq!(answer.status(), status, "{line}: {path}");
        }
        let log = server.log();
        assert!(log.contains("answered") && log.contains("/api/v1/main/flows/source"), "{log}");
        let told = log.lines().filter(|line| line.contains(SECRET));
        assert_eq!(told.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
