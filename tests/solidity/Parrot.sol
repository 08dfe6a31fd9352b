// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title A contract that answers whatever it is asked with what it was taught
contract Parrot {
    bytes private lesson;
    bool private reverting;
    address private target;
    bytes private errand;

    /// What it was asked. Not stored, which would take more gas than who asks it gives.
    event Heard(bytes input);

    /// What its errand came to.
    bytes public outcome;

    /// What to answer, or to revert with.
    function teach(bytes calldata data, bool reverts) external {
        lesson = data;
        reverting = reverts;
    }

    /// What to call before it answers.
    function sendOn(address to, bytes calldata data) external {
        target = to;
        errand = data;
    }

    fallback(bytes calldata input) external returns (bytes memory) {
        emit Heard(input);
        if (target != address(0)) {
            (, outcome) = target.call(errand);
        }
        bytes memory said = lesson;
        if (reverting) {
            assembly {
                revert(add(said, 32), mload(said))
            }
        }
        return said;
    }
}
