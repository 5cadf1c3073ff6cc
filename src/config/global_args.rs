//! The flags that hold for every command: one of the places a setting comes from.

use std::path::PathBuf;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::{ColorChoice, EndpointUrl, positive};

/// What holds for every command.
#[derive(Debug, Clone, PartialEq, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct GlobalArgs {
    /// Use a simulated account in process, and a throw-away data directory unless --data-dir is given
    #[arg(long, global = true)]
    pub demo: bool,
    /// Let the demo's time pass this many times faster than a real account's; without it 10
    #[arg(long, global = true, value_name = "X", requires = "demo", value_parser = positive)]
    pub demo_speed: Option<f64>,
    /// Use this profile of the AWS configuration (the demo has none)
    #[arg(long, global = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub profile: Option<String>,
    /// Work in this region
    #[arg(long, global = true, value_name = "REGION", value_parser = super::region)]
    pub region: Option<String>,
    /// Speak to this address instead of AWS
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint_url: Option<EndpointUrl>,
    /// Read this configuration file; keymap.toml and theme.toml are looked for beside it
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Keep runs, feeds and articles in this directory (also `IACSTONE_DATA_DIR`)
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Ask nothing of the network [=false overrides the file]
    #[arg(long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    pub offline: Option<bool>,
    /// Change nothing in the account and invoke nothing [=false overrides the file]
    #[arg(long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    pub read_only: Option<bool>,
    /// Draw with ASCII characters only [=false overrides file and locale]
    #[arg(long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    pub ascii: Option<bool>,
    /// How many colours to use
    #[arg(
        long,
        global = true,
        value_name = "DEPTH",
        value_enum,
        hide_possible_values = false
    )]
    pub color: Option<ColorChoice>,
    /// Write a log to this file
    #[arg(long, global = true, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
}
