//! The guides are true: what they show on the command line is what the commands say today.

use std::{collections::BTreeMap, fs, path::Path};

use harness::flowsmith;

use crate::{
    examples::text,
    golden,
    tidy::{files, none},
};

fn guides() -> impl Iterator<Item = (String, String)> {
    let pages = files().filter(|path| path.starts_with("docs/guides/") && path.ends_with(".md"));
    pages.map(|path| (text(&path), path)).map(|(text, path)| (path, text))
}

/// Writes the files that a page shows, runs its commands in their order, and puts down what they say.
fn replayed(page: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut told, mut status, mut file) = (String::new(), None, None);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        told += &format!("{line}\n");
        match line {
            "```console" => {
                let block = lines.by_ref().take_while(|line| *line != "```");
                for command in block.filter(|line| line.starts_with("$ ")) {
                    told += &format!("{command}\n{}", said(folder.path(), command, &mut status));
                }
                told += "```\n";
            }
            "```yaml" => {
                let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                let content = block.join("\n") + "\n";
                write(folder.path(), file.take().expect("a file has a name"), &content);
                told += &format!("{content}```\n");
            }
            _ if line.ends_with("`:") => file = line.rsplit('`').nth(1),
            _ => {}
        }
    }
    told
}

fn write(folder: &Path, file: &str, content: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
}

/// What a line of a terminal prints. `$?` is how the command before it ended.
fn said(folder: &Path, line: &str, status: &mut Option<i32>) -> String {
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    match words[..] {
        ["echo", "$?"] => format!("{}\n", status.expect("a command came before")),
        ["flowsmith", ref arguments @ ..] => {
            let (ended, text) = flowsmith::said(&mut flowsmith::flowsmith(folder, arguments));
            *status = ended;
            text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
        }
        _ => panic!("guides show `flowsmith` and `echo $?`, not {line}"),
    }
}

#[test]
fn guides_show_what_commands_say() {
    golden::compare(&guides().map(|(path, text)| (path, Some(replayed(&text)))).collect::<BTreeMap<_, _>>());
}

#[test]
fn every_command_that_needs_no_server_is_in_a_guide() {
    let pages: String = guides().map(|(_, text)| text).collect();
    let (_, help) = flowsmith::said(&mut flowsmith::flowsmith(Path::new("."), &["--help"]));
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"validate"), "{help}");
    let others = ["demo", "sandbox", "sandbox-environments", "help"];
    let silent =
        names.into_iter().filter(|name| !others.contains(name) && !pages.contains(&format!("\n## {name}\n")));
    none(silent.map(|name| format!("no guide tells about `flowsmith {name}`")).collect());
}
