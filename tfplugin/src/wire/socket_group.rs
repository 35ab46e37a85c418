//! The group a host names for its plugins' sockets, looked up without a C library call.

use std::ffi::OsString;
use std::fs;
use std::io;

const GROUPS: &str = "/etc/group";

/// Why a group could not be found.
#[derive(Debug, thiserror::Error)]
pub(super) enum SocketGroupError {
    #[error("{GROUPS} cannot be read ({0}); give the group by its number instead")]
    Unreadable(io::Error),
    #[error("no group is called {0:?}")]
    Unknown(String),
}

/// Gives the id of a group named by its number or by its name in `/etc/group`.
pub(super) fn find(group: OsString) -> Result<u32, SocketGroupError> {
    let group = group.to_string_lossy();
    if let Ok(id) = group.parse() {
        return Ok(id);
    }
    let groups = fs::read_to_string(GROUPS).map_err(SocketGroupError::Unreadable)?;
    find_in(&groups, &group).ok_or_else(|| SocketGroupError::Unknown(group.into_owned()))
}

/// Searches lines of the form `name:password:id:members`.
fn find_in(groups: &str, name: &str) -> Option<u32> {
    groups.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next() == Some(name)).then(|| fields.nth(1)?.parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: &str = "root:x:0:\n# comment\nbroken\nci:x:1001:ann,bob\nnumberless:x:many:\n";

    #[test]
    fn names_are_looked_up() {
        for (name, expected) in [
            ("root", Some(0)),
            ("ci", Some(1001)),
            ("ann", None),
            ("broken", None),
            ("numberless", None),
            ("", None),
        ] {
            assert_eq!(find_in(GROUPS, name), expected, "{name}");
        }
    }

    #[test]
    fn numbers_need_no_entry() {
        assert_eq!(find("4711".into()).unwrap(), 4711);
    }
}
