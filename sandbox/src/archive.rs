//! Zip archives, in which Kestra hands out many files at once and takes them back.

use std::io::{self, Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{call::BODY_LIMIT, fault::Fault};

/// The most files an archive may hold: small ones are many before they reach the limit of a body.
const FILE_LIMIT: usize = 10_000;

/// Names and contents.
pub(crate) type Entries = Vec<(String, Vec<u8>)>;

/// The bytes of an archive.
pub(crate) fn pack(entries: Entries) -> Result<Vec<u8>, Fault> {
    let failed =
        |cause: &dyn std::fmt::Display| Fault::Internal(format!("cannot write the archive: {cause}"));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        archive.start_file(name, SimpleFileOptions::default()).map_err(|cause| failed(&cause))?;
        archive.write_all(&content).map_err(|cause| failed(&cause))?;
    }
    Ok(archive.finish().map_err(|cause| failed(&cause))?.into_inner())
}

/// The files of an archive; what unpacks to more than a request may hold is refused.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Entries, Fault> {
    let broken = |cause: &dyn std::fmt::Display| Fault::Argument(format!("cannot read the archive: {cause}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| broken(&cause))?;
    if archive.len() > FILE_LIMIT {
        return Err(Fault::Argument(format!("the sandbox takes archives of at most {FILE_LIMIT} files")));
    }
    let (mut entries, mut left) = (Entries::new(), BODY_LIMIT);
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|cause| broken(&cause))?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(|cause| broken(&cause))?.into_owned();
        let content = read_at_most(file, left).map_err(|cause| broken(&cause))?;
        let content = content.ok_or(Fault::TooLarge(BODY_LIMIT))?;
        left -= content.len();
        entries.push((name, content));
    }
    Ok(entries)
}

/// The content of a file in an archive; `None` when it is longer than `limit` bytes. The size that an archive states is a
/// claim; only reading tells.
pub(crate) fn read_at_most(file: impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut content)?;
    Ok((content.len() <= limit).then_some(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let entries: Entries = vec![("a.yaml".into(), b"id: a\n".to_vec()), ("d/ü".into(), vec![0; 9999])];
        assert_eq!(unpack(&pack(entries.clone()).unwrap()).unwrap(), entries);
    }

    #[test]
    fn broken_and_bursting_archives_are_refused() {
        assert!(matches!(unpack(b"no archive"), Err(Fault::Argument(_))));
        let half = vec![0; BODY_LIMIT / 2 + 1];
        let bomb = pack(vec![("a".into(), half.clone()), ("b".into(), half)]).unwrap();
        assert!(bomb.len() < BODY_LIMIT / 100);
        assert!(matches!(unpack(&bomb), Err(Fault::TooLarge(_))));
        let crowd = (0..=FILE_LIMIT).map(|number| (number.to_string(), Vec::new()));
        assert!(matches!(unpack(&pack(crowd.collect()).unwrap()), Err(Fault::Argument(_))));
    }
}
