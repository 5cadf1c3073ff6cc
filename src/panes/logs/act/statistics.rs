//! What each action does among the statistics.

use crate::app::Outbox;
use crate::keys::Action;
use crate::panes::logs::{LogsPane, LogsScreen, StatisticsTable};
use crate::panes::moving::rows;

impl LogsPane {
    pub(super) fn act_on_statistics(&mut self, action: Action, out: &mut Outbox<'_>) {
        let LogsScreen::Statistics(statistics) = &mut self.screen else {
            return;
        };
        if let Some(rows) = rows(action, out.page) {
            return statistics.step(rows);
        }
        match action {
            Action::Left => statistics.scroll(-1),
            Action::Right => statistics.scroll(1),
            Action::Refresh => self.count(false, out),
            Action::StatisticsSpan => self.count(true, out),
            Action::Back => {
                statistics.stop(out);
                self.screen = LogsScreen::Tail;
            }
            _ => {}
        }
    }

    /// Counts the invocations of the followed groups, over the next span of time or the same.
    pub(super) fn count(&mut self, next: bool, out: &mut Outbox<'_>) {
        let Some(tail) = &self.tail else { return };
        let span = match &self.screen {
            LogsScreen::Statistics(statistics) => {
                statistics.stop(out);
                if next {
                    statistics.span.next()
                } else {
                    statistics.span
                }
            }
            _ => super::super::statistics::Lookback::default(),
        };
        let statistics = StatisticsTable::start(&tail.wanted.groups, span, out);
        self.screen = LogsScreen::Statistics(Box::new(statistics));
    }
}
