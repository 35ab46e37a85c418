//! Topologies as outlines, and what holds for every drawing.

use proptest::prelude::*;

use super::layout::{Drawing, Face, HEADER, Point, drawing, width};
use super::*;

const EVERYTHING: &str = include_str!("tests/everything.yaml");
const QUICKSTART: &str = include_str!("../../../examples/quickstart/flows/daily-orders.yaml");

fn flow(source: &str) -> Flow {
    Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"))
}

/// A line per node, with the labels of those that edges lead to.
fn outline(nodes: &[Node], edges: &[Edge], depth: usize) -> String {
    let mut lines = String::new();
    for (index, node) in nodes.iter().enumerate() {
        let leaving = edges.iter().filter(|edge| edge.from == index);
        let arrow = |edge: &Edge| {
            let label = edge.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
            let kind = if edge.kind == EdgeKind::Next { String::new() } else { format!("{:?} ", edge.kind) };
            format!(" -> {kind}{label}{}", nodes[edge.to].label)
        };
        let arrows: String = leaving.map(arrow).collect();
        let disabled = if node.disabled { " off" } else { "" };
        let Node { kind, label, detail, .. } = node;
        lines += &format!("{:depth$}{kind:?} {label} [{detail}]{disabled}{arrows}\n", "");
        lines += &outline(&node.nodes, &node.edges, depth + 2);
    }
    lines
}

fn outline_of(graph: &Graph) -> String {
    format!("{}\n{}", graph.title, outline(&graph.nodes, &graph.edges, 0))
}

#[test]
fn every_kind_of_task_has_its_shape() {
    insta::assert_snapshot!(outline_of(&Graph::of_flow(&flow(EVERYTHING))), @r#"
    company.team / everything
    Trigger every-morning [Schedule · 0 6 * * * · Europe/Berlin] -> Trigger everything
    Trigger hook [Webhook] -> Trigger everything
    Trigger after-sales [after company.sales / daily-orders] -> Trigger everything
    Flow everything [company.team] -> Finally -> Failure On failure
      Task fetch [http.Download] -> shards
      Parallel shards [Parallel · 2] -> enough
        Group  [] -> Finally -> Failure On failure
          Task europe [scripts.python.Script]
          Task america [scripts.python.Script]
          Sequential asia [Sequential]
            Task extract [jdbc.postgresql.Query] -> load
            Task load [gcp.bigquery.Load]
        Errors On failure [] -> Failure Finally
          Task shard_failed [log.Log]
        Finally Finally []
          Task clean [storage.Delete]
      Branches enough [If] -> by_day
        Decision {{ outputs.fetch.size > 1000 }} [] -> then build -> else skip
        Task build [dbt.cli.DbtCLI] -> publish
        Subflow publish [→ company.shared / publish-report]
        Task skip [log.Log]
      Branches by_day [Switch] -> each
        Decision {{ trigger.date | date('EEEE') }} [] -> MONDAY weekly -> SUNDAY rest -> otherwise daily
        Task weekly [log.Log]
        Task rest [log.Log] off
        Task daily [log.Log]
      Loop each [ForEach · 3 values] -> graph
        Task one [debug.Return]
      Dag graph [Dag] -> workspace
        Task customers [jdbc.postgresql.Query] -> joined -> report
        Task orders [jdbc.postgresql.Query] -> joined
        Task joined [jdbc.duckdb.Query] -> report
        Task report [log.Log]
      WorkingDirectory workspace [WorkingDirectory] -> maybe
        Task clone [git.Clone] -> build_all
        Task build_all [scripts.shell.Commands]
      AllowFailure maybe [AllowFailure] -> wait
        Task ping [http.Request]
      Pause wait [Pause · PT1H]
    Errors On failure [] -> Failure Finally
      Task alert [slack.notifications.SlackIncomingWebhook]
    Finally Finally [] -> After the execution
      Task stop_cluster [log.Log]
    AfterExecution After the execution []
      Task audit [log.Log]
    "#);
}

/// What of a flow, the node it becomes, and what is inside.
#[test]
fn tasks_of_both_lines_become_nodes() {
    for (task, expected) in [
        (
            "type: io.kestra.plugin.core.flow.Loop, values: [1, 2], tasks: [{id: a, type: x.Y}]",
            "Loop t [Loop · 2 values]\n  Task a [x.Y]\n",
        ),
        (
            "type: io.kestra.plugin.core.flow.LoopUntil, condition: '{{ x }}', tasks: [{id: a, type: x.Y}]",
            "Loop t [LoopUntil · {{ x }}]\n  Task a [x.Y]\n",
        ),
        (
            "type: io.kestra.core.tasks.flows.EachParallel, value: '{{ x }}', tasks: [{id: a, type: x.Y}, {id: b, type: x.Y}]",
            "Loop t [EachParallel · {{ x }}]\n  Task a [x.Y]\n  Task b [x.Y]\n",
        ),
        (
            "type: io.kestra.plugin.core.flow.ForEachItem, items: '{{ x }}', namespace: n, flowId: f",
            "Subflow t [ForEachItem · → n / f]\n",
        ),
        (
            "type: io.kestra.plugin.core.flow.ForEachItem, namespace: n, flowId: f, errors: [{id: e, type: x.Y}]",
            "Subflow t [ForEachItem · → n / f]\n  Errors On failure []\n    Task e [x.Y]\n",
        ),
        (
            "type: io.kestra.plugin.core.flow.Subflow, namespace: n, flowId: '{{ x }}'",
            "Subflow t [→ n / {{ x }}]\n",
        ),
        (
            "type: io.kestra.plugin.core.flow.Pause, onPause: {id: p, type: x.Y}",
            "Pause t [Pause]\n  Task p [x.Y]\n",
        ),
        ("type: io.kestra.plugin.core.flow.Switch, value: 1", "Branches t [Switch]\n  Decision 1 []\n"),
        (
            "type: io.kestra.plugin.core.flow.Dag, tasks: [{task: {id: a, type: x.Y}, dependsOn: [b, c, a]}, {task: {id: b, type: x.Y}}]",
            "Dag t [Dag]\n  Task a [x.Y]\n  Task b [x.Y] -> a\n",
        ),
        ("type: other.Parallel, tasks: [{id: a}]", "Task t [other.Parallel]\n"),
        ("disabled: true", "Task t [] off\n"),
        ("type: [1]", "Task t []\n"),
    ] {
        let graph = Graph::of_flow(&flow(&format!("tasks: [{{id: t, {task}}}]")));
        let found = outline(&graph.nodes[0].nodes, &graph.nodes[0].edges, 0);
        assert_eq!(found, expected, "{task}");
    }
}

#[test]
fn triggers_say_when() {
    for (trigger, expected) in [
        ("type: io.kestra.plugin.core.trigger.Schedule, cron: '@daily'", "Schedule · @daily"),
        ("type: io.kestra.plugin.core.trigger.ScheduleOnDates, dates: [a, b]", "ScheduleOnDates · 2 values"),
        ("type: io.kestra.plugin.core.trigger.Webhook, key: secret", "Webhook"),
        ("type: io.kestra.plugin.core.http.Trigger, uri: x", "http.Trigger"),
        (
            "type: io.kestra.plugin.core.trigger.Flow, dependsOn: [{namespace: n, flowId: f}, {flowId: g}]",
            "after n / f, g",
        ),
        (
            "type: io.kestra.plugin.core.trigger.Flow, preconditions: {flows: [{namespace: n}]}",
            "after any flow of n",
        ),
        (
            "type: io.kestra.core.models.triggers.types.Flow, conditions: [{type: x.MultipleCondition, conditions: {a: {type: x.ExecutionFlowCondition, namespace: n, flowId: f}}}]",
            "after n / f",
        ),
        ("type: io.kestra.plugin.core.trigger.Flow", "trigger.Flow"),
    ] {
        let graph = Graph::of_flow(&flow(&format!("triggers: [{{id: t, {trigger}}}]")));
        assert_eq!(graph.nodes[0].detail, expected, "{trigger}");
        assert_eq!(graph.edges, [Edge::new(0, 1, EdgeKind::Trigger)], "{trigger}");
    }
}

fn library() -> Graph {
    let call = |namespace: &str, id: &str| {
        format!(
            "{{id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: {namespace}, flowId: {id}}}"
        )
    };
    let sources = [
        format!(
            "id: orders\nnamespace: company.sales\ntasks: [{}]\ntriggers: [{{id: t, type: io.kestra.plugin.core.trigger.Schedule, cron: '0 5 * * *'}}]",
            call("company.shared", "notify")
        ),
        format!(
            "id: report\nnamespace: company.sales\ntasks: [{}, {}]\ntriggers: [{{id: t, type: io.kestra.plugin.core.trigger.Flow, dependsOn: [{{namespace: company.sales, flowId: orders}}]}}]",
            call("company.shared", "notify"),
            call("company.shared", "query")
        ),
        "id: notify\nnamespace: company.shared\ntasks: []".to_owned(),
        format!(
            "id: churn\nnamespace: company.crm\ntasks: [{}, {}]",
            call("elsewhere", "score"),
            call("company.shared", "'{{ x }}'")
        ),
        "id: alone\nnamespace: company.crm\ndisabled: true".to_owned(),
        "id: idle\nnamespace: company.crm".to_owned(),
    ];
    Graph::of_library(&sources.map(|source| flow(&source)))
}

#[test]
fn a_library_shows_calls_and_what_starts_what() {
    insta::assert_snapshot!(outline_of(&library()), @r#"
    6 flows
    Flow orders [company.sales · Schedule · 0 5 * * *] -> Call notify -> Trigger report
    Flow report [company.sales] -> Call notify -> Call query
    Flow notify [company.shared]
    Flow churn [company.crm] -> Call score
    Flow alone [company.crm] off
    Flow idle [company.crm]
    ForeignFlow query [company.shared]
    ForeignFlow score [elsewhere]
    "#);
}

#[test]
fn mermaid_and_dot_say_the_same() {
    let graph = Graph::of_flow(&flow(
        "id: a\nnamespace: n\ntasks:\n- {id: 'b \"#<1>', type: io.kestra.plugin.core.flow.If, condition: x, then: [{id: c, type: t}]}\nerrors: [{id: d, type: t, disabled: true}]\ntriggers: [{id: e, type: io.kestra.plugin.core.trigger.Webhook}]",
    ));
    insta::assert_snapshot!(graph.mermaid(), @r#"
    flowchart TB
      accTitle: n / a
      n1(["e<br/>Webhook"])
      class n1 trigger
      subgraph n2["a<br/>n"]
        direction TB
        subgraph n3["b #34;#35;#60;1#62;<br/>If"]
          direction TB
          n4{{"x"}}
          class n4 flowable
          n5["c<br/>t"]
          n4 -->|"then"| n5
        end
        class n3 flowable
      end
      subgraph n6["On failure"]
        direction TB
        n7["d<br/>t"]
        class n7 disabled
      end
      class n6 errors
      n1 ==> n2
      n2 -.-> n6
      classDef trigger stroke:#c2640c,stroke-width:2px
      classDef flowable stroke:#0d8074
      classDef errors stroke:#d02f3e,stroke-dasharray:5 4
      classDef disabled opacity:0.5
    "#);
    insta::assert_snapshot!(graph.dot(), @r##"
    digraph "n / a" {
      graph [rankdir=TB, compound=true, fontname="Helvetica"]
      node [shape=box, style=rounded, fontname="Helvetica"]
      edge [fontname="Helvetica"]
      n1 [label="e\nWebhook", color="#c2640c"]
      subgraph cluster_2 {
        graph [label="a\nn", style=rounded]
        subgraph cluster_3 {
          graph [label="b \"#<1>\nIf", style=rounded]
          n4 [label="x", shape=hexagon, style=solid]
          n5 [label="c\nt"]
          n4 -> n5 [label="then"]
        }
      }
      subgraph cluster_6 {
        graph [label="On failure", style=rounded]
        n7 [label="d\nt", style="rounded,dashed"]
      }
      n1 -> n4 [color="#c2640c", lhead=cluster_2]
      n5 -> n7 [style=dashed, color="#d02f3e", ltail=cluster_2, lhead=cluster_6]
    }
    "##);
}

#[test]
fn the_quick_start_is_drawn_as_it_was_reviewed() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/src/graph/tests/quickstart.svg");
    let svg = Graph::of_flow(&flow(QUICKSTART)).svg();
    if std::env::var_os("FLOWSMITH_BLESS").is_some() {
        std::fs::write(golden, &svg).expect("the repository can be written");
    }
    let reviewed = std::fs::read_to_string(golden).unwrap_or_default();
    assert!(
        svg == reviewed,
        "the drawing changed; look at it after FLOWSMITH_BLESS=1 cargo test -p schema graph"
    );
}

#[test]
fn hostile_names_stay_text() {
    let source = "id: \"<script>&\\u0007\"\nnamespace: ']]>'\ntasks: [{id: \"a\\nb\\\\\", type: '\"><g>'}]";
    let graph = Graph::of_flow(&flow(source));
    let svg = graph.svg();
    assert!(!svg.contains("<script") && !svg.contains('\u{7}') && !svg.contains("\"><g>\""), "{svg}");
    assert_well_formed(&svg);
    assert!(graph.dot().contains(r#"label="a b\\\n"#), "{}", graph.dot());
}

/// Every tag that opens closes.
#[track_caller]
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let name = tag.trim_start_matches('/').split(|end: char| !end.is_ascii_alphanumeric()).next();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), name, "{tag}");
        } else if !tag.ends_with('/') {
            open.extend(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// A box, a little smaller than drawn.
type Extent = (f64, f64, f64, f64);

fn boxes(drawing: &Drawing) -> Vec<Extent> {
    let shrunk = |at: Point, width: f64, height: f64| {
        (at.x + 0.5, at.y + 0.5, at.x + width - 0.5, at.y + height - 0.5)
    };
    drawing
        .nodes
        .iter()
        .map(|node| shrunk(node.at, node.inside.size.width, node.inside.size.height))
        .collect()
}

/// Points along the curves of an edge, as the renderer draws them.
fn samples(points: &[Point], direction: Direction) -> Vec<Point> {
    let curve = |pair: &[Point], step: u32| {
        let (t, a, b) = (f64::from(step) / 20.0, pair[0], pair[1]);
        let ease = |from: f64, to: f64| from + (to - from) * (3.0 * t * t - 2.0 * t * t * t);
        let along = |from: f64, to: f64| {
            let middle = (from + to) / 2.0;
            let s = 1.0 - t;
            s * s * s * from + 3.0 * s * s * t * middle + 3.0 * s * t * t * middle + t * t * t * to
        };
        match direction {
            Direction::Down => Point { x: ease(a.x, b.x), y: along(a.y, b.y) },
            Direction::Right => Point { x: along(a.x, b.x), y: ease(a.y, b.y) },
        }
    };
    points.windows(2).flat_map(|pair| (0..=20).map(move |step| curve(pair, step))).collect()
}

/// Nothing overlaps, everything is inside of what it belongs to, and no edge crosses a node.
fn check(nodes: &[Node], drawing: &Drawing, direction: Direction) -> Result<(), TestCaseError> {
    let boxes = boxes(drawing);
    for (index, a) in boxes.iter().enumerate() {
        prop_assert!(a.0 >= 0.0 && a.1 >= 0.0, "{a:?}");
        prop_assert!(a.2 <= drawing.size.width && a.3 <= drawing.size.height, "{a:?} in {:?}", drawing.size);
        for b in &boxes[index + 1..] {
            prop_assert!(a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1, "{a:?} lies on {b:?}");
        }
    }
    for route in &drawing.edges {
        for point in samples(&route.points, direction) {
            let inside = |a: &&Extent| point.x > a.0 && point.x < a.2 && point.y > a.1 && point.y < a.3;
            prop_assert!(boxes.iter().find(inside).is_none(), "{point:?} of {:?}", route.points);
        }
    }
    for (node, placed) in nodes.iter().zip(&drawing.nodes) {
        let top = if node.kind == Kind::Group { 0.0 } else { HEADER };
        prop_assert!(placed.inside.nodes.iter().all(|inner| inner.at.y >= top), "{}", node.id);
        check(&node.nodes, &placed.inside, direction)?;
    }
    Ok(())
}

#[test]
fn the_drawings_of_the_tests_are_tidy() {
    for graph in [Graph::of_flow(&flow(EVERYTHING)), Graph::of_flow(&flow(QUICKSTART)), library()] {
        check(&graph.nodes, &drawing(&graph), graph.direction).unwrap_or_else(|error| panic!("{error}"));
        assert_well_formed(&graph.svg());
        assert_eq!(graph.svg(), graph.svg());
    }
}

/// Sizes that nobody draws and somebody will try.
#[test]
fn huge_flows_are_drawn_in_bounded_time() {
    let chain: String = (0..2000).map(|index| format!("- {{id: t{index}, type: T}}\n")).collect();
    let all: Vec<String> = (0..150).map(|index| format!("a{index}")).collect();
    let sources = all.iter().map(|id| format!("{{task: {{id: {id}}}}}"));
    let sinks = (0..150).map(|index| format!("{{task: {{id: b{index}}}, dependsOn: [{}]}}", all.join(", ")));
    let dag: Vec<String> = sources.chain(sinks).collect();
    let steps =
        (0..400).map(|index| format!("{{task: {{id: s{index}}}, dependsOn: [s0, s{}]}}", index.max(1) - 1));
    let steps: Vec<String> = steps.collect();
    let class = "type: io.kestra.plugin.core.flow.Dag";
    let deep = (0..150).fold("{id: x, type: T}".to_owned(), |inner, index| {
        format!("{{id: d{index}, type: io.kestra.plugin.core.flow.Sequential, tasks: [{inner}]}}")
    });
    for tasks in [
        format!("tasks:\n{chain}"),
        format!("tasks: [{{id: d, {class}, tasks: [{}]}}]", dag.join(", ")),
        format!("tasks: [{{id: d, {class}, tasks: [{}]}}]", steps.join(", ")),
        format!("tasks: [{deep}]"),
    ] {
        assert!(Graph::of_flow(&flow(&tasks)).svg().ends_with("</svg>\n"));
    }
}

#[test]
fn long_texts_are_shortened_to_their_boxes() {
    for text in
        ["", "short", "i".repeat(200).as_str(), "W".repeat(200).as_str(), "日本語".repeat(30).as_str()]
    {
        let fitted = layout::fitted(text, Face::Label, 200.0);
        assert!(width(&fitted, Face::Label) <= 200.0, "{fitted}");
        assert!(fitted == text || fitted.ends_with('…'), "{fitted}");
    }
}

fn graphs() -> impl Strategy<Value = Graph> {
    let edge = (0..8_usize, 0..8_usize, prop::option::of("[a-z]{1,12}"), any::<bool>());
    let leaf = "[a-zA-Z ]{0,30}".prop_map(|label| Node::new("id", label, "detail", Kind::Task));
    let node = leaf.prop_recursive(3, 24, 6, move |inner| {
        (prop::collection::vec(inner, 1..6), prop::collection::vec(edge.clone(), 0..8), any::<bool>())
            .prop_map(|(nodes, edges, named)| {
                let count = nodes.len();
                let kind = if named { Kind::Parallel } else { Kind::Group };
                let edges =
                    edges.into_iter().filter(|(from, to, ..)| from != to && *from < count && *to < count);
                let edges = edges.map(|(from, to, label, weak)| Edge {
                    from,
                    to,
                    label,
                    kind: if weak { EdgeKind::Failure } else { EdgeKind::Next },
                });
                Node { edges: edges.collect(), nodes, ..Node::new("id", "label", "", kind) }
            })
    });
    (node, any::<bool>()).prop_map(|(node, down)| Graph {
        title: "graph".to_owned(),
        direction: if down { Direction::Down } else { Direction::Right },
        nodes: vec![node],
        edges: Vec::new(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_drawing_is_tidy(graph in graphs()) {
        check(&graph.nodes, &drawing(&graph), graph.direction)?;
        assert_well_formed(&graph.svg());
    }
}
