//! A tail in front without terminal and account: what arrives is made up.

#![allow(dead_code, reason = "each bench uses a part")]

use std::error::Error;

use iacstone::app::App;
use iacstone::config::{ReaderSettings, StartPane, TuningDefaults};
use iacstone::effect::{AppContext, Backend, Effect, Job, JobReport, Msg};
use iacstone::logs::{Bounds, EventOrigin, LogEvent, Tailing};
use iacstone::task::TaskId;
use iacstone::theme::Theme;
use jiff::Timestamp;

/// Events reported at once, as the program has them.
pub(crate) const AT_ONCE: i64 = 250;

/// A program that follows a group, and the task that reports.
pub(crate) fn following(log_bounds: Bounds) -> Result<(App, TaskId), Box<dyn Error>> {
    let mut app = App::new(AppContext {
        source: Backend::Demo,
        profile: None,
        region: None,
        read_only: false,
        offline: false,
        ascii: false,
        keymap: iacstone::app::keymap(),
        theme: Theme::defaults(),
        reader: ReaderSettings::default(),
        start_pane: StartPane::default(),
        tuning: TuningDefaults::default(),
        log_bounds,
        zone: jiff::tz::TimeZone::UTC,
        browser: None,
        editor: iacstone::effect::Editor::detect(&std::collections::BTreeMap::new()),
        started: Timestamp::now(),
        salt: 1,
    });
    app.start();
    app.update(Msg::Resized(120, 40));
    for effect in app.update(Msg::Key("2".parse()?)) {
        if let Effect::Spawn(id, Job::ListGroups) = effect {
            let group = iacstone::logs::LogGroup {
                name: "/demo/firehose".to_owned(),
                arn: None,
                created_ms: None,
                is_own: true,
                stored: Some(iacstone::logs::StoredLogs {
                    bytes: 0,
                    retention_days: None,
                }),
                class: iacstone::logs::LogClass::Standard,
            };
            app.update(Msg::Task(id, JobReport::Groups(vec![group])));
        }
    }
    for effect in app.update(Msg::Key("enter".parse()?)) {
        if let Effect::Spawn(id, Job::Follow(_)) = effect {
            return Ok((app, id));
        }
    }
    Err("no tail was started".into())
}

/// Events from this number on, so many to a millisecond.
pub(crate) fn news(task: TaskId, from: i64, dense: i64) -> Msg {
    let base = 1_795_000_000_000;
    let events = (from..from + AT_ONCE).map(|number| LogEvent {
        group: "/demo/firehose".into(),
        stream: format!("stream-{}", number % 16).into(),
        time_ms: base + number / dense,
        ingested_ms: base + number / dense + 300,
        message: format!(
            "{{\"level\":\"info\",\"request\":{number},\"path\":\"/orders/{}\",\"message\":\"order {number} was read from the table and sent to the queue\",\"duration_ms\":{}}}",
            number % 977,
            number % 313
        ),
        id: None,
        origin: EventOrigin::Live,
    });
    Msg::Task(
        task,
        JobReport::Tail(Box::new(Tailing::Events(events.collect()))),
    )
}
