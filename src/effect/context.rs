//! The facts a session starts with: where it works, what it may do, how it looks, and the user's defaults.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Browser, Editor};
use crate::config::{ReaderSettings, StartPane, TuningDefaults};
use crate::keys::Keymap;
use crate::logs::Bounds;
use crate::theme::Theme;

/// What the program was told before the first message; never changes while it runs.
#[derive(Debug, Clone)]
pub struct AppContext {
    /// What answers the AWS calls.
    pub source: Backend,
    /// The credentials profile, when one was named.
    pub profile: Option<String>,
    /// The region; `None` as long as it is left to the SDK.
    pub region: Option<String>,
    /// Whether everything that changes or bills something in the account is refused.
    pub read_only: bool,
    /// Whether the account is not asked at all.
    pub offline: bool,
    /// Whether only ASCII characters are drawn.
    pub ascii: bool,
    /// Which key does what.
    pub keymap: Keymap,
    /// Which role has which colour.
    pub theme: Theme,
    /// How the reader fetches and shows.
    pub reader: ReaderSettings,
    /// The pane in front at the start.
    pub start_pane: StartPane,
    /// The user's defaults for tuning.
    pub tuning: TuningDefaults,
    /// How large the log of a tail may grow.
    pub log_bounds: Bounds,
    /// The time zone of the terminal's place.
    pub zone: TimeZone,
    /// The program that opens web addresses; without one they are copied.
    pub browser: Option<Browser>,
    /// The program that edits texts.
    pub editor: Editor,
    /// When the session began.
    pub started: Timestamp,
    /// A random number that tells apart the run ids of two processes of the same second.
    pub salt: u16,
}

/// What answers the AWS calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// AWS itself.
    Aws,
    /// The simulated account in this process.
    Demo,
    /// Another endpoint, by its URL.
    Endpoint(String),
}
