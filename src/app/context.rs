//! The facts a session starts with: where it works, what it may do, how it looks, and the user's defaults.

use jiff::Timestamp;

use crate::keys::Keymap;
use crate::power::{BillingStep, Strategy, Weight};
use crate::ui::theme::Theme;

/// What the program was told before the first message; never changes while it runs.
#[derive(Debug, Clone)]
pub struct Context {
    /// What answers the AWS calls.
    pub source: Source,
    /// The credentials profile, when one was named.
    pub profile: Option<String>,
    /// The region.
    pub region: String,
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
    /// The user's defaults for tuning.
    pub tuning: TuningDefaults,
    /// When the session began.
    pub started: Timestamp,
    /// A random number that tells apart the run ids of two processes of the same second.
    pub salt: u16,
}

/// What answers the AWS calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// AWS itself.
    Aws,
    /// The simulated account in this process.
    Demo,
    /// Another endpoint, by its URL.
    Endpoint(String),
}

/// What the plan form holds before the user changes it.
#[derive(Debug, Clone, PartialEq)]
pub struct TuningDefaults {
    /// The memory sizes as typed: a list in MB, `default` or `all`.
    pub sizes: String,
    /// Samples per size.
    pub num: u32,
    /// What the pick optimises.
    pub strategy: Strategy,
    /// Weight of cost in the balanced pick.
    pub balanced_weight: Weight,
    /// Environments kept busy per size.
    pub environments: u32,
    /// Cost cap of a run in USD, if any.
    pub max_cost_usd: Option<f64>,
    /// A run whose estimate is above this many USD is confirmed first.
    pub ask_above_usd: f64,
    /// The billing step curves are shown at.
    pub billing_step: BillingStep,
}

impl Default for TuningDefaults {
    fn default() -> Self {
        Self {
            sizes: "default".to_owned(),
            num: 20,
            strategy: Strategy::Cost,
            balanced_weight: Weight::default(),
            environments: 1,
            max_cost_usd: None,
            ask_above_usd: 1.0,
            billing_step: BillingStep::AsMeasured,
        }
    }
}
