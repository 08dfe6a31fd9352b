// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import "./Coin.sol";

/// @title An ERC-20 that moves as every other until it is put in a mood
/// @notice 0 ordinary; 1 takes a unit on top; 2 moves at most 100 units at a time; 3 says true and moves nothing; 4 moves and
/// says false; 5 frozen. Whatever the mood, it moves nothing of accounts that it has blocked.
contract MoodyCoin is Coin {
    uint8 private mood;
    mapping(address => bool) private blocked;

    function feel(uint8 how) external {
        mood = how;
    }

    function blockAccount(address account) external {
        blocked[account] = true;
    }

    function move(address from, address to, uint256 amount) internal override {
        require(mood != 5 && !blocked[from], "frozen");
        require(mood != 2 || amount <= 100, "at most 100");
        if (mood == 3) return;
        super.move(from, to, amount);
        if (mood == 1) {
            balanceOf[from] -= 1;
            totalSupply -= 1;
        }
        if (mood == 4) {
            assembly {
                mstore(0, 0)
                return(0, 32)
            }
        }
    }
}
