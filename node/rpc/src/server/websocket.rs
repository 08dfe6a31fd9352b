//! WebSocket: the same methods as over HTTP, and subscriptions, which are the library's own.

use super::Limits;
use crate::api::Api;
use crate::convert::random_id;
use crate::error::Error;
use jsonrpsee::core::middleware::{Batch, BatchEntry, Notification, RpcServiceT};
use jsonrpsee::core::server::{BatchResponseBuilder, MethodResponse, ResponsePayload};
use jsonrpsee::core::traits::IdProvider;
use jsonrpsee::types::{ErrorObjectOwned, Id, Request, SubscriptionId};
use serde_json::Value;
use std::future::Future;
use std::sync::Arc;
use tower::Layer;

/// Names subscriptions as go-ethereum does: by 16 bytes in hex.
#[derive(Debug)]
pub(super) struct Ids;

impl IdProvider for Ids {
    fn next_id(&self) -> SubscriptionId<'static> {
        let id = random_id();
        SubscriptionId::Str(id.to_string().into())
    }
}

/// Answers calls, and leaves subscriptions to whoever comes next.
#[derive(Clone)]
pub(super) struct Calls<S = ()> {
    api: Arc<Api>,
    limits: Limits,
    next: S,
}

impl Calls {
    pub(super) const fn new(api: Arc<Api>, limits: Limits) -> Self {
        let next = ();
        Self { api, limits, next }
    }
}

impl<S> Layer<S> for Calls {
    type Service = Calls<S>;

    fn layer(&self, next: S) -> Calls<S> {
        Calls {
            api: Arc::clone(&self.api),
            limits: self.limits,
            next,
        }
    }
}

impl<S> Calls<S> {
    /// Answers one call. It may take its time, and others must not wait for it.
    async fn answer(
        api: Arc<Api>,
        id: Id<'static>,
        name: String,
        params: Value,
        most: usize,
    ) -> MethodResponse {
        let asked = tokio::task::spawn_blocking(move || api.ask(&name, params));
        let answer = match asked.await {
            Ok(answer) => answer,
            Err(_) => Err(Error::internal("method handler crashed")),
        };
        match answer {
            Ok(result) => MethodResponse::response(id, ResponsePayload::success(result), most),
            Err(error) => MethodResponse::error(id, ErrorObjectOwned::from(error)),
        }
    }

    fn is_subscription(&self, name: &str) -> bool {
        let told = self.api.subscriptions.method_names();
        told.into_iter().any(|known| known == name)
    }
}

impl<S> RpcServiceT for Calls<S>
where
    S: RpcServiceT<
            MethodResponse = MethodResponse,
            BatchResponse = MethodResponse,
            NotificationResponse = MethodResponse,
        > + Clone
        + Send
        + Sync
        + 'static,
{
    type MethodResponse = MethodResponse;
    type NotificationResponse = MethodResponse;
    type BatchResponse = MethodResponse;

    fn call<'a>(&self, request: Request<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let (next, api, most) = (
            self.next.clone(),
            Arc::clone(&self.api),
            self.limits.answer as usize,
        );
        let is_subscription = self.is_subscription(request.method_name());
        async move {
            if is_subscription {
                return next.call(request).await;
            }
            let params = request.params.as_ref().map(|params| params.get());
            let params = serde_json::from_str(params.unwrap_or("null")).unwrap_or_default();
            let name = request.method_name().to_owned();
            Self::answer(api, request.id.into_owned(), name, params, most).await
        }
    }

    fn batch<'a>(&self, batch: Batch<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let this = self.clone();
        async move {
            if batch.len() > this.limits.batch {
                let error = Error::invalid_request("batch too large");
                return MethodResponse::error(Id::Null, ErrorObjectOwned::from(error));
            }
            let mut answers = BatchResponseBuilder::new_with_limit(this.limits.answer as usize);
            for entry in batch {
                let answer = match entry {
                    Ok(BatchEntry::Call(request)) => this.call(request).await,
                    Ok(BatchEntry::Notification(told)) => {
                        this.notification(told).await;
                        continue;
                    }
                    Err(error) => {
                        let (error, id) = error.into_parts();
                        MethodResponse::error(id, error)
                    }
                };
                if let Err(too_large) = answers.append(answer) {
                    return too_large;
                }
            }
            MethodResponse::from_batch(answers.finish())
        }
    }

    fn notification<'a>(
        &self,
        told: Notification<'a>,
    ) -> impl Future<Output = MethodResponse> + Send + 'a {
        self.next.notification(told)
    }
}
