//! The plan form: the function, the fields with their problems, what the run may cost, what to know before.

use ratatui::layout::Rect;

use super::TuningView;
use super::functions::state;
use crate::lambda::PackageType;
use crate::panes::tuning::screens::plan::START;
use crate::panes::tuning::{FieldId, FormField, PlanForm};
use crate::power::{AdviceWeight, Estimate};
use crate::text;
use crate::theme::Role;
use crate::ui::chart::format::usd_text;
use crate::ui::painter::{Painter, Piece, window, wrap};

/// Columns of a label, its mark included.
const LABEL: usize = 16;

/// What stands before a problem.
const PROBLEM: &str = "     ! ";

/// From this width on, the hint stands behind the value.
const HINTS_FROM: u16 = 72;

/// Draws the form.
pub(super) fn draw(painter: &mut Painter<'_>, view: TuningView<'_>, form: &PlanForm, area: Rect) {
    let mut rows = area.rows();
    for line in heading(form)
        .into_iter()
        .take(if area.height < 14 { 1 } else { 2 })
    {
        if let Some(row) = rows.next() {
            painter.line(row, &line);
        }
    }
    let width = area.width;
    let below = below(view, form, width);
    let fields = fields(painter, form, width);
    let left = usize::from(area.height).saturating_sub(if area.height < 14 { 1 } else { 2 });
    let kept = below.len().min(left.saturating_sub(5).max(1));
    let height = left.saturating_sub(kept);
    let at = fields
        .iter()
        .position(|(field, _)| *field == form.focus)
        .unwrap_or_default();
    let from = window(at, fields.len(), height);
    let mut used = 0;
    for (row, (_, line)) in rows.by_ref().take(height).zip(fields.iter().skip(from)) {
        painter.line(row, line);
        used += 1;
    }
    let start = area.y + area.height - u16::try_from(left - used.min(left)).unwrap_or_default();
    let rest = Rect {
        y: start,
        height: (area.y + area.height).saturating_sub(start),
        ..area
    };
    for (row, line) in rest.rows().zip(&below) {
        painter.line(row, line);
    }
}

fn heading(form: &PlanForm) -> Vec<Vec<Piece>> {
    let function = form.function();
    let runtime = match function.code.package {
        PackageType::Image => "container image",
        PackageType::Zip => function.code.runtime.as_deref().unwrap_or("custom runtime"),
    };
    let mut facts = format!(
        " {} MB now · {runtime} · {} · times out after {} s",
        function.memory,
        function.code.architecture,
        function.timeout.as_secs()
    );
    let state = state(function);
    if !state.is_empty() {
        facts = format!("{facts} · {state}");
    }
    let mut title = vec![
        (Role::Accent, " Plan a run of ".to_owned()),
        (Role::Accent, function.name.clone()),
    ];
    if form.is_describing() {
        title.push((Role::Muted, "  reading its state ...".to_owned()));
    }
    vec![title, vec![(Role::Muted, facts)]]
}

/// The lines of the fields, each with the field it belongs to; a problem stands below its field.
fn fields(painter: &Painter<'_>, form: &PlanForm, width: u16) -> Vec<(FieldId, Vec<Piece>)> {
    let mut lines = Vec::new();
    for field in form.fields() {
        let here = field.id == form.focus;
        lines.push((field.id, value_line(painter, &field, here, width)));
        let room = usize::from(width).saturating_sub(PROBLEM.len() + 1);
        let problem = wrap(field.problem.unwrap_or_default(), room);
        for (at, words) in problem.enumerate() {
            let sign = if at == 0 { PROBLEM } else { "       " };
            lines.push((field.id, vec![(Role::Error, format!("{sign}{words}"))]));
        }
    }
    lines
}

fn value_line(painter: &Painter<'_>, field: &FormField<'_>, here: bool, width: u16) -> Vec<Piece> {
    let mark = if here {
        painter.sign(" ▸ ", " > ")
    } else {
        "   "
    };
    let label = text::pad(&format!("{mark}{}", field.id.label()), LABEL + 1);
    let label_role = if here { Role::Accent } else { Role::Muted };
    let value_role = match (field.problem, here) {
        (Some(_), _) => Role::Error,
        (None, true) => Role::Selected,
        (None, false) => Role::Text,
    };
    let room = usize::from(width).saturating_sub(LABEL + 4);
    let value = text::neutralise(&field.text);
    let value = text::truncate_with(&value, room, painter.ellipsis()).into_owned();
    let used = text::width(&value);
    let switched = here && !field.id.is_typed();
    let value = if switched {
        format!(
            "{} {value} {}",
            painter.sign("◂", "<"),
            painter.sign("▸", ">")
        )
    } else {
        format!(" {value} ")
    };
    let mut pieces = vec![(label_role, label), (value_role, value)];
    if width >= HINTS_FROM {
        let gap = 24usize.saturating_sub(used + if switched { 2 } else { 0 });
        if used < 24 {
            let hint = format!("{}{}", " ".repeat(gap), field.hint);
            pieces.push((Role::Muted, hint));
        }
    }
    pieces
}

/// What stands below the fields: the estimate, then what to know about the function.
fn below(view: TuningView<'_>, form: &PlanForm, width: u16) -> Vec<Vec<Piece>> {
    let wide = width >= HINTS_FROM;
    let mut lines = Vec::new();
    if wide {
        lines.push(Vec::new());
    } else {
        lines.push(vec![(Role::Muted, format!("   {}", form.hint()))]);
    }
    let room = usize::from(width.saturating_sub(4));
    let (role, words) = estimate(view, form, wide);
    for line in wrap(&words, room) {
        lines.push(vec![(role, format!(" {line}"))]);
    }
    let sample = form.sample().into_iter();
    let known =
        sample.flat_map(|event| std::iter::once(event.waiting()).chain(event.effects.clone()));
    let known = known.map(|text| (AdviceWeight::Note, text));
    let advice = form.advice().iter();
    let advice = advice.map(|advice| (advice.weight, advice.text.clone()));
    for (advised, text) in known.chain(advice) {
        let (role, sign) = weight(advised);
        for (at, line) in wrap(&text, room).enumerate() {
            let sign = if at == 0 { sign } else { "   " };
            lines.push(vec![(role, format!("{sign}{line}"))]);
        }
    }
    lines
}

fn estimate(view: TuningView<'_>, form: &PlanForm, wide: bool) -> (Role, String) {
    let start = view.context.keymap.way_to(START);
    if view.context.read_only {
        return (
            Role::Warning,
            "This session is read-only: the plan can be made, but not started.".to_owned(),
        );
    }
    match form.estimate() {
        Some(estimate) if wide => (
            Role::Success,
            format!("{} if each times out; {start} starts.", bill(estimate)),
        ),
        Some(estimate) => (Role::Success, bill(estimate)),
        None => (
            Role::Error,
            "The run cannot start before the fields above are right.".to_owned(),
        ),
    }
}

/// The invocations and what they can cost at most.
fn bill(estimate: &Estimate) -> String {
    let money = |amount| usd_text(amount, estimate.currency);
    let typical = estimate.typical.map(money);
    let typical = typical.map_or_else(String::new, |it| format!("about {it} by the last run, "));
    format!(
        "Up to {} invocations, {typical}at most {}",
        estimate.invocations,
        money(estimate.most)
    )
}

/// The role and the sign of an advice.
const fn weight(weight: AdviceWeight) -> (Role, &'static str) {
    match weight {
        AdviceWeight::Note => (Role::Muted, " i "),
        AdviceWeight::Warning => (Role::Warning, " ! "),
        AdviceWeight::Blocking => (Role::Error, " x "),
    }
}
