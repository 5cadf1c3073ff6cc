//! The joined settings: what the program works with, and where each value comes from.

use std::path::PathBuf;

use super::{EndpointUrl, FeedRules};
use crate::keys::Keymap;
use crate::power::{DurationLimit, SampleCount, SizeList, Strategy, Weight};
use crate::theme::{ColorDepth, Theme};

/// Everything that can be set, settled.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent switches of the user"
)]
pub struct Settings {
    /// The profile of the AWS configuration; `None` leaves it to the SDK, and in the demo.
    pub profile: Option<String>,
    /// The region; `None` leaves it to the SDK.
    pub region: Option<String>,
    /// What answers instead of AWS; `None` for AWS itself, and in the demo.
    pub endpoint_url: Option<EndpointUrl>,
    /// Whether the simulated account answers, in process.
    pub demo: bool,
    /// Whether nothing may be asked of the network.
    pub offline: bool,
    /// Whether nothing may be changed in the account, and nothing invoked.
    pub read_only: bool,
    /// Whether only ASCII characters are drawn.
    pub ascii: bool,
    /// The colours the terminal is given.
    pub color: ColorDepth,
    /// The most frames drawn in a second.
    pub frame_rate: u32,
    /// The pane in front at the start.
    pub start_pane: StartPane,
    /// The memory the rows of a tail may take, in MiB; `None` leaves it to the memory of the machine.
    pub buffer_mb: Option<u32>,
    /// Where data is kept; `None` for a folder that is thrown away at the end.
    pub data_dir: Option<PathBuf>,
    /// Where the log is written, if anywhere.
    pub log_file: Option<PathBuf>,
    /// How the reader shows articles.
    pub reader: ReaderSettings,
    /// How feeds are asked.
    pub feeds: FeedRules,
    /// What a new plan starts from.
    pub tuning: TuningDefaults,
    /// The looks, as the terminal can show them.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    /// Every value in words with its origin, in the order of `config.example.toml`.
    pub resolved: Vec<Resolved>,
}

/// A pane, as the user names the one in front at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StartPane {
    /// The feed reader.
    Articles,
    /// The log tail.
    Logs,
    /// Power tuning.
    #[default]
    Tuning,
    /// Stacks.
    Stacks,
}

impl StartPane {
    /// Every pane.
    pub const ALL: [Self; 4] = [Self::Articles, Self::Logs, Self::Tuning, Self::Stacks];

    /// Its name in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Logs => "logs",
            Self::Tuning => "tuning",
            Self::Stacks => "stacks",
        }
    }
}

/// How the reader shows articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReaderSettings {
    /// The most columns of an article's text.
    pub width: u32,
    /// For how many days articles are kept that were read, when old ones are forgotten; none for good.
    pub keep_read_days: Option<u32>,
}

impl Default for ReaderSettings {
    fn default() -> Self {
        Self {
            width: 88,
            keep_read_days: None,
        }
    }
}

/// What a new plan starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct TuningDefaults {
    /// Samples per memory size, at least 5.
    pub num: SampleCount,
    /// The memory sizes.
    pub powers: SizeList,
    /// What the pick optimises.
    pub strategy: Strategy,
    /// Weight of cost against speed for the balanced pick.
    pub balanced_weight: Weight,
    /// Limits on the durations of the size that is picked.
    pub limits: Vec<DurationLimit>,
    /// Execution environments kept busy per size, at least 1.
    pub parallel: u32,
    /// A run whose estimate is above this many USD is asked about before it starts.
    pub ask_above_usd: f64,
    /// The region whose prices count where none are known for a function.
    pub prices_of: Option<String>,
    /// Invocations a month, for the cost per month.
    pub monthly_invocations: u64,
}

impl Default for TuningDefaults {
    fn default() -> Self {
        Self {
            num: SampleCount::Auto,
            powers: SizeList::usual(),
            strategy: Strategy::Cost,
            balanced_weight: Weight::default(),
            limits: Vec::new(),
            parallel: 1,
            ask_above_usd: 0.10,
            prices_of: None,
            monthly_invocations: 1_000_000,
        }
    }
}

/// One setting in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Its key in the configuration file with its table: `aws.region`.
    pub key: &'static str,
    /// Its value; `None` when it is not set.
    pub value: Option<String>,
    /// Where the value comes from.
    pub origin: SettingSource,
}

/// Where a value comes from. An earlier one beats a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingSource {
    /// This flag of the command line.
    CommandLine(&'static str),
    /// This environment variable.
    Environment(&'static str),
    /// This file, and the line of the key where there is one.
    File(String, Option<usize>),
    /// Nobody said anything.
    Default,
}

impl std::fmt::Display for SettingSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::CommandLine(name) | Self::Environment(name) => f.write_str(name),
            Self::File(file, Some(line)) => write!(f, "{file}:{line}"),
            Self::File(file, None) => f.write_str(file),
            Self::Default => f.write_str("default"),
        }
    }
}
