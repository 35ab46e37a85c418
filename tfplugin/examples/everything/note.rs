//! `everything_note`: a resource with every kind of attribute, and everything a resource can do.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::model::{Attr, Dynamic, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, Plan, PlanRequest, ReadRequest, Resource,
    Saved, UpdateRequest, Upgrade,
};
use tfplugin::timeouts::{Timeouts, limit};
use tfplugin::value::{Path, Value};
use tfplugin::{Context, Private, validate};

use crate::memo::MemoModel;
use crate::provider::{Client, Meta};

/// A note on a shelf.
#[derive(Clone, Debug, Default, Model)]
#[model(all_or_none(secret_wo, secret_wo_version))]
pub(crate) struct NoteModel {
    /// `shelf/name`, as for `terraform import`.
    #[attr(computed, id)]
    pub(crate) id: Attr<String>,
    /// The shelf that the note lies on.
    #[attr(required, identity, validate = validate::length(1..))]
    pub(crate) shelf: Attr<String>,
    /// Its name on the shelf.
    #[attr(required, identity, validate = validate::length(1..))]
    pub(crate) name: Attr<String>,
    /// The house that the shelf stands in.
    #[attr(computed, stable, identity_optional)]
    pub(crate) house: Attr<String>,
    /// What it says. White space around it means nothing.
    #[attr(optional, same = same_text)]
    pub(crate) text: Attr<String>,
    /// The colour of the paper. Light and dark paper cannot be turned into each other.
    #[attr(optional, computed, default = "white", validate = validate::one_of(["white", "yellow", "black"]), replace_if = other_shade)]
    pub(crate) colour: Attr<String>,
    /// How important it is.
    #[attr(optional, validate = validate::range(1..=9))]
    pub(crate) priority: Attr<i64>,
    /// A word that is never stored.
    #[attr(optional, sensitive, write_only)]
    pub(crate) secret_wo: Attr<String>,
    /// Change it to send the word again.
    #[attr(optional)]
    pub(crate) secret_wo_version: Attr<i64>,
    /// How long the secret word is.
    #[attr(computed)]
    pub(crate) secret_length: Attr<i64>,
    /// How often the note was written.
    #[attr(computed)]
    pub(crate) revision: Attr<i64>,
    /// What it was called when it was made.
    #[attr(computed, stable)]
    pub(crate) first_name: Attr<String>,
    /// Who wrote the module that wrote the note.
    #[attr(computed, stable)]
    pub(crate) author: Attr<String>,
    /// Anything.
    #[attr(optional)]
    pub(crate) extra: Attr<Dynamic>,
    /// Labels.
    #[attr(optional)]
    pub(crate) labels: Attr<BTreeMap<String, String>>,
    /// Words to find it by.
    #[attr(optional)]
    pub(crate) keywords: Attr<BTreeSet<String>>,
    /// The lines below the text.
    #[attr(optional)]
    pub(crate) lines: Attr<Vec<Line>>,
    /// Stamps on it, each written as a block.
    #[attr(block)]
    pub(crate) stamp: Attr<Vec<Stamp>>,
    /// An older word for `keywords`.
    #[attr(optional, deprecated = "Use `keywords`.")]
    pub(crate) keyword: Attr<String>,
    /// How long the operations may take.
    #[attr(optional)]
    pub(crate) timeouts: Attr<Timeouts>,
}

/// A line of a note.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct Line {
    /// What it says.
    #[attr(required)]
    pub(crate) text: Attr<String>,
    /// How long it is.
    #[attr(computed)]
    pub(crate) length: Attr<i64>,
    /// How it is written; what is written in ink stays.
    #[attr(optional, replace, validate = validate::one_of(["ink", "pencil"]))]
    pub(crate) with: Attr<String>,
}

/// A stamp on a note.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct Stamp {
    /// What it shows.
    #[attr(required)]
    pub(crate) motif: Attr<String>,
}

fn same_text(older: &Value, newer: &Value) -> bool {
    older.as_str().map(str::trim) == newer.as_str().map(str::trim)
}

fn other_shade(older: &Value, newer: &Value) -> bool {
    (older.as_str() == Some("black")) != (newer.as_str() == Some("black"))
}

/// The resource type.
pub(crate) struct Note;

impl Resource for Note {
    type Client = Client;
    type Model = NoteModel;

    const NAME: &'static str = "everything_note";
    const VERSION: i64 = 2;
    const UPGRADES: &'static [Upgrade] =
        &[Upgrade { from: 0, rewrite: title_to_name }, Upgrade { from: 1, rewrite: number_priority }];
    const IDENTITY_VERSION: i64 = 1;
    const IDENTITY_UPGRADES: &'static [Upgrade] = &[Upgrade { from: 0, rewrite: title_to_name }];

    fn validate(&self, config: &NoteModel) -> Result<Diagnostics> {
        let says_so = config.text.as_str().is_some_and(|text| text.contains("password"));
        let warning =
            Diagnostic::warning("Text may hold a password", "Use `secret_wo` for what nobody should read.");
        Ok(says_so.then(|| warning.at(Path::root().attribute("text"))).into_iter().collect())
    }

    async fn plan(&self, cx: &Context<Client>, request: PlanRequest<NoteModel>) -> Result<Plan<NoteModel>> {
        cx.client.store()?;
        let PlanRequest { config, prior, mut planned, private } = request;
        if prior.is_none() {
            planned.first_name.clone_from(&planned.name);
            planned.author = cx.meta::<Meta>()?.map_or(Attr::Null, |meta| meta.author);
            planned.house = house();
        }
        if let Attr::Known(lines) = &mut planned.lines {
            lines.iter_mut().for_each(Line::measure);
        }
        if planned.secret_length.is_unknown() {
            planned.secret_length = length(&config.secret_wo);
        }
        Ok(Plan::new(planned, private))
    }

    async fn plan_delete(
        &self,
        _: &Context<Client>,
        request: DeleteRequest<NoteModel>,
    ) -> Result<Diagnostics> {
        let is_guarded = request.prior.labels.known().is_some_and(|labels| labels.contains_key("guarded"));
        let refusal = "It has the label `guarded`. Take that away first.";
        if is_guarded { Err(Diagnostics::error("Note is guarded", refusal)) } else { Ok(Diagnostics::new()) }
    }

    async fn create(
        &self,
        cx: &Context<Client>,
        request: CreateRequest<NoteModel>,
    ) -> Result<Saved<NoteModel>, ApplyError<NoteModel>> {
        let CreateRequest { config, planned, private } = request;
        if cx.client.store()?.get::<NoteModel>("note", &named(&planned))?.is_some() {
            let name = named(&planned).join("/");
            let detail = format!("There is a note {name} already. Import it, or choose another name.");
            return Err(Diagnostics::error("Note already exists", detail).into());
        }
        write(cx, &config, planned, private)
    }

    async fn read(
        &self,
        cx: &Context<Client>,
        request: ReadRequest<NoteModel>,
    ) -> Result<Option<Saved<NoteModel>>> {
        let ReadRequest { state, mut private } = request;
        let Some(mut found) = cx.client.store()?.get::<NoteModel>("note", &named(&state))? else {
            return Ok(None);
        };
        found.timeouts = state.timeouts;
        found.house = house();
        private.set("reads", &(private.get::<i64>("reads").unwrap_or_default() + 1));
        Ok(Some(Saved::new(found, private)))
    }

    async fn update(
        &self,
        cx: &Context<Client>,
        request: UpdateRequest<NoteModel>,
    ) -> Result<Saved<NoteModel>, ApplyError<NoteModel>> {
        let UpdateRequest { config, planned, private, .. } = request;
        write(cx, &config, planned, private)
    }

    async fn delete(&self, cx: &Context<Client>, request: DeleteRequest<NoteModel>) -> Result<Diagnostics> {
        cx.client.store()?.delete("note", &named(&request.prior))?;
        Ok(Diagnostics::new())
    }

    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<NoteModel>>> {
        if (&*source.provider, &*source.type_name) != ("example/everything", "everything_memo") {
            return Ok(None);
        }
        let MemoModel { shelf, name, text, .. } = source.read()?;
        let state = NoteModel { shelf, name, text, house: house(), ..NoteModel::default() };
        Ok(Some(Moved { state, private: source.private }))
    }

    fn generate_config(&self, mut state: NoteModel) -> NoteModel {
        if let Attr::Known(text) = &mut state.text {
            *text = text.trim().to_owned();
        }
        state
    }
}

impl Line {
    fn measure(&mut self) {
        self.length = length(&self.text);
    }
}

/// Everything stands in one house here.
fn house() -> Attr<String> {
    Attr::from("main")
}

fn length(text: &Attr<String>) -> Attr<i64> {
    text.as_ref().map(|text| i64::try_from(text.chars().count()).unwrap_or(i64::MAX))
}

fn named(note: &NoteModel) -> [&str; 2] {
    [note.shelf.as_str().unwrap_or_default(), note.name.as_str().unwrap_or_default()]
}

fn write(
    cx: &Context<Client>,
    config: &NoteModel,
    mut note: NoteModel,
    private: Private,
) -> Result<Saved<NoteModel>, ApplyError<NoteModel>> {
    in_time(&note)?;
    let store = cx.client.store()?;
    let before = store.get::<NoteModel>("note", &named(&note))?;
    let revision = before.and_then(|note| note.revision.into_known()).unwrap_or_default();
    note.secret_length = length(&config.secret_wo);
    note.revision = Attr::Known(revision + 1);
    if let Attr::Known(lines) = &mut note.lines {
        lines.iter_mut().for_each(Line::measure);
    }
    let stored = NoteModel { secret_wo: Attr::Null, ..note.clone() };
    store.put("note", &named(&stored), &stored)?;
    Ok(Saved::new(note, private))
}

/// Writing takes no time worth measuring, so only a limit of nothing is too short.
fn in_time(note: &NoteModel) -> Result<()> {
    let allowed = note.timeouts.known().map(|timeouts| limit(&timeouts.create, Duration::MAX));
    if allowed == Some(Duration::ZERO) {
        return Err(Diagnostics::error("No time to write", "`timeouts` leaves no time at all. Allow some."));
    }
    Ok(())
}

/// Version 0 called the name a title.
fn title_to_name(mut state: serde_json::Value) -> Result<serde_json::Value> {
    if let Some(object) = state.as_object_mut()
        && let Some(title) = object.remove("title")
    {
        object.insert("name".to_owned(), title);
    }
    Ok(state)
}

/// Version 1 wrote the priority as a word.
fn number_priority(mut state: serde_json::Value) -> Result<serde_json::Value> {
    let number = match state["priority"].as_str() {
        Some("high") => 9,
        Some("low") => 1,
        _ => return Ok(state),
    };
    state["priority"] = number.into();
    Ok(state)
}
