// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

/// What a shop creates: something that says who created it.
contract Branch {
    address public immutable shop = msg.sender;
}

/// What the tools use: storage, events, money, errors of every kind, creation.
contract Shop {
    error TooCheap(uint256 got, uint256 wanted);

    event Sold(address indexed buyer, uint256 indexed item, uint256 price, string note);
    event Priced(uint256 indexed item, uint256 price);

    address public immutable keeper;
    mapping(uint256 => uint256) public price;
    mapping(uint256 => address) public buyer;
    uint256[] public sold;

    constructor(uint256 first) payable {
        keeper = msg.sender;
        price[1] = first;
        emit Priced(1, first);
    }

    function setPrice(uint256 item, uint256 to) external {
        require(msg.sender == keeper, "only the keeper");
        price[item] = to;
        emit Priced(item, to);
    }

    function buy(uint256 item, string calldata note) external payable returns (uint256 left) {
        uint256 wanted = price[item];
        assert(wanted != 0);
        if (msg.value < wanted) revert TooCheap(msg.value, wanted);
        buyer[item] = msg.sender;
        sold.push(item);
        emit Sold(msg.sender, item, wanted, note);
        left = msg.value - wanted;
        if (left != 0) {
            (bool paid, ) = msg.sender.call{value: left}("");
            require(paid, "no change");
        }
    }

    function branch(bytes32 salt) external returns (address made) {
        made = address(new Branch{salt: salt}());
    }

    function spend(uint256 slots) external {
        for (uint256 item = 0; item < slots; item++) {
            price[1000 + item] = item + 1;
        }
    }

    function time() external view returns (uint256 number, uint256 timestamp, uint256 chain) {
        return (block.number, block.timestamp, block.chainid);
    }
}
