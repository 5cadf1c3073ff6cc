//! The terminal: entering, leaving, suspending, capabilities, clipboard.
