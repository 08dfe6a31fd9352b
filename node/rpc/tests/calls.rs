//! Calls and estimates on what is only supposed.

mod asked;

use asked::Asked;
use serde_json::{Value, json};

const NOBODY: &str = "0x5555555555555555555555555555555555555555";

/// Code that returns the block's time.
const TIME: &str = "0x425f5260205ff3";

fn word(number: u64) -> Value {
    json!(format!("{number:#066x}"))
}

#[test]
fn a_call_sees_what_is_supposed_and_nothing_stays() {
    let server = Asked::start();
    let call = json!({"to": NOBODY});
    let supposed = json!({NOBODY: {"code": TIME}});
    let block = json!({"time": "0x77"});
    let asked = server.ask("eth_call", json!([call, "latest", supposed, block]));
    assert_eq!(asked, word(0x77));
    assert_eq!(server.ask("eth_call", json!([call, "latest"])), json!("0x"));
    assert_eq!(
        server.ask("eth_getCode", json!([NOBODY, "latest"])),
        json!("0x")
    );
}

#[test]
fn what_cannot_be_supposed_is_refused_and_not_passed_over() {
    let server = Asked::start();
    let call = json!({"to": NOBODY});
    let refused = |arguments: Value| {
        let error = server.answer("eth_call", arguments)["error"].take();
        (
            error["code"].clone(),
            error["message"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let (code, words) = refused(json!([call, "latest", {}, {"gasLimit": "0x5208"}]));
    assert_eq!(code, json!(-32602));
    assert!(
        words.starts_with("invalid argument 3: json: unknown field `gasLimit`"),
        "{words}"
    );
    let moved = json!({NOBODY: {"movePrecompileToAddress": NOBODY}});
    let (code, words) = refused(json!([call, "latest", moved]));
    assert_eq!(code, json!(-32602));
    let start = "invalid argument 2: json: unknown field `movePrecompileToAddress`";
    assert!(words.starts_with(start), "{words}");
}

#[test]
fn an_access_list_is_paid_for() {
    let server = Asked::start();
    let plain = json!([{"to": NOBODY}]);
    assert_eq!(server.ask("eth_estimateGas", plain), json!("0x5208"));
    // 2,400 gas for an account, 1,900 for a slot
    let slot = format!("{:#066x}", 1);
    let list = json!([{"address": NOBODY, "storageKeys": [slot]}]);
    let listed = json!([{"to": NOBODY, "accessList": list}]);
    assert_eq!(server.ask("eth_estimateGas", listed), json!("0x62d4"));
}
