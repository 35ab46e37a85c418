//! The lies: which call, what becomes of its answer, and the words that a host has for it.

use super::Step::{self, *};
use super::{ever_new, key, misfit, null, object, planned, saying, text};
use crate::testing::tests::liar::{Lie, change, identity};
use crate::value::Value;
use crate::wire::convert;
use crate::wire::proto::tfplugin6 as proto;

/// A row: the step in which the provider lies, its lie, and words of the host.
pub(super) type Row = (Step, Lie, &'static str);

/// All lies, by what they are about.
pub(super) const TABLES: [&[Row]; 13] = [
    SCHEMAS,
    UPGRADES,
    READS,
    PLANS,
    APPLIES,
    IMPORTS,
    DATA_SOURCES,
    MOVES,
    GENERATED_CONFIGURATIONS,
    EPHEMERAL_RESOURCES,
    FUNCTIONS,
    LISTS,
    ACTIONS,
];

const SCHEMAS: &[Row] = &[
    (Start, Lie::Schema(|a, _| a.provider = None), "The schema of the provider is invalid"),
    (
        Start,
        Lie::Schema(|a, _| a.resource_schemas.get_mut("toy_thing").unwrap().block = None),
        "The schema of resource toy_thing is invalid: its schema has no block.",
    ),
    (
        Start,
        Lie::Schema(|a, _| {
            let block = a.resource_schemas.get_mut("toy_thing").unwrap().block.as_mut().unwrap();
            block.attributes[0].r#type = "text".into();
        }),
        "a type is malformed",
    ),
    (
        Plan,
        Lie::Validate(|a, _| a.diagnostics.push(proto::Diagnostic::default())),
        "Provider produced invalid diagnostic",
    ),
];

const UPGRADES: &[Row] = &[
    (
        Refresh,
        Lie::Upgrade(|a, _| a.upgraded_state = misfit()),
        "Invalid resource state upgrade: The example/toy provider upgraded the state for toy_thing.this",
    ),
    (
        Refresh,
        Lie::Upgrade(|a, ty| change(&mut a.upgraded_state, ty, "text", Value::unknown())),
        "The returned state contains unknown values",
    ),
    (
        Refresh,
        Lie::Upgrade(|a, ty| change(&mut a.upgraded_state, ty, "secret", Value::from("s3cret"))),
        "Invalid resource state upgrade: Provider \"example/toy\" returned a value for the write-only attribute \
         \"toy_thing.this.secret\"",
    ),
    (
        RefreshOldIdentity,
        Lie::UpgradeIdentity(|a, _| a.upgraded_identity = None),
        "Missing Resource Identity After Upgrade",
    ),
    (
        RefreshOldIdentity,
        Lie::UpgradeIdentity(|a, _| a.upgraded_identity = identity(Value::unknown())),
        "an identity with unknown values",
    ),
];

const READS: &[Row] = &[
    (
        Refresh,
        Lie::Read(|a, ty| change(&mut a.new_state, ty, "text", Value::unknown())),
        "Provider \"example/toy\" planned an invalid value for toy_thing.this.text during refresh: The returned state \
         contains unknown values",
    ),
    (
        Refresh,
        Lie::Read(|a, ty| change(&mut a.new_state, ty, "secret", Value::from("s3cret"))),
        "Provider produced invalid object: Provider \"example/toy\" returned a value for the write-only attribute \
         \"toy_thing.this.secret\" during refresh",
    ),
    (Refresh, Lie::Read(|a, _| a.new_identity = None), "Missing Resource Identity After Read"),
    (Refresh, Lie::Read(|a, _| a.new_identity = identity("b".into())), "Unexpected Identity Change"),
    (
        Refresh,
        Lie::Read(|a, _| a.new_identity = identity(Value::unknown())),
        "an identity with unknown values",
    ),
    (
        Refresh,
        Lie::Read(|a, _| a.deferred = Some(proto::Deferred { reason: 1 })),
        "Unexpected provider deferral",
    ),
];

const PLANS: &[Row] = &[
    (
        Plan,
        Lie::Plan(|a, ty| planned(a, ty, "name", "other".into())),
        "Provider produced invalid plan: Provider \"example/toy\" planned an invalid value for toy_thing.this.name: \
         planned value cty.StringVal(\"other\") does not match config value cty.StringVal(\"b\")",
    ),
    (
        Plan,
        Lie::Plan(|a, ty| planned(a, ty, "text", "own".into())),
        "planned value cty.StringVal(\"own\") for a non-computed attribute",
    ),
    (
        Plan,
        Lie::Plan(|a, ty| planned(a, ty, "secret", "s3cret".into())),
        "Provider produced invalid plan: Provider \"example/toy\" returned a value for the write-only attribute \
         \"toy_thing.this.secret\" during planning",
    ),
    (Plan, Lie::Plan(|a, _| a.planned_state = None), "planned for absence but config wants existence"),
    (Plan, Lie::Plan(|a, _| a.planned_state = misfit()), "Provider produced invalid plan"),
    (
        Plan,
        Lie::Plan(|a, ty| planned(a, ty, "marks", Value::Null)),
        "attribute representing a list of nested blocks must be empty to indicate no blocks, not null",
    ),
    (
        Update,
        Lie::Plan(|a, ty| planned(a, ty, "token", "oth3r".into())),
        "sensitive planned value does not match config value nor prior value",
    ),
    (
        Update,
        Lie::Plan(|a, ty| planned(a, ty, "parts", Value::unknown())),
        "count in plan (cty.UnknownVal(cty.Number)) disagrees with count in config (cty.NumberIntVal(1))",
    ),
    (
        Update,
        Lie::Plan(|a, ty| planned(a, ty, "marks", Value::List(vec![]))),
        "block count in plan (0) disagrees with count in config (1)",
    ),
    (
        Update,
        Lie::Plan(|a, _| {
            a.requires_replace.push(convert::attribute_path(&crate::value::Path::root().attribute("no")))
        }),
        "has indicated \"requires replacement\" on toy_thing.this for a non-existent attribute path no",
    ),
    (
        Update,
        Lie::Plan(|a, _| a.planned_identity = identity(Value::unknown())),
        "Provider produced invalid identity",
    ),
    (Update, Lie::Plan(|a, _| a.legacy_type_system = true), "Provider uses the legacy type system"),
    (
        Plan,
        Lie::Plan(|a, _| a.deferred = Some(proto::Deferred { reason: 1 })),
        "Unexpected provider deferral",
    ),
    (
        Destroy,
        Lie::Plan(|a, ty| a.planned_state = object(ty)),
        "Provider produced invalid plan: Provider \"example/toy\" planned a non-null destroy value",
    ),
];

const APPLIES: &[Row] = &[
    (
        Create,
        Lie::Apply(|a, _| a.new_state = None),
        "Provider \"example/toy\" produced an invalid nil value after apply for toy_thing.this",
    ),
    (Create, Lie::Apply(|a, _| a.new_state = null()), "Root object was present, but now absent"),
    (Create, Lie::Apply(|a, _| a.new_state = misfit()), "The result cannot be saved in the Terraform state"),
    (
        Create,
        Lie::Apply(|a, ty| change(&mut a.new_state, ty, "secret", "s3cret".into())),
        "Provider produced invalid object: Provider \"example/toy\" returned a value for the write-only attribute \
         \"toy_thing.this.secret\" after apply",
    ),
    (
        Create,
        Lie::Apply(|a, ty| change(&mut a.new_state, ty, "revision", Value::unknown())),
        "Provider returned invalid result object after apply: After the apply operation, the provider still indicated \
         an unknown value for toy_thing.this.revision",
    ),
    (
        Create,
        Lie::Apply(|a, ty| change(&mut a.new_state, ty, "colour", "red".into())),
        "Provider produced inconsistent result after apply: When applying changes to toy_thing.this, provider \
         \"example/toy\" produced an unexpected new value: .colour: was cty.StringVal(\"blue\"), but now \
         cty.StringVal(\"red\")",
    ),
    (
        Create,
        Lie::Apply(|a, ty| change(&mut a.new_state, ty, "token", "oth3r".into())),
        ".token: inconsistent values for sensitive attribute",
    ),
    (
        Update,
        Lie::Apply(|a, ty| change(&mut a.new_state, ty, "marks", Value::List(vec![]))),
        ".marks: block count changed from 1 to 0",
    ),
    (Create, Lie::Apply(|a, _| a.new_identity = None), "Missing Resource Identity After Create"),
    (Update, Lie::Apply(|a, _| a.new_identity = None), "Missing Resource Identity After Update"),
    (Update, Lie::Apply(|a, _| a.new_identity = identity("b".into())), "Unexpected Identity Change"),
    (
        Destroy,
        Lie::Apply(|a, ty| a.new_state = object(ty)),
        "After applying a Delete plan, the provider returned a non-nil object for toy_thing.this",
    ),
    (
        CreatePlain,
        Lie::Apply(|a, _| a.new_identity = identity("a".into())),
        "Provider produced invalid identity: Provider \"example/toy\" returned an identity for toy_plain.this, which has no \
         identity schema.",
    ),
];

const IMPORTS: &[Row] = &[
    (Import, Lie::Import(|a, _| a.imported_resources.clear()), "Import returned no resources"),
    (
        Import,
        Lie::Import(|a, _| a.imported_resources.push(a.imported_resources[0].clone())),
        "Multiple import states not supported",
    ),
    (
        Import,
        Lie::Import(|a, _| a.imported_resources[0].type_name = "toy_plain".to_owned()),
        "Import returned an instance of another type",
    ),
    (Import, Lie::Import(|a, _| a.imported_resources[0].state = null()), "Import returned null resource"),
    (
        Import,
        Lie::Import(|a, ty| change(&mut a.imported_resources[0].state, ty, "text", Value::unknown())),
        "The returned state contains unknown values",
    ),
    (
        Import,
        Lie::Import(|a, ty| change(&mut a.imported_resources[0].state, ty, "secret", "s3cret".into())),
        "Import returned a non-null value for a write-only attribute",
    ),
    (
        ImportIdentity,
        Lie::Import(|a, _| a.imported_resources[0].identity = None),
        "Missing Resource Identity After Import",
    ),
    (Import, Lie::Read(|a, _| a.new_identity = None), "Missing Resource Identity After Read"),
    (Import, Lie::Read(|a, _| a.new_state = null()), "Cannot import non-existent remote object"),
];

const DATA_SOURCES: &[Row] = &[
    (ReadData, Lie::ReadData(|a, _| a.state = null()), "Provider produced null object"),
    (
        ReadData,
        Lie::ReadData(|a, _| a.state = saying(Value::from("b"), Value::Null)),
        "does not match config value",
    ),
    (
        ReadData,
        Lie::ReadData(|a, _| a.state = saying("a".into(), Value::unknown())),
        "contains unknown values",
    ),
];

const MOVES: &[Row] = &[
    (Move, Lie::Move(|a, _| a.target_state = null()), "Provider returned invalid value"),
    (
        Move,
        Lie::Move(|a, ty| change(&mut a.target_state, ty, "secret", "s3cret".into())),
        "returned a value for the write-only attribute \"toy_thing.this.secret\" during an across type move operation",
    ),
    (
        Move,
        Lie::Move(|a, ty| change(&mut a.target_state, ty, "text", Value::unknown())),
        "The returned state contains unknown values",
    ),
];

const GENERATED_CONFIGURATIONS: &[Row] = &[(
    Generate,
    Lie::Generate(|a, ty| change(&mut a.config, ty, "name", Value::Null)),
    "The argument \"name\" is required, but no definition was found.",
)];

const EPHEMERAL_RESOURCES: &[Row] = &[
    (Open, Lie::Open(|a, _| a.result = null()), "Provider produced null object"),
    (Open, Lie::Open(|a, _| a.result = key("you".into(), "s3cret".into())), "does not match config value"),
    (Open, Lie::Open(|a, _| a.result = key("me".into(), Value::unknown())), "contains unknown values"),
    (
        Open,
        Lie::Open(|a, _| a.deferred = Some(proto::Deferred { reason: 1 })),
        "Unexpected provider deferral",
    ),
    (
        Open,
        Lie::Open(|a, _| a.renew_at = Some(prost_types::Timestamp { seconds: i64::MIN, nanos: -1 })),
        "Provider returned an invalid time",
    ),
];

const FUNCTIONS: &[Row] = &[
    (Call, Lie::Call(|a, _| a.result = None), "returned an invalid result: there is none"),
    (Call, Lie::Call(|a, _| a.result = misfit()), "returned an invalid result: expected string"),
    (
        Call,
        Lie::Call(|a, _| a.result = text(Value::unknown())),
        "returned an invalid result: it is unknown although all arguments are known",
    ),
    (
        Call,
        Lie::Call(|a, _| a.result = text(ever_new())),
        "Provider function returned an inconsistent result",
    ),
    (
        Call,
        Lie::Call(|a, _| {
            a.error = Some(proto::FunctionError { text: "no".into(), function_argument: Some(3) })
        }),
        "is about an argument that the call does not have",
    ),
];

const LISTS: &[Row] = &[
    (List, Lie::List(|events, _| events[0].identity = None), "missing identity data"),
    (
        List,
        Lie::List(|events, _| events[0].identity = identity(Value::unknown())),
        "Provider produced invalid identity",
    ),
    (
        List,
        Lie::List(|events, ty| change(&mut events[0].resource_object, ty, "secret", "s3cret".into())),
        "returned a value for the write-only attribute \"toy_thing.this.secret\" during list",
    ),
    (
        List,
        Lie::List(|events, ty| change(&mut events[0].resource_object, ty, "text", Value::unknown())),
        "The returned state contains unknown values",
    ),
    (
        List,
        Lie::List(|events, _| events[0].resource_object = misfit()),
        "Provider produced invalid list result",
    ),
    (
        Start,
        Lie::IdentitySchemas(|a, _| a.identity_schemas.clear()),
        "The schema of list resource toy_thing is invalid",
    ),
];

const ACTIONS: &[Row] = &[
    (
        PlanAction,
        Lie::PlanAction(|a, _| a.deferred = Some(proto::Deferred { reason: 1 })),
        "Unexpected provider deferral",
    ),
    (
        Invoke,
        Lie::Invoke(|events, _| events[0].r#type = None),
        "an event with nothing in it, which crashes hosts",
    ),
    (
        Invoke,
        Lie::Invoke(|events, _| drop(events.pop())),
        "The action ended without saying that it is completed.",
    ),
    (
        Invoke,
        Lie::Invoke(|events, _| events.push(events[0].clone())),
        "The action went on after it was completed.",
    ),
];
