//! iacstone: a terminal program for people who run serverless and container systems on AWS.
//!
//! # The way of the data
//!
//! 1. [`runtime`] waits in one `select!`: terminal input, the frame timer, the inbox of task messages.
//! 2. What arrives becomes an [`effect::Msg`]; everything already queued is taken in one batch.
//! 3. [`app::App::update`] is pure: it takes a message and returns [`effect::Effect`]s, plain data.
//! 4. A key goes to the open prompt, else the overlay; else [`app`] asks the keymap of [`keys`] which action of the
//!    nearest scope it means, and the table of the screen in front ([`panes`]) says what that does.
//! 5. The runtime interprets effects: it spawns and cancels jobs in the [`task`] pool, copies, quits.
//! 6. [`jobs`] says what each job does, with an AWS session ([`aws`]) and the data store ([`store`]).
//! 7. [`app::view`] draws the frame, [`ui`] the pane in it; they only read.
//!
//! # One seam to AWS
//!
//! The program always speaks through the real SDK clients. What answers is AWS, any endpoint, or
//! [`simulator`], a simulated account that sits under the SDK's HTTP connector.
//!
//! # Rooms
//!
//! The first of the list are the ground; a room names only rooms that stand before it, so that none knows those built
//! on it (kept by `tests/it/structure/rooms.rs`).
//!
//! - Words and files: [`text`] neutralises and measures what is shown, and writes JSON; [`toml_file`] reads files
//!   whose errors name a line, [`clock`] tells the time, [`task`] is the pool of background work.
//! - Vocabulary: [`lambda`] (functions; `lambda/report.rs` reads a REPORT record), [`keys`] (`keys/action.rs`: what an
//!   action is; `keys/keymap.rs`: which key means which one), [`theme`].
//! - Pure ideas: [`power`] (`power/price.rs`: what a sample costs; `power/pick.rs`: which size wins;
//!   `power/limits.rs`: whether samples keep to a limit; `power/compare.rs`: changes in words; `power/events.rs`: sample events), [`logs`] (`logs/buffer.rs`: the rows of a tail; `logs/pattern.rs`: filter
//!   patterns; `logs/templates.rs`: alike messages; `logs/statistics/sheet.rs`: figures side by side; `logs/query/table.rs`: the answer to a query;
//!   `logs/console.rs`: addresses of the AWS console), [`articles`] (`articles/layout/table.rs`: a table; `articles/html.rs`: HTML into blocks),
//!   [`config`] (`config/join.rs`: which setting wins).
//! - Code: [`iac`] reads what CDK, Terraform, Pulumi, SAM, CloudFormation and Serverless keep in files
//!   (`iac/survey.rs`: the projects under a directory; `iac/memory.rs`: where a memory size stands in code;
//!   `iac/outputs.rs`: outputs side by side; `iac/commands.rs`: what to type; `iac/whereabouts.rs`: branch and
//!   environments); `jobs/stack_read.rs` runs the commands that only read.
//! - The world outside: [`aws`] (`aws/remedy.rs`: what helps against an error, of credentials or any other), [`store`]
//!   (`store/journals.rs`: writes and reads the journals), [`simulator`] (`simulator/faults.rs`: faults in its
//!   answers), [`feeds`] (`feeds/parse.rs`: a document into entries; `feeds/entry.rs`: an entry into an article, its
//!   date read), [`terminal`]. [`planted`]: faults in the program itself, for tests that must find them.
//! - Between: [`insights`] asks a Logs Insights query until it is answered, and stops it when nobody waits.
//! - Work: [`tail`] (`tail/session_group/session.rs`: a live session and when it is renewed;
//!   `tail/poller.rs`: what is read again and when; `tail/gaps.rs`: what is not known to be complete), [`tuner`]
//!   (`tuner/control.rs`: each change of the function, told to the journal first; `tuner/undo.rs`: taking it back).
//! - The screen: [`effect`] (messages, effects, jobs and reports as data), [`panes`] (the trait, and one folder for
//!   each; its `screens/` hold a table per screen: each action with its keys, when it is there, what it does), [`ui`]
//!   (drawing, one folder for each pane; `ui/chart/axis.rs`: the scales of the chart), [`app`] (`app/route.rs`: the
//!   way of a key, where it becomes an action; `app/actions.rs`: what works everywhere; `app/panes.rs`: the list of
//!   panes; `app/view.rs`: the frame around them).
//! - Joined: [`jobs`] (what each job does), [`runtime`] (the event loop), [`cli`].
//!
//! # Glossary
//!
//! One word names one thing; a name that the whole crate can see names one type.
//!
//! - **Action**: what a key does, by name; **scope**: where a key is bound; **availability**: whether an action does
//!   something now; **offer**: one that the footer shows; **palette**: the list of all that are there.
//! - **Pane**: what stands between tabs and status line; **screen**: what a pane shows at the moment; **overlay**:
//!   what lies over it; **prompt**: a question that is answered with text.
//! - **Job**: background work as data; **task**: a job that was started, by its id; **report**: what a task tells;
//!   **pending job**: one a pane waits for with nothing to show meanwhile.
//! - **Effect**: what an update asks the runtime to do; **request**: what a pane asks of the frame around it;
//!   **problem**: a failure with its kind, so that the screen can name what helps.
//! - **Run**: one power tuning; **size**: a memory size in MB; **sample**: one invocation that was measured;
//!   **probe**: one before anything was changed; **curve**: cost and duration over the sizes; **pick**: the size the
//!   plan's strategy chooses. A **plan** has a **goal** (how the pick is chosen), a **sampling** (how a size is
//!   measured) and **limits** (what may be picked); a **usage** is what a run took: calls, money, time.
//! - **Sample event**: what a service sends to a function, ready to be a payload; its **sender** waits for the **answer**
//!   or not, and where it is known to give up, the sample event sets a limit.
//! - To **resume** a run is to go on with one that broke off: what it misses is measured, and both parts are one run.
//! - **Tenant**: whom an invocation is for, of a function that keeps its tenants apart; **execution**: what an invocation
//!   of a durable function begins; **first answer**: what a function answered first in a run.
//! - A size **keeps** to a limit, **breaks** it, or that is **open**: its **standing**. A **check** holds the size that a
//!   function has against the one to take, by cost, and comes to a **verdict**. A **difference** is what two runs are
//!   shown to differ by at one size; a **change** is what their means differ by.
//! - **Journal**: what a run is about to change, written before each call; **recovery**: undoing a run that was cut
//!   off by its journal; **mark**: the description of a version of a run; **sign**: what stands before the
//!   description of `$LATEST` at a test size.
//! - **Key** of a group: its name, or its ARN where it is of another account or region than the session.
//! - **Group**, **stream**, **event**: as CloudWatch Logs has them; **row**: an event or a marker in the buffer, and in
//!   words for people what stands for one or more of them on the screen: what is counted there are events; **line**: a
//!   row of the terminal.
//! - **Bundle**: rows for which one stands, those of an invocation or alike neighbours; these have the first of them as
//!   their **lead**.
//! - **Session**: a live tail of one to ten groups; **session group**: the groups that share one; **poller**: what is
//!   known of one group; **page run**: one reading of stored events, page by page; **sweep**: a page run that makes
//!   sure that nothing was missed; **marker**: what is told between the events; **gap**: a stretch that is not known
//!   to be complete.
//! - **Template**: what alike messages have in common, with **masks** for what varies; people read of it as a pattern of
//!   messages. **Sights**: when they came; **figures**: what is counted of a group.
//! - **Query**: a question to Logs Insights; **answer**: its rows as a table; **place**: where the event of a row
//!   stands; **scan price**: what the bytes cost that it read.
//! - **Invocation**: what the records of a function tell of one call; **record**: a line of the platform (START,
//!   REPORT ...).
//! - **Project**: a directory or template that a **tool** reads; **stack**: one instance of what it describes, whatever the
//!   tool calls it; **survey**: the projects under a directory. A **code place** gives a function its memory size, with its
//!   **confidence**; a **drift** is what account, state and code say of it; an **intent** is what a command is for; a **read** is
//!   a command that iacstone runs once it was confirmed. **Whereabouts**: the branch and the environments where the user is.
//! - **Feed**, **entry**: as they came; **article**: an entry as it is stored and read; **enclosure**: a recording, a
//!   picture or a document that comes with it; **fetch**: one look at a feed.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::float_cmp,
        reason = "a test that meets the unexpected should fail loudly"
    )
)]

pub mod app;
pub mod articles;
pub mod aws;
pub mod cli;
pub mod clock;
pub mod config;
pub mod effect;
pub mod feeds;
pub mod iac;
pub mod insights;
pub mod jobs;
pub mod keys;
pub mod lambda;
pub mod logs;
pub mod panes;
pub mod planted;
pub mod power;
pub mod runtime;
pub mod simulator;
pub mod store;
pub mod tail;
pub mod task;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod toml_file;
pub mod tuner;
pub mod ui;
