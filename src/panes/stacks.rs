//! The stacks pane: the projects here and their stacks; resources, outputs side by side, and commands.

mod commands;
mod follow;
mod known;
mod list;
mod outputs;
mod pane;
mod reads;
mod resources;
pub mod screens;
mod whereabouts;

pub use commands::CommandList;
pub use known::{KnownStacks, StackRow};
pub use list::StackList;
pub use outputs::OutputsView;
pub use resources::ResourceList;
pub use whereabouts::KnownWhereabouts;

use crate::effect::Outbox;
use crate::iac::StackRead;
use crate::panes::Pending;

/// The state of the pane.
#[derive(Debug, Default)]
pub struct StacksPane {
    /// What is in front.
    pub screen: StacksScreen,
    /// What is known of the projects here.
    pub known: KnownStacks,
    /// The stack in front, and those that are marked.
    pub list: StackList,
    /// The resource in front.
    pub resources: ResourceList,
    /// The outputs side by side.
    pub outputs: OutputsView,
    /// The commands of the stack in front.
    pub commands: CommandList,
    /// Where the user is.
    pub around: KnownWhereabouts,
    /// The commands that run.
    reads: Pending<StackRead>,
}

/// What the pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StacksScreen {
    /// The projects and their stacks.
    #[default]
    List,
    /// The resources of the stack in front.
    Resources,
    /// The outputs of the marked stacks, else of all, side by side.
    Outputs,
    /// The commands of the stack in front.
    Commands,
}

impl StacksPane {
    /// The stack in front, or a project without one.
    #[must_use]
    pub fn selected(&self) -> Option<StackRow<'_>> {
        self.list.selected(&self.known)
    }

    /// Whether a command runs.
    #[must_use]
    pub fn reading(&self) -> Option<&StackRead> {
        self.reads.iter().next()
    }

    /// Moves the cursor of the screen in front.
    fn step_by(&mut self, rows: isize) {
        match self.screen {
            StacksScreen::List => self.list.step(&self.known, rows),
            StacksScreen::Resources => {
                let count = self.selected().map_or(0, |row| row.resources().len());
                self.resources.step(count, rows);
            }
            StacksScreen::Outputs => self.outputs.step(rows),
            StacksScreen::Commands => self.commands.step(rows),
        }
    }

    /// Works out again what was made of what is known.
    fn renew(&mut self) {
        match self.screen {
            StacksScreen::Outputs => self.outputs.fill(self.list.compared(&self.known)),
            StacksScreen::Commands => {
                let commands = self.selected().map(|row| row.commands());
                self.commands.fill(commands.unwrap_or_default());
            }
            StacksScreen::List | StacksScreen::Resources => {}
        }
    }

    /// Brings a screen to the front.
    fn show(&mut self, screen: StacksScreen) {
        self.screen = screen;
        self.resources = ResourceList::default();
        self.commands = CommandList::default();
        self.renew();
    }

    /// Looks for the projects again.
    fn reload(&mut self, out: &mut Outbox<'_>) {
        self.known.reload(out);
    }
}
