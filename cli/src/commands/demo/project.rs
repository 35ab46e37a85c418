//! The quickstart and the modules it calls, carried inside the binary: the demo runs wherever flowsmith is installed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../modules"]
#[exclude = "*.terraform/*"]
#[exclude = "*.tfstate*"]
struct Modules;

#[derive(RustEmbed)]
#[folder = "../subflows"]
#[exclude = "*.terraform/*"]
#[exclude = "*.tfstate*"]
struct Subflows;

#[derive(RustEmbed)]
#[folder = "../examples/quickstart"]
#[exclude = "*.terraform/*"]
#[exclude = "*.tfstate*"]
struct Quickstart;

/// Writes the HCL below `folder` as in the repository, so that `../../modules` leads to the modules, and returns the
/// root module's folder.
pub(super) fn write(folder: &Path) -> io::Result<PathBuf> {
    let root = folder.join("examples").join("quickstart");
    unpack::<Modules>(&folder.join("modules"))?;
    unpack::<Subflows>(&folder.join("subflows"))?;
    unpack::<Quickstart>(&root)?;
    Ok(root)
}

fn unpack<E: RustEmbed>(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for name in E::iter() {
        let Some(file) = E::get(&name) else { continue };
        let path = folder.join(name.as_ref());
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, file.data)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quickstart_arrives_complete_and_without_state() {
        let folder = tempfile::tempdir().unwrap();
        let root = write(folder.path()).unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/quickstart/main.tf");
        assert_eq!(fs::read_to_string(root.join("main.tf")).unwrap(), fs::read_to_string(source).unwrap());
        let names = Modules::iter().chain(Subflows::iter()).chain(Quickstart::iter());
        let leftovers: Vec<_> =
            names.filter(|name| name.contains(".terraform/") || name.contains("tfstate")).collect();
        assert!(leftovers.is_empty(), "{leftovers:?}");
    }
}
