//! House rules that no compiler checks: every source file says why it exists, and files and functions stay small.

use std::{
    fs,
    path::{Path, PathBuf},
};

use syn::{spanned::Spanned, visit::Visit};
use walkdir::WalkDir;

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 80;

/// What may be longer, and why. An entry that is no longer needed fails the test, so the list only shrinks.
const EXCEPTIONS: [Exception; 1] = [Exception {
    path: "schema/src/flow/tests/rules.rs",
    function: "rules_find_what_breaks_them",
    reason: "one row per rule of the language",
}];

/// A file, the function in it (empty: the file itself), and the reason.
struct Exception {
    path: &'static str,
    function: &'static str,
    #[expect(dead_code, reason = "it is written for the reader of the list")]
    reason: &'static str,
}

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 4] = ["target", ".git", ".terraform", "node_modules"];
/// Texts that others wrote, or that a tool writes.
const FOREIGN_FILES: [&str; 3] = ["LICENSE", "Cargo.lock", "go.sum"];
const TEXTS: [&str; 13] =
    ["rs", "md", "toml", "tf", "hcl", "yaml", "yml", "proto", "sh", "mod", "justfile", "run", "gitignore"];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a crate in the repository").to_owned()
}

/// The paths of all files, from the root of the repository.
pub(crate) fn files() -> impl Iterator<Item = String> {
    let root = root();
    let ours = |entry: &walkdir::DirEntry| !FOREIGN.iter().any(|name| entry.file_name() == *name);
    let entries = WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(ours);
    let files =
        entries.map(|entry| entry.expect("a readable folder")).filter(|entry| entry.file_type().is_file());
    files.map(move |entry| relative(&root, entry.path()))
}

/// Every text file of the repository: its path from the root, and its text.
pub(crate) fn texts() -> Vec<(String, String)> {
    let texts = files().filter(|path| is_text(Path::new(path)));
    let read = |path: String| (fs::read_to_string(root().join(&path)).expect("UTF-8"), path);
    texts.map(read).map(|(text, path)| (path, text)).collect()
}

fn is_text(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let extension = name.rsplit('.').next().unwrap_or_default();
    !FOREIGN_FILES.contains(&name) && TEXTS.contains(&extension)
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).expect("a path below the root");
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

pub(crate) fn rust_files() -> impl Iterator<Item = (String, String)> {
    texts().into_iter().filter(|(path, _)| path.ends_with(".rs"))
}

/// Fails with all findings at once.
#[track_caller]
pub(crate) fn none(findings: Vec<String>) {
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn every_module_says_why_it_exists() {
    let silent = rust_files().filter(|(_, text)| !text.starts_with("//! "));
    none(silent.map(|(path, _)| format!("{path}: the first line is not a `//!` sentence")).collect());
}

#[test]
fn lines_end_cleanly() {
    let mut findings = Vec::new();
    for (path, text) in texts() {
        for (number, line) in (1..).zip(text.split('\n')) {
            let blank = line.ends_with([' ', '\t', '\r']);
            blank.then(|| findings.push(format!("{path}:{number}: blank at the end of the line")));
        }
        let ended = text.is_empty() || (text.ends_with('\n') && !text.ends_with("\n\n"));
        (!ended).then(|| findings.push(format!("{path}: should end with one line break")));
    }
    none(findings);
}

#[test]
fn nothing_is_left_for_later() {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX:")];
    let mut findings = Vec::new();
    for (path, text) in texts() {
        for (number, line) in (1..).zip(text.lines()) {
            words
                .iter()
                .any(|word| line.contains(word))
                .then(|| findings.push(format!("{path}:{number}: {line}")));
        }
    }
    none(findings);
}

#[test]
fn files_and_functions_stay_small() {
    let mut findings = Vec::new();
    let mut unused: Vec<&Exception> = EXCEPTIONS.iter().collect();
    for (path, text) in rust_files() {
        let file = (String::new(), text.lines().count(), LONGEST_FILE);
        let functions =
            functions(&path, &text).into_iter().map(|(name, lines)| (name, lines, LONGEST_FUNCTION));
        for (function, lines, longest) in
            std::iter::once(file).chain(functions).filter(|(_, lines, longest)| lines > longest)
        {
            match unused.iter().position(|entry| entry.path == path && entry.function == function) {
                Some(position) => drop(unused.remove(position)),
                None => findings.push(format!("{path} {function}: {lines} lines, at most {longest}")),
            }
        }
    }
    findings
        .extend(unused.iter().map(|entry| format!("{} {}: no exception needed", entry.path, entry.function)));
    none(findings);
}

/// The functions of a file with their lengths in lines, attributes and documentation not counted.
fn functions(path: &str, text: &str) -> Vec<(String, usize)> {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut functions = Functions::default();
    functions.visit_file(&file);
    functions.0
}

#[derive(Default)]
struct Functions(Vec<(String, usize)>);

impl Functions {
    fn add(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let lines = body.span().end().line - signature.span().start().line + 1;
        self.0.push((signature.ident.to_string(), lines));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.add(&item.sig, body);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

#[test]
fn lengths_of_functions_are_counted() {
    let text = "/// Documented.\nfn a() {\n    fn inner() {}\n}\nimpl X {\n    pub fn b(\n        &self,\n    ) {\n    }\n}\ntrait T {\n    fn c();\n}\n";
    let expected = [("a", 3), ("inner", 1), ("b", 4)].map(|(name, lines)| (name.to_owned(), lines));
    assert_eq!(functions("example", text), expected);
}
