//! Where the files are, and reading them. The only file of this room that touches the disk; it only reads.

use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::file::holds_secrets;
use super::{ConfigError, FileConfig};
use crate::config::GlobalArgs;
use crate::keys::Keymap;
use crate::theme::Theme;

/// Where the files are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// The configuration file; `None` without a home directory. `keymap.toml` and `theme.toml` lie beside it.
    pub config: Option<PathBuf>,
    /// Whether the user named the file, so that it must exist.
    pub named: bool,
    /// The folder for data when nobody names one; `None` without a home directory.
    pub data_dir: Option<PathBuf>,
}

/// What the files say.
#[derive(Debug, Clone, PartialEq)]
pub struct Files {
    /// The configuration file; empty when there is none.
    pub config: FileConfig,
    /// The folder of the configuration file, where its relative paths start.
    pub folder: PathBuf,
    /// The keys, with the user's lists.
    pub keymap: Keymap,
    /// The user's keymap file, if there is one.
    pub keymap_file: Option<String>,
    /// The looks, with the user's.
    pub theme: Theme,
    /// The user's theme file, if there is one.
    pub theme_file: Option<String>,
    /// The folder for data when nobody names one.
    pub data_dir: Option<PathBuf>,
}

impl Places {
    /// The places of this user, as the system has them, and as `--config` says.
    #[must_use]
    pub fn of(flags: &GlobalArgs) -> Self {
        let user = ProjectDirs::from("", "", "iacstone");
        let usual = || {
            let folder = user.as_ref().map(ProjectDirs::config_dir);
            folder.map(|folder| folder.join("config.toml"))
        };
        Self {
            config: flags.config.clone().or_else(usual),
            named: flags.config.is_some(),
            data_dir: user.as_ref().map(|user| user.data_dir().to_owned()),
        }
    }

    /// The user's keymap file, whether it exists or not.
    #[must_use]
    pub fn keymap(&self) -> Option<PathBuf> {
        self.beside("keymap.toml")
    }

    /// The user's theme file, whether it exists or not.
    #[must_use]
    pub fn theme(&self) -> Option<PathBuf> {
        self.beside("theme.toml")
    }

    /// Reads all three files; those that are absent leave the defaults, and `keymap` as it is.
    ///
    /// # Errors
    /// [`ConfigError`] when a file cannot be read or says what cannot be, or when the one named is missing.
    pub fn read(&self, keymap: Keymap) -> Result<Files, ConfigError> {
        let mut files = Files::absent(self.data_dir.clone(), keymap);
        if let Some((name, text)) = text_of(self.config.as_deref())? {
            files.config = FileConfig::parse(&name, &text)?;
            self.check_secrets(&files.config)?;
            files.folder = self.beside("").unwrap_or_default();
        } else if let Some(path) = self.config.as_ref().filter(|_| self.named) {
            return Err(ConfigError::Missing(path.clone()));
        }
        if let Some((name, text)) = text_of(self.keymap().as_deref())? {
            files.keymap = files.keymap.merged(&name, &text)?;
            files.keymap_file = Some(name);
        }
        if let Some((name, text)) = text_of(self.theme().as_deref())? {
            files.theme = files.theme.merged(&name, &text)?;
            files.theme_file = Some(name);
        }
        Ok(files)
    }

    /// Refuses secrets in a file that others can read, as SSH does.
    fn check_secrets(&self, config: &FileConfig) -> Result<(), ConfigError> {
        let Some(path) = self.config.as_ref().filter(|_| holds_secrets(config)) else {
            return Ok(());
        };
        let metadata = std::fs::metadata(path).map_err(|source| ConfigError::Unreadable {
            path: path.clone(),
            source,
        })?;
        if metadata.permissions().mode().trailing_zeros() >= 6 {
            return Ok(());
        }
        Err(ConfigError::Exposed(path.clone()))
    }

    fn beside(&self, name: &str) -> Option<PathBuf> {
        let config = std::path::absolute(self.config.as_ref()?).ok()?;
        Some(config.parent()?.join(name))
    }
}

impl Files {
    /// What counts when there are no files.
    #[must_use]
    pub fn absent(data_dir: Option<PathBuf>, keymap: Keymap) -> Self {
        Self {
            config: FileConfig::default(),
            folder: PathBuf::new(),
            keymap,
            keymap_file: None,
            theme: Theme::defaults(),
            theme_file: None,
            data_dir,
        }
    }
}

/// The name and text of a file, if it exists.
fn text_of(path: Option<&Path>) -> Result<Option<(String, String)>, ConfigError> {
    let Some(path) = path else { return Ok(None) };
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some((path.display().to_string(), text))),
        Err(source) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        }),
    }
}
