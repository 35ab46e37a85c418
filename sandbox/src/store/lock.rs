//! One process writes to a data file: SQLite would let two of them in, and neither would hear of what the other changes.

use std::{
    fs::{File, TryLockError},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use super::Error;

/// The right to write to a data file. The system takes it back when the process dies, however that happens.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks a file beside the data: SQLite has locks of its own on the data, which a second handle would spoil.
    pub(super) fn take(data: &Path) -> Result<Lock, Error> {
        let path = beside(data);
        let failed = |source| Error::Lock { path: path.clone(), source };
        let mut options = File::options();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::InUse { path: data.into(), holder: holder(&mut file) });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).map_err(failed)?;
        Ok(Lock { _file: file })
    }
}

fn beside(data: &Path) -> PathBuf {
    let mut name = data.as_os_str().to_owned();
    name.push("-lock");
    name.into()
}

/// Who has the lock, as far as that can be read.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    match file.read_to_string(&mut text).map(|_| text.parse::<u32>()) {
        Ok(Ok(process)) => format!("process {process}"),
        _ => "another process".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_taken_once_and_freed() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data.db");
        let first = Lock::take(&data).unwrap();
        let refused = Lock::take(&data).unwrap_err().to_string();
        let expected =
            format!("data.db is in use by process {}; stop it, or use other data", std::process::id());
        assert!(refused.ends_with(&expected), "{refused}");
        drop(first);
        Lock::take(&data).unwrap();
    }
}
