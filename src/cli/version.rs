//! What `--version` says: the program, the commit it was built from, and what of others is in it.

use std::sync::LazyLock;

use crate::{aws, store};

/// The answer to `--version`; that to `-V` is the first line alone.
pub(super) fn long() -> &'static str {
    static LONG: LazyLock<String> = LazyLock::new(|| {
        let commit = option_env!("IACSTONE_COMMIT").unwrap_or("not known");
        let [lambda, logs, sts] = aws::sdk_versions();
        format!(
            "{}\ncommit {commit}\nAWS SDK: lambda {lambda}, cloudwatchlogs {logs}, sts {sts}\nSQLite {}",
            env!("CARGO_PKG_VERSION"),
            store::sqlite_version()
        )
    });
    &LONG
}
