//! The commands of the stack in front.

use crate::iac::StackCommand;

/// The commands, and the one in front.
#[derive(Debug, Default)]
pub struct CommandList {
    commands: Vec<StackCommand>,
    at: usize,
}

impl CommandList {
    /// Takes these.
    pub(super) fn fill(&mut self, commands: Vec<StackCommand>) {
        self.commands = commands;
        self.step(0);
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[StackCommand] {
        &self.commands
    }

    /// The number of the one in front.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.at
    }

    /// The one in front.
    #[must_use]
    pub fn selected(&self) -> Option<&StackCommand> {
        self.commands.get(self.at)
    }

    /// Moves; it stops at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        let last = self.commands.len().saturating_sub(1);
        self.at = self.at.min(last).saturating_add_signed(rows).min(last);
    }
}
