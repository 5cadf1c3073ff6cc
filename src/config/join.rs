//! Joins command line, environment, file and defaults, in that order. Pure: everything it reads is handed in.

mod ledger;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;

use http::HeaderMap;

use self::ledger::{Chosen, Ledger, on_file, on_flag};
use super::color::{ascii, detected};
use super::feed_rules::names;
use super::places::Files;
use super::{
    ColorChoice, ConfigError, EndpointUrl, Environment, FeedRule, FeedRules, Located,
    ReaderSettings, Resolved, Settings, StartPane, TuningDefaults,
};
use crate::config::GlobalArgs;
use crate::theme::ColorDepth;
use crate::toml_file::FileError;

const DEFAULT_FRAME_RATE: u32 = 30;
const DEFAULT_INTERVAL_MINUTES: u32 = 60;

/// The settings of this command line, environment and set of files; the first that says something wins.
///
/// # Errors
/// [`ConfigError`] when an environment variable holds what cannot be, when the demo is asked to speak to
/// an endpoint, or when there is no place for the data.
pub fn join(
    flags: &GlobalArgs,
    environment: &Environment,
    files: &Files,
) -> Result<Settings, ConfigError> {
    if flags.demo && flags.endpoint_url.is_some() {
        return Err(ConfigError::DemoEndpoint);
    }
    let mut joining = Joining {
        flags,
        environment,
        files,
        ledger: Ledger::default(),
    };
    // Fields are settled in the order they are written here, which is that of `config.example.toml`.
    let (offline, read_only) = joining.switches();
    let mut settings = Settings {
        demo: flags.demo,
        offline,
        read_only,
        data_dir: joining.data_dir()?,
        log_file: joining.log_file()?,
        profile: joining.profile(),
        region: joining.region()?,
        endpoint_url: joining.endpoint()?,
        color: joining.color(),
        ascii: joining.ascii(),
        frame_rate: joining.frame_rate(),
        start_pane: joining.start_pane(),
        buffer_mb: joining.buffer_mb(),
        feeds: joining.feeds(),
        reader: joining.reader(),
        tuning: joining.tuning(),
        theme: files.theme.clone(),
        keymap: files.keymap.clone(),
        resolved: joining.record(),
    };
    settings.theme = settings.theme.at(settings.color);
    Ok(settings)
}

/// The sources, and the record of what was taken from where.
struct Joining<'a> {
    flags: &'a GlobalArgs,
    environment: &'a Environment,
    files: &'a Files,
    ledger: Ledger,
}

impl Joining<'_> {
    fn switches(&mut self) -> (bool, bool) {
        let (flags, file) = (self.flags, &self.files.config);
        self.ledger
            .settle("demo", on_flag("--demo", flags.demo.then_some(true)), false);
        let offline =
            on_flag("--offline", flags.offline).or_else(|| on_file(file, file.offline.as_ref()));
        let read_only = on_flag("--read-only", flags.read_only)
            .or_else(|| on_file(file, file.read_only.as_ref()));
        (
            self.ledger.settle("offline", offline, false),
            self.ledger.settle("read-only", read_only, false),
        )
    }

    /// In the demo only a folder that was asked for is used: the user's own data stays out of it.
    fn data_dir(&mut self) -> Result<Option<PathBuf>, ConfigError> {
        const VARIABLE: &str = "IACSTONE_DATA_DIR";
        let demo = self.flags.demo;
        let mut chosen = on_flag("--data-dir", self.flags.data_dir.clone())
            .or_else(|| Chosen::from_variable(VARIABLE, self.environment.path(VARIABLE)));
        if chosen.is_none() && !demo {
            chosen = self.path_on_file(self.files.config.data_dir.as_ref())?;
        }
        let default = self.files.data_dir.clone().filter(|_| !demo);
        let settled = self.ledger.settle_path("data-dir", chosen, default);
        if settled.is_none() && !demo {
            return Err(ConfigError::NoHome);
        }
        Ok(settled)
    }

    fn log_file(&mut self) -> Result<Option<PathBuf>, ConfigError> {
        let mut chosen = on_flag("--log-file", self.flags.log_file.clone());
        if chosen.is_none() {
            chosen = self.path_on_file(self.files.config.log_file.as_ref())?;
        }
        Ok(self.ledger.settle_path("log-file", chosen, None))
    }

    /// The demo has no profiles.
    fn profile(&mut self) -> Option<String> {
        let file = &self.files.config;
        let chosen = on_flag("--profile", self.flags.profile.clone())
            .or_else(|| Chosen::from_first(self.environment, &["AWS_PROFILE"]))
            .or_else(|| on_file(file, file.profile.as_ref()))
            .filter(|_| !self.flags.demo);
        self.ledger.settle_optional("aws.profile", chosen)
    }

    /// In the demo only the command line counts, so that it is the same on every machine.
    fn region(&mut self) -> Result<Option<String>, ConfigError> {
        const VARIABLES: &[&str] = &["AWS_REGION", "AWS_DEFAULT_REGION"];
        let file = &self.files.config;
        let mut chosen = on_flag("--region", self.flags.region.clone());
        if chosen.is_none() && !self.flags.demo {
            chosen = self
                .variable(VARIABLES, super::region)?
                .or_else(|| on_file(file, file.region.as_ref()));
        }
        Ok(self.ledger.settle_optional("aws.region", chosen))
    }

    /// The demo has its own account.
    fn endpoint(&mut self) -> Result<Option<EndpointUrl>, ConfigError> {
        const VARIABLES: &[&str] = &["AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL"];
        let file = &self.files.config;
        let mut chosen = on_flag("--endpoint-url", self.flags.endpoint_url.clone());
        if chosen.is_none() && !self.flags.demo {
            chosen = self
                .variable(VARIABLES, str::parse)?
                .or_else(|| on_file(file, file.endpoint_url.as_ref()));
        }
        Ok(self.ledger.settle_optional("aws.endpoint-url", chosen))
    }

    /// The depth asked for, else what the terminal can: `auto` at one source leaves it to the next.
    fn color(&mut self) -> ColorDepth {
        let file = &self.files.config;
        let forbidden = self.environment.text("NO_COLOR").map(|_| ColorDepth::None);
        let chosen = on_flag("--color", self.flags.color.and_then(ColorChoice::depth))
            .or_else(|| Chosen::from_variable("NO_COLOR", forbidden))
            .or_else(|| on_file(file, file.color.as_ref())?.and_then(ColorChoice::depth))
            .or_else(|| Chosen::detected(detected(self.environment)));
        self.ledger
            .settle_as("screen.color", chosen, ColorDepth::None, |depth| {
                depth.name().to_owned()
            })
    }

    /// No locale at all is the C locale, which is ASCII.
    fn ascii(&mut self) -> bool {
        let file = &self.files.config;
        let chosen = on_flag("--ascii", self.flags.ascii)
            .or_else(|| on_file(file, file.ascii.as_ref())?.and_then(|it| it))
            .or_else(|| Chosen::detected(ascii(self.environment)));
        self.ledger.settle("screen.ascii", chosen, true)
    }

    fn frame_rate(&mut self) -> u32 {
        let file = &self.files.config;
        let chosen = on_file(file, file.frame_rate.as_ref());
        self.ledger
            .settle("screen.frame-rate", chosen, DEFAULT_FRAME_RATE)
    }

    fn start_pane(&mut self) -> StartPane {
        let file = &self.files.config;
        let chosen = on_file(file, file.start_pane.as_ref());
        self.ledger
            .settle_as("screen.start-pane", chosen, StartPane::default(), |pane| {
                pane.name().to_owned()
            })
    }

    fn reader(&mut self) -> ReaderSettings {
        let (file, ledger) = (&self.files.config, &mut self.ledger);
        let default = ReaderSettings::default();
        let width = on_file(file, file.width.as_ref());
        ReaderSettings {
            width: ledger.settle("reader.width", width, default.width),
            keep_read_days: ledger.settle_optional(
                "reader.keep-read-days",
                on_file(file, file.keep_read_days.as_ref()),
            ),
        }
    }

    /// What is set for every feed always has a value of its own.
    fn feeds(&mut self) -> FeedRules {
        let (file, ledger) = (&self.files.config, &mut self.ledger);
        let interval = on_file(file, file.interval_minutes.as_ref());
        let interval = ledger.settle(
            "reader.interval-minutes",
            interval,
            DEFAULT_INTERVAL_MINUTES,
        );
        let agent = on_file(file, file.user_agent.as_ref());
        let agent = agent.and_then(|agent| agent.and_then(|it| Some(it.to_str().ok()?.to_owned())));
        ledger.settle_optional("reader.user-agent", agent);
        let headers = on_file(file, file.headers.as_ref());
        let headers = ledger.settle_as("reader.headers", headers, HeaderMap::new(), names);
        let of = on_file(file, file.feeds.as_ref());
        let of = ledger.settle_as("reader.feeds", of, BTreeMap::new(), |feeds| {
            let feeds: Vec<String> = feeds
                .iter()
                .map(|(source, rule)| format!("{source} {rule}"))
                .collect();
            if feeds.is_empty() {
                "none".to_owned()
            } else {
                feeds.join("; ")
            }
        });
        let every = FeedRule {
            interval_minutes: Some(interval),
            user_agent: file.user_agent.as_ref().map(|line| line.value.clone()),
            headers: Some(headers),
        };
        FeedRules { every, of }
    }

    fn buffer_mb(&mut self) -> Option<u32> {
        let file = &self.files.config;
        let chosen = on_file(file, file.buffer_mb.as_ref());
        self.ledger
            .settle_as("logs.buffer-mb", chosen, None, |mebibytes| {
                mebibytes.map_or_else(|| "auto".to_owned(), |it| it.to_string())
            })
    }

    fn tuning(&mut self) -> TuningDefaults {
        let measuring = self.measuring();
        let file = &self.files.config;
        let chosen = on_file(file, file.prices_of.as_ref());
        let limits = on_file(file, file.limits.as_ref());
        let prices_of = self.ledger.settle_optional("tuning.prices-of", chosen);
        TuningDefaults {
            limits: self
                .ledger
                .settle_as("tuning.limits", limits, Vec::new(), |limits| {
                    let limits: Vec<String> = limits.iter().map(ToString::to_string).collect();
                    if limits.is_empty() {
                        "none".to_owned()
                    } else {
                        limits.join(" ")
                    }
                }),
            prices_of,
            ..measuring
        }
    }

    fn measuring(&mut self) -> TuningDefaults {
        let (file, ledger) = (&self.files.config, &mut self.ledger);
        let default = TuningDefaults::default();
        TuningDefaults {
            num: ledger.settle("tuning.num", on_file(file, file.num.as_ref()), default.num),
            powers: ledger.settle(
                "tuning.powers",
                on_file(file, file.powers.as_ref()),
                default.powers,
            ),
            strategy: ledger.settle_as(
                "tuning.strategy",
                on_file(file, file.strategy.as_ref()),
                default.strategy,
                |strategy| strategy.name().to_owned(),
            ),
            balanced_weight: ledger.settle_as(
                "tuning.balanced-weight",
                on_file(file, file.balanced_weight.as_ref()),
                default.balanced_weight,
                |weight| weight.of_cost().to_string(),
            ),
            parallel: ledger.settle(
                "tuning.parallel",
                on_file(file, file.parallel.as_ref()),
                default.parallel,
            ),
            ask_above_usd: ledger.settle(
                "tuning.ask-above-usd",
                on_file(file, file.ask_above_usd.as_ref()),
                default.ask_above_usd,
            ),
            monthly_invocations: ledger.settle(
                "tuning.monthly-invocations",
                on_file(file, file.monthly_invocations.as_ref()),
                default.monthly_invocations,
            ),
            ..TuningDefaults::default()
        }
    }

    /// Everything settled, and which files keys and looks came from.
    fn record(mut self) -> Vec<Resolved> {
        self.ledger
            .note_file("keymap", self.files.keymap_file.as_deref());
        self.ledger
            .note_file("theme", self.files.theme_file.as_deref());
        self.ledger.into_entries()
    }

    /// The first of these variables that is set, checked.
    fn variable<T, E: std::fmt::Display>(
        &self,
        names: &[&'static str],
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<Chosen<T>>, ConfigError> {
        let Some((variable, text)) = self.environment.first(names) else {
            return Ok(None);
        };
        match parse(&text) {
            Ok(value) => Ok(Chosen::from_variable(variable, Some(value))),
            Err(error) => Err(ConfigError::Environment {
                variable,
                message: error.to_string(),
            }),
        }
    }

    /// A path of the configuration file: `~` is the home directory, a relative one starts at the file.
    fn path_on_file(
        &self,
        key: Option<&Located<PathBuf>>,
    ) -> Result<Option<Chosen<PathBuf>>, ConfigError> {
        let Some(line) = key else { return Ok(None) };
        let file = &self.files.config;
        let value = match line.value.strip_prefix("~") {
            Ok(rest) => match self.environment.path("HOME") {
                Some(home) => home.join(rest),
                None => return Err(homeless(&file.name, line).into()),
            },
            Err(_) => self.files.folder.join(&line.value),
        };
        let line = line.line;
        Ok(on_file(file, Some(&Located { value, line })))
    }
}

fn homeless(file: &str, line: &Located<PathBuf>) -> FileError {
    let path = line.value.display();
    let message =
        format!("'{path}' needs a home directory, and HOME is not set; write the whole path");
    FileError::at(file, line.line, message)
}
