//! A run as a report in Markdown: what was found, a table, the chart as text, the link.

use std::fmt::Write;

use super::super::args::CurveArgs;
use super::super::drawing::Drawing;
use super::super::table::{Alignment, TextTable, escaped};
use super::super::{CommandFailure, tune};
use crate::config::Settings;
use crate::power::{BillingStep, Run};
use crate::ui::chart::format;

/// Columns of the chart, so that it fits a page.
const CHART_COLUMNS: u16 = 78;

/// The report.
///
/// # Errors
/// Those of a drawing.
pub(super) fn report(run: &Run, settings: &Settings) -> Result<String, CommandFailure> {
    let args = CurveArgs {
        width: Some(CHART_COLUMNS),
        ..CurveArgs::default()
    };
    let drawing = Drawing::new(run, None, &args, settings)?;
    let curve = run.curve(BillingStep::AsMeasured);
    let mut text = format!("# Power tuning of {}\n\n", escaped(&run.name));
    for fact in facts(run) {
        writeln!(text, "- {}", escaped(&fact)).ok();
    }
    if !run.note.is_empty() {
        writeln!(text, "- note: {}", escaped(&run.note)).ok();
    }
    text.push('\n');
    let verdict = tune::verdict_lines(run, None, &settings.tuning);
    for line in verdict.iter().chain(&tune::pattern_line(run)) {
        writeln!(text, "{}\n", escaped(line)).ok();
    }
    for table in tune::measured_tables(run) {
        writeln!(text, "{}", table.markdown()).ok();
    }
    if run.measured().is_none() {
        writeln!(text, "{}", points(run).markdown()).ok();
    }
    let chart = drawing.chart();
    writeln!(text, "```text\n{}```", fenced(&chart)).ok();
    if let Some(measured) = run.measured() {
        for warning in &measured.warnings {
            writeln!(text, "\n> {}", escaped(warning)).ok();
        }
    }
    if !curve.points.is_empty() {
        writeln!(text, "\n[Visualization]({})", curve.link()).ok();
    }
    Ok(text)
}

/// What the figures stand on.
fn facts(run: &Run) -> Vec<String> {
    let curve = run.curve(BillingStep::AsMeasured);
    let mut facts = vec![format!(
        "run {}, {} UTC",
        run.id,
        run.started.strftime("%Y-%m-%d %H:%M")
    )];
    if let Some(measured) = run.measured() {
        facts.push(format!("function {}", measured.function_arn));
        facts.extend(measured.unusual());
        facts.push(measured.pricing().words());
    }
    facts.push(format!("{}, {}", curve.architecture, curve.region));
    facts
}

/// The points of a run of which only means are known.
fn points(run: &Run) -> TextTable {
    let curve = run.curve(BillingStep::AsMeasured);
    let mut table = TextTable::new(&[
        ("MB", Alignment::Right),
        ("mean", Alignment::Right),
        ("cost", Alignment::Right),
    ]);
    for point in &curve.points {
        table.row([
            point.memory_mb.to_string(),
            format::duration_text(point.duration_ms),
            format::per_million_text(point.cost_usd, curve.currency()),
        ]);
    }
    table
}

/// Lines that cannot end the block they stand in.
fn fenced(chart: &str) -> String {
    chart.replace("```", "'''")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::config::{Environment, Files, GlobalArgs, join};
    use crate::keys::Keymap;
    use crate::power::{examples, fixture};

    pub(in super::super) fn settings() -> Settings {
        let files = Files::absent(Some("/data".into()), Keymap::default());
        join(&GlobalArgs::default(), &Environment::default(), &files).unwrap()
    }

    #[test]
    fn the_report_has_the_answer_a_table_the_chart_and_the_link() {
        let mut run = fixture::run();
        run.name = "busy | *all* [of] it".to_owned();
        let report = report(&run, &settings()).unwrap();
        for part in [
            "# Power tuning of busy \\| \\*all\\* \\[of\\] it\n",
            "- run r20261121-101530-7f3a, 2026-11-21 10:15 UTC\n",
            "256 MB costs at most 2 % more",
            "| MB |",
            "| 256 |",
            "```text\n",
            "> look out\n",
            "[Visualization](https://lambda-power-tuning.show/#",
        ] {
            assert!(report.contains(part), "{part} is not in {report}");
        }
        assert_eq!(report.matches("```").count(), 2, "{report}");
        let lines: Vec<&str> = report
            .lines()
            .filter(|line| line.starts_with('|'))
            .collect();
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(
            lines.iter().all(|line| bars(line) == bars(lines[0])),
            "{report}"
        );
    }

    #[test]
    fn runs_from_elsewhere_have_their_means() {
        let report = report(&examples::all()[0].run, &settings()).unwrap();
        assert!(report.contains("| 128 | 4.46 ms |"), "{report}");
    }
}
