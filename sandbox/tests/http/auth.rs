//! A protected sandbox.

use sandbox::{BasicAuth, Options};

use crate::kit::{Answer, Kit};

#[tokio::test]
async fn calls_need_credentials_and_a_wrong_tenant_is_told_first() {
    let auth = BasicAuth { username: "admin@kestra.io".into(), password: "Kestra1234".into() };
    let kit = Kit::with(Options { auth: Some(auth), ..Options::default() }).await;
    for (path, status) in [
        ("secrets", 401),
        ("nothere", 401),
        ("/api/v1/foo/secrets", 400),
        ("/api/v1/configs", 200),
        ("/ping", 200),
        ("/nothere", 404),
    ] {
        assert_eq!(kit.call("GET", path).await.status, status, "{path}");
    }
    let refused = kit.request("GET", "secrets").send().await.unwrap();
    assert_eq!(refused.headers()["www-authenticate"], "Basic");
    assert_eq!(Answer::of(refused).await.text, "");
    let request = kit.request("GET", "secrets").basic_auth("admin@kestra.io", Some("Kestra1234"));
    Answer::of(request.send().await.unwrap()).await.ok();
}
