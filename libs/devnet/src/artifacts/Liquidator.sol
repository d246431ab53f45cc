// SPDX-License-Identifier: MIT
pragma solidity 0.8.19;

interface IToken {
    function balanceOf(address owner) external view returns (uint256);
}

interface IRouter {
    struct Sale {
        address tokenIn;
        address tokenOut;
        uint24 fee;
        address recipient;
        uint256 deadline;
        uint256 amountIn;
        uint256 amountOutMinimum;
        uint160 sqrtPriceLimitX96;
    }

    struct Purchase {
        address tokenIn;
        address tokenOut;
        uint24 fee;
        address recipient;
        uint256 deadline;
        uint256 amountOut;
        uint256 amountInMaximum;
        uint160 sqrtPriceLimitX96;
    }

    function exactInputSingle(Sale calldata sale) external returns (uint256);
    function exactOutputSingle(Purchase calldata purchase) external returns (uint256);
    function factory() external view returns (IPoolFactory);
}

interface IPoolFactory {
    function getPool(address tokenA, address tokenB, uint24 fee) external view returns (IPool);
}

interface IPool {
    function slot0() external view returns (uint160 sqrtPriceX96, int24, uint16, uint16, uint16, uint8, bool);
}

interface IClearingHouse {
    struct Order {
        address baseToken;
        bool isBaseToQuote;
        bool isExactInput;
        uint256 amount;
        uint256 oppositeAmountBound;
        uint256 deadline;
        uint160 sqrtPriceLimitX96;
        bytes32 referralCode;
    }

    function openPosition(Order calldata order) external returns (uint256, uint256);
    function getAccountValue(address trader) external view returns (int256);
}

interface IAccountBalance {
    function getTakerPositionSize(address trader, address baseToken) external view returns (int256);
    function getTotalPositionValue(address trader, address baseToken) external view returns (int256);
}

/// A liquidator that does not lose: of several calls that a venue may take it makes the one that pays best, at the largest
/// size whose last unit still pays. It repays from a stock, buys back on the market what it repaid and sells there what it
/// got, all in one transaction; when nothing pays, it does nothing.
contract Liquidator {
    /// Where goods are traded for cash: one pool for each of them.
    struct Desk {
        IRouter router;
        address cash;
        uint24 fee;
    }

    /// A call of the venue. The word of `data` at `amountAt` (0 = none) becomes the size, or with `amountOf` all that the
    /// liquidator holds of that token.
    struct Call {
        address target;
        bytes data;
        uint256 amountAt;
        address amountOf;
        bool isNegative;
    }

    /// Something that counts as a good one to one, but for decimals: `scale` raw units are one of the good. 0 = the chain's
    /// own coin.
    struct Form {
        address token;
        uint256 scale;
    }

    /// What a call brings or takes. `token` 0 = there is no market for it. The first good of an offer is the cash.
    struct Good {
        address token;
        Form[] forms;
    }

    /// A position that a call hands over, and that is closed at its own venue, which charges `fee` (millionths) on the quote
    /// side. The base token is token 0 of the pool, as the clearing house asks. `clearingHouse` 0 = none.
    struct Perpetual {
        IClearingHouse clearingHouse;
        IAccountBalance accountBalance;
        address baseToken;
        IPool pool;
        uint24 fee;
    }

    struct Offer {
        Call[] calls;
        Good[] goods;
        Perpetual perpetual;
        /// The size of the largest call, and the most that a smaller one may have.
        uint256 whole;
        uint256 most;
        /// The good in which sizes count where the venue itself cuts `whole` down; 0 = it does not.
        uint256 sizeGood;
        /// Nothing is handed over for it: it is taken whole.
        bool isFree;
    }

    /// USD, 18 decimals.
    struct Outcome {
        int256 profit;
        /// What the whole would have brought less what it would have cost where all of it had been traded at the prices
        /// that the trades ended at: above 0 while one more unit pays.
        int256 lastUnit;
        /// What one raw unit of all that was traded is worth: venues round amounts to such, those of tokens with few decimals
        /// to a part of a cent.
        int256 rounding;
        /// What was handed over of `sizeGood`.
        uint256 spent;
    }

    struct Choice {
        bool isFound;
        uint256 offer;
        uint256 size;
        int256 profit;
    }

    error Quoted(int256 profit, int256 lastUnit, int256 rounding, uint256 spent);
    error NothingPays();

    event Acted(uint256 offer, uint256 size, int256 profit);

    /// Raw units of cash (6 decimals) are counted with 18 decimals, as a clearing house does.
    int256 private constant WAD_PER_CASH = 1e12;
    /// A search first goes down from the most by `STRIDE`, as far as one in `SMALLEST`, until something pays; it ends when it is
    /// as near as one in `PRECISION`.
    uint256 private constant STRIDE = 2 ** 3;
    uint256 private constant SMALLEST = 2 ** 24;
    uint256 private constant PRECISION = 2 ** 20;
    /// Fees are in millionths.
    uint256 private constant FEES = 1e6;

    receive() external payable {}

    /// Makes the best call. With `mustPay` false the first that the venue takes, at any loss.
    function act(Desk calldata desk, Offer[] calldata offers, bool mustPay) external {
        Choice memory choice = best(desk, offers, mustPay);
        if (!choice.isFound) revert NothingPays();
        Outcome memory outcome = this.attempt(desk, offers[choice.offer], choice.size);
        emit Acted(choice.offer, choice.size, outcome.profit);
    }

    /// What `act` would do now; nothing of it stays.
    function best(Desk calldata desk, Offer[] calldata offers, bool mustPay) public returns (Choice memory choice) {
        for (uint256 i = 0; i < offers.length; i++) {
            (bool isTaken, uint256 size, int256 profit) = largest(desk, offers[i], mustPay);
            if (!isTaken) continue;
            if (mustPay && (offers[i].isFree ? profit < 0 : profit <= 0)) continue;
            if (choice.isFound && profit <= choice.profit) continue;
            choice = Choice(true, i, size, profit);
            if (!mustPay) break;
        }
    }

    /// The largest size of a call whose last unit pays (of which the venue takes it, where it need not pay).
    function largest(Desk calldata desk, Offer calldata offer, bool mustPay)
        private
        returns (bool isTaken, uint256 size, int256 profit)
    {
        (bool isWhole, Outcome memory whole) = quote(desk, offer, offer.whole);
        if (isWhole && (offer.isFree || !mustPay || pays(whole))) return (true, offer.whole, whole.profit);
        if (offer.isFree) return (false, 0, 0);
        Search memory search;
        search.high = isWhole && offer.sizeGood != 0 ? whole.spent : offer.most;
        if (isWhole) search.highValue = marginal(whole, search.high);
        uint256 smallest = search.high / SMALLEST;
        for (search.low = search.high / STRIDE; search.low > smallest; search.low /= STRIDE) {
            (bool isLow, Outcome memory outcome) = quote(desk, offer, search.low);
            if (isLow && (!mustPay || pays(outcome))) {
                search.lowValue = marginal(outcome, search.low);
                search.profit = outcome.profit;
                narrow(desk, offer, mustPay, search);
                if (isWhole && whole.profit > search.profit) break;
                return (true, search.low, search.profit);
            }
            search.high = search.low;
            search.highValue = isLow ? marginal(outcome, search.low) : int256(0);
        }
        // Where the venue takes no part as large as pays, all of it may pay although its last unit does not.
        if (isWhole && mustPay && whole.profit >= whole.rounding) return (true, offer.whole, whole.profit);
        return (false, 0, 0);
    }

    /// Sizes between which the last unit begins to lose, with what it brings there (0 = not known).
    struct Search {
        uint256 low;
        uint256 high;
        int256 lowValue;
        int256 highValue;
        int256 profit;
    }

    /// Regula falsi in the Illinois variant, where values are known; else halving.
    function narrow(Desk calldata desk, Offer calldata offer, bool mustPay, Search memory search) private {
        int256 side = 0;
        for (uint256 step = 0; search.high > search.low + 1; step++) {
            uint256 span = search.high - search.low;
            if (span <= search.low / PRECISION) break;
            uint256 middle = search.low + span / 2;
            if (mustPay && step % 4 != 3 && search.lowValue > 0 && search.highValue < 0) {
                uint256 part = span * uint256(search.lowValue) / uint256(search.lowValue - search.highValue);
                // Not nearer to an end than the precision asks, so that the other end moves too.
                uint256 least = search.low / PRECISION / 2 + 1;
                if (part < least) part = least;
                if (part + least > span) part = span > 2 * least ? span - least : span / 2;
                middle = search.low + part;
            }
            (bool isTaken, Outcome memory outcome) = quote(desk, offer, middle);
            if (isTaken && (!mustPay || pays(outcome))) {
                (search.low, search.lowValue, search.profit) = (middle, marginal(outcome, middle), outcome.profit);
                if (side == 1) search.highValue /= 2;
                side = 1;
            } else {
                (search.high, search.highValue) = (middle, isTaken ? marginal(outcome, middle) : int256(0));
                if (side == -1) search.lowValue /= 2;
                side = -1;
            }
        }
    }

    function marginal(Outcome memory outcome, uint256 size) private pure returns (int256) {
        return outcome.lastUnit * 1e18 / int256(size);
    }

    /// What roundings may have brought is not a profit, and what they may have cost is not a loss.
    function pays(Outcome memory outcome) private pure returns (bool) {
        return outcome.profit >= outcome.rounding && outcome.lastUnit + outcome.rounding >= 0;
    }

    /// What a call of a size would come to, if the venue takes it.
    function quote(Desk calldata desk, Offer calldata offer, uint256 size) private returns (bool, Outcome memory outcome) {
        try this.attemptAndRevert(desk, offer, size) {
            return (false, outcome);
        } catch (bytes memory reason) {
            if (reason.length != 132 || bytes4(reason) != Quoted.selector) return (false, outcome);
            assembly { reason := add(reason, 4) }
            (outcome.profit, outcome.lastUnit, outcome.rounding, outcome.spent) = decode(reason);
            return (true, outcome);
        }
    }

    function decode(bytes memory words)
        private
        pure
        returns (int256 profit, int256 lastUnit, int256 rounding, uint256 spent)
    {
        assembly {
            profit := mload(add(words, 32))
            lastUnit := mload(add(words, 64))
            rounding := mload(add(words, 96))
            spent := mload(add(words, 128))
        }
    }

    function attemptAndRevert(Desk calldata desk, Offer calldata offer, uint256 size) external {
        Outcome memory outcome = this.attempt(desk, offer, size);
        revert Quoted(outcome.profit, outcome.lastUnit, outcome.rounding, outcome.spent);
    }

    /// Makes the calls of an offer and trades what they bring and take.
    function attempt(Desk calldata desk, Offer calldata offer, uint256 size) external returns (Outcome memory outcome) {
        require(msg.sender == address(this), "only itself");
        int256[] memory gained = holdings(offer.goods);
        int256 position = positionIn(offer.perpetual);
        int256 start = worth(offer);
        for (uint256 i = 0; i < offer.calls.length; i++) perform(offer.calls[i], size);
        int256[] memory held = holdings(offer.goods);
        bool isChanged = false;
        for (uint256 i = 0; i < held.length; i++) {
            gained[i] = held[i] - gained[i];
            if (gained[i] != 0) isChanged = true;
        }
        position = positionIn(offer.perpetual) - position;
        require(isChanged || position != 0, "nothing was done");
        outcome.lastUnit = worth(offer) - start + closeAll(offer.perpetual, position);
        outcome.rounding = WAD_PER_CASH;
        for (uint256 i = 1; i < gained.length; i++) {
            (int256 atLast, int256 unit) = tradeGood(desk, offer.goods[i].token, gained[i]);
            (outcome.lastUnit, outcome.rounding) = (outcome.lastUnit + atLast, outcome.rounding + unit);
        }
        outcome.profit = worth(offer) - start;
        if (offer.sizeGood != 0 && gained[offer.sizeGood - 1] < 0) outcome.spent = uint256(-gained[offer.sizeGood - 1]);
    }

    function perform(Call calldata call, uint256 size) private {
        bytes memory data = call.data;
        uint256 at = call.amountAt;
        if (at != 0) {
            uint256 amount = call.amountOf == address(0) ? size : IToken(call.amountOf).balanceOf(address(this));
            if (call.isNegative) amount = uint256(-int256(amount));
            assembly { mstore(add(add(data, 32), at), amount) }
        }
        (bool isDone, bytes memory reason) = call.target.call(data);
        if (!isDone) assembly { revert(add(reason, 32), mload(reason)) }
    }

    function holdings(Good[] calldata goods) private view returns (int256[] memory held) {
        held = new int256[](goods.length);
        for (uint256 i = 0; i < goods.length; i++) held[i] = holding(goods[i]);
    }

    function holding(Good calldata good) private view returns (int256 held) {
        for (uint256 i = 0; i < good.forms.length; i++) {
            address token = good.forms[i].token;
            uint256 raw = token == address(0) ? address(this).balance : IToken(token).balanceOf(address(this));
            held += int256(raw / good.forms[i].scale);
        }
    }

    /// Cash, and what the margin account at a clearing house is worth, 18 decimals.
    function worth(Offer calldata offer) private view returns (int256) {
        IClearingHouse house = offer.perpetual.clearingHouse;
        int256 margin = address(house) == address(0) ? int256(0) : house.getAccountValue(address(this));
        return holding(offer.goods[0]) * WAD_PER_CASH + margin;
    }

    function positionIn(Perpetual calldata perpetual) private view returns (int256) {
        if (address(perpetual.clearingHouse) == address(0)) return 0;
        return perpetual.accountBalance.getTakerPositionSize(address(this), perpetual.baseToken);
    }

    /// Trades what was gained of a good; returns what all of it, and what a unit would have brought at the price that the trade
    /// ended at.
    function tradeGood(Desk calldata desk, address token, int256 amount) private returns (int256 atLast, int256 unit) {
        if (amount == 0) return (0, 0);
        if (token == address(0)) {
            require(amount > 0, "no market");
            return (0, 0);
        }
        if (amount > 0) {
            IRouter.Sale memory sale =
                IRouter.Sale(token, desk.cash, desk.fee, address(this), type(uint256).max, uint256(amount), 0, 0);
            desk.router.exactInputSingle(sale);
        } else {
            IRouter.Purchase memory purchase = IRouter.Purchase(
                desk.cash, token, desk.fee, address(this), type(uint256).max, uint256(-amount), type(uint256).max, 0
            );
            desk.router.exactOutputSingle(purchase);
        }
        IPool pool = desk.router.factory().getPool(token, desk.cash, desk.fee);
        atLast = valueAt(pool, token < desk.cash, amount * WAD_PER_CASH, desk.fee);
        unit = valueAt(pool, token < desk.cash, WAD_PER_CASH, desk.fee);
    }

    /// What an amount of one token of a pool brings (or costs, below 0) of the other at the pool's price, fee paid.
    function valueAt(IPool pool, bool isToken0, int256 amount, uint24 fee) private view returns (int256) {
        (uint256 sqrtPriceX96,,,,,,) = pool.slot0();
        uint256 size = uint256(amount > 0 ? amount : -amount);
        uint256 value = isToken0
            ? ((size * sqrtPriceX96) >> 96) * sqrtPriceX96 >> 96
            : (((size << 96) / sqrtPriceX96) << 96) / sqrtPriceX96;
        return amount > 0 ? int256(value * (FEES - fee) / FEES) : -int256(value * FEES / (FEES - fee));
    }

    /// Closes a position that was handed over at the mark price; returns what closing all of it would have brought at the
    /// price that the trade ended at.
    function closeAll(Perpetual calldata perpetual, int256 size) private returns (int256) {
        if (size == 0) return 0;
        int256 atMark = perpetual.accountBalance.getTotalPositionValue(address(this), perpetual.baseToken);
        closePosition(perpetual, size);
        return valueAt(perpetual.pool, true, size, perpetual.fee) - atMark;
    }

    function closePosition(Perpetual calldata perpetual, int256 size) private {
        bool isLong = size > 0;
        uint256 amount = uint256(isLong ? size : -size);
        perpetual.clearingHouse.openPosition(
            IClearingHouse.Order(perpetual.baseToken, isLong, isLong, amount, 0, type(uint256).max, 0, bytes32(0))
        );
    }
}
