//! `flowsmith validate` on files that nobody would call a flow: it says what is wrong with them and ends.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use harness::flowsmith;

/// A flow with nothing wrong.
const GOOD: &[u8] =
    b"id: good\nnamespace: b.c\ntasks:\n  - {id: t, type: io.kestra.plugin.core.log.Log, message: hi}\n";

/// Whatever takes longer does not end.
const PATIENCE: Duration = Duration::from_secs(120);

/// A file, the exit code, and what is said.
type Row = (&'static str, Vec<u8>, i32, &'static str);

fn rows() -> Vec<Row> {
    let good = |replaced: &str, by: &[u8]| -> Vec<u8> {
        let text = String::from_utf8_lossy(GOOD);
        let (before, after) = text.split_once(replaced).expect("the flow has it");
        [before.as_bytes(), by, after.as_bytes()].concat()
    };
    let nested = [b"id: good\nnamespace: b.c\nvariables: ", "[".repeat(10_000).as_bytes()].concat();
    let keys: String = (0..200_000).map(|number| format!("k{number}: 1\n")).collect();
    let wide = format!("id: good\nnamespace: b.c\ntasks: [{}]\n", "{a: 1}, ".repeat(20_000));
    vec![
        ("nothing.yaml", Vec::new(), 1, "the document is empty"),
        ("good.yaml", GOOD.to_vec(), 0, "1 flow: 0 errors"),
        ("mark.yaml", [b"\xef\xbb\xbf", GOOD].concat(), 0, "1 flow: 0 errors"),
        ("windows.yaml", good("\n", b"\r\n"), 0, "1 flow: 0 errors"),
        ("latin.yaml", good("hi", b"gr\xfc\xdfe"), 2, "latin.yaml is not UTF-8 text: invalid utf-8 sequence"),
        ("utf16.yaml", b"\xff\xfei\0d\0:\0 \0a\0".to_vec(), 2, "utf16.yaml is not UTF-8 text"),
        ("cut.yaml", [GOOD, b"# \xc3"].concat(), 2, "cut.yaml is not UTF-8 text: incomplete utf-8"),
        ("surrogate.yaml", good("hi", b"\xed\xa0\x80"), 2, "surrogate.yaml is not UTF-8 text"),
        ("zero.yaml", good("hi", b"h\0i"), 1, "U+0000"),
        ("tab.yaml", good("  - {", b"\t- {"), 1, "a tab may not"),
        ("program.yaml", b"\x7fELF\x02\x01\x01\0\0\0".to_vec(), 1, "U+007F"),
        ("list.yaml", b"- a\n- b\n".to_vec(), 1, "a flow is a map"),
        ("nested.yaml", nested, 1, "nested more than 1000 levels deep"),
        ("keys.yaml", [GOOD, keys.as_bytes()].concat(), 1, "1 flow: 100 errors"),
        ("wide.yaml", wide.into_bytes(), 1, "is required"),
        (
            "huge.yaml",
            [GOOD, "# é\n".repeat(8_000_000).as_bytes()].concat(),
            1,
            "more than 3145728 characters",
        ),
        ("line.yaml", [b"# ".as_slice(), "x".repeat(10_000_000).as_bytes()].concat(), 1, "more than 3145728"),
    ]
}

/// Waits as long as [`PATIENCE`].
fn check(folder: &Path, arguments: &[&str], code: i32, said: &str) {
    let started = Instant::now();
    let (ended, text) = flowsmith::said(flowsmith::flowsmith(folder, &["validate"]).args(arguments));
    assert!(started.elapsed() < PATIENCE, "{arguments:?} took {:?}", started.elapsed());
    let shown: String = text.chars().take(2_000).collect();
    assert_eq!(ended, Some(code), "{arguments:?}: {shown}");
    assert!(text.contains(said), "{arguments:?} says nothing of {said:?}: {shown}");
    assert!(!text.contains("panicked"), "{arguments:?}: {shown}");
}

#[test]
fn hostile_files_are_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes, code, said) in rows() {
        fs::write(folder.path().join(name), bytes).expect("a file");
        check(folder.path(), &[name], code, said);
    }
}

#[test]
fn hostile_folders_are_walked_to_their_end() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    for name in ["empty", "flows", "flows/deep"] {
        fs::create_dir(path(name)).expect("a folder");
    }
    fs::write(path("flows/good.yaml"), GOOD).expect("a file");
    check(folder.path(), &["empty"], 2, "there is no flow in empty");
    check(folder.path(), &["missing"], 2, "can't read missing");
    check(folder.path(), &["flows"], 0, "1 flow: 0 errors");
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        symlink(path("flows"), path("flows/deep/loop")).expect("a link");
        symlink("nowhere", path("flows/deep/broken")).expect("a link");
        symlink("itself.yaml", path("itself.yaml")).expect("a link");
        check(folder.path(), &["flows"], 0, "1 flow: 0 errors");
        check(folder.path(), &["itself.yaml"], 2, "can't read itself.yaml");
        check(folder.path(), &["/dev/null"], 1, "the document is empty");

        fs::write(path("secret.yaml"), GOOD).expect("a file");
        fs::set_permissions(path("secret.yaml"), fs::Permissions::from_mode(0o000)).expect("permissions");
        // The superuser reads what nobody may read.
        let (code, said) = if fs::read(path("secret.yaml")).is_ok() {
            (0, "0 errors")
        } else {
            (2, "can't read secret.yaml")
        };
        check(folder.path(), &["secret.yaml"], code, said);
    }
}
