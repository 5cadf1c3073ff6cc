//! The plan form.

use crate::effect::Outbox;
use crate::keys::{Action, Scope};
use crate::panes::Pane;
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use crate::panes::tuning::{PlanForm, TuningPane, TuningPrompt, TuningScreen};
use Availability::Offered;

const PLAN: &Scope = &Scope::of_screen("plan", "Plan");

/// Starts the run.
pub const START: Action = PLAN.action("start", &["ctrl-s", "f5"], "Start the run");

/// What the actions do.
pub(super) static SCREEN: Screen<TuningPane> = Screen {
    scope: PLAN,
    tables: &[
        &Moves(|pane: &mut TuningPane, step, out| pane.step(step.rows(out.page))),
        &Table::about(form, form_mut, FIELDS),
        &Table::new(GOING_ON),
    ],
};

const FIELDS: &[ActionRow<PlanForm>] = &[
    unsaid(Action::LEFT, |form, _| form.change(-1)),
    row(
        Action::RIGHT,
        |form| Availability::offered_when(!form.is_folded(), 3, "change"),
        |form, _| form.change(1),
    ),
    row(
        PLAN.action(
            "fold-group",
            &["space"],
            "Fold or unfold the group of fields",
        ),
        |form| Availability::offered_when(!form.is_folded(), 2, "fold"),
        PlanForm::fold,
    ),
    row(
        PLAN.action(
            "fold-groups",
            &["z"],
            "Unfold every group of fields, or fold them all",
        ),
        |_| Offered(6, "all groups"),
        |form, _| form.fold_all(),
    ),
    unsaid(Action::REFRESH, PlanForm::describe),
];

const GOING_ON: &[ActionRow<TuningPane>] = &[
    row(
        Action::OPEN,
        |pane| {
            let is_folded = form(pane).is_some_and(PlanForm::is_folded);
            Offered(1, if is_folded { "unfold" } else { "edit" })
        },
        open,
    ),
    row(START, |_| Offered(0, "start"), TuningPane::start),
    row(
        PLAN.action(
            "sample-event",
            &["e"],
            "Fill the payload from a sample event of a service",
        ),
        |_| Offered(4, "sample event"),
        choose_event,
    ),
    row(
        PLAN.action(
            "last-plan",
            &["N"],
            "Fill the form with the plan of the function's last run",
        ),
        |pane| Availability::when(pane.has_last_plan(), 5, "last plan"),
        TuningPane::take_last_plan,
    ),
    row(
        PLAN.action(
            "edit-payload",
            &["v"],
            "Open the payload in $VISUAL or $EDITOR",
        ),
        |_| Offered(7, "payload in editor"),
        |pane, out| {
            if let Some(form) = form_mut(pane) {
                form.edit_outside(None, out);
            }
        },
    ),
    row(Action::BACK, |_| Offered(5, "back"), TuningPane::leave_form),
];

fn form(pane: &TuningPane) -> Option<&PlanForm> {
    match &pane.screen {
        TuningScreen::Plan(form) => Some(form),
        _ => None,
    }
}

fn form_mut(pane: &mut TuningPane) -> Option<&mut PlanForm> {
    match &mut pane.screen {
        TuningScreen::Plan(form) => Some(form),
        _ => None,
    }
}

fn choose_event(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    if let Some(form) = form_mut(pane) {
        let prompt = form.choose_event(None);
        pane.ask(TuningPrompt::SampleEvent, prompt, out);
    }
}

fn open(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    if let Some((field, prompt)) = form_mut(pane).and_then(PlanForm::open) {
        pane.ask(TuningPrompt::PlanField(field), prompt, out);
    }
}
