//! From a tuning run to the function whose code is to be changed.

use super::place::FunctionTarget;
use crate::lambda::{FunctionRef, MemoryMb};
use crate::power::Run;

impl FunctionTarget {
    /// The function of a run, which is to have this size. A run that was imported knows no function: it goes by its name.
    #[must_use]
    pub fn of_run(run: &Run, to: MemoryMb) -> Self {
        let measured = run.measured();
        let function = measured.and_then(|it| FunctionRef::parse(&it.function_arn).ok());
        let account = measured.and_then(|it| it.function_arn.split(':').nth(4));
        Self {
            name: function.map_or_else(|| run.name.clone(), |it| it.name().to_owned()),
            account: account.map(str::to_owned),
            region: measured.map(|it| it.region.clone()),
            live: measured.map(|it| match &it.applied {
                Some(applied) => applied.memory_mb,
                None => it.current_memory,
            }),
            to,
        }
    }

    /// What it comes to, in a line: `dynamodb-reads: 256 → 512 MB as code`.
    #[must_use]
    pub fn heading(&self) -> String {
        let (name, to) = (&self.name, self.to);
        match self.live {
            Some(live) if live == to => format!("{name}: {to} MB as code, as at the run"),
            Some(live) => format!("{name}: {live} → {to} MB as code"),
            None => format!("{name}: {to} MB as code"),
        }
    }
}
