//! What a browser is answered: views for people, and for programs what they were answered before there was a page.

use reqwest::Response;
use sandbox::{BasicAuth, Edition, Options, Release};
use serde_json::json;

use crate::kit::{Answer, Kit};

/// What browsers send for an address that was typed in.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

const FLOW: &str = r#"id: daily
namespace: company.sales
description: |
  Says <script>alert("description")</script>
inputs:
  - id: day
    type: DATE
    description: "<b>Which</b> day"
  - id: note
    type: STRING
    defaults: none
tasks:
  - id: say # <i>why</i>
    type: io.kestra.plugin.core.log.Log
    message: "<img src=x onerror=alert(1)> {{ inputs.day }}"
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 6 * * *"
    inputs:
      day: "2030-01-31"
outputs:
  - id: said
    type: STRING
    value: "{{ inputs.note }}"
"#;

const EDITIONS: [Edition; 2] = [Edition::Oss, Edition::Ee];

const PLAIN: &str = "id: plain
namespace: company.sales
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: Hello
";

/// A flow that is accepted, and asks for what is not there.
const ODD: &str = "id: odd
namespace: company.sales
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: \"{{ inputs.day }}\"
";

/// A sandbox with a flow in two revisions, an execution of it, KV entries and files.
struct Page {
    kit: Kit,
    execution: String,
}

impl Page {
    async fn start() -> Page {
        Page::with(Options::default()).await
    }

    async fn with(options: Options) -> Page {
        let kit = Kit::with(options).await;
        for flow in [FLOW, PLAIN, ODD] {
            kit.send("POST", "flows", "application/x-yaml", flow).await.ok();
        }
        let changed = FLOW.replace("0 6", "0 7").replace("defaults: none", "defaults: quiet");
        kit.send("PUT", "flows/company.sales/daily", "application/x-yaml", &changed).await.ok();
        let value = json!("<script>alert('kv')</script>").to_string();
        kit.send("PUT", "namespaces/company.sales/kv/greeting", "text/plain", &value).await.done();
        kit.send("PUT", "namespaces/company.other/kv/n", "text/plain", "12").await.done();
        let form = reqwest::multipart::Part::bytes("<script>file</script>".as_bytes()).file_name("a.sql");
        let form = reqwest::multipart::Form::new().part("fileContent", form);
        let file = kit.request("POST", "namespaces/company.sales/files?path=/queries/a.sql").multipart(form);
        assert_eq!(file.send().await.unwrap().status(), 200);
        let form = reqwest::multipart::Form::new().text("day", "2030-01-31");
        let started =
            kit.request("POST", "executions/company.sales/daily?labels=team:%3Cu%3E").multipart(form);
        let started = Answer::of(started.send().await.unwrap()).await.ok();
        Page { kit, execution: started["id"].as_str().unwrap().to_owned() }
    }

    /// A view that is there.
    async fn view(&self, path: &str) -> String {
        let answer = visit(&self.kit, path).await;
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8", "{path}");
        answer.text().await.unwrap()
    }

    /// Every view there is.
    fn addresses(&self) -> Vec<String> {
        let mut addresses: Vec<String> = [
            "/",
            "/namespaces/company.sales",
            "/namespaces/nobody",
            "/namespaces/company.sales/kv/greeting",
            "/namespaces/company.sales/files?path=/queries",
            "/namespaces/company.sales/files?path=/queries/a.sql",
            "/flows",
            "/flows?q=%3Cscript%3E",
            "/flows/company.sales/daily",
            "/flows/company.sales/daily?revision=1",
            "/flows/company.sales/daily/revisions",
            "/executions",
            "/executions?q=%22%3E%3Cscript%3E&state=CREATED",
        ]
        .map(str::to_owned)
        .into();
        addresses.push(format!("/executions/{}", self.execution));
        addresses
    }
}

async fn visit(kit: &Kit, path: &str) -> Response {
    kit.request("GET", path).header("accept", BROWSER).send().await.unwrap()
}

#[tokio::test]
async fn every_view_escapes_what_people_wrote() {
    let page = Page::start().await;
    for path in page.addresses() {
        let html = page.view(&path).await;
        for hostile in ["<script>", "<img src=x", "<b>Which", "<i>why", "<u>"] {
            assert!(!html.contains(hostile), "{hostile} in {path}: {html}");
        }
        assert_eq!(html.matches("<script").count(), 1, "{path} has our script and no other");
    }
}

#[tokio::test]
async fn views_show_what_is_there() {
    let page = Page::start().await;
    let execution = format!("/executions/{}", page.execution);
    for (path, expected) in [
        ("/", &["3 flows, 2 KV values, 1 file", r#"href="/namespaces/company.sales""#][..]),
        (
            "/namespaces/company.sales",
            &[">daily<", ">greeting<", "/queries/a.sql", "Secrets are never shown"],
        ),
        ("/namespaces/nobody", &["No flow is in this namespace."]),
        ("/namespaces/company.sales/kv/greeting", &["alert('kv')", "STRING"]),
        ("/namespaces/company.sales/files?path=/queries", &["/queries/a.sql"]),
        ("/namespaces/company.sales/files?path=/queries/a.sql", &["&lt;script&gt;file", "21 bytes"]),
        ("/flows?q=DAIL", &[">daily<", "1 flow"]),
        ("/flows?q=nothing", &["No flow is found."]),
        (
            "/flows/company.sales/daily",
            &[
                "revision 2",
                "topology.svg?revision=2",
                r#"<span class="key">cron</span>"#,
                r#"<span class="expression">{{ inputs.day }}</span>"#,
                "07:00:00 UTC",
                "DATE",
                "quiet",
                "No engine is attached",
                &page.execution,
            ],
        ),
        ("/flows/company.sales/daily?revision=1", &["revision 1", "06:00:00 UTC"]),
        ("/flows/company.sales/odd", &["1 problem", "#L6", "line 6", "this flow has no input"]),
        ("/flows/company.sales/plain", &["Nothing is wrong with it by the rules of Kestra 1.3"]),
        (
            "/flows/company.sales/daily/revisions",
            &[
                "From revision 1 to 2",
                "trigger <code>morning</code>: cron <code>0 6 * * *</code> → <code>0 7 * * *</code>",
                r#"<tr class="added"><td class="number"></td><td class="number">11</td>"#,
            ],
        ),
        ("/flows/company.sales/daily/revisions?from=2&to=1", &["From revision 2 to 1"]),
        ("/executions?namespace=company&flow=daily&state=CREATED", &["1 execution<", &page.execution]),
        ("/executions?state=FAILED", &["No execution is found."]),
        (
            &execution,
            &["CREATED", "2030-01-31", "No engine is attached", "No task has run.", "/follow", "&lt;u&gt;"],
        ),
    ] {
        let html = page.view(path).await;
        for words in expected {
            assert!(html.contains(words), "{words} is not in {path}: {html}");
        }
    }
}

#[tokio::test]
async fn every_release_and_edition_has_the_same_views() {
    for (emulate, edition) in
        Release::ALL.into_iter().flat_map(|release| EDITIONS.map(|edition| (release, edition)))
    {
        let page = Page::with(Options { emulate, edition, ..Options::default() }).await;
        for path in page.addresses() {
            page.view(&path).await;
        }
        let found = page.view("/executions?namespace=company&flow=daily&state=CREATED&q=daily").await;
        assert!(found.contains(&page.execution), "{emulate:?} {edition:?}: {found}");
        assert!(page.view("/flows/company.sales/daily").await.contains(&page.execution), "{emulate:?}");
        assert!(page.view("/flows?q=plain").await.contains("1 flow "), "{emulate:?}");
    }
}

#[tokio::test]
async fn the_drawing_is_that_of_the_flow() {
    let page = Page::start().await;
    let answer = page.kit.request("GET", "/flows/company.sales/daily/topology.svg").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/svg+xml");
    assert_eq!(answer.headers()["content-security-policy"], "default-src 'none'; style-src 'unsafe-inline'");
    let flow = FLOW.replace("0 6", "0 7");
    let drawn = schema::graph::Graph::of_flow(&schema::flow::Flow::parse(&flow).unwrap()).svg();
    assert_eq!(answer.text().await.unwrap(), drawn);
}

#[tokio::test]
async fn nothing_may_come_from_elsewhere() {
    let page = Page::start().await;
    for path in page.addresses().iter().map(String::as_str).chain(["/nothere"]) {
        let answer = visit(&page.kit, path).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
        let html = answer.text().await.unwrap();
        for foreign in ["http:", "https:", "src=\"//", " style=", " onclick="] {
            assert!(!html.contains(foreign), "{foreign} in {path}: {html}");
        }
        for file in files(&html) {
            let answer = page.kit.request("GET", &file).send().await.unwrap();
            assert_eq!(
                (answer.status().as_u16(), answer.headers().contains_key("cache-control")),
                (200, true)
            );
            assert!(!answer.text().await.unwrap().contains("url("), "{file}");
        }
    }
}

/// The files that a page needs.
fn files(html: &str) -> Vec<String> {
    let quoted = html.split('"').filter(|text| text.starts_with("/page/"));
    let mut files: Vec<String> = quoted.map(str::to_owned).collect();
    files.dedup();
    assert!(files.len() >= 3, "{html}");
    files
}

#[tokio::test]
async fn what_is_not_there_is_a_page_for_people_and_kestras_answer_for_programs() {
    let page = Page::start().await;
    for (path, words) in [
        ("/nothere", "There is nothing at this address."),
        ("/flows/a.b/%3Cscript%3E", "Namespace a.b has no flow &lt;script&gt;."),
        ("/flows/company.sales/daily?revision=9", "has no flow daily"),
        ("/flows/company.sales/daily/revisions?from=9", "has no revision 9"),
        ("/flows/company.sales/nope/revisions", "has no flow nope"),
        ("/namespaces/company.sales/kv/nope", "has no value nope"),
        ("/namespaces/company.sales/files?path=/nope", "has no file /nope"),
        ("/executions/nope", "There is no execution nope."),
    ] {
        let answer = visit(&page.kit, path).await;
        assert_eq!(answer.status(), 404, "{path}");
        let html = answer.text().await.unwrap();
        assert!(html.contains(words) && !html.contains("<script>"), "{words} is not in {path}: {html}");
    }
    for (method, path, accept) in [
        ("GET", "/", "application/json"),
        ("GET", "/", "*/*"),
        ("GET", "/flows", "*/*"),
        ("POST", "/", BROWSER),
        ("GET", "/api/v1/main/nothere", BROWSER),
        ("GET", "/api/v2", BROWSER),
    ] {
        let request = page.kit.request(method, path).header("accept", accept);
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(answer.refused(), (404, "Not Found".to_owned()), "{method} {path} {accept}");
    }
    assert_eq!(visit(&page.kit, "/flows?page=x").await.status(), 422);
    assert_eq!(page.kit.request("HEAD", "/").header("accept", BROWSER).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_long_list_has_pages() {
    let kit = Kit::start().await;
    for number in 0..30 {
        let flow = format!("id: f{number:02}\nnamespace: a.b\ntasks: [{{id: t, type: a.B}}]\n");
        kit.send("POST", "flows", "application/x-yaml", &flow).await.ok();
        kit.call("POST", &format!("executions/a.b/f{number:02}")).await.ok();
    }
    for (path, number, link) in [
        ("/flows?q=f", 25, "/flows?q=f&amp;page=2"),
        ("/flows?q=f&page=2", 5, "/flows?q=f&amp;page=1"),
        ("/flows?page=-3", 25, "/flows?page=2"),
        ("/flows?page=99", 5, "/flows?page=1"),
        ("/namespaces/a.b?page=2", 5, "/namespaces/a.b?page=1"),
        ("/executions?namespace=a", 25, "/executions?namespace=a&amp;page=2"),
    ] {
        let html = visit(&kit, path).await.text().await.unwrap();
        assert_eq!(html.matches(r#"<th scope="row">"#).count(), number, "{path}: {html}");
        assert!(html.contains(&format!("href=\"{link}\"")), "{link} is not in {path}: {html}");
    }
    let newest = visit(&kit, "/executions").await.text().await.unwrap();
    assert!(newest.contains(">f29<") && !newest.contains(">f00<"), "the newest come first");
}

#[tokio::test]
async fn addresses_of_kestras_pages_lead_to_the_views() {
    let kit = Kit::start().await;
    for (from, to) in [
        ("/ui", "/"),
        ("/ui/", "/"),
        ("/ui/main/flows", "/flows"),
        ("/ui/main/flows/edit/a.b/f", "/flows/a.b/f"),
        ("/ui/main/flows/edit/a.b/f/source", "/flows/a.b/f"),
        ("/ui/main/executions", "/executions"),
        ("/ui/main/executions/a.b/f/65zLg3dZ", "/executions/65zLg3dZ"),
    ] {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let request = client.build().unwrap().get(format!("{}{from}", kit.sandbox.url()));
        let answer = request.header("accept", BROWSER).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), &answer.headers()["location"]), (302, &to.parse().unwrap()));
    }
}

#[tokio::test]
async fn a_protected_sandbox_asks_the_browser_for_credentials() {
    let auth = BasicAuth { username: "ann".into(), password: "hunter22".into() };
    let kit = Kit::with(Options { auth: Some(auth), edition: Edition::Ee, ..Options::default() }).await;
    for path in ["/", "/flows", "/nothere", "/ui/"] {
        let answer = visit(&kit, path).await;
        assert_eq!(answer.status(), 401, "{path}");
        assert!(answer.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic realm="));
        assert!(!answer.text().await.unwrap().contains("hunter22"));
        let request = kit.request("GET", path).header("accept", BROWSER).basic_auth("ann", Some("hunter22"));
        let status = request.send().await.unwrap().status().as_u16();
        assert_eq!(status, if path == "/nothere" { 404 } else { 200 }, "{path}");
    }
    let icon = files(&visit(&kit, "/").await.text().await.unwrap());
    assert_eq!(kit.call("GET", &icon[0]).await.status, 401);
}
