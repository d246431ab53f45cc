// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

interface IBaseFeed {
    function latestAnswer() external view returns (int256);
    function decimals() external view returns (uint8);
}

interface IVault {
    function convertToAssets(uint256 shares) external view returns (uint256);
}

/// Price of a vault's share by its own ratio: assets per share × the feed of the asset, floored once at the end. Share
/// and asset have 18 decimals. What Aave's ratio adapters do, without their cap on growth.
contract RatioFeed {
    IBaseFeed public immutable BASE;
    IVault public immutable VAULT;

    constructor(IBaseFeed base, IVault vault) {
        BASE = base;
        VAULT = vault;
    }

    function decimals() external view returns (uint8) {
        return BASE.decimals();
    }

    function latestAnswer() external view returns (int256) {
        int256 answer = BASE.latestAnswer();
        return answer <= 0 ? int256(0) : int256(VAULT.convertToAssets(1e18)) * answer / 1e18;
    }
}
