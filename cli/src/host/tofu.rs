//! Builds OpenTofu from source: where no Terraform CLI can be downloaded, Go and its module proxy often are in reach.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The module that pins OpenTofu, carried in the binary so that an installed flowsmith can build it too.
const MODULE: [(&str, &str); 2] = [
    ("go.mod", include_str!("../../../tools/tofu/go.mod")),
    ("go.sum", include_str!("../../../tools/tofu/go.sum")),
];

/// OpenTofu's command in the module, and the flags its own releases are built with.
const PACKAGE: &str = "github.com/opentofu/opentofu/cmd/tofu";
const LINKER_FLAGS: &str = "-s -w -X github.com/opentofu/opentofu/version.dev=no";

/// Why there is no OpenTofu after all.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There is no `go` on the `PATH`.
    #[error("no Go toolchain on PATH to build OpenTofu with; install Terraform or OpenTofu, or Go 1.26")]
    NoGo(#[source] io::Error),
    /// `go build` failed; its own words follow.
    #[error("building OpenTofu failed; install Terraform or OpenTofu instead. Go says:\n{0}")]
    Go(String),
    /// The cache could not be written.
    #[error("the cache folder {folder} can't be used (XDG_CACHE_HOME moves it)")]
    Cache { folder: PathBuf, source: io::Error },
    /// Neither `XDG_CACHE_HOME` nor a home folder is known.
    #[error("no folder to build OpenTofu in: set XDG_CACHE_HOME")]
    NoCache,
}

/// An OpenTofu that was built before.
pub(super) fn cached() -> Option<PathBuf> {
    cache().map(|folder| folder.join(executable())).filter(|program| super::is_program(program))
}

/// Builds OpenTofu beside its final place and moves it there, so that a half-built one is never found.
pub(super) fn build() -> Result<PathBuf, BuildError> {
    let folder = cache().ok_or(BuildError::NoCache)?;
    let unusable = |source| BuildError::Cache { folder: folder.clone(), source };
    fs::create_dir_all(&folder).map_err(unusable)?;
    let workshop = tempfile::tempdir_in(&folder).map_err(unusable)?;
    for (name, text) in MODULE {
        fs::write(workshop.path().join(name), text).map_err(unusable)?;
    }
    let built = workshop.path().join(executable());
    let go = go_build(workshop.path(), &built).map_err(BuildError::NoGo)?;
    if !go.status.success() {
        return Err(BuildError::Go(String::from_utf8_lossy(&go.stderr).into_owned()));
    }
    let program = folder.join(executable());
    fs::rename(&built, &program).map_err(unusable)?;
    Ok(program)
}

fn go_build(module: &Path, target: &Path) -> io::Result<Output> {
    Command::new("go")
        .current_dir(module)
        .args(["build", "-mod=readonly", "-trimpath", "-ldflags", LINKER_FLAGS, "-o"])
        .arg(target)
        .arg(PACKAGE)
        .output()
}

/// One folder per version: an upgrade of the pin never meets an old binary.
fn cache() -> Option<PathBuf> {
    // An empty or relative path counts as none: so says the XDG specification.
    let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = xdg.or_else(|| Some(env::home_dir()?.join(".cache")))?;
    Some(caches.join("flowsmith").join(format!("tofu-{}", version())))
}

fn executable() -> String {
    format!("tofu{}", env::consts::EXE_SUFFIX)
}

/// The pinned version, as go.mod says it.
fn version() -> &'static str {
    let (_, go_mod) = MODULE[0];
    let pin = go_mod.split_once("github.com/opentofu/opentofu v").map(|(_, rest)| rest);
    pin.and_then(|rest| rest.split_whitespace().next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pin_is_read_from_the_module() {
        assert_eq!(version().split('.').count(), 3, "{}", version());
        assert!(MODULE[1].1.contains(&format!("github.com/opentofu/opentofu v{} h1:", version())));
    }
}
