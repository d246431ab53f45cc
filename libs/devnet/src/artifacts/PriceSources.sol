// SPDX-License-Identifier: MIT
pragma solidity 0.8.19;

interface IPriceFeed {
    function latestAnswer() external view returns (int256);

    function decimals() external view returns (uint8);
}

interface IShareVault {
    function convertToAssets(uint256 shares) external view returns (uint256);
}

abstract contract OwnedFeed {
    /// Who may change it. Named as in Aave's adapters.
    address public immutable ACL_MANAGER = msg.sender;
    string public description;

    modifier onlyOwner() {
        require(msg.sender == ACL_MANAGER, "not the owner");
        _;
    }
}

/// Price of a vault's share by its own rate, as Aave's `PriceCapAdapterBase` has it: rate × the feed of what it stands for,
/// floored once; the rate counts only up to a cap that grows by the second. Shares and assets have 18 decimals.
contract CappedRateFeed is OwnedFeed {
    IPriceFeed public immutable BASE_TO_USD_AGGREGATOR;
    IShareVault public immutable RATIO_PROVIDER;
    uint8 public constant RATIO_DECIMALS = 18;
    uint8 public immutable DECIMALS;

    uint256 public getSnapshotRatio;
    uint256 public getSnapshotTimestamp;
    uint256 public getMaxRatioGrowthPerSecondScaled;

    constructor(IPriceFeed base, IShareVault vault, string memory name, uint256 yearlyGrowthBps) {
        BASE_TO_USD_AGGREGATOR = base;
        RATIO_PROVIDER = vault;
        DECIMALS = base.decimals();
        description = name;
        setCap(vault.convertToAssets(1e18), block.timestamp, yearlyGrowthBps);
    }

    function setCapParameters(uint256 ratio, uint256 timestamp, uint256 yearlyGrowthBps) external onlyOwner {
        setCap(ratio, timestamp, yearlyGrowthBps);
    }

    function decimals() external view returns (uint8) {
        return DECIMALS;
    }

    function getRatio() public view returns (int256) {
        return int256(RATIO_PROVIDER.convertToAssets(10 ** RATIO_DECIMALS));
    }

    function isCapped() external view returns (bool) {
        return getRatio() > maxRatio();
    }

    function latestAnswer() external view returns (int256) {
        int256 ratio = getRatio();
        int256 base = BASE_TO_USD_AGGREGATOR.latestAnswer();
        if (base <= 0 || ratio <= 0) return 0;
        int256 most = maxRatio();
        if (most < ratio) ratio = most;
        return base * ratio / int256(10 ** RATIO_DECIMALS);
    }

    function maxRatio() private view returns (int256) {
        uint256 grown = getMaxRatioGrowthPerSecondScaled * (block.timestamp - getSnapshotTimestamp) / 1e6;
        return int256(getSnapshotRatio + grown);
    }

    function setCap(uint256 ratio, uint256 timestamp, uint256 yearlyGrowthBps) private {
        getSnapshotRatio = ratio;
        getSnapshotTimestamp = timestamp;
        getMaxRatioGrowthPerSecondScaled = ratio * yearlyGrowthBps * 1e6 / 1e4 / 365 days;
    }
}

/// A feed that counts up to a cap, as Aave's `PriceCapAdapterStable`.
contract CappedStableFeed is OwnedFeed {
    IPriceFeed public immutable ASSET_TO_USD_AGGREGATOR;
    uint8 public immutable decimals;
    int256 public getPriceCap;

    constructor(IPriceFeed feed, string memory name, int256 cap) {
        ASSET_TO_USD_AGGREGATOR = feed;
        decimals = feed.decimals();
        description = name;
        getPriceCap = cap;
    }

    function setPriceCap(int256 cap) external onlyOwner {
        getPriceCap = cap;
    }

    function isCapped() external view returns (bool) {
        return ASSET_TO_USD_AGGREGATOR.latestAnswer() > getPriceCap;
    }

    function latestAnswer() external view returns (int256) {
        int256 answer = ASSET_TO_USD_AGGREGATOR.latestAnswer();
        if (answer > getPriceCap) return getPriceCap;
        return answer <= 0 ? int256(0) : answer;
    }
}

/// The same answer until its owner sets another, as Aave's `FixedPriceAdapter`.
contract ConstantFeed is OwnedFeed {
    uint8 public immutable DECIMALS;
    int256 public price;

    constructor(uint8 places, int256 answer, string memory name) {
        DECIMALS = places;
        price = answer;
        description = name;
    }

    function setPrice(int256 answer) external onlyOwner {
        price = answer;
    }

    function decimals() external view returns (uint8) {
        return DECIMALS;
    }

    function latestAnswer() external view returns (int256) {
        return price;
    }
}

/// One feed in units of another, as Aave's `CLSynchronicityPriceAdapterPegToBase`: the product of both, floored once.
contract CrossFeed is OwnedFeed {
    IPriceFeed public immutable ASSET_TO_PEG;
    IPriceFeed public immutable PEG_TO_BASE;
    uint8 public immutable DECIMALS;
    int256 public immutable DENOMINATOR;

    constructor(IPriceFeed assetToPeg, IPriceFeed pegToBase, uint8 places, string memory name) {
        ASSET_TO_PEG = assetToPeg;
        PEG_TO_BASE = pegToBase;
        DECIMALS = places;
        DENOMINATOR = int256(10 ** (assetToPeg.decimals() + pegToBase.decimals()));
        description = name;
    }

    function decimals() external view returns (uint8) {
        return DECIMALS;
    }

    function latestAnswer() external view returns (int256) {
        int256 asset = ASSET_TO_PEG.latestAnswer();
        int256 peg = PEG_TO_BASE.latestAnswer();
        if (asset <= 0 || peg <= 0) return 0;
        return asset * peg * int256(10 ** DECIMALS) / DENOMINATOR;
    }
}

/// A token that pays out at a maturity, as Aave's `PendlePriceCapAdapter`: its asset's feed less a discount that falls in a
/// straight line.
contract DiscountedFeed is OwnedFeed {
    IPriceFeed public immutable ASSET_TO_USD_AGGREGATOR;
    uint8 public immutable DECIMALS;
    uint256 public immutable MATURITY;
    uint64 public discountRatePerYear;

    constructor(IPriceFeed feed, uint256 maturity, uint64 perYear, string memory name) {
        ASSET_TO_USD_AGGREGATOR = feed;
        DECIMALS = feed.decimals();
        MATURITY = maturity;
        discountRatePerYear = perYear;
        description = name;
    }

    function setDiscountRatePerYear(uint64 perYear) external onlyOwner {
        discountRatePerYear = perYear;
    }

    function decimals() external view returns (uint8) {
        return DECIMALS;
    }

    function latestAnswer() external view returns (int256) {
        int256 answer = ASSET_TO_USD_AGGREGATOR.latestAnswer();
        if (answer <= 0) return 0;
        uint256 left = MATURITY > block.timestamp ? MATURITY - block.timestamp : 0;
        uint256 discount = left * discountRatePerYear / 365 days;
        return int256(uint256(answer) * (1e18 - discount) / 1e18);
    }
}
