//! gRPC's health service; go-plugin hosts ping a plugin through it.

use futures_util::{StreamExt as _, stream};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use super::go_plugin::Answers;
use super::proto::health::health_check_response::ServingStatus;
use super::proto::health::health_server::Health as HealthService;
use super::proto::health::{HealthCheckRequest, HealthCheckResponse};

/// The names with a status: the server as a whole, and the one go-plugin hosts ask for.
const SERVED: [&str; 2] = ["", "plugin"];

/// Says that the process serves, for as long as it does.
pub(super) struct Health(pub(super) CancellationToken);

#[tonic::async_trait]
impl HealthService for Health {
    type WatchStream = Answers<HealthCheckResponse>;

    async fn check(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<HealthCheckResponse>, Status> {
        match status(&request.get_ref().service) {
            ServingStatus::ServiceUnknown => Err(Status::not_found("unknown service")),
            status => Ok(Response::new(response(status))),
        }
    }

    /// An unknown service is no error here: it might appear later.
    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let now = response(status(&request.get_ref().service));
        let answers = stream::iter([Ok(now)]).chain(stream::pending());
        Ok(Response::new(answers.take_until(self.0.clone().cancelled_owned()).boxed()))
    }
}

fn status(service: &str) -> ServingStatus {
    if SERVED.contains(&service) { ServingStatus::Serving } else { ServingStatus::ServiceUnknown }
}

fn response(status: ServingStatus) -> HealthCheckResponse {
    HealthCheckResponse { status: status.into() }
}
