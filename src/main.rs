//! The `iacstone` program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    iacstone::cli::main()
}
