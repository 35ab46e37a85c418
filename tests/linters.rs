//! Files that other programs read, checked as those programs would: pipelines, manifests, a compose file and scripts.

use std::process::Command;

use harness::flowsmith::said;
use schema::yaml;
use serde_json::Value;

use crate::{
    examples::text,
    python::Environment,
    tidy::{files, root},
};

/// Which files which program checks: how they begin, how they end, and the command.
const CHECKS: [(&str, &str, &[&str]); 5] = [
    ("examples/ci/github/", ".yaml", &["check-jsonschema", "--builtin-schema", "vendor.github-workflows"]),
    ("examples/ci/gitlab/", ".yml", &["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"]),
    (
        "examples/local-stack/compose",
        ".yaml",
        &["check-jsonschema", "--builtin-schema", "vendor.compose-spec"],
    ),
    (
        "examples/kubernetes/manifests/",
        ".yaml",
        &["kubernetes-validate", "--strict", "--kubernetes-version", "1.32"],
    ),
    ("", ".sh", &["shellcheck"]),
];

/// Read by kustomize, which has no schema.
const KUSTOMIZATION: &str = "examples/kubernetes/manifests/kustomization.yaml";

/// The files of a check. What the registry shows of an import is one command, not a script.
fn checked(start: &str, end: &str) -> Vec<String> {
    let others = |path: &String| path != KUSTOMIZATION && !path.ends_with("/import.sh");
    files().filter(|path| path.starts_with(start) && path.ends_with(end)).filter(others).collect()
}

fn linters() -> Option<Environment> {
    Environment::with(&root().join("tests/linters/requirements.txt"), "linters")
}

fn lint(linters: &Environment, command: &[&str], path: &str, text: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join(path.rsplit('/').next().unwrap_or(path));
    std::fs::write(&file, text).expect("a file");
    let mut program: Command = linters.program(command[0]);
    said(program.args(&command[1..]).arg(file))
}

#[test]
fn files_for_other_programs_are_as_those_want_them() {
    let Some(linters) = linters() else { return };
    for (start, end, command) in CHECKS {
        let paths = checked(start, end);
        assert!(!paths.is_empty(), "{start}*{end}");
        for path in paths {
            let (code, words) = lint(&linters, command, &path, &text(&path));
            assert_eq!(code, Some(0), "{path}: {words}");
        }
    }
}

/// A file of each kind with a mistake, so that a check that checks nothing is noticed.
#[test]
fn a_mistake_in_a_file_for_another_program_is_found() {
    let Some(linters) = linters() else { return };
    let mistakes = [
        ("examples/ci/github/deploy.yaml", "runs-on:", "run-on:"),
        ("examples/ci/gitlab/gitlab-ci.yml", "  script:", "  scripts:"),
        ("examples/local-stack/compose.yaml", "    image:", "    images:"),
        ("examples/kubernetes/manifests/kestra.yaml", "containerPort:", "containersPort:"),
        ("examples/ci/scripts/apply.sh", "\"$scripts/terraform.sh\"", "$scripts/terraform.sh"),
    ];
    for ((_, _, command), (path, right, wrong)) in CHECKS.into_iter().zip(mistakes) {
        let broken = text(path).replace(right, wrong);
        assert_ne!(broken, text(path), "{path} has no {right}");
        let (code, words) = lint(&linters, command, path, &broken);
        assert_eq!(code, Some(1), "{path}: {words}");
    }
}

/// The documents of the manifests.
fn manifests() -> Vec<Value> {
    let paths = checked("examples/kubernetes/manifests/", ".yaml");
    let documents = paths.iter().flat_map(|path| {
        let documents = text(path).split("\n---\n").map(str::to_owned).collect::<Vec<_>>();
        documents
            .into_iter()
            .map(move |text| yaml::parse(&text).unwrap_or_else(|problem| panic!("{path}: {problem:?}")))
    });
    documents.map(|document| document.to_json()).collect()
}

#[test]
fn kustomize_takes_every_manifest() {
    let listed = yaml::parse(&text(KUSTOMIZATION)).expect("YAML").to_json();
    let listed: Vec<&str> =
        listed["resources"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut paths = checked("examples/kubernetes/manifests/", ".yaml");
    paths.retain(|path| !listed.contains(&path.rsplit('/').next().unwrap_or(path)));
    assert_eq!(paths, [] as [&str; 0], "{listed:?}");
}

/// What a document refers to and the cluster does not get from us, the page tells people to make.
#[test]
fn the_page_makes_the_secrets_that_the_manifests_read() {
    let page = text("examples/kubernetes/README.md");
    let mut secrets = Vec::new();
    manifests().iter().for_each(|document| named_secrets(document, &mut secrets));
    assert!(!secrets.is_empty());
    for secret in secrets {
        assert!(
            page.contains(&format!("create secret generic {secret}")),
            "nobody makes the secret {secret}"
        );
    }
}

fn named_secrets(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                if ["secretKeyRef", "secretRef"].contains(&name.as_str()) {
                    found.extend(value["name"].as_str().map(str::to_owned));
                }
                named_secrets(value, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| named_secrets(value, found)),
        _ => {}
    }
}

#[test]
fn flows_of_the_cluster_reach_kestra_by_the_name_of_its_service() {
    let documents = manifests();
    let service = documents.iter().find(|it| it["kind"] == "Service" && it["metadata"]["name"] == "kestra");
    let service = service.expect("the service of Kestra");
    let namespace = service["metadata"]["namespace"].as_str().expect("a namespace");
    let port = &service["spec"]["ports"][0]["port"];
    let url = format!("http://kestra.{namespace}.svc.cluster.local:{port}");
    assert!(
        text("examples/kubernetes/main.tf").contains(&format!("\"{url}\"")),
        "main.tf does not say {url}"
    );
}
