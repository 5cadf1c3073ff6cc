//! The plan form: the function, the fields with their problems, what the run may cost, what to know before.

use ratatui::layout::Rect;

use super::TuningView;
use super::functions::state;
use crate::lambda::PackageType;
use crate::panes::tuning::screens::plan::START;
use crate::panes::tuning::{FormField, FormGroup, PlanForm};
use crate::power::{AdviceWeight, Estimate};
use crate::text;
use crate::theme::Role;
use crate::ui::chart::format::usd_text;
use crate::ui::painter::{Painter, Piece, window, wrap};

/// Columns of a label, its mark included.
const LABEL: usize = 16;

/// Columns of the name of a folded group.
const GROUP: usize = 24;

/// The most columns of a text behind the name of a folded group.
const HELD: usize = 24;

/// Columns of a value from which on its hint does not stand beside it.
const LONG: usize = 24;

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
    let mut lines = fields.iter();
    let at = lines.position(|(is_here, _)| *is_here);
    let from = window(at.unwrap_or_default(), fields.len(), height);
    if fields.len() > height {
        let last = fields.len().min(from + height);
        let range = format!("{}-{last} of {} ", from + 1, fields.len());
        painter.right(area, &[(Role::Muted, range)]);
    }
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

/// The lines of the groups and of their fields, each with whether it is in front; a problem stands below its field.
fn fields(painter: &Painter<'_>, form: &PlanForm, width: u16) -> Vec<(bool, Vec<Piece>)> {
    let mut lines = Vec::new();
    for group in form.groups() {
        let here = form.is_folded() && group.id == form.focus.group();
        lines.push((here, group_line(painter, &group, here, width)));
        for field in group.fields {
            let here = field.id == form.focus;
            lines.push((here, value_line(painter, &field, here, width)));
            let room = usize::from(width).saturating_sub(PROBLEM.len() + 1);
            let problem = wrap(field.problem.unwrap_or_default(), room);
            for (at, words) in problem.enumerate() {
                let sign = if at == 0 { PROBLEM } else { "       " };
                lines.push((false, vec![(Role::Error, format!("{sign}{words}"))]));
            }
        }
    }
    lines
}

/// The name of a group; behind that of a folded one, what in it is not as usual.
fn group_line(painter: &Painter<'_>, group: &FormGroup<'_>, here: bool, width: u16) -> Vec<Piece> {
    let mark = if here { painter.sign("▸", ">") } else { " " };
    let name = group.id.name();
    let Some(held) = &group.folded else {
        return vec![(Role::Accent, format!("{mark}- {name}"))];
    };
    let role = if here { Role::Selected } else { Role::Accent };
    let name = text::pad(&format!("{mark}+ {name}"), GROUP);
    let room = usize::from(width).saturating_sub(GROUP + 1);
    let (words, usual) = held_words(held, room, painter);
    let told = if usual { Role::Muted } else { Role::Text };
    vec![(role, name), (told, words)]
}

/// What a folded group holds that is not as usual: each field with its text, or only their names where there is no room
/// for more; and whether all of it is as usual.
fn held_words(
    held: &[(&'static str, String)],
    room: usize,
    painter: &Painter<'_>,
) -> (String, bool) {
    if held.is_empty() {
        return ("as usual".to_owned(), true);
    }
    let each = held.iter().map(|(label, text)| {
        let text = text::neutralise(text);
        let text = text::truncate_with(&text, HELD, painter.ellipsis());
        format!("{label} {text}")
    });
    let whole = each.collect::<Vec<_>>().join(", ");
    if text::width(&whole) <= room {
        return (whole, false);
    }
    let labels: Vec<&str> = held.iter().map(|(label, _)| *label).collect();
    (labels.join(", "), false)
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
        let gap = LONG.saturating_sub(used + if switched { 2 } else { 0 });
        if used < LONG {
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
    let mut fields = form.fields();
    let value = fields.find(|field| field.id == form.focus);
    let is_long = value.is_some_and(|it| text::width(&it.text) >= LONG);
    if wide && !is_long && !form.is_folded() {
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
        "Up to {} invocations{}, {typical}at most {}",
        estimate.invocations,
        estimate.processor_words(),
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
