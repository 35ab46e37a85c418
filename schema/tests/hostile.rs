//! Documents that nobody writes by accident: each is accepted or refused as Kestra would, in memory that grows with its
//! length only.

use std::fmt::Write as _;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use peak_alloc::PeakAlloc;
use schema::KestraLine;
use schema::flow::{Severity, check_source};
use schema::print::reprint;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The longest document that Kestra reads, in bytes.
const LONGEST: usize = schema::yaml::MAX_CHARACTERS;
/// The length of documents that have many of something: what takes time with the square of it takes too long.
const LONG: usize = 150_000;
/// The memory that any document may take, in bytes.
const MEMORY_OF_ANY: usize = 16 << 20;
/// The memory that each byte of a document may take on top, in bytes.
const MEMORY_PER_BYTE: usize = 300;
/// Whatever takes longer does not end.
const PATIENCE: Duration = Duration::from_secs(120);

/// A document, and the first error in it: its place and how its message begins. Nothing when Kestra takes the document.
struct Case {
    name: &'static str,
    text: fn() -> String,
    error: &'static str,
}

const fn case(name: &'static str, text: fn() -> String, error: &'static str) -> Case {
    Case { name, text, error }
}

/// A flow with one task, and `rest` at its top.
fn flow(rest: &str) -> String {
    format!(
        "id: a\nnamespace: b\ntasks: [{{id: t, type: io.kestra.plugin.core.log.Log, message: hi}}]\n{rest}"
    )
}

/// A flow with one task that logs `message`.
fn says(message: &str) -> String {
    format!(
        "id: a\nnamespace: b\ntasks:\n  - id: t\n    type: io.kestra.plugin.core.log.Log\n    message: {message}\n"
    )
}

/// `start`, then as many numbered items as fit into [`LONG`] bytes, then `end`.
fn filled(start: &str, item: impl Fn(usize) -> String, end: &str) -> String {
    let mut text = start.to_owned();
    for number in 0.. {
        let item = item(number);
        if text.len() + item.len() + end.len() > LONG {
            break;
        }
        text.push_str(&item);
    }
    text + end
}

/// `levels` sequential tasks, each inside the one before, around `inside`.
fn nested_tasks(levels: usize, inside: &str) -> String {
    let open = |level| format!("{{id: s{level}, type: io.kestra.plugin.core.flow.Sequential, tasks: [");
    let opened: String = (0..levels).map(open).collect();
    format!("id: a\nnamespace: b\ntasks: [{opened}{inside}{}]\n", "]}".repeat(levels))
}

const CASES: &[Case] = &[
    case("nothing", String::new, "1:1 the document is empty"),
    case("comments only", || "# a\n".repeat(100_000), "1:1 the document is empty"),
    case("white space only", || " \n".repeat(1_000_000), "1:1 the document is empty"),
    case("a second document", || flow("---\n]]{{{\t: nonsense\n"), ""),
    case("many documents", || flow(&"---\na: b\n".repeat(100_000)), ""),
    case("a byte order mark", || format!("\u{feff}{}", flow("")), ""),
    case("carriage returns", || flow("").replace('\n', "\r\n"), ""),
    case("lone carriage returns", || flow("").replace('\n', "\r"), ""),
    case("a zero byte", || says("a\0b"), "6:15 the control character U+0000 is not allowed"),
    case("an escape character", || says("a\u{1b}[31mb"), "6:15 the control character U+001B"),
    case(
        "a tab as indentation",
        || says("x").replace("    ", "\t"),
        "4:9 while scanning a plain scalar, found a tab",
    ),
    case("a tab behind a colon", || flow("description:\tx"), "4:13 a tab may not separate"),
    case("a lone surrogate", || says(r#""\ud800""#), "6:14 "),
    case("a pair of surrogates", || says(r#""\ud83d\ude80""#), ""),
    case("an open quote", || says("'x"), "6:14 invalid indentation in multiline quoted scalar"),
    case("an open double quote", || says("\"x"), "6:14 invalid indentation in multiline quoted scalar"),
    case(
        "open quotes to the end",
        || filled(&says("'"), |_| "x ".to_owned(), ""),
        "6:14 invalid indentation in multiline quoted scalar",
    ),
    case(
        "a document that is too long",
        || flow(&"# a comment\n".repeat(1 << 20)),
        "262140:11 the document has more than",
    ),
    case("one long scalar", || says(&"x".repeat(LONGEST - 200)), ""),
    case("one long quoted scalar", || says(&format!("\"{}\"", r"\n".repeat(LONGEST / 2 - 100))), ""),
    case("one long block", || filled(&says("|"), |_| "      x\n".to_owned(), ""), ""),
    case("one long comment", || flow(&format!("# {}", "x".repeat(LONGEST - 200))), ""),
    case("a long key", || flow(&format!("? {}\n: 1", "x".repeat(LONGEST - 200))), "4:3 unknown property"),
    case(
        "a number of many digits",
        || flow(&format!("variables: {{n: {}}}", "1".repeat(1_000_000))),
        "4:16 the number has more than",
    ),
    case(
        "a fraction of many digits",
        || flow(&format!("variables: {{n: 0.{}}}", "1".repeat(1_000_000))),
        "4:16 the number has more than",
    ),
    case(
        "anchors and aliases",
        || {
            // What would be 10^9 items in a reader that follows aliases.
            let mut text = flow("variables:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for level in 1..10 {
                let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
                writeln!(text, "  a{level}: &a{level} [{aliases}]").expect("a string takes anything");
            }
            text
        },
        "",
    ),
    case(
        "merge keys",
        || {
            let mut text = flow("variables:\n  m0: &m0 {x: 1}\n");
            for level in 1..1000 {
                writeln!(text, "  m{level}: &m{level} {{<<: *m{}}}", level - 1)
                    .expect("a string takes anything");
            }
            text
        },
        "",
    ),
    case("an alias of itself", || flow("variables: &v {a: *v, b: [*v, *v]}"), ""),
    case("a huge anchor", || flow(&format!("variables: &{} {{}}", "x".repeat(1_000_000))), ""),
    case("many anchors", || filled(&flow("variables:\n"), |n| format!("  a{n}: [&a{n} x, *a{n}]\n"), ""), ""),
    case("many keys", || filled(&flow("variables:\n"), |n| format!("  k{n}: 1\n"), ""), ""),
    case("many keys at the top", || filled(&flow(""), |n| format!("k{n}: 1\n"), ""), "4:1 unknown property"),
    case(
        "many keys of a task",
        || filled(&says("x"), |n| format!("    k{n}: 1\n"), ""),
        "7:5 unknown property",
    ),
    case(
        "many keys of an open plugin",
        || {
            filled(
                &says("x").replace("core.log.Log", "scripts.shell.Commands"),
                |n| format!("    k{n}: 1\n"),
                "",
            )
        },
        "",
    ),
    case(
        "many duplicate keys",
        || flow(&"variables: 1\n".repeat(200_000)),
        "5:1 the key `variables` is already set",
    ),
    case("many labels", || filled(&flow("labels:\n"), |n| format!("  l{n}: x\n"), ""), ""),
    case(
        "many bad labels",
        || filled(&flow("labels:\n"), |n| format!("  L{n}: ''\n"), ""),
        "5:3 `L0` must begin",
    ),
    case(
        "many tasks that are none",
        || filled("id: a\nnamespace: b\ntasks: [", |_| "1,".to_owned(), "1]"),
        "3:9 must be a map",
    ),
    case(
        "many tasks without anything",
        || filled("id: a\nnamespace: b\ntasks: [", |_| "{},".to_owned(), "{}]"),
        "3:9 is required",
    ),
    case(
        "many good tasks",
        || {
            filled(
                "id: a\nnamespace: b\ntasks:\n",
                |n| format!("- {{id: t{n}, type: io.kestra.plugin.core.log.Log, message: x}}\n"),
                "",
            )
        },
        "",
    ),
    case(
        "many tasks of one name",
        || {
            filled(
                "id: a\nnamespace: b\ntasks:\n",
                |_| "- {id: t, type: io.kestra.plugin.core.log.Log, message: x}\n".to_owned(),
                "",
            )
        },
        "5:8 `t` is already used",
    ),
    case(
        "many unknown types",
        || {
            filled(
                "id: a\nnamespace: b\ntasks:\n",
                |n| format!("- {{id: t{n}, type: io.kestra.plugin.core.log.Lag{n}}}\n"),
                "",
            )
        },
        "4:18 Kestra 1.3 has no",
    ),
    case(
        "many made-up types",
        || {
            filled(
                "id: a\nnamespace: b\ntasks:\n",
                |n| format!("- {{id: t{n}, type: org.example.Log{n}}}\n"),
                "",
            )
        },
        "",
    ),
    case(
        "many conditions that are none",
        || {
            filled(
                &flow("triggers:\n- id: t\n  type: io.kestra.plugin.core.trigger.Flow\n  conditions: ["),
                |_| "1,".to_owned(),
                "1]",
            )
        },
        "7:16 must not be null",
    ),
    case(
        "many good inputs",
        || filled(&flow("inputs:\n"), |n| format!("- {{id: i{n}, type: STRING}}\n"), ""),
        "",
    ),
    case(
        "many inputs that are none",
        || filled(&flow("inputs: ["), |_| "1,".to_owned(), "1]"),
        "4:10 is required",
    ),
    case(
        "many forms with inputs of one name",
        || {
            filled(
                &flow("inputs:\n"),
                |n| {
                    format!(
                        "- {{id: f{n}, type: FORM, inputs: [{{id: a, type: INT}}, {{id: a, type: INT}}]}}\n"
                    )
                },
                "",
            )
        },
        "5:58 `a` is already used",
    ),
    case(
        "many schemas that are none",
        || filled(&flow("inputs:\n"), |n| format!("- {{id: i{n}, type: JSON, jsonSchema: '['}}\n"), ""),
        "5:24 unknown property of `JsonInput`",
    ),
    case(
        "many triggers that are none",
        || filled(&flow("triggers: ["), |_| "1,".to_owned(), "1]"),
        "4:12 must be a map",
    ),
    case(
        "many triggers without anything",
        || filled(&flow("triggers: ["), |_| "{},".to_owned(), "{}]"),
        "4:12 is required",
    ),
    case(
        "inputs in a long chain",
        || {
            filled(
                &flow("inputs:\n"),
                |n| format!("- {{id: i{n}, type: INT, dependsOn: {{inputs: [i{}]}}}}\n", n.saturating_sub(1)),
                "",
            )
        },
        "5:3 depends on itself: i0",
    ),
    case(
        "inputs in a long circle",
        || {
            let last = LONG / 60;
            let next = |n: usize| if n == last { 0 } else { n + 1 };
            let inputs: String = (0..=last)
                .map(|n| format!("- {{id: i{n}, type: INT, dependsOn: {{inputs: [i{}]}}}}\n", next(n)))
                .collect();
            flow(&format!("inputs:\n{inputs}"))
        },
        "5:3 depends on itself: i0, i1",
    ),
    case(
        "an input that depends on many",
        || filled(&flow("inputs: [{id: i, type: INT, dependsOn: {inputs: ["), |n| format!("x{n},"), "x]}}]"),
        "4:10 depends on `x0`",
    ),
    case(
        "a Dag that is a long chain",
        || {
            filled(
                "id: a\nnamespace: b\ntasks:\n- id: d\n  type: io.kestra.plugin.core.flow.Dag\n  tasks:\n",
                |n| {
                    let message = format!("{{{{ outputs.t{}.x }}}}", n + 1);
                    format!(
                        "  - {{task: {{id: t{n}, type: io.kestra.plugin.core.log.Log, message: '{message}'}}, dependsOn: [t{}]}}\n",
                        n.saturating_sub(1)
                    )
                },
                "",
            )
        },
        "4:3 t0 depend on each other",
    ),
    case(
        "many expressions",
        || {
            filled(
                &flow("description: x\nvariables:\n"),
                |n| format!("  k{n}: '{{{{ inputs.x{n} }}}}'\n"),
                "",
            )
        },
        "",
    ),
    case(
        "many inputs and expressions",
        || {
            let inputs: String = (0..5_000).map(|n| format!("- {{id: i-{n}, type: STRING}}\n")).collect();
            let uses: String = (0..5_000).map(|n| format!("- '{{{{ inputs.i-{n}x }}}}'\n")).collect();
            flow(&format!("inputs:\n{inputs}variables:\n  uses:\n  {}", uses.replace('\n', "\n  ")))
        },
        "",
    ),
    case(
        "many outputs of tasks",
        || {
            filled(
                "id: a\nnamespace: b\ntasks:\n",
                |n| {
                    format!(
                        "- {{id: t-{n}, type: io.kestra.plugin.core.log.Log, message: '{{{{ outputs.t-{n}.x }}}} {{{{ outputs.u{n} }}}}'}}\n"
                    )
                },
                "",
            )
        },
        "4:3 write `outputs['t-0']`",
    ),
    case(
        "an expression with a long path",
        || says(&format!("'{{{{ inputs{} }}}}'", ".a".repeat(100_000))),
        "",
    ),
    case("an expression with many operators", || says(&format!("'{{{{ 1{} }}}}'", "+1".repeat(100_000))), ""),
    case(
        "an expression with many filters",
        || says(&format!("'{{{{ x{} }}}}'", "|upper".repeat(40_000))),
        "",
    ),
    case(
        "an expression in many parentheses",
        || says(&format!("'{{{{ {}1{} }}}}'", "(".repeat(100_000), ")".repeat(100_000))),
        "",
    ),
    case("an expression in open parentheses", || says(&format!("'{{{{ {} }}}}'", "(".repeat(100_000))), ""),
    case(
        "lists in lists of an expression",
        || says(&format!("'{{{{ {}{} }}}}'", "[".repeat(100_000), "]".repeat(100_000))),
        "",
    ),
    case(
        "strings in strings of an expression",
        || says(&format!("'{{{{ {} }}}}'", "\"#{".repeat(50_000))),
        "",
    ),
    case("many opened expressions", || says(&format!("'{}'", "{{ ".repeat(100_000))), ""),
    case("many opened tags", || says(&format!("'{}'", "{% if x %}".repeat(20_000))), ""),
    case("many raw parts", || says(&format!("'{}'", "{% raw %}x{% endraw %}".repeat(100_000))), ""),
    case("many comments in an expression", || says(&format!("'{}'", "{# x #}".repeat(300_000))), ""),
    case(
        "lists in lists",
        || flow(&format!("variables: {}", "[".repeat(10_000))),
        "4:1013 lists and maps are nested more than",
    ),
    case(
        "maps in maps",
        || flow(&format!("variables: {}", "{a: ".repeat(10_000))),
        "4:4008 lists and maps are nested more than",
    ),
    case(
        "items in items",
        || flow(&format!("variables:\n  a:\n  {}", "- ".repeat(10_000))),
        "6:1999 lists and maps are nested more than",
    ),
    case(
        "indented maps in maps",
        || {
            let levels: String = (0..2_000).map(|level| format!("{}a:\n", " ".repeat(level + 1))).collect();
            flow(&format!("variables:\n{levels}"))
        },
        "1004:1001 lists and maps are nested more than",
    ),
    case(
        "as deep as Kestra reads",
        || flow(&format!("variables: {{a: {}'{{{{ inputs.x }}}}'{}}}", "[".repeat(998), "]".repeat(998))),
        "",
    ),
    case(
        "tasks in tasks",
        || nested_tasks(498, "{id: t, type: io.kestra.plugin.core.log.Log, message: '{{ outputs.t.x }}'}"),
        "",
    ),
    case(
        "many tasks deep inside",
        || {
            let tasks: String = (0..2_000).map(|n| format!("{{id: t{n}, type: io.kestra.plugin.core.log.Log, message: '{{{{ outputs.t{}.x }}}}'}},", n / 2)).collect();
            nested_tasks(498, &tasks)
        },
        "",
    ),
    case(
        "many broken tasks deep inside",
        || nested_tasks(498, &"{message: 1},".repeat(2_000)),
        "3:31771 is required",
    ),
];

/// What a document is found to be: the first error with its place.
fn verdict(text: &str, lines: &[KestraLine]) -> String {
    let (_, problems) = check_source(text, lines);
    let error = problems.iter().find(|problem| problem.severity == Severity::Error);
    error.map_or(String::new(), |problem| {
        let start = problem.span.start;
        format!("{}:{} {}", start.line, start.column, problem.message)
    })
}

#[test]
fn hostile_documents_are_checked_in_bounded_memory() {
    // The catalogs are read once and stay.
    verdict(&flow(""), &KestraLine::ALL);
    let failures: String = CASES.iter().filter_map(failure).collect();
    assert_eq!(failures, "");
}

/// What went wrong with a case.
fn failure(case: &Case) -> Option<String> {
    let text = (case.text)();
    let limit = MEMORY_OF_ANY + MEMORY_PER_BYTE * text.len();
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let found = with_patience(move || {
        let found = verdict(&text, &[KestraLine::V1_3]);
        verdict(&text, &KestraLine::ALL);
        drop(reprint(&text));
        found
    });
    let taken = MEMORY.peak_usage().saturating_sub(before);
    let is_expected = if case.error.is_empty() { found.is_empty() } else { found.starts_with(case.error) };
    let shown: String = found.chars().take(100).collect();
    (!is_expected || taken > limit).then(|| format!("{}: {taken} of {limit} bytes, {shown:?}\n", case.name))
}

/// What `work` finds, in a thread of the size that tests and the workers of a server have.
fn with_patience(work: impl FnOnce() -> String + Send + 'static) -> String {
    let (answer, answered) = mpsc::channel();
    let worker = thread::Builder::new().stack_size(2 << 20).spawn(move || drop(answer.send(work())));
    worker.expect("a thread");
    answered.recv_timeout(PATIENCE).unwrap_or_else(|error| format!("no answer: {error}"))
}
