//! What every command that works on the account or the store needs: settings, connection, data directory.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::CommandFailure;
use super::output::Output;
use crate::aws::SessionOptions;
use crate::config::{GlobalArgs, Settings};
use crate::jobs::Connection;
use crate::simulator::{self, Account};
use crate::store::Store;

/// The settings, and what they lead to.
#[derive(Debug)]
pub(super) struct CommandContext {
    settings: Settings,
    json: bool,
    connection: Arc<Connection>,
}

/// Where the user's data is.
#[derive(Debug)]
pub(super) enum DataDir {
    Kept(PathBuf),
    /// Removed when this goes.
    ThrownAway(TempDir),
}

impl DataDir {
    /// The directory.
    #[must_use]
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::ThrownAway(folder) => folder.path(),
        }
    }
}

impl CommandContext {
    /// Prepares everything; nothing is connected, no store opened and no directory made yet.
    pub(super) fn open(settings: Settings, flags: &GlobalArgs) -> Self {
        let connection = Arc::new(Connection::new(session_options(&settings, flags)));
        Self {
            settings,
            json: flags.json,
            connection,
        }
    }

    /// The settings.
    #[must_use]
    pub(super) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether JSON was asked for.
    #[must_use]
    pub(super) const fn json(&self) -> bool {
        self.json
    }

    /// The data directory; where the demo keeps nothing a new one, which goes with what is returned.
    ///
    /// # Errors
    /// When that cannot be made.
    pub(super) fn data_dir(&self) -> Result<DataDir, CommandFailure> {
        match self.kept_dir() {
            Some(path) => Ok(DataDir::Kept(path.to_owned())),
            None => throw_away().map(DataDir::ThrownAway),
        }
    }

    /// The data directory, where it outlives the program.
    #[must_use]
    pub(super) fn kept_dir(&self) -> Option<&Path> {
        self.settings.data_dir.as_deref()
    }

    /// The connection to the account.
    #[must_use]
    pub(super) const fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }

    /// Refuses a command that asks the network when the user wants none of that.
    ///
    /// # Errors
    /// Exit code 2 when iacstone is offline; the demo's account needs no network.
    pub(super) fn needs_network(&self, command: &str) -> Result<(), CommandFailure> {
        if !self.settings.offline || self.settings.demo {
            return Ok(());
        }
        Err(CommandFailure::usage(format!(
            "`iacstone {command}` asks the account, and iacstone is offline{}; leave that out, or give --offline=false",
            self.origin_of("offline")
        )))
    }

    /// Refuses a command that changes the account when the user wants none of that.
    ///
    /// # Errors
    /// Exit code 2 when iacstone is read-only.
    pub(super) fn needs_leave_to_change(&self, command: &str) -> Result<(), CommandFailure> {
        if !self.settings.read_only {
            return Ok(());
        }
        Err(CommandFailure::usage(format!(
            "`iacstone {command}` changes functions of the account, and iacstone is read-only{}; leave that out, or give --read-only=false",
            self.origin_of("read-only")
        )))
    }

    /// Who set a key, in brackets; empty when nobody did.
    fn origin_of(&self, key: &str) -> String {
        let resolved = self.settings.resolved.iter().find(|it| it.key == key);
        resolved
            .map(|it| format!(" ({})", it.origin))
            .unwrap_or_default()
    }

    /// Whether what is saved is there for the next command.
    pub(super) fn keeps_data(&self) -> bool {
        self.kept_dir().is_some()
    }

    /// Says that what was just saved goes with the end of the command, when it does.
    pub(super) fn tell_what_is_lost(&self, output: &mut Output) {
        if !self.keeps_data() {
            output.note("The demo keeps nothing; give --data-dir to find this again.");
        }
    }

    /// Opens the store. What is thrown away at the end has no file: nothing waits for the disk.
    ///
    /// # Errors
    /// Every way a file can refuse, as a sentence.
    pub(super) fn store(&self) -> Result<Store, CommandFailure> {
        let store = self.kept_dir().map_or_else(Store::in_memory, Store::open);
        store.map_err(CommandFailure::work)
    }
}

fn throw_away() -> Result<TempDir, CommandFailure> {
    let mut folder = tempfile::Builder::new();
    let folder = folder
        .prefix("iacstone-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir();
    folder.map_err(|error| {
        let place = std::env::temp_dir();
        CommandFailure::work(format!(
            "no folder for the demo in '{}': {error}; give --data-dir",
            place.display()
        ))
    })
}

fn session_options(settings: &Settings, flags: &GlobalArgs) -> SessionOptions {
    let http = settings
        .demo
        .then(|| simulator::http_client(&demo_account(settings, flags)));
    SessionOptions {
        profile: settings.profile.clone(),
        region: settings.region.clone(),
        endpoint_url: settings.endpoint_url.as_ref().map(ToString::to_string),
        http,
        demo: settings.demo,
    }
}

/// How many times faster than AWS the demo's time passes when nobody says: nobody waits half a minute for one of its
/// slow functions, and points can still be seen to arrive.
const DEMO_SPEED: f64 = 10.0;

fn demo_account(settings: &Settings, flags: &GlobalArgs) -> Account {
    let speed = flags.demo_speed.unwrap_or(DEMO_SPEED);
    let mut options = simulator::AccountOptions {
        speed,
        ..simulator::AccountOptions::default()
    };
    if let Some(region) = &settings.region {
        options.region.clone_from(region);
    }
    Account::new(options)
}
