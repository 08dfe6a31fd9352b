//! HTTP: what is posted is a message or a batch. All else is for whoever comes next, which is WebSocket.

use super::Limits;
use super::message::answer;
use super::origin::Origins;
use crate::api::Api;
use http_body_util::{BodyExt, Limited};
use jsonrpsee::core::BoxError;
use jsonrpsee::server::{HttpBody, HttpRequest, HttpResponse};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tower::{Layer, Service};

type Answering = Pin<Box<dyn Future<Output = Result<HttpResponse, BoxError>> + Send>>;

/// Answers what is posted.
#[derive(Clone)]
pub(super) struct Posts<S = ()> {
    api: Arc<Api>,
    limits: Limits,
    origins: Origins,
    /// One for each request that is answered.
    turns: Arc<Semaphore>,
    next: S,
}

impl Posts {
    pub(super) fn new(api: Arc<Api>, limits: Limits, origins: Origins) -> Self {
        Self {
            api,
            limits,
            origins,
            turns: Arc::new(Semaphore::new(limits.connections as usize)),
            next: (),
        }
    }
}

impl<S> Layer<S> for Posts {
    type Service = Posts<S>;

    fn layer(&self, next: S) -> Posts<S> {
        Posts {
            api: Arc::clone(&self.api),
            limits: self.limits,
            origins: self.origins.clone(),
            turns: Arc::clone(&self.turns),
            next,
        }
    }
}

impl<S> Service<HttpRequest> for Posts<S>
where
    S: Service<HttpRequest, Response = HttpResponse, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = HttpResponse;
    type Error = BoxError;
    type Future = Answering;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.next.poll_ready(context)
    }

    fn call(&mut self, request: HttpRequest) -> Answering {
        if let Some(words) = self.origins.refusal(&request) {
            return Box::pin(async move { said(403, words.to_owned()) });
        }
        if request.headers().contains_key("upgrade") {
            return Box::pin(self.next.call(request));
        }
        let (api, limits) = (Arc::clone(&self.api), self.limits);
        let Ok(turn) = Arc::clone(&self.turns).try_acquire_owned() else {
            return Box::pin(async { said(429, "too many requests at a time\n".to_owned()) });
        };
        Box::pin(async move {
            let _turn = turn;
            respond(api, request, limits).await
        })
    }
}

async fn respond(
    api: Arc<Api>,
    request: HttpRequest,
    limits: Limits,
) -> Result<HttpResponse, BoxError> {
    match request.method().as_str() {
        "POST" => {}
        // whoever only looks whether someone is there
        "GET" if request.uri().query().is_none() => return said(200, String::new()),
        _ => return said(405, "method not allowed\n".to_owned()),
    }
    if !is_json(&request) {
        let words = "invalid content type, only application/json is supported\n";
        return said(415, words.to_owned());
    }
    let most = limits.body;
    let body = Limited::new(request.into_body(), most as usize);
    let Ok(body) = timeout(limits.patience, body.collect()).await else {
        return said(408, "the request did not come to its end\n".to_owned());
    };
    let Ok(body) = body else {
        return said(413, format!("content length too large (>{most})\n"));
    };
    let body = body.to_bytes();
    if body.is_empty() {
        return said(200, String::new());
    }
    // a call may take its time, and others must not wait for it
    let answered = tokio::task::spawn_blocking(move || answer(&api, &body, limits)).await?;
    json(answered.unwrap_or_default())
}

fn is_json(request: &HttpRequest) -> bool {
    let named = request.headers().get("content-type");
    let named = named
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let named = named.split(';').next().unwrap_or_default().trim();
    [
        "application/json",
        "application/json-rpc",
        "application/jsonrequest",
    ]
    .iter()
    .any(|known| named.eq_ignore_ascii_case(known))
}

fn said(status: u16, words: String) -> Result<HttpResponse, BoxError> {
    let response = HttpResponse::builder()
        .status(status)
        .header("content-type", "text/plain; charset=utf-8");
    Ok(response.body(HttpBody::from(words))?)
}

fn json(text: Vec<u8>) -> Result<HttpResponse, BoxError> {
    let response = HttpResponse::builder().header("content-type", "application/json");
    Ok(response.body(HttpBody::from(text))?)
}
