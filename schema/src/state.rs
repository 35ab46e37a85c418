//! The states of executions and task runs.

/// The states in which nothing happens any more by itself.
const TERMINAL: [&str; 8] =
    ["SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "RETRIED", "SKIPPED", "RESUBMITTED"];

/// Whether nothing happens any more in a state, such as `SUCCESS`, by itself.
pub fn is_terminal(state: &str) -> bool {
    TERMINAL.contains(&state)
}
