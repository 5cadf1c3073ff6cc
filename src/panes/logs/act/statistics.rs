//! What each action does among the statistics.

use crate::app::Outbox;
use crate::keys::Action;
use crate::panes::logs::{LogsPane, LogsScreen, StatisticsTable};
use crate::panes::moving::rows;

impl LogsPane {
    pub(super) fn act_on_statistics(&mut self, action: Action, out: &mut Outbox<'_>) {
        let LogsScreen::Statistics(sheet) = &mut self.screen else {
            return;
        };
        if let Some(rows) = rows(action, out.page) {
            return sheet.step(rows);
        }
        match action {
            Action::Left => sheet.scroll(-1),
            Action::Right => sheet.scroll(1),
            Action::Refresh => self.count(false, out),
            Action::StatisticsSpan => self.count(true, out),
            Action::Back => {
                sheet.stop(out);
                self.screen = LogsScreen::Tail;
            }
            _ => {}
        }
    }

    /// Counts the invocations of the followed groups, over the next span of time or the same.
    pub(super) fn count(&mut self, next: bool, out: &mut Outbox<'_>) {
        let Some(tail) = &self.tail else { return };
        let span = match &self.screen {
            LogsScreen::Statistics(sheet) => {
                sheet.stop(out);
                if next { sheet.span.next() } else { sheet.span }
            }
            _ => super::super::sheet::Lookback::default(),
        };
        let sheet = StatisticsTable::start(&tail.wanted.groups, span, out);
        self.screen = LogsScreen::Statistics(Box::new(sheet));
    }
}
