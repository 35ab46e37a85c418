//! What exists on the server after the demo's apply, read back through the API rather than from Terraform's state.

use std::{collections::BTreeMap, fmt};

use client::{Client, FileType};

/// The objects of every namespace that has a flow, in the order they are shown.
#[derive(Debug, Default)]
pub(super) struct Inventory(BTreeMap<String, Vec<Object>>);

/// A kind such as `flow`, a name, and what is worth knowing about it.
#[derive(Debug)]
struct Object {
    kind: &'static str,
    name: String,
    note: String,
}

impl Inventory {
    pub(super) async fn read(client: &Client) -> Result<Self, client::Error> {
        let mut namespaces: BTreeMap<String, Vec<Object>> = BTreeMap::new();
        for flow in client.flows().search(&[]).await? {
            let object = Object { kind: "flow", name: flow.id, note: format!("revision {}", flow.revision) };
            namespaces.entry(flow.namespace).or_default().push(object);
        }
        for (namespace, objects) in &mut namespaces {
            for entry in client.kv().list(namespace).await? {
                objects.push(Object {
                    kind: "kv",
                    name: entry.key,
                    note: entry.description.unwrap_or_default(),
                });
            }
            objects.extend(files(client, namespace).await?);
        }
        Ok(Self(namespaces))
    }

    pub(super) fn summary(&self) -> String {
        let objects: usize = self.0.values().map(Vec::len).sum();
        format!("{objects} objects in {} namespaces", self.0.len())
    }
}

/// The files of a namespace, of all its directories.
async fn files(client: &Client, namespace: &str) -> Result<Vec<Object>, client::Error> {
    let (mut files, mut directories) = (Vec::new(), vec![String::new()]);
    while let Some(directory) = directories.pop() {
        for found in client.namespace_files().directory(namespace, &directory).await? {
            let path = format!("{directory}/{}", found.file_name);
            match found.r#type {
                FileType::Directory => directories.push(path),
                FileType::File => {
                    let name = path.trim_start_matches('/').to_owned();
                    files.push(Object { kind: "file", name, note: format!("{} bytes", found.size) });
                }
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

impl fmt::Display for Inventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width =
            self.0.values().flatten().map(|object| object.name.chars().count()).max().unwrap_or_default();
        for (namespace, objects) in &self.0 {
            writeln!(f, "{namespace}")?;
            for (position, Object { kind, name, note }) in objects.iter().enumerate() {
                let branch = if position + 1 == objects.len() { "└──" } else { "├──" };
                writeln!(f, "{}", format!("{branch} {kind:<4} {name:<width$}  {note}").trim_end())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_drawn_as_trees() {
        let object = |kind, name: &str, note: &str| Object { kind, name: name.into(), note: note.into() };
        let inventory = Inventory(BTreeMap::from([
            ("company".into(), vec![object("flow", "notify", "revision 1")]),
            (
                "company.sales".into(),
                vec![object("flow", "daily-orders", "revision 2"), object("kv", "url", "")],
            ),
        ]));
        let expected = "\
company
└── flow notify        revision 1
company.sales
├── flow daily-orders  revision 2
└── kv   url
";
        assert_eq!(inventory.to_string(), expected);
        assert_eq!(inventory.summary(), "3 objects in 2 namespaces");
    }
}
