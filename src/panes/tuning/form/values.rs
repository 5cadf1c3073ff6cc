//! What the fields of the form hold: a text for each.

use std::collections::BTreeMap;

use super::again::RepeatedRun;
use super::field::FieldId;
use crate::config::TuningDefaults;
use crate::lambda::Function;
use crate::power::Currency;

/// The texts of the fields.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Values {
    texts: BTreeMap<FieldId, String>,
}

impl Values {
    /// The user's defaults.
    pub(super) fn new(defaults: &TuningDefaults) -> Self {
        let first = |field: FieldId| (field, (field.row().first)(defaults));
        Self {
            texts: FieldId::ALL.into_iter().map(first).collect(),
        }
    }

    /// What a run was made with, for this function; the user's defaults where it says nothing.
    pub(super) fn again(defaults: &TuningDefaults, run: &RepeatedRun, function: &Function) -> Self {
        let mut values = Self::new(defaults);
        for field in FieldId::ALL {
            let text = run.text(field, function);
            values.texts.extend(text.map(|text| (field, text)));
        }
        values
    }

    /// The text of a field as it is typed.
    pub(super) fn text(&self, field: FieldId) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The text of a field in one line, as the form shows it, amounts in this currency.
    pub(super) fn shown(&self, field: FieldId, currency: Currency) -> String {
        field.shown(self.text(field), currency)
    }

    /// Whether a field asks for something else than iacstone does of itself, whatever the user's defaults are.
    pub(super) fn is_unusual(&self, field: FieldId, currency: Currency) -> bool {
        let row = field.row();
        let usual = (row.first)(&TuningDefaults::default());
        let asked = |text: &str| (row.draft)(text.trim(), currency);
        asked(self.text(field)) != asked(&usual)
    }

    /// Takes a text that was checked.
    pub(super) fn put(&mut self, field: FieldId, text: &str, currency: Currency) {
        let kept = (field.row().kept)(text, currency);
        self.texts.insert(field, kept);
    }

    /// Makes the value of a field larger or smaller, or switches it; `false` for a field without steps.
    pub(super) fn step(&mut self, field: FieldId, steps: i32) -> bool {
        let stepped = (field.row().stepped)(self.text(field), steps);
        let is_stepped = stepped.is_some();
        self.texts.extend(stepped.map(|text| (field, text)));
        is_stepped
    }
}
