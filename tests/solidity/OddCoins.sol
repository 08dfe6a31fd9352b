// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import "./Actor.sol";
import "./Coin.sol";

/// @title An ERC-20 whose transfers return nothing, as USDT's
contract SilentCoin is Coin {
    function move(address from, address to, uint256 amount) internal override {
        super.move(from, to, amount);
        assembly {
            return(0, 0)
        }
    }
}

/// @title An ERC-20 that says false instead of reverting, once it is told to fail
contract FalseCoin is Coin {
    bool private failing;

    function fail(bool whether) external {
        failing = whether;
    }

    function move(address from, address to, uint256 amount) internal override {
        if (failing) {
            assembly {
                mstore(0, 0)
                return(0, 32)
            }
        }
        super.move(from, to, amount);
    }
}

/// @title An ERC-20 that says true and moves a part, the rest is burnt
contract FeeCoin is Coin {
    uint256 private fee;

    /// The fee in basis points.
    function charge(uint256 bps) external {
        fee = bps;
    }

    function move(address from, address to, uint256 amount) internal override {
        uint256 kept = (amount * fee) / 10_000;
        super.move(from, to, amount - kept);
        balanceOf[from] -= kept;
        totalSupply -= kept;
    }
}

/// @title An ERC-20 that moves another part than was asked, and says of it what it was told to say
contract LyingCoin is Coin {
    uint256 private part = 10_000;
    bool private word = true;

    /// What it says, and the part that it moves in basis points.
    function lie(bool says, uint256 bps) external {
        word = says;
        part = bps;
    }

    function move(address from, address to, uint256 amount) internal override {
        super.move(from, to, (amount * part) / 10_000);
        bool says = word;
        assembly {
            mstore(0, says)
            return(0, 32)
        }
    }
}

/// @title An ERC-20 that moves no more than so much at once
contract CappedCoin is Coin {
    uint256 private most = type(uint256).max;

    function cap(uint256 amount) external {
        most = amount;
    }

    function move(address from, address to, uint256 amount) internal override {
        require(amount <= most);
        super.move(from, to, amount);
    }
}

/// @title An ERC-20 that takes more from the sender than was asked
contract GreedyCoin is Coin {
    uint256 private extra;

    function demand(uint256 more) external {
        extra = more;
    }

    function move(address from, address to, uint256 amount) internal override {
        super.move(from, to, amount);
        balanceOf[from] -= extra;
        totalSupply -= extra;
    }
}

/// @title An ERC-20 that carries out its plan in the middle of a transfer
contract HookCoin is Coin, Actor {
    function move(address from, address to, uint256 amount) internal override {
        super.move(from, to, amount);
        perform();
    }
}

/// @title An ERC-721 as a payer might mistake it for an ERC-20
contract Nft {
    mapping(address => uint256) public balanceOf;
    mapping(uint256 => address) public ownerOf;

    function mint(address to, uint256 tokenId) external {
        ownerOf[tokenId] = to;
        balanceOf[to] += 1;
    }

    function transferFrom(address from, address to, uint256 tokenId) external {
        require(ownerOf[tokenId] == from);
        ownerOf[tokenId] = to;
        balanceOf[from] -= 1;
        balanceOf[to] += 1;
    }
}
