//! Entries that Kestra would refuse, or take for something else, are refused before it is asked.

use harness::{Server, for_each_host};

use super::project;

/// Attributes of an entry, and words of the answer.
const REFUSED: [(&str, &str); 10] = [
    ("", "Give the value either in `value`"),
    ("value = \"a\"\n value_wo = \"b\"\n value_wo_version = 1", "KV entry needs one value"),
    ("value_wo = \"b\"", "Set both, or none"),
    ("value = \"b\"\n value_wo_version = 1", "Write-only value without version"),
    ("value = \"a\"\n type = \"TEXT\"", "TEXT"),
    ("value = \"many\"\n type = \"NUMBER\"", "stores this one as STRING, not as NUMBER"),
    ("value_wo = \"1 h\"\n value_wo_version = 1\n type = \"DURATION\"", "not as DURATION"),
    ("value = \"a\"\n ttl = \"a day\"", "Malformed time to live"),
    ("value = \"a\"\n key = \"a/b\"", "Kestra does not take the key \"a/b\""),
    ("value = \"a\"\n description = \"über → alles\"", "'→' is none"),
];

#[test]
fn a_wrong_entry_is_refused_without_a_server() {
    let mut configuration = String::new();
    for (number, (attributes, _)) in REFUSED.iter().enumerate() {
        let key = if attributes.contains("key =") { "" } else { "key = \"k\"" };
        configuration += &format!(
            "resource \"kestra_kv\" \"r{number}\" {{\n namespace = \"company.team\"\n {key}\n {attributes}\n}}\n"
        );
    }
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, &configuration);
        let mut refused = workspace.validate();
        for (number, (_, words)) in REFUSED.iter().enumerate() {
            refused = refused.fails_with(words).says(&format!("resource \"kestra_kv\" \"r{number}\""));
        }
        workspace.plan().fails_with("KV entry needs one value");
        assert_eq!(server.ask(async |kestra| kestra.kv().list("company.team").await), []);
    });
}

#[test]
fn a_text_that_kestra_reads_as_a_duration_is_remarked_upon() {
    let configuration = "resource \"kestra_kv\" \"this\" {\n  namespace = \"company.team\"\n  key = \"wait\"\n  \
                         type = \"STRING\"\n  value = \"P1D\"\n}\n";
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, configuration);
        workspace
            .validate()
            .succeeds()
            .says("Kestra decides the type by the value, and stores this one as DURATION");
        workspace.apply_and_settle();
    });
}
