//! `iacstone tune`: its flags with their help, and what each asks of a plan.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::chart::limits;
use super::values::{
    PayloadSource, discard, not_negative, sample_count, strategies, weight, words,
};
use crate::config::positive;
use crate::lambda::FunctionRef;
use crate::power::plan::MAX_ENVIRONMENTS;
use crate::power::{
    Apply, DurationLimit, Payload, PickDraft, PickLimits, PlanDraft, SampleCount, SamplingDraft,
    SizeList, Strategy, Weight,
};

/// `iacstone tune FUNCTION...`. What is not given comes from `--input`, else from the configuration.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "Examples:
  iacstone tune checkout --powers 256,512,1024 --num 50
  iacstone tune checkout:prod --payload @order.json --strategy balanced
  iacstone tune checkout --payload '{\"id\": 7}' --max-cost 0.05 --json
  iacstone tune checkout --limit p90:200ms --limit max:1s
  iacstone tune checkout --check 5 --json
  iacstone tune checkout billing search --powers default,current --max-cost 0.05
  iacstone tune --input power-tuning.json --format reference
  iacstone --demo tune dynamodb-reads --num 10")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "flags of a command line are independent switches"
)]
pub struct TuneArgs {
    /// A name, a partial or full ARN, each with or without ':alias' or ':version'; several are tuned side by side, as far as
    /// the account's concurrency allows
    #[arg(required_unless_present = "input", value_name = "FUNCTION")]
    pub functions: Vec<FunctionRef>,
    /// Read the plan from the reference tool's input file; flags beat it
    #[arg(long, value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Measure these sizes in MB, with commas between: numbers, ranges such as '512..2048/256', 'default', 'ALL' (to 3008),
    /// 'FULL' (to 10240) and 'current'
    #[arg(long, value_name = "SIZES")]
    pub powers: Option<SizeList>,
    /// Take this many samples per size, 5 to 10000, or 'auto': as many as it takes to know the answer
    #[arg(long, value_name = "N|auto", value_parser = sample_count)]
    pub num: Option<SampleCount>,
    /// Pick what is best by this
    #[arg(long, value_parser = strategies())]
    pub strategy: Option<Strategy>,
    /// Weigh cost against speed for 'balanced': 0 (speed only) to 1 (cost only)
    #[arg(long, value_name = "WEIGHT", value_parser = weight)]
    pub balanced_weight: Option<Weight>,
    /// Send this JSON, that of @FILE, or a sample event (`iacstone events list`)
    #[arg(
        long,
        value_name = "JSON|@FILE|event:NAME",
        allow_negative_numbers = true
    )]
    pub payload: Option<PayloadSource>,
    /// Measure this alias or version
    #[arg(long, value_name = "ALIAS|VERSION", value_parser = words)]
    pub qualifier: Option<String>,
    /// Keep this many execution environments busy per size; 4 when no number follows
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "4",
          value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_ENVIRONMENTS)))]
    pub parallel: Option<u32>,
    /// Measure cold starts only
    #[arg(long)]
    pub only_cold_starts: bool,
    /// Trim this share of the samples on each side, 0 to 0.4, for the trimmed mean and the reference tool's figures
    #[arg(long, value_name = "SHARE", value_parser = discard)]
    pub discard: Option<f64>,
    /// Wait this long between two invocations in one environment
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(..=900_000))]
    pub sleep_between_ms: Option<u64>,
    /// Count errors of this type as normal samples; may be given more than once
    #[arg(long = "allowed-exception", value_name = "TYPE", value_parser = words)]
    pub allowed_exceptions: Vec<String>,
    /// Invoke this function before each sample; its answer replaces the payload
    #[arg(long, value_name = "FUNCTION")]
    pub pre_processor: Option<FunctionRef>,
    /// Invoke this function after each sample, with the sample's answer
    #[arg(long, value_name = "FUNCTION")]
    pub post_processor: Option<FunctionRef>,
    /// Invoke for this tenant, where the function keeps its tenants apart
    #[arg(long, value_name = "ID", value_parser = words)]
    pub tenant_id: Option<String>,
    /// Take the answers as a stream, as the callers of a streaming function do
    #[arg(long)]
    pub response_stream: bool,
    /// Keep payloads out of logs, errors and the store
    #[arg(long)]
    pub no_payload_logs: bool,
    /// Stop before more than this is spent on a function, in USD (CNY in China); the first invocation shows what one costs,
    /// and is made whatever that is
    #[arg(long, value_name = "AMOUNT", value_parser = positive)]
    pub max_cost: Option<f64>,
    /// Pick no size that is slower on the average: the same as --limit mean:MS
    #[arg(long, value_name = "MS", value_parser = positive)]
    pub max_duration_ms: Option<f64>,
    /// Pick no size over this, such as p90:200ms or max:1.5s (p50, p90, p95, p99, max, mean); may be given more than once
    #[arg(long = "limit", value_name = "FIGURE:DURATION")]
    pub limits: Vec<DurationLimit>,
    /// Pick the fastest of the sizes that are not shown to cost over this many percent more than the cheapest
    #[arg(long, value_name = "PERCENT", value_parser = not_negative)]
    pub within_percent: Option<f64>,
    /// Take a size that costs at most this many percent more than the cheapest for as cheap; 2 when not given. Of the
    /// sizes not shown to cost more, the fastest is recommended that is estimated within twice as much
    #[arg(long, value_name = "PERCENT", value_parser = not_negative, conflicts_with = "within_percent")]
    pub tolerance: Option<f64>,
    /// Count costs at the prices of this region where none are known for the function
    #[arg(long, value_name = "REGION", value_parser = crate::config::region)]
    pub prices_of: Option<String>,
    /// Invoke once per size, pick nothing, apply nothing
    #[arg(long, conflicts_with = "apply")]
    pub dry_run: bool,
    /// Set the function to the picked size; with an alias also publish a version behind it
    #[arg(long, value_name = "ALIAS", num_args = 0..=1, value_parser = words)]
    pub apply: Option<Option<String>>,
    /// End with exit code 4 when the current size is shown (95 % sure) to cost over this many percent more than the
    /// recommended one; what these samples cannot tell is no failure
    #[arg(long, value_name = "PERCENT", value_parser = not_negative, conflicts_with_all = ["dry_run", "apply"])]
    pub check: Option<f64>,
    /// Print this
    #[arg(long, value_enum, default_value_t)]
    pub format: ResultFormat,
    /// Start without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// The plan as far as the flags say it; a switch that is not there says nothing. The payload is read by the caller, for it
/// may stand in a file.
#[must_use]
pub fn asked(args: &TuneArgs, payload: Option<Payload>) -> PlanDraft {
    let switch = |on: bool| on.then_some(true);
    let exceptions = &args.allowed_exceptions;
    PlanDraft {
        function: args.functions.first().cloned(),
        qualifier: args.qualifier.clone(),
        sizes: args.powers.clone(),
        num: args.num,
        payload,
        pick: PickDraft {
            strategy: args.strategy,
            balanced_weight: args.balanced_weight.map(Weight::of_cost),
            limits: PickLimits {
                within_percent: args.within_percent,
                tolerance_percent: args.tolerance,
                ..limits(args.max_duration_ms, &args.limits).unwrap_or_default()
            },
        },
        sampling: SamplingDraft {
            environments: args.parallel,
            only_cold_starts: switch(args.only_cold_starts),
            discard: args.discard,
            sleep_between: args.sleep_between_ms.map(Duration::from_millis),
            allowed_exceptions: (!exceptions.is_empty()).then(|| exceptions.clone()),
            pre_processor: args.pre_processor.clone(),
            post_processor: args.post_processor.clone(),
            tenant_id: args.tenant_id.clone(),
            response_stream: switch(args.response_stream),
        },
        log_payloads: args.no_payload_logs.then_some(false),
        max_cost_usd: args.max_cost,
        prices_of: args.prices_of.clone(),
        dry_run: switch(args.dry_run),
        apply: args
            .apply
            .clone()
            .map(|alias| alias.map_or(Apply::Latest, Apply::Alias)),
    }
}

/// What `tune` prints at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ResultFormat {
    /// The result for people, or with --json all of it
    #[default]
    Iacstone,
    /// The reference tool's output object; {} when no size is picked
    Reference,
}
