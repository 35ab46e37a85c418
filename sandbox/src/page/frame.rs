//! What is around every view: where one is, the way to the other views, the search, and what this sandbox is.

use axum::http::StatusCode;
use maud::{DOCTYPE, Markup, html};

use super::{address, assets};
use crate::{
    app::App,
    reply::{self, Reply},
};

/// How a page is sent.
pub(super) const HTML_UTF8: &str = "text/html; charset=utf-8";

/// The places that every view leads to.
const PLACES: [(&str, &str); 3] =
    [("Namespaces", address::NAMESPACES), ("Flows", address::FLOWS), ("Executions", address::EXECUTIONS)];

/// A view: its title, the way to it as names with addresses, and what it shows.
pub(super) struct View {
    pub(super) title: String,
    pub(super) way: Vec<(String, String)>,
    pub(super) content: Markup,
}

impl View {
    /// The answer that shows it.
    pub(super) fn reply(self, app: &App) -> Reply {
        Ok(reply::bytes(HTML_UTF8, document(app, &self.title, &self.way, &self.content).into_string()))
    }
}

/// What is said instead of a view.
pub(super) fn refused(app: &App, status: StatusCode, message: &str) -> Markup {
    let title = status.canonical_reason().unwrap_or("Refused");
    let content = html! {
        header.title { h1 { (status.as_u16()) " " (title) } }
        p { (message) }
        p { a href=(address::NAMESPACES) { "To the namespaces" } }
    };
    document(app, title, &[], &content)
}

fn document(app: &App, title: &str, way: &[(String, String)], content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · sandbox" }
                link rel="icon" href=(assets::ICON.address);
                link rel="stylesheet" href=(assets::STYLE.address);
                script src=(assets::SCRIPT.address) defer {}
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                (top())
                main #content {
                    @if !way.is_empty() { (way_to(way)) }
                    (content)
                }
                (bottom(app))
            }
        }
    }
}

fn top() -> Markup {
    html! {
        header.top {
            a.brand href=(address::NAMESPACES) {
                img src=(assets::ICON.address) alt="" width="26" height="26";
                span { "flowsmith " b { "sandbox" } }
            }
            nav aria-label="Places" {
                @for (name, address) in PLACES { a href=(address) { (name) } }
            }
            form.search action=(address::FLOWS) role="search" {
                input type="search" name="q" placeholder="Find a flow" aria-label="Find a flow";
            }
        }
    }
}

fn way_to(way: &[(String, String)]) -> Markup {
    html! {
        nav.way aria-label="The way here" {
            @for (name, address) in way { a href=(address) { (name) } span aria-hidden="true" { "/" } }
        }
    }
}

fn bottom(app: &App) -> Markup {
    let engine = if app.executes() { "Kestra's engine executes flows" } else { "no engine is attached" };
    html! {
        footer {
            "Answers as Kestra " (app.release.version()) " " (app.edition.name()) " · " (engine) " · this page only reads"
        }
    }
}
