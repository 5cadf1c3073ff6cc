//! How the program was started: everything a session can be told.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use iacstone::app::keymap;
use iacstone::config::TuningDefaults;
use iacstone::effect::{AppContext, Backend, Browser, Editor};
use iacstone::keys::Keymap;
use iacstone::logs::Bounds;
use iacstone::theme::Theme;
use jiff::tz::{Offset, TimeZone};

use super::{account, words};
use crate::storm::{Dice, time};

/// A file of keys as a user may write it: some other keys, and some actions without.
const OTHER_KEYS: &str = "[move]\ndown = [\"f6\", \"down\"]\n[runs]\nundo = []\nnew-run = [\"f5\"]\n[logs]\nnext-match = [\"f2\"]\n";

/// The facts of a session.
pub(super) fn context(dice: &mut Dice) -> AppContext {
    let source = match dice.within(0..=9) {
        0..5 => Backend::Aws,
        5..9 => Backend::Demo,
        _ => Backend::Endpoint(words::some(dice)),
    };
    let variables = BTreeMap::from([("BROWSER".to_owned(), "firefox %s".to_owned())]);
    let hours = i8::try_from(dice.within(0..=24)).unwrap() - 12;
    AppContext {
        source,
        profile: dice.percent(30).then(|| words::some(dice)),
        region: dice.percent(70).then(|| account::REGION.to_owned()),
        read_only: dice.percent(15),
        offline: dice.percent(12),
        ascii: dice.percent(20),
        keymap: KEYMAPS[usize::from(dice.percent(20))].clone(),
        theme: THEME.clone(),
        reader: iacstone::config::ReaderSettings::default(),
        start_pane: iacstone::config::StartPane::default(),
        tuning: TuningDefaults {
            ask_above_usd: if dice.percent(30) { 0.0 } else { 0.10 },
            ..TuningDefaults::default()
        },
        log_bounds: Bounds::default(),
        zone: TimeZone::fixed(Offset::constant(hours)),
        editor: Editor::detect(&variables),
        browser: Browser::detect(&variables).filter(|_| dice.percent(60)),
        started: time::epoch(),
        salt: u16::try_from(dice.within(0..=65_535)).unwrap(),
    }
}

/// Reading a file of keys takes longer than many a storm.
static KEYMAPS: LazyLock<[Keymap; 2]> = LazyLock::new(|| {
    let other = keymap().merged("keymap.toml", OTHER_KEYS);
    [keymap(), other.unwrap()]
});

static THEME: LazyLock<Theme> = LazyLock::new(Theme::defaults);
