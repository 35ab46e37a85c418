//! A provider mirror on disk: Terraform and OpenTofu install the provider from it, and never ask a registry.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The name that our provider's executable starts with.
pub const PROVIDER: &str = "terraform-provider-kestra";

/// Terraform and OpenTofu look for `flowsmith/kestra` at different registries by default; a mirror serves both.
const REGISTRIES: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// A folder with the provider in the layout of a `filesystem_mirror`, and the CLI configuration that points to it.
#[derive(Debug)]
pub struct Mirror {
    cli_config: PathBuf,
}

impl Mirror {
    /// Fills `folder` with `binary` as version `version` of every address in `sources` (such as `flowsmith/kestra`). The
    /// executable is called as the last part of the address demands.
    ///
    /// # Errors
    /// `folder` can't be written, or `binary` can't be read.
    pub fn create(folder: &Path, binary: &Path, version: &str, sources: &[&str]) -> io::Result<Self> {
        let providers = folder.join("providers");
        for registry in REGISTRIES {
            for source in sources {
                let home = providers.join(registry).join(source).join(version).join(platform());
                fs::create_dir_all(&home)?;
                place(binary, &home.join(executable(source, version)))?;
            }
        }
        let cli_config = folder.join("cli.tfrc");
        fs::write(&cli_config, configuration(&providers))?;
        Ok(Self { cli_config })
    }

    /// The file for `TF_CLI_CONFIG_FILE`.
    #[must_use]
    pub fn cli_config(&self) -> &Path {
        &self.cli_config
    }
}

/// Hosts look for an executable that is named after the provider's type.
fn executable(source: &str, version: &str) -> String {
    let kind = source.rsplit('/').next().unwrap_or(source);
    format!("terraform-provider-{kind}_v{version}{}", std::env::consts::EXE_SUFFIX)
}

/// A hard link costs nothing; across file systems, or where links are forbidden, it is a copy.
fn place(binary: &Path, target: &Path) -> io::Result<()> {
    fs::hard_link(binary, target).or_else(|_| fs::copy(binary, target).map(drop))
}

/// Without a `direct` block, nothing is ever downloaded.
fn configuration(providers: &Path) -> String {
    // The configuration's language quotes as JSON does.
    let path = serde_json::Value::from(providers.to_string_lossy());
    format!("provider_installation {{\n  filesystem_mirror {{\n    path = {path}\n  }}\n}}\n")
}

/// The platform in Go's words, as mirrors spell it.
fn platform() -> String {
    const SYSTEMS: [(&str, &str); 1] = [("macos", "darwin")];
    const PROCESSORS: [(&str, &str); 3] = [("x86_64", "amd64"), ("aarch64", "arm64"), ("x86", "386")];
    let translate = |table: &[(&str, &'static str)], word: &'static str| {
        table.iter().find(|(rust, _)| *rust == word).map_or(word, |(_, go)| go)
    };
    let system = translate(&SYSTEMS, std::env::consts::OS);
    format!("{system}_{}", translate(&PROCESSORS, std::env::consts::ARCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_registries_serve_the_binary() {
        let folder = tempfile::tempdir().unwrap();
        let binary = folder.path().join("built");
        fs::write(&binary, "program").unwrap();
        let sources = ["flowsmith/kestra", "kestra-io/kestra"];
        let mirror = Mirror::create(folder.path(), &binary, "1.2.3", &sources).unwrap();
        for address in ["registry.terraform.io/flowsmith/kestra", "registry.opentofu.org/kestra-io/kestra"] {
            let home = folder.path().join("providers").join(address).join("1.2.3").join(platform());
            let name = format!("terraform-provider-kestra_v1.2.3{}", std::env::consts::EXE_SUFFIX);
            assert_eq!(fs::read_to_string(home.join(name)).unwrap(), "program", "{address}");
        }
        let written = fs::read_to_string(mirror.cli_config()).unwrap();
        assert!(written.contains("filesystem_mirror") && !written.contains("direct"), "{written}");
    }

    #[test]
    fn executables_are_named_after_the_last_part_of_the_address() {
        let suffix = std::env::consts::EXE_SUFFIX;
        let check = |source: &str, expected: &str| {
            assert_eq!(executable(source, "1.0.0"), format!("{expected}_v1.0.0{suffix}"));
        };
        check("flowsmith/kestra", PROVIDER);
        check("example/everything", "terraform-provider-everything");
    }

    #[test]
    fn a_path_is_quoted() {
        let written = configuration(Path::new("C:\\a\"b"));
        assert!(written.contains(r#"path = "C:\\a\"b""#), "{written}");
    }
}
