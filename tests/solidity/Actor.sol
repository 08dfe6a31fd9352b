// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title An account that does what a test tells it to
/// @notice Acts on demand, and carries out a plan when it is sent native coin or an ERC-721, or refuses them.
contract Actor {
    struct Call {
        address target;
        uint256 value;
        bytes data;
    }

    struct Result {
        bool success;
        bytes data;
    }

    error Refused();

    bool public refuses;
    bytes4 public answer = this.onERC721Received.selector;
    Call[] private planned;
    Result[] private done;

    /// Calls, and answers or reverts with what the callee does.
    function act(address target, uint256 value, bytes calldata data) external payable returns (bytes memory) {
        (bool success, bytes memory returned) = target.call{value: value}(data);
        if (!success) {
            assembly {
                revert(add(returned, 32), mload(returned))
            }
        }
        return returned;
    }

    /// What to do at the next occasion; each plan is carried out once, and its failures are kept, not passed on.
    function plan(Call[] calldata calls) external {
        delete planned;
        for (uint256 i = 0; i < calls.length; i++) planned.push(calls[i]);
    }

    /// Whether to refuse native coin and tokens.
    function refuse(bool whether) external {
        refuses = whether;
    }

    /// What to answer an ERC-721 that asks whether it is welcome.
    function answerWith(bytes4 selector) external {
        answer = selector;
    }

    /// What the calls of all plans so far came to.
    function results() external view returns (Result[] memory) {
        return done;
    }

    receive() external payable {
        perform();
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        perform();
        return answer;
    }

    function perform() internal {
        if (refuses) revert Refused();
        Call[] memory calls = planned;
        delete planned;
        for (uint256 i = 0; i < calls.length; i++) {
            (bool success, bytes memory data) = calls[i].target.call{value: calls[i].value}(calls[i].data);
            done.push(Result(success, data));
        }
    }
}
