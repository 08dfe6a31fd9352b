//! What an attacker would try: one number a row of docs/findings.md.

mod assets;
mod gas;
mod reentry;
mod router;
