//! `flowsmith sandbox export` and `import`, as people run them.

use std::fs;

use harness::{
    Server,
    flowsmith::{flowsmith, said},
};
use sandbox::{Data, Options};

const FLOW: &str =
    "id: f\nnamespace: a.b\ntasks: [{id: t, type: io.kestra.plugin.core.log.Log, message: hi}]\n";

#[test]
fn an_environment_travels_as_one_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |arguments: &str| {
        let arguments: Vec<&str> = ["sandbox"].into_iter().chain(arguments.split(' ')).collect();
        said(&mut flowsmith(folder.path(), &arguments))
    };
    let data = Data::File(folder.path().join("one/sandbox.sqlite"));
    let server = Server::start_with(Options { data, ..Options::default() });
    server.ask(async |client| client.flows().create(FLOW).await);
    // A sandbox that runs is exported, and nothing is imported under its feet.
    assert_eq!(
        run("export --data one one.zip"),
        (Some(0), "exported: settings: 1, flow revisions: 1\n".into())
    );
    let (code, text) = run("import --data one one.zip");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("nothing was imported from one.zip"), "{text}");
    assert!(text.contains("sandbox.sqlite is in use by process "), "{text}");
    drop(server);

    assert_eq!(
        run("import --data two one.zip"),
        (Some(0), "imported: settings: 1, flow revisions: 1\n".into())
    );
    let (code, text) = run("import --data two one.zip");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("holds flow revisions already"), "{text}");
    let kept = "kept as they were: settings: 1, flow revisions: 1\n";
    assert_eq!(run("import --data two --merge one.zip"), (Some(0), kept.into()));
    assert_eq!(run("export --data two two.zip").0, Some(0));
    let archive = |name| fs::read(folder.path().join(name)).expect("an archive");
    assert!(archive("one.zip") == archive("two.zip"), "the journey changed something");

    // What fails leaves the older archive alone.
    assert_eq!(run("export --data nowhere two.zip").0, Some(1));
    assert!(archive("one.zip") == archive("two.zip"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 4, "something was left behind");
}

#[test]
fn a_sandbox_is_told_where_its_data_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in
        [["sandbox"].as_slice(), &["sandbox", "--memory", "export"], &["sandbox", "import", "x.zip"]]
    {
        let (code, text) = said(&mut flowsmith(folder.path(), arguments));
        assert_eq!(code, Some(2), "{arguments:?}: {text}");
    }
}
