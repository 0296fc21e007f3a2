//! The main loop of a function on Lambda.

use crate::gateway::event::Event;
use crate::gateway::function::{self, Function};
use crate::gateway::logging;
use crate::gateway::reply::GatewayResponse;
use lambda_http::lambda_runtime;
use lambda_http::{LambdaEvent, service_fn};
use readonce_core::aws::config::AwsConfig;
use readonce_core::aws::roots::TrustedRoots;
use readonce_core::call::Call;
use readonce_core::settings::{Settings, SettingsError};
use readonce_core::time::{self, UnixTime};
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Time of a call that is reserved for delivering the answer.
const ANSWER_RESERVE: Duration = Duration::from_secs(1);
/// Maximum duration of the warm-up.
const WARM_UP: Duration = Duration::from_secs(2);

/// Starts the log, builds the function, and serves events until Lambda ends the
/// process. Only Amazon's root certificates are trusted.
///
/// # Errors
/// A setting is missing or invalid, or the Runtime API is not reachable.
pub async fn run<F: Function>(
    build: impl FnOnce(&Settings, &AwsConfig) -> Result<F, SettingsError>,
) -> Result<(), lambda_http::Error> {
    run_trusting(TrustedRoots::Amazon, build).await
}

/// As [`run`], with a choice of root certificates, for programs that are not deployed:
/// the benchmark runs its own AWS behind TLS. The trusted roots are fixed in each
/// program's source; no variable or argument can change them.
///
/// # Errors
/// As [`run`].
pub async fn run_trusting<F: Function>(
    roots: TrustedRoots,
    build: impl FnOnce(&Settings, &AwsConfig) -> Result<F, SettingsError>,
) -> Result<(), lambda_http::Error> {
    logging::start_for_lambda();
    let settings = Settings::from_environment()?;
    let aws = AwsConfig::from_lambda(roots, settings.mail_region.clone());
    let function = build(&settings, &aws)?;
    // INIT has unthrottled CPU, and no request waits for it.
    function.warm_up(Call::new(UnixTime::now(), WARM_UP)).await;
    let is_first = AtomicBool::new(true);
    let (function, is_first) = (&function, &is_first);
    lambda_runtime::run(service_fn(|invocation: LambdaEvent<Event>| async move {
        let left = time::until(Duration::from_millis(invocation.context.deadline));
        let call = Call::new(UnixTime::now(), left.saturating_sub(ANSWER_RESERVE));
        let cold = is_first.swap(false, Ordering::Relaxed);
        let reply = function::handle(function, invocation.payload, call, cold).await;
        Ok::<_, Infallible>(GatewayResponse::from(reply))
    }))
    .await
}
