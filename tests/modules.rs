//! Every module's own tests pass, and every module has some.

use harness::{Workspace, for_each_host};

use crate::{
    examples::{copy, folders},
    tidy::root,
};

#[test]
fn every_module_passes_its_tests() {
    let modules: Vec<String> = folders("modules")
        .into_iter()
        .map(|name| format!("modules/{name}"))
        .collect();
    assert!(!modules.is_empty(), "modules/ is empty");
    for_each_host(|host| {
        for module in modules.iter().map(String::as_str).chain(["subflows"]) {
            assert!(
                root().join(module).join("tests").is_dir(),
                "{module} has no tests"
            );
            let workspace = Workspace::new(host).rooted_at(module);
            copy(&workspace, &["modules", "subflows"]);
            workspace.init();
            workspace
                .run(&["test", "-no-color"])
                .succeeds()
                .says(", 0 failed");
        }
    });
}
