//! How keys and texts change the form.

use super::PlanForm;
use super::field::FieldId;
use crate::effect::Prompt;
use crate::panes::stepped;
use crate::power::Strategy;

/// The words for sizes that left and right switch through.
const SIZE_WORDS: [&str; 3] = ["default", "ALL", "FULL"];

impl PlanForm {
    /// Moves to another field; it stops at the ends.
    pub(in super::super) fn step(&mut self, rows: isize) {
        self.focus = stepped(FieldId::ALL, Some(self.focus), rows).unwrap_or(self.focus);
    }

    /// Makes the value of the field in front larger or smaller, or switches it.
    pub(in super::super) fn change(&mut self, steps: i32) {
        let values = &mut self.values;
        match self.focus {
            FieldId::Sizes => values.sizes = next_word(&values.sizes, steps),
            FieldId::Samples => values.samples = shifted(&values.samples, 5 * steps, 5),
            FieldId::Environments => values.environments = shifted(&values.environments, steps, 1),
            FieldId::Weight => values.weight = shifted_weight(&values.weight, steps),
            FieldId::Strategy => values.strategy = next_strategy(values.strategy, steps),
            FieldId::ColdStarts => values.cold_starts = !values.cold_starts,
            FieldId::KeepPayload => values.keep_payload = !values.keep_payload,
            FieldId::Payload | FieldId::MaxCost => return,
        }
        self.check();
    }

    /// Opens the field in front for typing: what is to be asked; a field that is not typed is switched.
    pub(in super::super) fn open(&mut self) -> Option<(FieldId, Prompt)> {
        let field = self.focus;
        if !field.is_typed() {
            self.change(1);
            return None;
        }
        let (text, hint) = (self.values.text(field), self.hint());
        let prompt = if field == FieldId::Payload {
            let title = format!("Payload of {}", self.function.name);
            Prompt::lines(&title, hint, &text)
        } else {
            Prompt::line(field.label(), hint, &text)
        };
        Some((field, prompt))
    }

    /// Takes the text of a field.
    ///
    /// # Errors
    /// What is wrong with it; the field keeps its old text then.
    pub(in super::super) fn set(&mut self, field: FieldId, text: &str) -> Result<(), String> {
        self.check_text(field, text)?;
        self.values.put(field, text, self.currency());
        self.check();
        Ok(())
    }
}

fn next_word(sizes: &str, steps: i32) -> String {
    let here = SIZE_WORDS
        .iter()
        .position(|word| word.eq_ignore_ascii_case(sizes.trim()));
    let count = SIZE_WORDS.len();
    let there = match here {
        None => 0,
        Some(at) if steps > 0 => (at + 1) % count,
        Some(at) => (at + count - 1) % count,
    };
    SIZE_WORDS
        .get(there)
        .copied()
        .unwrap_or("default")
        .to_owned()
}

fn shifted(text: &str, by: i32, least: u32) -> String {
    text.trim()
        .parse::<u32>()
        .unwrap_or(least)
        .saturating_add_signed(by)
        .max(least)
        .to_string()
}

fn shifted_weight(text: &str, steps: i32) -> String {
    let weight: f64 = text.trim().parse().unwrap_or(0.5);
    format!("{:.2}", (weight + f64::from(steps) * 0.05).clamp(0.0, 1.0))
}

fn next_strategy(strategy: Strategy, steps: i32) -> Strategy {
    let all = Strategy::ALL;
    let here = all.iter().position(|&other| other == strategy);
    let forward = if steps > 0 { 1 } else { all.len() - 1 };
    let there = (here.unwrap_or_default() + forward) % all.len();
    all.get(there).copied().unwrap_or(strategy)
}
