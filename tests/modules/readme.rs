//! The blocks of HCL in the modules' READMEs and in the guides are what people copy, so each of them can be planned as it stands; and what a
//! module makes of one is drawn, so that call and graph can be seen side by side.

use std::collections::BTreeSet;

use cli::host::Host;
use harness::{RELEASES, Server, Workspace, for_each_host};
use sandbox::Release;
use schema::KestraLine;
use serde_json::Value;

use super::{
    modules,
    rules::{self, attribute},
};
use crate::{
    acceptance::PROVIDER,
    examples::{copy, text},
    golden::{self, Files},
    oracle::{self, Document},
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

/// A flow, and the line that it is made for.
type Rendered = (KestraLine, Document);

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
fn project(host: &Host, block: &str) -> Workspace {
    let workspace = Workspace::new(host).rooted_at("examples/readme");
    copy(&workspace, &["modules", "subflows"]);
    workspace.file("examples/readme/provider.tf", PROVIDER);
    workspace.file("examples/readme/main.tf", block);
    workspace.init();
    workspace
}

/// What a block of a page makes on each of the servers: the first plan, and the flows of all.
fn planned(host: &Host, servers: &[(KestraLine, Server)], page: &str, block: &str) -> (Value, Vec<Rendered>) {
    let mut workspace = project(host, block);
    let mut plans = Vec::new();
    for (line, server) in servers {
        workspace = workspace.env("KESTRA_URL", server.url());
        plans.push((*line, workspace.plan_json()));
    }
    let flows = plans.iter().flat_map(|(line, plan)| flows(page, plan).map(|flow| (*line, flow))).collect();
    (plans.swap_remove(0).1, flows)
}

/// A block with an output that is the drawing of the flow that a call in it makes.
fn drawing(block: &str, call: &str) -> String {
    format!(
        "{block}\noutput \"{DRAWN}\" {{\n  value = provider::kestra::flow_graph({call}.content, \"svg\")\n}}\n"
    )
}

/// The drawing in a plan. Planning is enough to know it.
fn drawn(plan: &Value, call: &str) -> Option<String> {
    let drawn = plan["planned_values"]["outputs"][DRAWN]["value"].as_str().map(String::from);
    assert!(drawn.is_some(), "the plan does not know the flow of {call}");
    drawn
}

/// The flows that a plan makes, as far as it knows them.
fn flows<'a>(page: &'a str, plan: &'a Value) -> impl Iterator<Item = Document> + 'a {
    let changes = plan["resource_changes"].as_array().into_iter().flatten();
    let flows =
        changes.filter(|change| ["kestra_flow", "kestra_subflow"].map(Value::from).contains(&change["type"]));
    flows.filter_map(move |change| {
        let source = change["change"]["after"]["content"].as_str()?;
        Some((format!("{page} {}", change["address"]), source.to_owned()))
    })
}

#[test]
fn every_block_of_a_readme_can_be_planned() {
    let readme = |module: String| (text(&format!("{module}/README.md")), picture(&module), module);
    let readmes: Vec<(String, Option<Picture>, String)> = modules().into_iter().map(readme).collect();
    let analyst = format!("{}\n{AROUND}", blocks(&text("README.md"))[0]);
    let mut drawings = left_over();
    let mut rendered = BTreeSet::new();
    let with_engine = Server::start_with_engine(Release::V1_3);
    let with_engine: Vec<_> = with_engine.into_iter().map(|server| (KestraLine::V1_3, server)).collect();
    let others = RELEASES.map(|release| (release.line(), Server::start_as(release)));
    for_each_host(|host| {
        // One CLI is enough for the other line: both send the same.
        let others = if rendered.is_empty() { &others[..] } else { &others[..1] };
        let mut planned = |servers, page: &str, block: &str| {
            let (plan, flows) = planned(host, servers, page, block);
            rendered.extend(flows);
            plan
        };
        for (readme, picture, module) in &readmes {
            let servers = if module == FOR_TESTS { &with_engine[..] } else { others };
            if servers.is_empty() {
                drawings.remove(&image(module));
                continue;
            }
            let blocks = blocks(readme);
            assert!(!blocks.is_empty(), "{module}/README.md shows no use");
            for (i, block) in blocks.iter().enumerate() {
                match picture.as_ref().filter(|picture| picture.block == i) {
                    Some(Picture { call, .. }) => {
                        let plan = planned(servers, module, &drawing(block, call));
                        drawings.insert(image(module), drawn(&plan, call));
                    }
                    None => drop(planned(servers, module, block)),
                }
            }
        }
        let call = "module.orders_to_warehouse";
        let plan = planned(others, "README.md", &drawing(&analyst, call));
        drawings.insert("docs/images/orders-to-warehouse.svg".to_owned(), drawn(&plan, call));
    });
    golden::compare(&drawings);
    oracle::accepts(&rendered);
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
