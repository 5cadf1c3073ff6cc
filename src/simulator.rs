//! A simulated AWS account behind the real wire protocol.
//!
//! [`Account`] holds functions with measured behaviour; [`router`] answers the Lambda REST API and STS
//! over it. The same router is used three ways: under the SDK's connector ([`http_client`]), on loopback
//! ([`bind`] and [`serve()`]), and with injected [`Faults`]. Signatures are not checked.

mod account;
mod account_api;
mod alias;
mod alias_api;
mod arn;
mod behaviour;
mod blueprint;
mod broken;
mod catalog;
mod chance;
mod clock;
mod code_api;
mod config_api;
mod config_view;
mod connector;
mod curve;
mod environment;
mod errors;
mod faults;
mod frame;
mod function;
mod insights;
mod invocation;
mod invoke_api;
mod logs;
mod mishap;
mod noise;
mod operation;
mod page;
mod records;
mod request;
mod serve;
mod settings;
mod snapshot;
mod sts;
mod version;
mod version_api;
mod versions;
mod wire;
mod workload;

pub use account::{Account, AccountOptions};
pub use alias::StoredAlias;
pub use blueprint::Blueprint;
pub use connector::http_client;
pub use curve::DurationCurve;
pub use faults::{FaultError, Faults};
pub use logs::{SessionEnd, StoredEvent};
pub use noise::{Noise, Percentiles};
pub use serve::{ServeError, bind, serve};
pub use settings::{FunctionSettings, StoredCode};
pub use snapshot::{AccountSnapshot, FunctionSnapshot};
pub use wire::router;
pub use workload::{DurationModel, Init, Reply, Workload};
