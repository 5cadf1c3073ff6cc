//! A program in a terminal of its own: spawned in a PTY, its screen read by a terminal emulator.
//!
//! Everything waits for something seen, with a deadline; nothing sleeps and hopes.

mod child;
mod clipboard;
mod endings;
mod frames;
pub(crate) mod process;
mod suspend;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

use super::waiting::DEADLINE;

/// A running program and its screen.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    reader: Option<Reader>,
    emulator: vt100::Parser,
    raw: Vec<u8>,
    home: TempDir,
}

/// What is run, in which terminal, with which extra environment.
pub(crate) struct Setup<'a> {
    /// Program and arguments.
    pub(crate) command: Vec<String>,
    /// Columns and rows.
    pub(crate) size: (u16, u16),
    /// Variables on top of the isolated environment.
    pub(crate) variables: Vec<(&'a str, String)>,
}

impl Session {
    /// Starts a program with HOME, XDG and AWS variables in a temporary folder.
    pub(crate) fn spawn(setup: &Setup<'_>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let pair = native_pty_system().openpty(dimensions(setup.size)).unwrap();
        let child = pair.slave.spawn_command(command(setup, &home)).unwrap();
        drop(pair.slave);
        let (reader, output) = Reader::start(pair.master.try_clone_reader().unwrap());
        let keyboard = pair.master.take_writer().unwrap();
        let (columns, rows) = setup.size;
        Self {
            child,
            master: Some(pair.master),
            keyboard: Some(keyboard),
            output,
            reader: Some(reader),
            emulator: vt100::Parser::new(nonzero(rows), nonzero(columns), 0),
            raw: Vec::new(),
            home,
        }
    }

    /// The folder that is the program's home.
    pub(crate) fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    /// Types.
    pub(crate) fn send(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().expect("the terminal is open");
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// The text on the screen now.
    pub(crate) fn screen(&mut self) -> String {
        while let Ok(bytes) = self.output.try_recv() {
            self.take(&bytes);
        }
        self.emulator.screen().contents()
    }

    /// The emulator's state, for modes and cells.
    pub(crate) fn emulator(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// Waits until the screen shows `text`; returns the screen.
    pub(crate) fn wait_for(&mut self, text: &str) -> String {
        self.wait_until(&format!("'{text}'"), |screen| {
            screen.contents().contains(text)
        })
    }

    /// Waits until the screen is as wanted; returns its text.
    pub(crate) fn wait_until(
        &mut self,
        what: &str,
        is_met: impl Fn(&vt100::Screen) -> bool,
    ) -> String {
        let end = Instant::now() + DEADLINE;
        while !is_met(self.emulator.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!(
                    "waited for {what} ({error}); the screen shows:\n{}",
                    self.emulator.screen().contents()
                ),
            }
        }
        self.emulator.screen().contents()
    }

    /// Everything that was written until now, as bytes.
    pub(crate) fn written(&mut self) -> &[u8] {
        self.screen();
        &self.raw
    }

    /// The number of bytes written until now.
    pub(crate) fn bytes_written(&mut self) -> usize {
        self.written().len()
    }

    /// Listens for `duration`; returns the number of bytes that came.
    pub(crate) fn listen(&mut self, duration: Duration) -> usize {
        let before = self.bytes_written();
        let end = Instant::now() + duration;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => return self.raw.len() - before,
            }
        }
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let master = self.master.as_ref().expect("the terminal is open");
        master.resize(dimensions((columns, rows))).unwrap();
        self.emulator.set_size(nonzero(rows), nonzero(columns));
    }

    /// Hangs up, as a lost connection does. The reader holds the terminal open while it waits for output:
    /// `nudge` are keys that make the program write something.
    pub(crate) fn close_master(&mut self, nudge: &str) {
        let reader = self.reader.take().expect("the terminal is open");
        reader.stop.store(true, Ordering::SeqCst);
        self.send(nudge);
        reader.thread.join().unwrap();
        self.screen();
        // The writer of portable-pty types an end-of-file when it is dropped.
        self.keyboard = None;
        self.master = None;
    }

    /// While this is locked, the terminal takes no output, as on a stalled connection.
    pub(crate) fn gate(&self) -> Arc<Mutex<()>> {
        Arc::clone(&self.reader.as_ref().expect("the terminal is open").gate)
    }

    /// The process that was spawned.
    pub(crate) fn process_id(&self) -> u32 {
        self.child.process_id().expect("the process was started")
    }

    /// The CPU time of the spawned process, in clock ticks (usually 10 ms each).
    pub(crate) fn cpu_ticks(&self) -> u64 {
        process::cpu_ticks(self.process_id()).expect("the process runs")
    }

    /// Waits for the end; returns the exit code (1 after a signal) and the last screen.
    pub(crate) fn wait_for_exit(&mut self) -> (u32, String) {
        let end = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.read_to_the_end();
                return (status.exit_code(), self.screen());
            }
            assert!(
                Instant::now() < end,
                "the process does not end; the screen shows:\n{}",
                self.screen()
            );
            self.listen(Duration::from_millis(5));
        }
    }

    /// Reads until nobody can write any more; after a wrapper's end its program may still hold the terminal.
    fn read_to_the_end(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_secs(2)) {
            self.take(&bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.emulator.process(bytes);
        self.raw.extend_from_slice(bytes);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A process that has ended already is what most tests want.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn command(setup: &Setup<'_>, home: &TempDir) -> CommandBuilder {
    let mut arguments = setup.command.iter();
    let mut command = CommandBuilder::new(arguments.next().expect("a program to run"));
    command.args(arguments);
    command.env_clear();
    command.cwd(home.path());
    let path = |name: &str| home.path().join(name);
    command.env("HOME", home.path());
    command.env("XDG_CONFIG_HOME", path(".config"));
    command.env("XDG_DATA_HOME", path(".local/share"));
    command.env("XDG_STATE_HOME", path(".local/state"));
    command.env("XDG_CACHE_HOME", path(".cache"));
    command.env("AWS_CONFIG_FILE", path(".aws/config"));
    command.env("AWS_SHARED_CREDENTIALS_FILE", path(".aws/credentials"));
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    for (name, value) in &setup.variables {
        command.env(name, value);
    }
    command
}

/// The thread that reads the terminal's output.
struct Reader {
    thread: JoinHandle<()>,
    stop: Arc<AtomicBool>,
    gate: Arc<Mutex<()>>,
}

impl Reader {
    /// Reads until the program's side is closed, or the next output after a stop.
    fn start(mut source: Box<dyn Read + Send>) -> (Self, Receiver<Vec<u8>>) {
        let (sender, receiver) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let gate = Arc::new(Mutex::new(()));
        let (stopped, open) = (Arc::clone(&stop), Arc::clone(&gate));
        let thread = thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = source.read(&mut buffer) {
                let is_heard = sender.send(buffer[..count].to_vec()).is_ok();
                if stopped.load(Ordering::SeqCst) || !is_heard {
                    return;
                }
                drop(open.lock().unwrap_or_else(PoisonError::into_inner));
            }
        });
        (Self { thread, stop, gate }, receiver)
    }
}

fn dimensions((columns, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn nonzero(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a terminal has rows and columns")
}
