// SPDX-License-Identifier: MIT
pragma solidity 0.8.19;

/// Makes many calls of many senders in one transaction. Each sender has the code of BundleActor meanwhile.
///
/// Call data: for each call the sender (20 bytes), the length of what follows (4 bytes), and that: the target (20 bytes),
/// the value in wei (16 bytes), and its call data.
contract Bundle {
    fallback() external {
        uint256 at = 0;
        while (at < msg.data.length) {
            address sender = address(bytes20(msg.data[at:at + 20]));
            uint256 end = at + 24 + uint32(bytes4(msg.data[at + 20:at + 24]));
            (bool isDone, bytes memory reason) = sender.call(msg.data[at + 24:end]);
            if (!isDone) assembly { revert(add(reason, 32), mload(reason)) }
            at = end;
        }
    }
}

/// Does what the bundle says; to everybody else it is an account without code.
contract BundleActor {
    address private immutable BUNDLE;

    constructor(address bundle) {
        BUNDLE = bundle;
    }

    fallback() external payable {
        if (msg.sender != BUNDLE) return;
        address target = address(bytes20(msg.data[:20]));
        uint256 value = uint128(bytes16(msg.data[20:36]));
        (bool isDone, bytes memory reason) = target.call{value: value}(msg.data[36:]);
        if (!isDone) assembly { revert(add(reason, 32), mload(reason)) }
    }
}
