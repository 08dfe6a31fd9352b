// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title A payee that passes on what it is paid, and bears it when that fails
contract Saver {
    address private vault;

    function saveIn(address to) external {
        vault = to;
    }

    /// Calls, and reverts where the callee does.
    function act(address target, bytes calldata data) external {
        (bool success, ) = target.call(data);
        require(success);
    }

    receive() external payable {
        (bool saved, ) = vault.call{value: msg.value}("");
        saved;
    }
}
