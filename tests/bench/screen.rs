//! A program in a pseudo-terminal, with the times of what it wrote and what /proc tells of it.

#![allow(dead_code, reason = "each bench uses a part")]

use std::error::Error;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The end of a synchronized update: a frame is complete.
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// As long without output, the program has settled.
const QUIET: Duration = Duration::from_millis(400);
/// As long is waited for anything.
const DEADLINE: Duration = Duration::from_secs(20);

/// A running program.
pub(crate) struct Screen {
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<(Instant, Vec<u8>)>,
    keyboard: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    spawned: Instant,
    first_frame: Option<Instant>,
    last_output: Instant,
    written: Vec<u8>,
}

impl Screen {
    /// Starts the program with `--demo` and these arguments in a terminal of 120 by 40; nothing of the user's
    /// environment reaches it.
    pub(crate) fn spawn(
        program: &str,
        arguments: &[&str],
        home: &Path,
    ) -> Result<Self, Box<dyn Error>> {
        let size = PtySize {
            rows: 40,
            cols: 120,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size)?;
        let output = listen(pair.master.try_clone_reader()?);
        let command = command(program, arguments, home);
        let spawned = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        Ok(Self {
            child,
            output,
            keyboard: pair.master.take_writer()?,
            _master: pair.master,
            spawned,
            first_frame: None,
            last_output: spawned,
            written: Vec::new(),
        })
    }

    /// Waits for the first frame, then until nothing more is written.
    pub(crate) fn wait_until_settled(&mut self) -> Result<(), Box<dyn Error>> {
        while self.first_frame.is_none() {
            let (at, bytes) = self.output.recv_timeout(DEADLINE)?;
            self.take(at, &bytes);
        }
        while let Ok((at, bytes)) = self.output.recv_timeout(QUIET) {
            self.take(at, &bytes);
        }
        Ok(())
    }

    /// Listens for `duration`; gives the number of bytes that came.
    pub(crate) fn listen(&mut self, duration: Duration) -> usize {
        let before = self.written.len();
        let end = Instant::now() + duration;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok((at, bytes)) => self.take(at, &bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return self.written.len() - before;
                }
            }
        }
    }

    /// Listens until anything comes, for `most` at the longest, then until nothing more is written.
    pub(crate) fn listen_for_any(&mut self, most: Duration) {
        let mut patience = most;
        while let Ok((at, bytes)) = self.output.recv_timeout(patience) {
            self.take(at, &bytes);
            patience = QUIET;
        }
    }

    /// Types.
    pub(crate) fn send(&mut self, keys: &[u8]) -> Result<(), Box<dyn Error>> {
        self.keyboard.write_all(keys)?;
        Ok(self.keyboard.flush()?)
    }

    /// Types, and waits until `expected` is written; gives how long that took.
    pub(crate) fn answer(
        &mut self,
        keys: &[u8],
        expected: &[u8],
    ) -> Result<Duration, Box<dyn Error>> {
        let from = self.written.len();
        let start = Instant::now();
        self.send(keys)?;
        loop {
            let (at, bytes) = self.output.recv_timeout(DEADLINE)?;
            self.take(at, &bytes);
            let new = self.written.get(from..).unwrap_or_default();
            if new.windows(expected.len()).any(|seen| seen == expected) {
                return Ok(at - start);
            }
        }
    }

    /// From the spawn to the end of the first frame.
    pub(crate) fn first_frame(&self) -> Duration {
        self.first_frame.unwrap_or(self.last_output) - self.spawned
    }

    /// From the spawn to the last output so far.
    pub(crate) fn last_output(&self) -> Duration {
        self.last_output - self.spawned
    }

    /// Resident memory in megabytes (10^6 bytes).
    pub(crate) fn resident_mb(&self) -> f64 {
        number_after("VmRSS:", &self.proc("status")) * 1024.0 / 1e6
    }

    /// CPU time of all threads so far, user and system, in clock ticks.
    pub(crate) fn cpu_ticks(&self) -> f64 {
        let stat = self.proc("stat");
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let fields = after_name.split_whitespace().skip(11).take(2);
        fields.filter_map(|field| field.parse::<f64>().ok()).sum()
    }

    /// How often the threads have gone to sleep so far.
    pub(crate) fn wakes(&self) -> f64 {
        let folder = format!("/proc/{}/task", self.process());
        let threads = std::fs::read_dir(folder).into_iter().flatten().flatten();
        threads
            .filter_map(|thread| std::fs::read_to_string(thread.path().join("status")).ok())
            .map(|status| number_after("voluntary_ctxt_switches:", &status))
            .sum()
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.process())).unwrap_or_default()
    }

    fn process(&self) -> u32 {
        self.child.process_id().unwrap_or_default()
    }

    fn take(&mut self, at: Instant, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        self.last_output = at;
        let is_complete = || {
            self.written
                .windows(FRAME_END.len())
                .any(|seen| seen == FRAME_END)
        };
        if self.first_frame.is_none() && is_complete() {
            self.first_frame = Some(at);
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn number_after(name: &str, text: &str) -> f64 {
    let value = text.lines().find_map(|line| line.strip_prefix(name));
    let number = value.and_then(|value| value.split_whitespace().next()?.parse().ok());
    number.unwrap_or_default()
}

fn command(program: &str, arguments: &[&str], home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.arg("--demo");
    command.args(arguments);
    command.env_clear();
    command.cwd(home);
    command.env("HOME", home);
    command.env("TMPDIR", home);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command
}

fn listen(mut source: Box<dyn Read + Send>) -> Receiver<(Instant, Vec<u8>)> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 65536];
        while let Ok(count @ 1..) = source.read(&mut buffer) {
            let bytes = buffer.get(..count).unwrap_or_default().to_vec();
            if sender.send((Instant::now(), bytes)).is_err() {
                return;
            }
        }
    });
    receiver
}
