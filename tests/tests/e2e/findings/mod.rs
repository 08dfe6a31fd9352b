//! What an attacker would try: one number a row of docs/findings.md.

mod assets;
mod budget;
mod gas;
mod parts;
mod payees;
mod reentry;
mod router;
mod sleep;
mod stipend;
mod words;
mod zero;
