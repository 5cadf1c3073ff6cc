//! Processes as /proc shows them.

use rustix::process::{Pid, Signal, kill_process};

use crate::waiting::until;

/// The CPU time of a process, user and system, in clock ticks; `None` when it is gone.
pub(crate) fn cpu_ticks(process: u32) -> Option<u64> {
    let fields = fields(process)?;
    let ticks = |index: usize| fields[index].parse::<u64>().unwrap();
    Some(ticks(11) + ticks(12))
}

/// How often the threads of a process went to sleep until now: it grows with every wake-up.
pub(crate) fn wakes(process: u32) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
    threads
        .map(|thread| {
            let status = std::fs::read_to_string(thread.unwrap().path().join("status")).unwrap();
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            line.unwrap().trim().parse::<u64>().unwrap()
        })
        .sum()
}

/// Sends a signal.
pub(crate) fn signal(process: u32, signal: Signal) {
    let process = Pid::from_raw(i32::try_from(process).unwrap()).unwrap();
    kill_process(process, signal).unwrap();
}

/// Waits until a process is gone (or only its exit status is left).
pub(crate) fn wait_until_gone(process: u32) {
    until("the process is gone", || {
        fields(process).is_none_or(|fields| fields[0] == "Z")
    });
}

/// The fields of /proc/PID/stat from the state on; the name before it may hold anything.
fn fields(process: u32) -> Option<Vec<String>> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    Some(after_name.split_whitespace().map(str::to_owned).collect())
}
