//! How much memory this machine has, or the container around this process may use.

use std::fs;
use std::path::{Path, PathBuf};

/// Bytes of memory; `None` where the system does not say.
pub(super) fn of_host() -> Option<u64> {
    told_under(Path::new("/"))
}

/// What the files of a system say that stand under a folder.
fn told_under(root: &Path) -> Option<u64> {
    let read = |file: &Path| fs::read_to_string(root.join(file.strip_prefix("/").unwrap_or(file)));
    let machine = read(Path::new("/proc/meminfo")).ok();
    let machine = machine.as_deref().and_then(total);
    let groups = read(Path::new("/proc/self/cgroup")).unwrap_or_default();
    let limits = limit_files(&groups).into_iter();
    // `max` is no limit.
    let limits = limits.filter_map(|file| read(&file).ok()?.trim().parse().ok());
    limits.chain(machine).min()
}

/// The memory of the machine in `/proc/meminfo`.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo
        .lines()
        .find_map(|it| it.strip_prefix("MemTotal:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// The files that may hold a limit for this process: of its control group and of each around it, in both versions of
/// control groups.
fn limit_files(groups: &str) -> Vec<PathBuf> {
    let files = groups.lines().flat_map(|line| {
        let mut parts = line.splitn(3, ':');
        let (controllers, path) = match (parts.next(), parts.next(), parts.next()) {
            (Some("0"), Some(""), Some(path)) => ("", path),
            (_, Some(controllers), Some(path))
                if controllers.split(',').any(|it| it == "memory") =>
            {
                ("memory", path)
            }
            _ => return Vec::new(),
        };
        let (root, file) = match controllers {
            "" => ("/sys/fs/cgroup", "memory.max"),
            _ => ("/sys/fs/cgroup/memory", "memory.limit_in_bytes"),
        };
        let around = Path::new(path).ancestors();
        around
            .map(|path| {
                Path::new(root)
                    .join(path.strip_prefix("/").unwrap_or(path))
                    .join(file)
            })
            .collect()
    });
    files.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_the_machine_is_read() {
        let meminfo = "MemTotal:         487316 kB\nMemFree:           12000 kB\n";
        assert_eq!(total(meminfo), Some(487_316 * 1024));
        assert_eq!(total("MemFree: 12 kB"), None);
    }

    #[test]
    fn a_limit_may_stand_at_the_group_or_at_any_around_it() {
        let files = |text| {
            let files = limit_files(text);
            files
                .iter()
                .map(|it| it.display().to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            files("0::/user.slice/run\n"),
            [
                "/sys/fs/cgroup/user.slice/run/memory.max",
                "/sys/fs/cgroup/user.slice/memory.max",
                "/sys/fs/cgroup/memory.max",
            ]
        );
        assert_eq!(
            files("5:cpu,memory:/docker\n4:pids:/docker\n"),
            [
                "/sys/fs/cgroup/memory/docker/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/memory.limit_in_bytes",
            ]
        );
    }

    #[test]
    fn the_least_of_machine_and_limits_counts() {
        const MACHINE: &str = "MemTotal:        8000000 kB\n";
        let told = |files: &[(&str, &str)]| {
            let root = tempfile::tempdir().unwrap();
            for (name, text) in files {
                let path = root.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            told_under(root.path())
        };
        assert_eq!(told(&[]), None);
        let container = [
            ("proc/meminfo", MACHINE),
            ("proc/self/cgroup", "0::/\n"),
            ("sys/fs/cgroup/memory.max", "134217728\n"),
        ];
        assert_eq!(told(&container), Some(128 << 20));
        let unlimited = [
            container[0],
            container[1],
            ("sys/fs/cgroup/memory.max", "max\n"),
        ];
        assert_eq!(told(&unlimited), Some(8_000_000 * 1024));
        // The first version, seen from inside the container: its files stand at the root.
        let first = [
            container[0],
            ("proc/self/cgroup", "4:memory:/docker/8f5b\n0::/\n"),
            ("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n"),
        ];
        assert_eq!(told(&first), Some(512 << 20));
        let slice = [
            container[0],
            ("proc/self/cgroup", "0::/user.slice/run\n"),
            ("sys/fs/cgroup/user.slice/memory.max", "268435456\n"),
            ("sys/fs/cgroup/user.slice/run/memory.max", "max\n"),
        ];
        assert_eq!(told(&slice), Some(256 << 20));
    }
}
