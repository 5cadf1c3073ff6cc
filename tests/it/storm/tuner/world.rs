//! What a storm begins with: the account, its function, the machines and their plans.

use std::time::Duration;

use iacstone::power::{Apply, Payload, Plan, PlanDraft, SamplingDraft};
use iacstone::simulator::{
    Account, AccountOptions, Blueprint, DurationModel, Init, Noise, Reply, Workload,
};
use serde_json::json;

use super::super::{Dice, time};
use super::{FUNCTION, memory};

/// Sizes that runs test and the function may have.
const SIZES: [u32; 5] = [128, 256, 512, 1024, 2048];

/// An account with the one function everything is about.
pub(crate) fn account(seed: u64) -> Account {
    let mut dice = Dice::of(seed, "account");
    let account = Account::empty(AccountOptions {
        seed: dice.number(),
        epoch: Some(time::epoch()),
        config_update: *dice.pick(&[
            Duration::from_millis(120),
            Duration::from_millis(120),
            Duration::from_millis(400),
            Duration::from_millis(400),
            Duration::from_millis(1500),
            Duration::from_secs(12),
        ]),
        ..AccountOptions::default()
    });
    let workload = Workload {
        pace: DurationModel::Computed {
            cpu_ms: *dice.pick(&[15.0, 120.0, 900.0]),
            waiting_ms: *dice.pick(&[1.0, 60.0]),
        },
        init: Init::Within(120.0..300.0),
        noise: Noise { sigma: 0.05 },
        footprint_mb: 60,
        needs_mb: *dice.pick(&[64, 64, 64, 200]),
        error_rate: *dice.pick(&[0.0, 0.0, 0.0, 0.1]),
        hang_rate: 0.0,
        reply: Reply::Ok,
        lines: 1,
    };
    let size = *dice.pick(&[128, 256, 384, 512, 1024]);
    let long = "🚀 orders ".repeat(25);
    let description = *dice.pick(&["", "orders", "[iacstone] 256 MB before]", &long]);
    let mut blueprint = Blueprint::new(FUNCTION, workload).memory(memory(size));
    blueprint = blueprint.description(description);
    if dice.percent(10) {
        blueprint = blueprint.snap_start();
    }
    if dice.percent(15) {
        blueprint = blueprint.reserved(6);
    }
    account.add_function(blueprint);
    account
}

/// What a machine is to measure.
pub(crate) fn plan(dice: &mut Dice) -> Plan {
    let mut sizes: Vec<u32> = SIZES.to_vec();
    while sizes.len() > 4 || (sizes.len() > 2 && dice.percent(60)) {
        let last = sizes.len() as u64 - 1;
        sizes.remove(usize::try_from(dice.within(0..=last)).unwrap());
    }
    let num = dice.within(5..=7);
    let turns = (0..num).map(|turn| json!({"weight": 1, "payload": format!("{turn}/{num}")}));
    let cold = dice.percent(12);
    let draft = PlanDraft {
        function: Some(FUNCTION.parse().unwrap()),
        sizes: Some(sizes.into_iter().map(memory).collect()),
        num: Some(u32::try_from(num).unwrap().into()),
        payload: Some(Payload::from_value(turns.collect()).unwrap()),
        sampling: SamplingDraft {
            environments: Some(*dice.pick(&[1, 1, 2])),
            only_cold_starts: Some(cold),
            ..SamplingDraft::default()
        },
        max_cost_usd: dice.percent(15).then_some(0.000_02),
        apply: Some(match dice.within(0..=99) {
            0..=13 => Apply::Latest,
            14..=24 => Apply::Alias("tuned".to_owned()),
            25..=32 => Apply::Alias("prod".to_owned()),
            _ => Apply::No,
        }),
        ..PlanDraft::default()
    };
    draft.build().unwrap()
}
