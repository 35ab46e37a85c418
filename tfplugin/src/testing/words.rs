//! Core's words for the rules a provider breaks, by the step in which it does.

use std::fmt;

use super::failure::Violation;
use super::rules::{IdentityProblem, Problem};
use crate::value::Path;

const BUG: &str =
    "This is a bug in the provider, which should be reported in the provider's own issue tracker.";

/// What a host does with an object when the provider answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Upgrade,
    Refresh,
    Plan,
    Apply,
    Import,
    Move,
    Read,
    List,
    Generate,
}

/// How core speaks of a step.
struct Phrases {
    summary: &'static str,
    /// What the provider did, up to the object.
    invalid: &'static str,
    /// When it did, behind the object or the attribute.
    during: &'static str,
}

impl Step {
    const fn phrases(self) -> Phrases {
        let (summary, invalid, during) = match self {
            Self::Upgrade => {
                ("Invalid resource state upgrade", "upgraded to an invalid value", "during upgrade")
            }
            Self::Refresh => {
                ("Provider produced invalid object", "planned an invalid value", "during refresh")
            }
            Self::Plan => ("Provider produced invalid plan", "planned an invalid value", "during planning"),
            Self::Apply => ("Provider produced invalid object", "produced an invalid value", "after apply"),
            Self::Import => {
                ("Provider produced invalid object", "imported an invalid value", "during import")
            }
            Self::Move => (
                "Provider returned invalid value",
                "returned an invalid value",
                "during an across type move operation",
            ),
            Self::Read => ("Provider produced invalid object", "produced an invalid value", "during read"),
            Self::List => ("Provider produced invalid list result", "listed an invalid value", "during list"),
            Self::Generate => {
                ("Provider produced invalid config", "generated an invalid value", "during config generation")
            }
        };
        Phrases { summary, invalid, during }
    }
}

/// Whose answer it is and which object it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'h> {
    pub(super) provider: &'h str,
    pub(super) type_name: &'h str,
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.this", self.type_name)
    }
}

impl Subject<'_> {
    fn at(&self, path: &Path) -> String {
        if path.is_root() { self.to_string() } else { format!("{self}.{path}") }
    }

    /// An answer that does not fit the schema, or not what it answers.
    pub(super) fn invalid(&self, step: Step, Problem { path, text }: Problem) -> Violation {
        let (provider, place) = (self.provider, self.at(&path));
        let Phrases { summary, invalid, during } = step.phrases();
        let detail = match step {
            Step::Upgrade => format!(
                "The {provider} provider upgraded the state for {self} from a previous version, but produced an invalid \
                 result: {place}: {text}."
            ),
            Step::Plan | Step::Read => {
                format!("Provider {provider:?} {invalid} for {place}: {text}.\n\n{BUG}")
            }
            Step::Apply => format!(
                "Provider {provider:?} {invalid} {during} for {place}: {text}. The result cannot be saved in the \
                 Terraform state.\n\n{BUG}"
            ),
            _ => format!("Provider {provider:?} {invalid} for {place} {during}: {text}.\n\n{BUG}"),
        };
        Violation::new(summary, detail).at(path)
    }

    /// A value that should be known by now.
    pub(super) fn unknown(&self, step: Step, path: Path) -> Violation {
        if step == Step::Apply {
            let detail = format!(
                "After the apply operation, the provider still indicated an unknown value for {}. All values must be \
                 known after apply, so this is always a bug in the provider and should be reported in the provider's \
                 own repository. Terraform will still save the other known object values in the state.",
                self.at(&path)
            );
            return Violation::new("Provider returned invalid result object after apply", detail).at(path);
        }
        let text = "The returned state contains unknown values".to_owned();
        self.invalid(step, Problem { path, text })
    }

    /// A write-only value that came back.
    pub(super) fn write_only(&self, step: Step, path: Path) -> Violation {
        let Phrases { summary, during, .. } = step.phrases();
        let summary = match step {
            Step::Import => "Import returned a non-null value for a write-only attribute",
            _ => summary,
        };
        let detail = format!(
            "Provider {:?} returned a value for the write-only attribute {:?} {during}. Write-only attributes cannot be \
             read back from the provider. This is a bug in the provider, which should be reported in the provider's own \
             issue tracker.",
            self.provider,
            self.at(&path)
        );
        Violation::new(summary, detail).at(path)
    }

    /// A path of `requires_replace` that leads nowhere.
    pub(super) fn no_such_path(&self, path: Path) -> Violation {
        let detail = format!(
            "Provider {:?} has indicated \"requires replacement\" on {self} for a non-existent attribute path {path}.\n\n\
             {BUG}",
            self.provider
        );
        Violation::new("Provider produced invalid plan", detail).at(path)
    }

    /// A planned delete that is none.
    pub(super) fn not_destroyed(&self) -> Violation {
        let detail =
            format!("Provider {:?} planned a non-null destroy value for {self}.\n\n{BUG}", self.provider);
        Violation::new("Provider produced invalid plan", detail)
    }

    /// A plan made during apply that promises another object than the first one.
    pub(super) fn inconsistent_plan(&self, Problem { path, text }: Problem) -> Violation {
        let detail = format!(
            "When expanding the plan for {self} to include new values learned so far during apply, provider {:?} produced \
             an invalid new value for .{path}: {text}.\n\n{BUG}",
            self.provider
        );
        Violation::new("Provider produced inconsistent final plan", detail).at(path)
    }

    /// A plan made during apply that does another thing than the first one.
    pub(super) fn inconsistent_action(
        &self,
        planned: impl fmt::Display,
        actual: impl fmt::Display,
    ) -> Violation {
        let detail = format!(
            "When expanding the plan for {self} to include new values learned so far during apply, provider {:?} changed \
             the planned action from {planned} to {actual}.\n\n{BUG}",
            self.provider
        );
        Violation::new("Provider produced inconsistent final plan", detail)
    }

    /// An applied object that is not the one that was planned.
    pub(super) fn inconsistent_result(&self, Problem { path, text }: Problem) -> Violation {
        let place = if path.is_root() { String::new() } else { format!(".{path}: ") };
        let detail = format!(
            "When applying changes to {self}, provider {:?} produced an unexpected new value: {place}{text}.\n\n{BUG}",
            self.provider
        );
        Violation::new("Provider produced inconsistent result after apply", detail).at(path)
    }

    /// An apply without any answer.
    pub(super) fn nil_after_apply(&self) -> Violation {
        let detail = format!(
            "Provider {:?} produced an invalid nil value after apply for {self}.\n\n{BUG}",
            self.provider
        );
        Violation::new("Provider produced invalid object", detail)
    }

    /// A delete after which the object is still there.
    pub(super) fn left_after_delete(&self) -> Violation {
        let detail = format!(
            "After applying a Delete plan, the provider returned a non-nil object for {self}. Destroying should always \
             produce a nil value, so this is always a bug in the provider and should be reported in the provider's own \
             repository. Terraform will still save this errant object in the state for debugging and recovery."
        );
        Violation::new("Provider returned invalid result object after apply", detail)
    }

    /// A data source that found nothing and did not say so.
    pub(super) fn null_object(&self) -> Violation {
        let detail = format!("Provider {:?} produced a null value for {self}.\n\n{BUG}", self.provider);
        Violation::new("Provider produced null object", detail)
    }

    /// An identity that is not what it must be after a step, such as `Read`.
    pub(super) fn invalid_identity(&self, step: &str, problem: IdentityProblem) -> Violation {
        let provider = self.provider;
        let (summary, detail) = match problem {
            IdentityProblem::Missing => (
                format!("Missing Resource Identity After {step}"),
                format!(
                    "The Terraform Provider unexpectedly returned no resource identity data for {self} after having no \
                     errors in the resource {}.",
                    step.to_lowercase()
                ),
            ),
            IdentityProblem::Unknown => (
                "Provider produced invalid identity".to_owned(),
                format!("Provider {provider:?} returned an identity with unknown values for {self}."),
            ),
            IdentityProblem::Changed => (
                "Unexpected Identity Change".to_owned(),
                format!(
                    "During the {} operation, the Terraform Provider unexpectedly returned a different identity for \
                     {self} than the previously stored one.",
                    step.to_lowercase()
                ),
            ),
        };
        Violation::new(summary, format!("{detail}\n\n{BUG}"))
    }

    /// An identity of a resource that has no schema for it.
    pub(super) fn surplus_identity(&self) -> Violation {
        let detail = format!(
            "Provider {:?} returned an identity for {self}, which has no identity schema.\n\n{BUG}",
            self.provider
        );
        Violation::new("Provider produced invalid identity", detail)
    }

    /// Deferral that nobody allowed.
    pub(super) fn unexpected_deferral(&self) -> Violation {
        let detail = format!(
            "The provider {:?} signaled a deferred action for {self}, but in this context deferrals are disabled. {BUG}",
            self.provider
        );
        Violation::new("Unexpected provider deferral", detail)
    }
}
