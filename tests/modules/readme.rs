//! The blocks of HCL in the modules' READMEs and in the guides are what people copy, so each of them can be planned as it stands; and what a
//! module makes of one is drawn, so that call and graph can be seen side by side.

use cli::host::Host;
use harness::{Server, Workspace, for_each_host};
use sandbox::Release;

use super::{
    modules,
    rules::{self, attribute},
};
use crate::{
    acceptance::PROVIDER,
    examples::{copy, text},
    golden::{self, Files},
    tidy::files,
};

/// The output that holds the drawing of a planned flow.
const DRAWN: &str = "drawn";

/// What it plans has fixtures, which only a sandbox with an engine takes.
const FOR_TESTS: &str = "modules/flow-test";

/// What the call in the README of the repository refers to, and the page itself does not show.
const AROUND: &str = "
module \"subflows\" {
  source = \"../../subflows\"

  namespace = \"company.shared\"
}

module \"every_morning\" {
  source = \"../../modules/trigger-schedule\"

  id   = \"every-morning\"
  cron = \"0 5 * * *\"
}
";

/// A call of a module on its page, the flow of which is drawn.
pub(super) struct Picture {
    /// Which of the blocks.
    block: usize,
    /// What has the outputs of the call.
    call: String,
}

/// The blocks of HCL in a Markdown text.
fn blocks(markdown: &str) -> Vec<&str> {
    let rest = markdown.split("\n```hcl\n").skip(1);
    rest.filter_map(|block| Some(block.split_once("\n```\n")?.0)).collect()
}

/// Where the drawing of a module is.
pub(super) fn image(module: &str) -> String {
    format!("docs/images/{module}.svg")
}

/// What is drawn of a module: its first use case. A module that computes a part of a flow is shown in a flow that has it.
pub(super) fn picture(module: &str) -> Option<Picture> {
    let page = text(&format!("{module}/README.md"));
    let blocks = blocks(&page);
    let block = usize::from(blocks.len() > 1);
    let owner = if gives_content(module) { module } else { "modules/flow" };
    let body = hcl::parse(blocks.get(block)?).ok()?;
    let source = hcl::Expression::String(format!("../../{owner}"));
    let calls = rules::blocks(&body, "module");
    let (name, call) = calls.iter().find(|(_, call)| attribute(call, "source") == Some(&source))?;
    let call = match attribute(call, "for_each") {
        Some(_) => format!("values(module.{name})[0]"),
        None => format!("module.{name}"),
    };
    Some(Picture { block, call })
}

fn gives_content(module: &str) -> bool {
    let outputs = rules::parse(&format!("{module}/outputs.tf"));
    rules::blocks(&outputs, "output").iter().any(|(name, _)| *name == "content")
}

/// A project that has nothing but a block.
fn project(host: &Host, server: &Server, block: &str) -> Workspace {
    let workspace = Workspace::new(host).rooted_at("examples/readme").env("KESTRA_URL", server.url());
    copy(&workspace, &["modules", "subflows"]);
    workspace.file("examples/readme/provider.tf", PROVIDER);
    workspace.file("examples/readme/main.tf", block);
    workspace.init();
    workspace
}

/// The drawing of the flow that a call in a block makes. Planning is enough to know it.
fn drawn(host: &Host, server: &Server, block: &str, call: &str) -> Option<String> {
    let output = format!(
        "output \"{DRAWN}\" {{\n  value = provider::kestra::flow_graph({call}.content, \"svg\")\n}}\n"
    );
    let plan = project(host, server, &format!("{block}\n{output}")).plan_json();
    let drawn = plan["planned_values"]["outputs"][DRAWN]["value"].as_str().map(String::from);
    assert!(drawn.is_some(), "the plan does not know the flow of {call}: {block}");
    drawn
}

#[test]
fn every_block_of_a_guide_can_be_planned() {
    let pages = files().filter(|path| path.starts_with("docs/guides/"));
    let pages: Vec<(String, String)> = pages.map(|page| (text(&page), page)).collect();
    for_each_host(|host| {
        let server = Server::start();
        for (page, name) in &pages {
            for block in blocks(page) {
                let planned = project(host, &server, block).run(&["plan", "-no-color"]);
                assert!(planned.text().contains(" to add"), "{name}: {block}\n{planned}");
            }
        }
    });
}

#[test]
fn every_block_of_a_readme_can_be_planned() {
    let readme = |module: String| (text(&format!("{module}/README.md")), picture(&module), module);
    let readmes: Vec<(String, Option<Picture>, String)> = modules().into_iter().map(readme).collect();
    let analyst = format!("{}\n{AROUND}", blocks(&text("README.md"))[0]);
    let mut drawings = left_over();
    let with_engine = Server::start_with_engine(Release::V1_3);
    for_each_host(|host| {
        let server = Server::start();
        for (readme, picture, module) in &readmes {
            let server = if module == FOR_TESTS { with_engine.as_ref() } else { Some(&server) };
            let Some(server) = server else {
                drawings.remove(&image(module));
                continue;
            };
            let blocks = blocks(readme);
            assert!(!blocks.is_empty(), "{module}/README.md shows no use");
            for (i, block) in blocks.iter().enumerate() {
                let pictured = picture.as_ref().filter(|picture| picture.block == i);
                match pictured {
                    Some(picture) => {
                        let drawing = drawn(host, server, block, &picture.call);
                        drawings.insert(image(module), drawing);
                    }
                    None => {
                        project(host, server, block).run(&["plan", "-no-color"]).succeeds();
                    }
                }
            }
        }
        let drawing = drawn(host, &server, &analyst, "module.orders_to_warehouse");
        drawings.insert("docs/images/orders-to-warehouse.svg".to_owned(), drawing);
    });
    golden::compare(&drawings);
}

/// The drawings that are there: those that nothing draws any more are left over.
fn left_over() -> Files {
    let drawn = files().filter(|path| path.starts_with("docs/images/modules/"));
    drawn.map(|path| (path, None)).collect()
}

#[test]
fn blocks_are_found_between_their_fences() {
    let markdown = "# a\n```hcl\nx = 1\n\ny = 2\n```\n\n```text\nz\n```\n```hcl\nw = 3\n```\n";
    assert_eq!(blocks(markdown), ["x = 1\n\ny = 2", "w = 3"]);
}
