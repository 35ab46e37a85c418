//! Liveness and the server's description of itself.

use sandbox::{Data, Edition, Options};

use crate::kit::Kit;

#[tokio::test]
async fn configs_name_version_edition_and_data() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        data: Data::File(folder.path().join("deep/data.db")),
        edition: Edition::Ee,
        ..Options::default()
    };
    let mut uuids = Vec::new();
    for _ in 0..2 {
        let kit = Kit::with(options.clone()).await;
        let configs = kit.call("GET", "/api/v1/configs").await.ok();
        assert_eq!((&configs["version"], &configs["edition"]), (&"1.3.34".into(), &"EE".into()));
        uuids.push(configs["uuid"].as_str().unwrap().to_owned());
        kit.sandbox.stop().await.unwrap();
    }
    assert_eq!(uuids[0], uuids[1], "the uuid belongs to the data file");
}

#[tokio::test]
async fn ping_answers_pong() {
    let kit = Kit::start().await;
    let answer = kit.call("GET", "/ping").await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "pong"));
}
