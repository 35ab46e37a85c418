//! Finding flows: by filters, by the older query parameters, by a text in their source.

use std::collections::BTreeSet;

use schema::KestraLine;
use serde_json::{Value, json};

use super::{View, json as print};
use crate::{
    app::App,
    call::{Call, Query},
    fault::Fault,
    filter::{self, Filter, Older, Operator, is_or_is_below},
    paging::Paging,
    reply::{self, Reply},
    store::{
        flows::{self, Flow},
        namespaces,
    },
};

const FIELDS: [&str; 5] = ["labels", "namespace", "q", "scope", "flowId"];

const OLDER: [Older; 3] = [
    ("namespace", "namespace", Operator::Prefix),
    ("q", "q", Operator::Equals),
    ("scope", "scope", Operator::In),
];

pub(super) async fn search(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchFlows")?;
    let mut found = find(&call.app, &call.query).await?;
    paging.sort(&mut found, column)?;
    let line = call.line();
    reply::json(&paging.page(found).json(|flow| print(flow.clone(), View::Read, line)))
}

/// The flows a query asks for, ordered by namespace and id.
pub(crate) async fn find(app: &App, query: &Query) -> Result<Vec<Flow>, Fault> {
    let filters = filter::with_older(query, &FIELDS, &OLDER, app.line())?;
    let mut found = app.store.read(|c| flows::list(c, None)).await?;
    found.retain(|flow| filters.pass(&|filter| passes(flow, filter)));
    Ok(found)
}

fn passes(flow: &Flow, filter: &Filter) -> bool {
    match filter.field.as_str() {
        "namespace" => filter.matches(&flow.namespace),
        "flowId" => filter.matches(&flow.id),
        "q" => filter.finds(&[&flow.id, &flow.namespace]),
        "scope" => filter.matches(filter::scope(&flow.namespace)),
        _ => filter.matches_label(&flow.body),
    }
}

fn column(flow: &Flow, name: &str) -> Option<String> {
    match name {
        "id" => Some(flow.id.clone()),
        "namespace" => Some(flow.namespace.clone()),
        "updated" => Some(flow.updated.clone().unwrap_or_default()),
        "revision" => Some(format!("{:020}", flow.revision)),
        _ => None,
    }
}

/// Flows with a text in their source, with the lines around it.
pub(super) async fn source(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchFlowsBySourceCode")?;
    let wanted = call.query.one("q").unwrap_or_default().to_owned();
    let namespace = call.query.one("namespace").unwrap_or_default().to_owned();
    let mut found = call.app.store.read(|c| flows::list(c, None)).await?;
    let within = |flow: &Flow| namespace.is_empty() || is_or_is_below(&flow.namespace, &namespace);
    found.retain(|flow| within(flow) && flow.source.contains(&wanted));
    paging.sort(&mut found, column)?;
    let line = call.line();
    let hit = |flow: &Flow| {
        let model = print(flow.clone(), View::Read, line);
        match line {
            KestraLine::V1_3 => json!({"model": model, "fragments": fragments(&flow.source, &wanted)}),
            KestraLine::V2_0 => {
                json!({"model": model, "matches": matches(&flow.source, &wanted), "editable": true})
            }
        }
    };
    reply::json(&paging.page(found).json(hit))
}

/// 2.0's places of a text: each line that has it, from 1, the column of the first hit, and the line with its hits marked.
fn matches(source: &str, wanted: &str) -> Vec<Value> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let hit = |(number, line): (usize, &str)| {
        let column = line[..line.find(wanted)?].chars().count();
        Some(json!({"line": number + 1, "column": column, "snippet": marked(line, wanted)}))
    };
    source.lines().enumerate().filter_map(hit).collect()
}

fn marked(text: &str, wanted: &str) -> String {
    text.replace(wanted, &format!("[mark]{wanted}[/mark]"))
}

/// 1.3's source around each hit, with one line more behind it and the hits marked.
fn fragments(source: &str, wanted: &str) -> Vec<String> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let lines: Vec<&str> = source.lines().collect();
    let hits: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(wanted)).collect();
    let (Some(first), Some(last)) = (hits.first(), hits.last()) else {
        return Vec::new();
    };
    let end = lines.len().min(last + 2);
    vec![marked(&lines[first.saturating_sub(1)..end].join("\n"), wanted)]
}

pub(super) async fn distinct_namespaces(call: Call) -> Reply {
    let q = call.query.one("q").unwrap_or_default().to_lowercase();
    let mut found: BTreeSet<String> =
        call.app.store.read(namespaces::with_flows).await?.into_iter().collect();
    found.retain(|namespace| namespace.to_lowercase().contains(&q));
    reply::json(&found)
}
