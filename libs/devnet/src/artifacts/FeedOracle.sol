// SPDX-License-Identifier: MIT
pragma solidity 0.8.19;

interface IFeed {
    function decimals() external view returns (uint8);

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// Oracle of a Morpho Blue market over two Chainlink feeds: the price of one unit of collateral in units of the loan
/// asset, scaled by 1e36, floored once at the end.
contract FeedOracle {
    IFeed public immutable BASE;
    IFeed public immutable QUOTE;
    uint256 public immutable SCALE_FACTOR;

    constructor(IFeed base, IFeed quote, uint256 collateralDecimals, uint256 loanDecimals) {
        BASE = base;
        QUOTE = quote;
        SCALE_FACTOR = 10 ** (36 + loanDecimals + quote.decimals() - collateralDecimals - base.decimals());
    }

    function price() external view returns (uint256) {
        return SCALE_FACTOR * answer(BASE) / answer(QUOTE);
    }

    function answer(IFeed feed) private view returns (uint256) {
        (, int256 value,,,) = feed.latestRoundData();
        require(value > 0, "no answer");
        return uint256(value);
    }
}
