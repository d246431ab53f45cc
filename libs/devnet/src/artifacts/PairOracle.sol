// SPDX-License-Identifier: MIT
pragma solidity 0.8.19;

interface IFeed {
    function decimals() external view returns (uint8);

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

interface IVault {
    function convertToAssets(uint256 shares) external view returns (uint256);
}

/// Oracle of a Morpho Blue market with the views of `MorphoChainlinkOracleV2`: the price of one unit of collateral in units
/// of the loan asset, scaled by 1e36, floored once at the end. Any feed or vault may be the zero address, which counts as
/// one; without any the price is constant.
contract PairOracle {
    /// One side of the pair.
    struct Side {
        IVault vault;
        uint256 conversionSample;
        IFeed feed1;
        IFeed feed2;
        uint256 decimals;
    }

    IVault public immutable BASE_VAULT;
    uint256 public immutable BASE_VAULT_CONVERSION_SAMPLE;
    IFeed public immutable BASE_FEED_1;
    IFeed public immutable BASE_FEED_2;
    IVault public immutable QUOTE_VAULT;
    uint256 public immutable QUOTE_VAULT_CONVERSION_SAMPLE;
    IFeed public immutable QUOTE_FEED_1;
    IFeed public immutable QUOTE_FEED_2;
    uint256 public immutable SCALE_FACTOR;

    constructor(Side memory base, Side memory quote) {
        BASE_VAULT = base.vault;
        BASE_VAULT_CONVERSION_SAMPLE = base.conversionSample;
        BASE_FEED_1 = base.feed1;
        BASE_FEED_2 = base.feed2;
        QUOTE_VAULT = quote.vault;
        QUOTE_VAULT_CONVERSION_SAMPLE = quote.conversionSample;
        QUOTE_FEED_1 = quote.feed1;
        QUOTE_FEED_2 = quote.feed2;
        uint256 exponent = 36 + quote.decimals + decimalsOf(quote.feed1) + decimalsOf(quote.feed2) - base.decimals
            - decimalsOf(base.feed1) - decimalsOf(base.feed2);
        SCALE_FACTOR = 10 ** exponent * quote.conversionSample / base.conversionSample;
    }

    function price() external view returns (uint256) {
        uint256 above = assets(BASE_VAULT, BASE_VAULT_CONVERSION_SAMPLE) * answer(BASE_FEED_1) * answer(BASE_FEED_2);
        uint256 below =
            assets(QUOTE_VAULT, QUOTE_VAULT_CONVERSION_SAMPLE) * answer(QUOTE_FEED_1) * answer(QUOTE_FEED_2);
        return SCALE_FACTOR * above / below;
    }

    function assets(IVault vault, uint256 shares) private view returns (uint256) {
        return address(vault) == address(0) ? 1 : vault.convertToAssets(shares);
    }

    function answer(IFeed feed) private view returns (uint256) {
        if (address(feed) == address(0)) return 1;
        (, int256 value,,,) = feed.latestRoundData();
        require(value >= 0, "negative answer");
        return uint256(value);
    }

    function decimalsOf(IFeed feed) private view returns (uint256) {
        return address(feed) == address(0) ? 0 : feed.decimals();
    }
}
