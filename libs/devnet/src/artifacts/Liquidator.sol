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
}

/// A liquidator that does not lose: of several calls that a venue may take it makes the one that pays best, at the largest
/// size whose last part still pays. It repays from a stock, buys back on the market what it repaid and sells there what it
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

    /// A position that a call hands over, and that is closed at its own venue. `clearingHouse` 0 = none.
    struct Perpetual {
        IClearingHouse clearingHouse;
        IAccountBalance accountBalance;
        address baseToken;
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
        /// What the last part of the call brought less what it cost.
        int256 lastPart;
        /// What was handed over of `sizeGood`.
        uint256 spent;
    }

    struct Choice {
        bool isFound;
        uint256 offer;
        uint256 size;
        int256 profit;
    }

    error Quoted(int256 profit, int256 lastPart, uint256 spent);
    error NothingPays();

    event Acted(uint256 offer, uint256 size, int256 profit);

    /// The last part of a call is one in so many.
    int256 private constant PARTS = 1024;
    /// Raw units of cash (6 decimals) are counted with 18 decimals, as a clearing house does.
    int256 private constant WAD_PER_CASH = 1e12;
    /// A search ends when it is as near as one in so many, and is not begun where one in `SMALLEST` of the most does not pay.
    uint256 private constant PRECISION = 2 ** 14;
    uint256 private constant SMALLEST = 2 ** 24;

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

    /// The largest size of a call whose last part pays (of which the venue takes it, where it need not pay).
    function largest(Desk calldata desk, Offer calldata offer, bool mustPay)
        private
        returns (bool isTaken, uint256 size, int256 profit)
    {
        Outcome memory outcome;
        (isTaken, outcome) = quote(desk, offer, offer.whole);
        if (isTaken && (offer.isFree || !mustPay || outcome.lastPart >= 0)) return (true, offer.whole, outcome.profit);
        if (offer.isFree) return (false, 0, 0);
        uint256 high = isTaken && offer.sizeGood != 0 ? outcome.spent : offer.most;
        uint256 low = high / SMALLEST + 1;
        (isTaken, outcome) = quote(desk, offer, low);
        // Of so small a call the last part is lost in rounding.
        if (!isTaken || (mustPay && outcome.profit <= 0)) return (false, 0, 0);
        profit = outcome.profit;
        while (high > low + 1 && (high - low) > low / PRECISION) {
            uint256 middle = (low + high) / 2;
            (isTaken, outcome) = quote(desk, offer, middle);
            if (isTaken && (!mustPay || outcome.lastPart >= 0)) (low, profit) = (middle, outcome.profit);
            else high = middle;
        }
        return (true, low, profit);
    }

    /// What a call of a size would come to, if the venue takes it.
    function quote(Desk calldata desk, Offer calldata offer, uint256 size) private returns (bool, Outcome memory outcome) {
        try this.attemptAndRevert(desk, offer, size) {
            return (false, outcome);
        } catch (bytes memory reason) {
            if (reason.length != 100 || bytes4(reason) != Quoted.selector) return (false, outcome);
            assembly { reason := add(reason, 4) }
            (outcome.profit, outcome.lastPart, outcome.spent) = decode(reason);
            return (true, outcome);
        }
    }

    function decode(bytes memory words) private pure returns (int256 profit, int256 lastPart, uint256 spent) {
        assembly {
            profit := mload(add(words, 32))
            lastPart := mload(add(words, 64))
            spent := mload(add(words, 96))
        }
    }

    function attemptAndRevert(Desk calldata desk, Offer calldata offer, uint256 size) external {
        Outcome memory outcome = this.attempt(desk, offer, size);
        revert Quoted(outcome.profit, outcome.lastPart, outcome.spent);
    }

    /// Makes the calls of an offer and trades what they bring and take, the last part of it apart.
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
        int256 taken = worth(offer) - start;
        trade(desk, offer, gained, position, true);
        int256 sold = worth(offer);
        trade(desk, offer, gained, position, false);
        int256 end = worth(offer);
        outcome.profit = end - start;
        outcome.lastPart = taken / PARTS + end - sold;
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

    /// Trades all but the last part of what was gained, or the last part.
    function trade(Desk calldata desk, Offer calldata offer, int256[] memory gained, int256 position, bool isFirst) private {
        for (uint256 i = 1; i < gained.length; i++) tradeGood(desk, offer.goods[i].token, partOf(gained[i], isFirst));
        closePart(offer.perpetual, partOf(position, isFirst));
    }

    function partOf(int256 amount, bool isFirst) private pure returns (int256) {
        int256 last = amount / PARTS;
        return isFirst ? amount - last : last;
    }

    function tradeGood(Desk calldata desk, address token, int256 amount) private {
        if (amount == 0) return;
        if (token == address(0)) {
            require(amount > 0, "no market");
            return;
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
    }

    function closePart(Perpetual calldata perpetual, int256 size) private {
        if (size == 0) return;
        bool isLong = size > 0;
        uint256 amount = uint256(isLong ? size : -size);
        perpetual.clearingHouse.openPosition(
            IClearingHouse.Order(perpetual.baseToken, isLong, isLong, amount, 0, type(uint256).max, 0, bytes32(0))
        );
    }
}
