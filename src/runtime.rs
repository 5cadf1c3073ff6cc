//! The event loop: the only place that waits.
