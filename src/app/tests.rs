//! The update as sentences.

mod bringing;
mod code;
mod console;
mod doubting;
mod folding;
mod frame;
mod library;
mod listing;
mod logs;
mod palette;
mod payloads;
mod picking;
mod planning;
mod reader;
mod repeating;
mod resuming;
mod stacks;
mod tuning;
