//! Bodies: those that an endpoint could take, and nonsense of every format.

use fastrand::Rng;

const FLOW: &str = "id: one\nnamespace: fuzz.team\ntasks:\n  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";
const BOUNDARY: &str = "0123456789";

/// A media type and a body that goes with it; which endpoint takes it is left to chance.
pub(super) fn plausible(random: &mut Rng) -> (String, Vec<u8>) {
    let texts = [
        ("", ""),
        ("application/x-yaml", FLOW),
        ("application/x-yaml", "id: board\ntitle: Board\ncharts: []\n"),
        ("application/json", r#"[{"namespace": "fuzz.team", "id": "one"}]"#),
        ("application/json", r#"["nosuch"]"#),
        ("application/json", r#"{"keys": ["key"]}"#),
        ("application/json", r#"{"id": "fuzz.more", "description": "x"}"#),
        (
            "application/json",
            r#"{"namespace": "fuzz.team", "flowId": "one", "triggerId": "nightly", "disabled": true}"#,
        ),
        ("text/plain", "\"text\""),
    ];
    match random.usize(..texts.len() + 3) {
        form @ 0..3 => (format!("multipart/form-data; boundary={BOUNDARY}"), multipart(form)),
        text => (texts[text - 3].0.into(), texts[text - 3].1.into()),
    }
}

fn multipart(form: usize) -> Vec<u8> {
    let (name, file, content) = [
        ("fileContent", "; filename=\"a.txt\"", "text"),
        ("fileUpload", "; filename=\"flows.yaml\"", FLOW),
        ("who", "", "Ann"),
    ][form];
    let head = format!("content-disposition: form-data; name=\"{name}\"{file}");
    format!("--{BOUNDARY}\r\n{head}\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n").into_bytes()
}

/// Nonsense, some of it in the format of something.
pub(super) fn garbage(random: &mut Rng) -> Vec<u8> {
    random.choice(GARBAGE).expect("some garbage")(random)
}

const GARBAGE: [fn(&mut Rng) -> Vec<u8>; 14] = [
    |random| SMALL[random.usize(..SMALL.len())].to_vec(),
    |random| SMALL[random.usize(..SMALL.len())].to_vec(),
    |random| (0..random.usize(..2_000)).map(|_| random.u8(..)).collect(),
    |random| b"[".repeat(random.usize(1..200_000)),
    |random| b"{\"a\":".repeat(random.usize(1..50_000)),
    |random| b"- ".repeat(random.usize(1..20_000)),
    |random| b"a: {".repeat(random.usize(1..20_000)),
    |random| {
        (0..random.usize(1..500))
            .flat_map(|depth| format!("{}k:\n", " ".repeat(depth)).into_bytes())
            .collect()
    },
    |_| aliases(),
    |random| with(FLOW, "tasks:", SMALL[random.usize(..SMALL.len())]),
    |random| with(FLOW, "id: one", &[b"id: ", SMALL[random.usize(..SMALL.len())]].concat()),
    |random| format!("{FLOW}{}", "---\n".repeat(random.usize(1..3_000))).into_bytes(),
    |random| parts(random),
    |random| b"x".repeat(random.usize(1..2_000_000)),
];

const SMALL: [&[u8]; 30] = [
    b"",
    b" ",
    b"null",
    b"~",
    b"true",
    b"-0",
    b"1e999",
    b"99999999999999999999999999",
    b"[]",
    b"{}",
    b"[[]]",
    b"[null]",
    b"\"\"",
    b"\"\\ud800\"",
    b"{\"a\": 1, \"a\": 2}",
    b"[{\"namespace\": 1, \"id\": {}}]",
    b"{\"keys\": \"x\"}",
    b"{\"id\": null}",
    b"\0",
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf",
    b"id: [",
    b"id: *nosuch",
    b"? ? ?",
    b"!!binary x",
    b"%YAML 9.9\n---\nid: a",
    b"--- ---",
    b"a: b: c",
    b"\tid: a",
    b"PK\x05\x06\0\0",
];

/// A few lines that mean a billion.
fn aliases() -> Vec<u8> {
    let mut text = String::from("a0: &a0 [x, x]\n");
    for level in 1..40 {
        text += &format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1);
    }
    format!("{FLOW}variables:\n  {}", text.replace('\n', "\n  ")).into_bytes()
}

fn with(text: &str, place: &str, replacement: &[u8]) -> Vec<u8> {
    let (before, after) = text.split_once(place).expect("a place in the text");
    [before.as_bytes(), replacement, after.as_bytes()].concat()
}

/// A form that is broken in one of the ways that forms break.
fn parts(random: &mut Rng) -> Vec<u8> {
    let broken = [
        format!("--{BOUNDARY}\r\n\r\nno name\r\n--{BOUNDARY}--\r\n"),
        format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"\"\r\n\r\n\r\n--{BOUNDARY}--"),
        format!("--{BOUNDARY}\r\ncontent-disposition: nonsense\r\n\r\nx\r\n--{BOUNDARY}"),
        format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"fileContent\"; filename=\"../../x.zip\"\r\n\r\nPK"
        ),
        format!("--{BOUNDARY}\r\n").repeat(5_000),
        "--other\r\n\r\nx\r\n--other--".to_owned(),
    ];
    broken[random.usize(..broken.len())].clone().into_bytes()
}
