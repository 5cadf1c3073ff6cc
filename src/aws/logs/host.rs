//! Live sessions of AWS have a host of their own, `stream-logs…`; another endpoint has one host for all.

use aws_sdk_cloudwatchlogs::config::endpoint::Params;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{EndpointPrefix, EndpointResolverParams};
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// Takes the host prefix away when the endpoint is not AWS's own: the SDK puts it before any host, a loopback
/// address too.
#[derive(Debug)]
pub(super) struct PlainHost;

#[dyn_dispatch_hint]
impl Intercept for PlainHost {
    fn name(&self) -> &'static str {
        "PlainHost"
    }

    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        settings: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let params = settings.load::<EndpointResolverParams>();
        let params = params.and_then(EndpointResolverParams::get::<Params>);
        if params.is_some_and(|params| params.endpoint().is_some()) {
            settings.interceptor_state().unset::<EndpointPrefix>();
        }
        Ok(())
    }
}
