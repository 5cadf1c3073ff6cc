//! Where projects are looked for: under a directory of the user, in the demo under one with samples.

use std::io;
use std::path::{Path, PathBuf};

use crate::iac::{IacEnvironment, SAMPLES, Survey, WalkLimits, Whereabouts, samples_stamp};

/// Where projects are to be looked for, and what the process was started with.
#[derive(Debug, Clone, Default)]
pub struct ProjectsPlace {
    /// The directory that was given; without one the one that the user is in, or the samples.
    pub dir: Option<PathBuf>,
    /// In the demo the directory of its data, where the samples are written.
    pub demo: Option<PathBuf>,
    /// What the tools listen to.
    pub environment: IacEnvironment,
}

/// Why no project was looked for.
#[derive(Debug, thiserror::Error)]
pub enum ProjectsFailure {
    /// The directory cannot be read.
    #[error("the directory '{dir}' cannot be read: {why}; give another one")]
    Unread {
        /// The directory, as it was named.
        dir: String,
        /// The system's reason.
        why: io::Error,
    },
    /// It is no directory.
    #[error("'{0}' is no directory; give one")]
    NoDirectory(String),
    /// A sample of the demo cannot be written.
    #[error("the sample '{path}' cannot be written: {why}; give --data-dir")]
    Sample {
        /// The file.
        path: String,
        /// The system's reason.
        why: io::Error,
    },
}

impl ProjectsPlace {
    /// The directory, from the root on; in the demo with its samples in it. It blocks.
    ///
    /// # Errors
    /// [`ProjectsFailure`].
    pub fn root(&self) -> Result<PathBuf, ProjectsFailure> {
        let dir = match (&self.dir, &self.demo) {
            (Some(dir), _) => dir.clone(),
            (None, Some(data)) => samples(data)?,
            (None, None) => PathBuf::from("."),
        };
        let shown = dir.display().to_string();
        match dir.canonicalize() {
            Err(why) => Err(ProjectsFailure::Unread { dir: shown, why }),
            Ok(place) if !place.is_dir() => Err(ProjectsFailure::NoDirectory(shown)),
            Ok(place) => Ok(place),
        }
    }

    /// Looks for the projects. It blocks.
    ///
    /// # Errors
    /// [`ProjectsFailure`].
    pub fn survey(&self) -> Result<Survey, ProjectsFailure> {
        let root = self.root()?;
        Ok(Survey::of(&root, &self.environment, WalkLimits::default()))
    }

    /// The branch and the environments where the user is; nothing in the demo, whose account they are not of. It blocks.
    #[must_use]
    pub fn look_around(&self) -> Whereabouts {
        let is_user = self.demo.is_none();
        let root = is_user.then(|| self.root().ok()).flatten();
        root.map(|root| Whereabouts::of(&root, &self.environment))
            .unwrap_or_default()
    }
}

/// The file beside the samples that says which ones they are.
const STAMP: &str = ".version";

/// Writes the samples into the data directory of the demo: all of them where those of another version are there, else
/// those that are missing.
fn samples(data: &Path) -> Result<PathBuf, ProjectsFailure> {
    let dir = data.join("samples");
    let stamp = samples_stamp();
    let is_known = std::fs::read_to_string(dir.join(STAMP)).is_ok_and(|text| text == stamp);
    let files = SAMPLES.iter().copied();
    for (path, text) in files.chain([(STAMP, stamp.as_str())]) {
        let path = dir.join(path);
        if is_known && path.exists() {
            continue;
        }
        let parent = path.parent().unwrap_or(&dir);
        let made = std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, text));
        made.map_err(|why| ProjectsFailure::Sample {
            path: path.display().to_string(),
            why,
        })?;
    }
    Ok(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_another_version_are_renewed_and_those_of_this_one_kept() {
        let data = tempfile::tempdir().unwrap();
        let dir = samples(data.path()).unwrap();
        let file = dir.join("terraform/main.tf");
        let whole = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, "mine").unwrap();
        samples(data.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
        std::fs::write(dir.join(STAMP), "old").unwrap();
        samples(data.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), whole);
        std::fs::remove_file(&file).unwrap();
        samples(data.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), whole);
    }
}
