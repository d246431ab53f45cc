// SPDX-License-Identifier: MIT
pragma solidity 0.8.19;

interface IFeed {
    function decimals() external view returns (uint8);

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// What an options market asks for the price of a synthetic asset (`ExchangeRates` of Synthetix): the answer of a
/// Chainlink feed with 18 decimals. A key without a feed is the dollar. An answer that is not positive is invalid.
contract FeedExchangeRates {
    address public immutable OWNER = msg.sender;
    mapping(bytes32 => IFeed) public aggregators;

    function addAggregator(bytes32 key, IFeed feed) external {
        require(msg.sender == OWNER, "not the owner");
        aggregators[key] = feed;
    }

    function rateAndInvalid(bytes32 key) external view returns (uint256 rate, bool isInvalid) {
        IFeed feed = aggregators[key];
        if (address(feed) == address(0)) return (1e18, false);
        (, int256 answer,,,) = feed.latestRoundData();
        if (answer <= 0) return (0, true);
        return (uint256(answer) * 10 ** (18 - feed.decimals()), false);
    }
}
