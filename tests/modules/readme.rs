//! The blocks of HCL in the modules' READMEs are what people copy, so each of them can be planned as it stands.

use harness::{Server, Workspace, for_each_host};

use super::modules;
use crate::{
    acceptance::PROVIDER,
    examples::{copy, text},
};

/// The blocks of HCL in a Markdown text.
fn blocks(markdown: &str) -> Vec<&str> {
    let rest = markdown.split("\n```hcl\n").skip(1);
    rest.filter_map(|block| Some(block.split_once("\n```\n")?.0)).collect()
}

#[test]
fn every_block_of_a_readme_can_be_planned() {
    let readme = |module: String| (text(&format!("{module}/README.md")), module);
    let readmes: Vec<(String, String)> = modules().into_iter().map(readme).collect();
    for_each_host(|host| {
        let server = Server::start();
        for (readme, module) in &readmes {
            let blocks = blocks(readme);
            assert!(!blocks.is_empty(), "{module}/README.md shows no use");
            for block in blocks {
                let workspace =
                    Workspace::new(host).rooted_at("examples/readme").env("KESTRA_URL", server.url());
                copy(&workspace, &["modules", "subflows"]);
                workspace.file("examples/readme/provider.tf", PROVIDER);
                workspace.file("examples/readme/main.tf", block);
                workspace.init();
                workspace.run(&["plan", "-no-color"]).succeeds();
            }
        }
    });
}

#[test]
fn blocks_are_found_between_their_fences() {
    let markdown = "# a\n```hcl\nx = 1\n\ny = 2\n```\n\n```text\nz\n```\n```hcl\nw = 3\n```\n";
    assert_eq!(blocks(markdown), ["x = 1\n\ny = 2", "w = 3"]);
}
