"""web3.py against the node at NODE_URL, with the contract that ARTIFACT holds."""

import json
import os

from eth_account import Account
from web3 import Web3
from web3.exceptions import ContractCustomError, ContractLogicError, ContractPanicError, TransactionNotFound

KEEPER = Account.from_key("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
BUYER = Account.from_key("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d")

web3 = Web3(Web3.HTTPProvider(os.environ["NODE_URL"]))
with open(os.environ["ARTIFACT"], encoding="utf-8") as file:
    artifact = json.load(file)


def sent(account, transaction):
    """Signs with a key, sends, and waits."""
    transaction = {**transaction, "nonce": web3.eth.get_transaction_count(account.address)}
    signed = account.sign_transaction(transaction)
    return web3.eth.wait_for_transaction_receipt(web3.eth.send_raw_transaction(signed.raw_transaction))


def refused(kind, call):
    """What a call is refused with."""
    try:
        call()
    except kind as refusal:
        return refusal
    raise AssertionError(f"{kind.__name__} was expected")


assert web3.is_connected()
assert web3.eth.chain_id == 412346
block = web3.eth.get_block("latest", full_transactions=True)
assert block["l1BlockNumber"]

factory = web3.eth.contract(abi=artifact["abi"], bytecode=artifact["bytecode"])
created = sent(KEEPER, factory.constructor(100).build_transaction({"from": KEEPER.address}))
assert created.status == 1
shop = web3.eth.contract(address=created.contractAddress, abi=artifact["abi"])
assert shop.functions.price(1).call() == 100

bought = sent(BUYER, shop.functions.buy(1, "for me").build_transaction({"from": BUYER.address, "value": 150}))
(event,) = shop.events.Sold().process_receipt(bought)
assert event.args.buyer == BUYER.address and event.args.note == "for me"
(found,) = shop.events.Sold().get_logs(from_block=0, argument_filters={"item": 1})
assert found.transactionHash == bought.transactionHash

watched = shop.events.Priced().create_filter(from_block="latest")
sent(KEEPER, shop.functions.setPrice(2, 9).build_transaction({"from": KEEPER.address}))
(entry,) = watched.get_new_entries()
assert entry.args.price == 9

cheap = refused(ContractCustomError, lambda: shop.functions.buy(1, "").call({"from": BUYER.address, "value": 1}))
assert cheap.data.startswith("0x5a2455f1")
stranger = refused(ContractLogicError, lambda: shop.functions.setPrice(1, 1).call({"from": BUYER.address}))
assert "only the keeper" in str(stranger)
refused(ContractPanicError, lambda: shop.functions.buy(9, "").call({"from": BUYER.address}))
refused(TransactionNotFound, lambda: web3.eth.get_transaction("0x" + "00" * 32))

history = web3.eth.fee_history(2, "latest", [50])
assert len(history.gasUsedRatio) == 2
proof = web3.eth.get_proof(shop.address, [0], "latest")
assert web3.keccak(proof.accountProof[0]) == web3.eth.get_block("latest").stateRoot

unlocked = web3.eth.accounts[3]
moved = web3.eth.send_transaction({"from": unlocked, "to": BUYER.address, "value": 5})
assert web3.eth.wait_for_transaction_receipt(moved).status == 1
print("web3.py: all as expected")
