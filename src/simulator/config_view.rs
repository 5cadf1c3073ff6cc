//! A version's configuration as the API shows it.

use serde_json::{Map, Value, json};

use super::arn::AccountRegion;
use super::function::StoredFunction;
use super::records::runtime_arn;
use super::settings::{FunctionSettings, StoredCode};
use super::version::{Version, VersionId};
use crate::lambda::{Capacity, DurableExecutions, LogFormat, PackageType, SnapStart, Tenancy};

/// The size of `/tmp` in megabytes of a function that names none.
const USUAL_STORAGE: u32 = 512;

/// One version of a function, seen from the API.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConfigView<'a> {
    pub(super) place: &'a AccountRegion,
    pub(super) function: &'a StoredFunction,
    pub(super) id: VersionId,
    pub(super) version: &'a Version,
    /// What the ARN ends with, when the caller gave a qualifier.
    pub(super) qualifier: Option<&'a str>,
}

impl ConfigView<'_> {
    /// The configuration with the version's state.
    pub(super) fn full(&self) -> Value {
        let mut config = self.settings();
        self.add_state(&mut config);
        if let Some(runtime) = &self.version.settings.code.runtime {
            let arn = runtime_arn(&self.place.region, runtime);
            config.insert(
                "RuntimeVersionConfig".into(),
                json!({ "RuntimeVersionArn": arn }),
            );
        }
        Value::Object(config)
    }

    /// The configuration as lists show it: without the state.
    pub(super) fn listed(&self) -> Value {
        Value::Object(self.settings())
    }

    fn settings(&self) -> Map<String, Value> {
        let settings = &self.version.settings;
        let StoredCode {
            runtime,
            handler,
            package,
            sha256,
            size,
        } = &settings.code;
        let arn = self.place.qualified(&self.function.name, self.qualifier);
        let mut config = Map::new();
        let mut put = |key: &str, value: Value| config.insert(key.to_owned(), value);
        put("FunctionName", json!(self.function.name));
        put("FunctionArn", json!(arn));
        if let (Some(runtime), Some(handler)) = (runtime, handler) {
            put("Runtime", json!(runtime));
            put("Handler", json!(handler));
        }
        put("Role", json!(settings.role));
        put("CodeSize", json!(size));
        put("Description", json!(settings.description));
        put("Timeout", json!(settings.timeout.as_secs()));
        put("MemorySize", json!(settings.memory.megabytes()));
        put("LastModified", json!(self.modified()));
        put("CodeSha256", json!(sha256));
        put("Version", json!(self.id.to_string()));
        if !settings.variables.is_empty() {
            put("Environment", json!({ "Variables": settings.variables }));
        }
        put("TracingConfig", json!({ "Mode": "PassThrough" }));
        put("RevisionId", json!(self.version.revision));
        put("PackageType", json!(package_name(*package)));
        put("Architectures", json!([settings.architecture.name()]));
        put("SnapStart", self.snap_start());
        put("LoggingConfig", logging(settings));
        config.extend(self.kind());
        config
    }

    /// How the service runs it, as far as that is particular.
    fn kind(&self) -> Map<String, Value> {
        let hosting = &self.version.settings.hosting;
        let mut config = Map::new();
        let mut put = |key: &str, value: Value| config.insert(key.to_owned(), value);
        let storage = hosting.storage_mb.unwrap_or(USUAL_STORAGE);
        put("EphemeralStorage", json!({ "Size": storage }));
        if hosting.tenancy == Tenancy::PerTenant {
            put(
                "TenancyConfig",
                json!({ "TenantIsolationMode": "PER_TENANT" }),
            );
        }
        if hosting.capacity == Capacity::ManagedInstances {
            let AccountRegion { account, region } = self.place;
            let provider = format!(
                "arn:{}:lambda:{region}:{account}:capacity-provider:demo",
                self.place.partition()
            );
            let instances = json!({ "CapacityProviderArn": provider, "PerExecutionEnvironmentMaxConcurrency": 10 });
            put(
                "CapacityProviderConfig",
                json!({ "LambdaManagedInstancesCapacityProviderConfig": instances }),
            );
        }
        if let Some(DurableExecutions { timeout, kept_days }) = hosting.durable {
            put(
                "DurableConfig",
                json!({ "ExecutionTimeout": timeout.map(|it| it.as_secs()), "RetentionPeriodInDays": kept_days }),
            );
        }
        config
    }

    fn add_state(&self, config: &mut Map<String, Value>) {
        let mut put = |key: &str, value: &str| config.insert(key.to_owned(), json!(value));
        if self.version.ready_at.is_some() {
            put("State", "Pending");
            put("StateReason", "The function is being created.");
            put("StateReasonCode", "Creating");
        } else {
            put("State", "Active");
        }
        if self.id == VersionId::Latest && self.function.versions.is_updating() {
            // AWS says "created" for updates, too.
            put("LastUpdateStatus", "InProgress");
            put("LastUpdateStatusReason", "The function is being created.");
            put("LastUpdateStatusReasonCode", "Creating");
        } else {
            put("LastUpdateStatus", "Successful");
        }
    }

    fn modified(&self) -> String {
        let time = self.version.modified;
        time.strftime("%Y-%m-%dT%H:%M:%S.%3f+0000").to_string()
    }

    fn snap_start(&self) -> Value {
        match (self.version.settings.hosting.snap_start, self.id) {
            (SnapStart::Off, _) => json!({ "ApplyOn": "None", "OptimizationStatus": "Off" }),
            (SnapStart::PublishedVersions, id) => {
                let ready = id != VersionId::Latest && self.version.ready_at.is_none();
                let status = if ready { "On" } else { "Off" };
                json!({ "ApplyOn": "PublishedVersions", "OptimizationStatus": status })
            }
        }
    }
}

const fn package_name(package: PackageType) -> &'static str {
    match package {
        PackageType::Zip => "Zip",
        PackageType::Image => "Image",
    }
}

fn logging(settings: &FunctionSettings) -> Value {
    match settings.log_format {
        LogFormat::Text => json!({ "LogFormat": "Text", "LogGroup": settings.log_group }),
        LogFormat::Json => json!({
            "LogFormat": "JSON",
            "ApplicationLogLevel": "INFO",
            "SystemLogLevel": "INFO",
            "LogGroup": settings.log_group,
        }),
    }
}
