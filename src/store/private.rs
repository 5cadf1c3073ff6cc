//! Directories and files that only their owner may read, whatever the umask says.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::{fs, io};

use super::error::StoreError;

const OWNER_DIRECTORY: u32 = 0o700;
const OWNER_FILE: u32 = 0o600;
const OTHERS: u32 = 0o077;

/// Creates a directory (0700) and its parents; one that exists keeps its permissions.
pub(super) fn directory(path: &Path) -> Result<(), StoreError> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(OWNER_DIRECTORY)
        .create(path)
        .and_then(|()| fs::set_permissions(path, Permissions::from_mode(OWNER_DIRECTORY)))
        .map_err(|cause| unwritable(path, cause))
}

/// Opens a file for writing, created when absent; it is 0600 afterwards.
pub(super) fn file(path: &Path) -> Result<File, StoreError> {
    let open = || {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(OWNER_FILE)
            .open(path)?;
        file.set_permissions(Permissions::from_mode(OWNER_FILE))?;
        Ok(file)
    };
    open().map_err(|cause| unwritable(path, cause))
}

/// Takes a file from everyone but its owner; an absent file is fine.
pub(super) fn restrict(path: &Path) -> Result<(), StoreError> {
    let narrowed = match fs::metadata(path) {
        Ok(found) if found.permissions().mode() & OTHERS == 0 => Ok(()),
        Ok(_) => fs::set_permissions(path, Permissions::from_mode(OWNER_FILE)),
        Err(absent) if absent.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    };
    narrowed.map_err(|cause| unwritable(path, cause))
}

/// The error for a path the system refuses.
pub(super) fn unwritable(path: &Path, cause: io::Error) -> StoreError {
    StoreError::Unwritable {
        path: path.display().to_string(),
        cause,
    }
}
