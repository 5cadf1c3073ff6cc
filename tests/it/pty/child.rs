//! A tiny program on the real runtime and the real terminal. The test binary runs itself: the ignored test
//! below is the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyModifiers};
use iacstone::app::Program;
use iacstone::effect::{Copied, Effect, Job, JobReport, Msg};
use iacstone::keys::Chord;
use iacstone::runtime::{self, Exit, RuntimeOptions, Tasks};
use iacstone::task::TaskId;
use iacstone::terminal::{Terminal, TerminalError};
use ratatui::Frame;
use ratatui::widgets::{Paragraph, Wrap};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Session, Setup};
use crate::waiting::until;

/// Set to run the program.
const VARIABLE: &str = "IACSTONE_TEST_PROGRAM";

/// The job that restores something once it is cancelled works in turns of this length.
const TURN: Duration = Duration::from_millis(5);

/// The file at home that lets this job come to its end, and the one in which it counts its turns.
const FINISH: &str = "finish";
const TURNS: &str = "turns";

/// How often it wants to be told the time once it asked for that.
const HEARTBEAT: Duration = Duration::from_millis(100);

/// The job that must finish, and the one that floods the screen.
const RESTORE: TaskId = TaskId(1);
const FLOOD: TaskId = TaskId(2);

/// Lets the job that restores something come to its end.
pub(crate) fn let_finish(session: &Session) {
    std::fs::write(session.home().join(FINISH), "").unwrap();
}

/// Waits until that job has worked for so many turns.
pub(crate) fn wait_for_turns(session: &Session, wanted: u32) {
    let turns = || {
        std::fs::read_to_string(session.home().join(TURNS))
            .ok()?
            .parse::<u32>()
            .ok()
    };
    until("the turns of the job", || turns() >= Some(wanted));
}

/// The command that runs the program.
pub(crate) fn command() -> Vec<String> {
    let this = std::env::current_exe().unwrap();
    let mut command = vec![this.to_str().unwrap().to_owned()];
    let arguments = [
        "--exact",
        "pty::child::program",
        "--ignored",
        "--nocapture",
        "--test-threads=1",
    ];
    command.extend(arguments.map(str::to_owned));
    command
}

/// Starts the program through a wrapper such as `sh -c '…' sh`, and waits for its first frame.
pub(crate) fn start_through(wrapper: &[&str]) -> Session {
    let mut line: Vec<String> = wrapper.iter().map(|word| (*word).to_owned()).collect();
    line.extend(command());
    let mut session = Session::spawn(&Setup {
        command: line,
        size: (60, 12),
        variables: vec![(VARIABLE, "1".to_owned())],
    });
    session.wait_for("ready");
    session
}

/// Starts the program and waits for its first frame.
pub(crate) fn start() -> Session {
    start_through(&[])
}

/// The variable that makes the command run the program, for a shell.
pub(crate) fn variable() -> (&'static str, String) {
    (VARIABLE, "1".to_owned())
}

/// The process id that the program shows.
pub(crate) fn shown_process(session: &mut Session) -> u32 {
    let screen = session.screen();
    let (_, after) = screen.split_once("pid=").expect("the id is shown");
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

#[test]
#[ignore = "is the program that the other tests run in a terminal"]
fn program() {
    if std::env::var_os(VARIABLE).is_none() {
        return;
    }
    let end = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(run());
    match end {
        Ok((exit, echo)) => {
            let words = format!("ended {:?} restored={}", exit.reason, echo.restored);
            std::fs::write(home().join("ended"), &words).unwrap();
            // After a hang-up there is nobody to tell.
            let _told = writeln!(std::io::stdout(), "{words}");
            std::process::exit(exit.code().into());
        }
        Err(error) => {
            eprintln!("error: {error}");
            std::process::exit(error.exit_code().into());
        }
    }
}

async fn run() -> Result<(Exit, Echo), TerminalError> {
    let variables: BTreeMap<String, String> = std::env::vars().collect();
    let mut terminal = Terminal::enter(&variables)?;
    let (sender, inbox) = mpsc::channel(64);
    let mut tasks = Jobs {
        sender,
        tracker: TaskTracker::new(),
        cancel: CancellationToken::new(),
    };
    let mut echo = Echo::default();
    let options = RuntimeOptions {
        frame_interval: Duration::from_millis(16),
        finish_within: Duration::from_secs(10),
        copies: home().join("copies"),
    };
    let exit = runtime::run(&mut echo, &mut tasks, inbox, &mut terminal, options).await?;
    Ok((exit, echo))
}

/// Shows what it was told.
#[derive(Default)]
struct Echo {
    keys: String,
    size: (u16, u16),
    pasted: usize,
    copied: String,
    state: &'static str,
    flooded: usize,
    restored: bool,
    /// How often it was told the time since it asked for that.
    beats: Option<u32>,
}

impl Program for Echo {
    fn start(&mut self) -> Vec<Effect> {
        self.state = "started";
        Vec::new()
    }

    fn update(&mut self, batch: Vec<Msg>) -> Vec<Effect> {
        batch
            .into_iter()
            .flat_map(|message| self.take(message))
            .collect()
    }

    fn heartbeat(&self) -> Option<Duration> {
        self.beats.is_some().then_some(HEARTBEAT)
    }

    fn view(&self, frame: &mut Frame<'_>) {
        let mut text = format!("ready pid={}\n", std::process::id());
        writeln!(text, "size={}x{}", self.size.0, self.size.1).unwrap();
        writeln!(text, "keys={}", self.keys.len()).unwrap();
        let last: String = self.keys.chars().rev().take(8).collect();
        writeln!(text, "last={}", last.chars().rev().collect::<String>()).unwrap();
        writeln!(text, "pasted={} state={}", self.pasted, self.state).unwrap();
        writeln!(text, "copied={}", self.copied).unwrap();
        if let Some(beats) = self.beats {
            writeln!(text, "beats={beats}").unwrap();
        }
        if self.flooded > 0 {
            let digit = char::from(b'0' + u8::try_from(self.flooded % 10).unwrap());
            text.extend(std::iter::repeat_n(digit, 100 * 100));
        }
        let paragraph = Paragraph::new(text).wrap(Wrap { trim: false });
        frame.render_widget(paragraph, frame.area());
    }
}

impl Echo {
    fn take(&mut self, message: Msg) -> Vec<Effect> {
        match message {
            Msg::Key(chord) => return self.press(chord),
            Msg::Paste(text) => self.pasted += text.len(),
            Msg::Resized(columns, rows) => self.size = (columns, rows),
            Msg::Task(RESTORE, _) => self.restored = true,
            Msg::Task(..) => self.flooded += 1,
            Msg::Copied(Copied::File(path) | Copied::Tmux(path) | Copied::TooLong(path)) => {
                self.copied = path;
            }
            Msg::Copied(Copied::Clipboard) => "clipboard".clone_into(&mut self.copied),
            Msg::Copied(Copied::Failed(why)) => self.copied = why,
            Msg::Terminated => self.state = "terminated",
            Msg::Tick(_) => self.beats = self.beats.map(|beats| beats + 1),
        }
        Vec::new()
    }

    fn press(&mut self, chord: Chord) -> Vec<Effect> {
        let is_control = chord.modifiers == KeyModifiers::CONTROL;
        match chord.code {
            KeyCode::Char('z') if is_control => vec![Effect::Suspend],
            KeyCode::Char('l') if is_control => vec![Effect::Redraw],
            KeyCode::Char('Q') => {
                self.state = "leaving";
                vec![Effect::Quit]
            }
            KeyCode::Char('P') => panic!("the view fell down"),
            KeyCode::Char('B') => {
                let fallen = std::thread::spawn(|| panic!("a worker fell down")).join();
                self.state = if fallen.is_err() { "fallen" } else { "fine" };
                Vec::new()
            }
            KeyCode::Char('C') => vec![Effect::Copy("copied text".to_owned())],
            KeyCode::Char('T') => {
                self.beats = self.beats.is_none().then_some(0);
                Vec::new()
            }
            KeyCode::Char('L') => vec![Effect::Copy("long ".repeat(20_000))],
            KeyCode::Char('J') => {
                self.state = "working";
                vec![Effect::Spawn(RESTORE, Job::Identify)]
            }
            KeyCode::Char('F') => vec![Effect::Spawn(FLOOD, Job::ListFunctions)],
            KeyCode::Char(character) => {
                self.keys.push(character);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

fn home() -> PathBuf {
    std::env::var_os("HOME").unwrap().into()
}

/// The work of the job that must not be cut off.
async fn restore() {
    let home = home();
    for turn in 0_u32.. {
        if home.join(FINISH).exists() {
            return;
        }
        std::fs::write(home.join(TURNS), turn.to_string()).unwrap();
        tokio::time::sleep(TURN).await;
    }
}

/// The jobs of the program.
struct Jobs {
    sender: mpsc::Sender<(TaskId, JobReport)>,
    tracker: TaskTracker,
    cancel: CancellationToken,
}

impl Tasks for Jobs {
    fn spawn(&mut self, id: TaskId, _: Job) {
        let (sender, cancel) = (self.sender.clone(), self.cancel.clone());
        if id == RESTORE {
            self.tracker.spawn(async move {
                cancel.cancelled().await;
                restore().await;
                sender.send((id, JobReport::Cancelled)).await.unwrap();
            });
        } else {
            tokio::spawn(async move {
                while sender.send((id, JobReport::Done)).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            });
        }
    }

    fn cancel(&mut self, _: TaskId) {
        self.cancel.cancel();
    }

    fn pause(&mut self, _id: TaskId, _is_on: bool) {}

    fn cancel_all(&mut self) {
        self.cancel.cancel();
    }

    fn finished(&self) -> impl Future<Output = ()> + Send + 'static {
        let tracker = self.tracker.clone();
        async move {
            tracker.close();
            tracker.wait().await;
        }
    }
}
