//! The methods, one file a namespace. What is not registered here does not exist, and says so.

mod accounts;
mod anvil;
pub mod arguments;
mod debug;
mod eth;
mod evm;
mod filters;
mod json;
mod net;
mod signing;
mod subscriptions;
mod trace;
mod txpool;
mod typed_data;
mod web3;

use crate::error::Error;
use crate::node::Node;
use arguments::Arguments;
use jsonrpsee::RpcModule;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

type Answer = Result<Box<RawValue>, Error>;
type Method = Box<dyn Fn(&Arc<Node>, Value) -> Answer + Send + Sync>;

/// All that a node can be asked.
pub struct Api {
    node: Arc<Node>,
    methods: BTreeMap<&'static str, Method>,
    /// What goes on telling after it was asked, over WebSocket.
    pub subscriptions: RpcModule<Arc<Node>>,
}

impl Api {
    /// Every method there is, over a node.
    #[must_use]
    pub fn new(node: Arc<Node>) -> Self {
        let mut api = Self {
            subscriptions: RpcModule::new(Arc::clone(&node)),
            node,
            methods: BTreeMap::new(),
        };
        debug::register(&mut api);
        eth::register(&mut api);
        accounts::register(&mut api);
        signing::register(&mut api);
        anvil::register(&mut api);
        evm::register(&mut api);
        filters::register(&mut api);
        trace::register(&mut api);
        txpool::register(&mut api);
        subscriptions::register(&mut api);
        net::register(&mut api);
        web3::register(&mut api);
        api.modules();
        api
    }

    /// Registers a method. Its arguments are a tuple, and an optional one is an [`Option`].
    pub fn method<A: Arguments, R: Serialize>(
        &mut self,
        name: &'static str,
        method: impl Fn(&Arc<Node>, A) -> Result<R, Error> + Send + Sync + 'static,
    ) {
        let method = move |node: &Arc<Node>, params: Value| {
            let result = method(node, A::read(params)?)?;
            serde_json::value::to_raw_value(&result)
                .map_err(|error| Error::internal(error.to_string()))
        };
        self.methods.insert(name, Box::new(method));
    }

    /// Registers the list of namespaces.
    fn modules(&mut self) {
        let names = self.names().filter_map(|name| name.split('_').next());
        let names: BTreeMap<_, _> = names.chain(["rpc"]).map(|name| (name, "1.0")).collect();
        self.method("rpc_modules", move |_, (): ()| Ok(names.clone()));
    }

    /// Asks one method.
    ///
    /// # Errors
    /// What the method refuses with, or that there is none of this name.
    pub fn ask(&self, name: &str, params: Value) -> Answer {
        let method = self.methods.get(name);
        let method = method.ok_or_else(|| Error::no_method(name))?;
        method(&self.node, params)
    }

    /// Whether there is a method of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.methods.contains_key(name)
    }

    /// The names of all methods, in the order of the alphabet.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let told = self.subscriptions.method_names();
        let mut names: Vec<_> = self.methods.keys().copied().chain(told).collect();
        names.sort_unstable();
        names.into_iter()
    }
}
