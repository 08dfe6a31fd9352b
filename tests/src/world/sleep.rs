//! Programs that have expired.

use super::{ETHER, World};
use alloy_primitives::{Address, U256};
use stylus_chain::Status;
use stylus_chain::deploy::activate;

/// Longer than an activation lasts.
const A_YEAR: u64 = 366 * 24 * 60 * 60;

impl World {
    /// Lets every program expire, and activates these again: the others sleep.
    ///
    /// # Panics
    /// When one cannot be activated.
    pub fn sleep_all_but(&mut self, awake: &[Address]) {
        self.chain.increase_time(A_YEAR);
        for program in awake {
            let activation = activate(self.erin, *program, U256::from(ETHER));
            let receipt = self.chain.send(activation).expect("it is valid");
            assert_eq!(receipt.status, Status::Success);
        }
    }
}
