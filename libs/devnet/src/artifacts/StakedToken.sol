// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ERC20, ERC4626, IERC20} from 'openzeppelin-contracts/contracts/token/ERC20/extensions/ERC4626.sol';

/// Staked token of the local chain: OpenZeppelin's vault as it is. Yield is underlying that somebody sends to it.
contract StakedToken is ERC4626 {
    constructor(IERC20 asset, string memory name, string memory symbol) ERC4626(asset) ERC20(name, symbol) {}
}
