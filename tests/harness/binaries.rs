//! Finds the built programs: cargo tells only a package's own tests where they are, and these tests cross packages.

use std::{
    env,
    path::{Path, PathBuf},
};

/// `terraform-provider-kestra`, as it is shipped.
///
/// # Panics
/// It was not built.
#[must_use]
pub fn provider() -> PathBuf {
    built("terraform-provider-kestra")
}

/// `flowsmith`, as it is shipped.
///
/// # Panics
/// It was not built.
#[must_use]
pub fn flowsmith() -> PathBuf {
    built("flowsmith")
}

/// An example provider of the protocol library: `everything` or `kv`.
///
/// # Panics
/// It was not built.
#[must_use]
pub fn example(name: &str) -> PathBuf {
    built(&format!("examples/{name}"))
}

/// The path on which programs are found, with a folder before all others.
///
/// # Panics
/// Names of folders are no text, or have colons.
#[must_use]
pub fn path_with(folder: &Path) -> String {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = [folder.to_owned()].into_iter().chain(env::split_paths(&path));
    let path = env::join_paths(folders).expect("folders without a colon");
    path.into_string().expect("folders with readable names")
}

/// A test's executable is in `deps`, the programs are one folder up.
fn built(name: &str) -> PathBuf {
    let test = env::current_exe().expect("a test knows its own executable");
    let profile = test.parent().and_then(|deps| deps.parent()).expect("a test lies in target/<profile>/deps");
    let program = profile.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is not built; `cargo test --workspace` builds it, and so does \
         `cargo build -p provider -p cli -p tfplugin --examples --bins`",
        program.display(),
    );
    program
}
