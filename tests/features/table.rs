//! The features of the protocol, in Terraform's words, and which hosts have them.

/// Where a feature can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    InProcess,
    Process,
    Terraform,
    OpenTofu,
}

pub(super) const COLUMNS: [Column; 4] =
    [Column::InProcess, Column::Process, Column::Terraform, Column::OpenTofu];

/// Where tests lie, and what they show there. The first that fits counts.
const PLACES: [(&str, &[Column]); 3] = [
    ("tfplugin/tests/process/", &[Column::Process]),
    ("tfplugin/", &[Column::InProcess]),
    ("tests/", &[Column::Terraform, Column::OpenTofu]),
];

impl Column {
    /// What the tests of a source file show; `None` for a file that has no say.
    pub(super) fn of(path: &str) -> Option<&'static [Self]> {
        let place = PLACES.iter().find(|(folder, _)| path.starts_with(folder) && path.ends_with(".rs"))?;
        Some(place.1)
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::InProcess => "In process",
            Self::Process => "Process",
            Self::Terraform => "Terraform",
            Self::OpenTofu => "OpenTofu",
        }
    }
}

/// Whether the tested version of a host has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Support {
    Here,
    /// A later version does.
    Since(&'static str),
    /// No released version does.
    Never,
}

/// Features that came to hosts together.
pub(super) struct Group {
    pub(super) name: &'static str,
    terraform: Support,
    tofu: Support,
    features: &'static [&'static str],
}

impl Group {
    /// The features, by the name that marks use and by the one that readers see.
    pub(super) fn features(&self) -> impl Iterator<Item = (String, &'static str)> {
        self.features.iter().map(|name| (format!("{}/{}", slug(self.name), slug(name)), *name))
    }

    pub(super) fn support(&self, column: Column) -> Support {
        match column {
            Column::InProcess | Column::Process => Support::Here,
            Column::Terraform => self.terraform,
            Column::OpenTofu => self.tofu,
        }
    }
}

/// The group of a feature.
pub(super) fn group(id: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.features().any(|(known, _)| known == id))
}

/// A name for marks: lower case, and hyphens between words.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// What both hosts have.
const fn everywhere(name: &'static str, features: &'static [&'static str]) -> Group {
    Group { name, terraform: Support::Here, tofu: Support::Here, features }
}

/// What Terraform has since 1.14, and OpenTofu never had.
const fn since_1_14(name: &'static str, features: &'static [&'static str]) -> Group {
    Group { name, terraform: Support::Since("1.14"), tofu: Support::Never, features }
}

pub(super) const GROUPS: &[Group] = &[
    everywhere(
        "Process",
        &[
            "handshake line",
            "negotiation of the protocol version",
            "started by a human",
            "mutual TLS with the host's certificate",
            "plaintext without a host's certificate",
            "socket in any temporary folder",
            "multiplexing declined",
            "standard streams closed",
            "health service",
            "two instances at once",
            "100 calls at once",
            "messages beyond 4 MiB",
            "panic in a handler",
            "log in the host's format",
            "shutdown at once",
            "interrupts left to the host",
            "termination",
            "end with a host that vanishes",
            "debug mode",
            "many walks in one process",
        ],
    ),
    everywhere(
        "Provider",
        &[
            "configuration",
            "configuration known only after apply",
            "one configuration per alias",
            "provider meta",
            "functions, types and names that it does not have",
            "schema rules that hosts enforce",
            "metadata and capabilities",
            "calls before the schema is asked for",
        ],
    ),
    Group {
        name: "Provider iteration",
        terraform: Support::Never,
        tofu: Support::Here,
        features: &["one configuration per key"],
    },
    everywhere(
        "Values",
        &[
            "msgpack and JSON",
            "numbers of any size and precision",
            "strings in normal form",
            "null and empty",
            "unknown values",
            "refinements of unknown values",
            "dynamic types",
            "hostile input",
        ],
    ),
    everywhere(
        "Schema",
        &[
            "attributes of every type",
            "sets",
            "nested attributes",
            "computed attributes in nested attributes",
            "blocks",
            "blocks known only after apply",
            "timeouts",
            "deprecated attributes",
            "read-only attributes",
            "sensitive values in no message",
        ],
    ),
    everywhere(
        "Validation",
        &[
            "validators of attributes",
            "validators in nested attributes",
            "rules over several attributes",
            "warnings",
            "unknown values are not refused",
            "errors at their attribute",
        ],
    ),
    everywhere(
        "Plan",
        &[
            "defaults",
            "computed values are unknown only when something changes",
            "keep state when unknown",
            "two spellings of one value",
            "requires replace",
            "requires replace by condition",
            "requires replace in nested attributes",
            "plan of a destroy refused",
            "planned values hold in the apply",
        ],
    ),
    everywhere(
        "Resources",
        &[
            "create, read, update, delete",
            "private state",
            "drift",
            "an object that is gone",
            "create before destroy",
            "replace on demand",
            "tainted objects",
            "a create that fails",
            "a create that fails halfway",
            "an update that fails",
            "a delete that fails",
            "stop during create",
            "call cancelled by the host",
        ],
    ),
    everywhere(
        "Write-only attributes",
        &[
            "in no plan and no state",
            "sent with their version",
            "in nested attributes",
            "refused by older hosts",
        ],
    ),
    everywhere(
        "State",
        &[
            "upgrade from every older version",
            "attributes that are gone",
            "state of a newer version",
            "moved across types",
            "moved across providers",
            "move refused",
        ],
    ),
    everywhere("Import", &["import by id", "malformed id", "import of nothing", "import then no change"]),
    since_1_14("Generated configuration", &["GenerateResourceConfig"]),
    Group {
        name: "Identity",
        terraform: Support::Since("1.12"),
        tofu: Support::Here,
        features: &[
            "identity in the state",
            "import by identity",
            "attributes that the provider fills in",
            "upgrade from every older version",
            "identity that never changes",
        ],
    },
    everywhere("Data sources", &["read in the plan", "read in the apply", "validation", "nothing found"]),
    everywhere(
        "Functions",
        &[
            "positional parameters",
            "variadic parameters",
            "null arguments",
            "unknown arguments",
            "dynamic parameters",
            "error on an argument",
            "deprecation message",
            "unconfigured provider",
        ],
    ),
    everywhere(
        "Ephemeral resources",
        &[
            "open in plan and apply",
            "renew",
            "close",
            "wait for what is unknown",
            "validation",
            "value in a write-only attribute and nowhere else",
        ],
    ),
    since_1_14(
        "List resources",
        &["list", "limit", "include resource", "display names", "warnings", "validation"],
    ),
    since_1_14(
        "Actions",
        &[
            "plan with unknown values",
            "plan refused",
            "validation",
            "invoke",
            "progress events",
            "an action that fails",
            "an action outlives its host's call",
        ],
    ),
    Group {
        name: "Deferred changes",
        terraform: Support::Never,
        tofu: Support::Never,
        features: &["resources", "data sources", "ephemeral resources", "actions"],
    },
    Group {
        name: "State stores",
        terraform: Support::Never,
        tofu: Support::Never,
        features: &["answered as unimplemented"],
    },
];
