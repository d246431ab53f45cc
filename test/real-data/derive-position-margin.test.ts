import { positionMargin, type PositionMarket, type PositionTerms } from '@undertow/margin';
import { wad, within } from './derive-portfolios.ts';
import { describeWithData, jsonOf } from './real-file.ts';

/** Columns of 1e18 fixed point; a row of options, of feeds and of underlyings belong together. */
interface Scenario {
  readonly OptionUnderlying: readonly ('ETH' | 'BTC')[];
  readonly OptionExpiries: readonly number[];
  readonly OptionStrikes: readonly number[];
  readonly OptionIsCall: readonly number[];
  readonly OptionAmounts: readonly number[];
  readonly OptionVols: readonly number[];
  readonly OptionVolConfidences: readonly number[];
  readonly FeedExpiries: readonly number[];
  readonly Forwards: readonly number[];
  readonly ForwardConfidences: readonly number[];
  /** Of ETH and BTC, each of the spot and of the perpetual. */
  readonly SpotPerpConfidences: readonly (readonly [number, number])[];
  readonly PerpPrice: readonly [number, number];
  readonly Cash: number;
  readonly USDCValue: number;
  readonly [name: string]: unknown;
}

/** What the contract's test sets: test/config-test.sol, `getSRMParams`, and TestStandardManager_Cases.t.sol. */
const TERMS: PositionTerms = {
  perpetual: { initial: 0.065, maintenance: 0.05 },
  option: {
    most: 0.15,
    least: 0.1,
    callOfSpot: 0.075,
    putOfSpot: 0.075,
    putOfValue: 0.075,
    putInitialScale: 1.05,
    uncoveredInitial: 1.2,
    uncoveredMaintenance: 1.1,
  },
  confidence: { perpetual: 0.4, option: 0.4, collateral: 0.4, share: 0.4 },
  peg: { threshold: 0.98, factor: 1.2 },
};

/** Closer to expiry than this, the contract's test takes the price that options settle at for the forward. */
const SETTLING_SECONDS = 3_600;

function marketOf(said: Scenario, name: 'ETH' | 'BTC'): PositionMarket {
  const place = name === 'ETH' ? 0 : 1;
  const value = (field: string) => wad(Number(said[field] ?? 0));
  const [spotConfidence, perpetualConfidence] = said.SpotPerpConfidences[place]!.map(wad) as [number, number];
  const rows = said.OptionUnderlying.flatMap((underlying, row) => (underlying === name ? [row] : []));
  const expiries = [...new Set(rows.map((row) => said.OptionExpiries[row]!))].map((secondsToExpiry) => {
    const feed = rows.findLast((row) => said.FeedExpiries[row] === secondsToExpiry)!;
    const moving =
      secondsToExpiry < SETTLING_SECONDS ? value(`SettlementPrice${name}`) : wad(said.Forwards[feed]!);
    return {
      secondsToExpiry,
      forward: { moving, fixed: 0, confidence: wad(said.ForwardConfidences[feed]!) },
      rate: { value: 0, confidence: 1 },
      options: rows
        .filter((row) => said.OptionExpiries[row] === secondsToExpiry)
        .map((row) => ({
          isCall: said.OptionIsCall[row] === 1,
          strikeUsd: wad(said.OptionStrikes[row]!),
          amount: wad(said.OptionAmounts[row]!),
          volatility: {
            value: wad(said.OptionVols[row]!),
            confidence: wad(said.OptionVolConfidences[feed]!),
          },
        })),
    };
  });
  const amount = value(`Perps_${name}`);
  const price = wad(said.PerpPrice[place]!);
  const funding = value(`${name}GlobalFundingIndex`) - value(`Account${name}FundingIndex`);
  const spot = { value: value(`${name}SpotPrice`), confidence: spotConfidence };
  return {
    terms: TERMS,
    spot,
    expiries,
    perpetual: {
      amount,
      price: { value: price, confidence: perpetualConfidence },
      unsettledUsd: amount * (price - value(`LastEntry${name}`) - funding),
    },
    collaterals: [
      { amount: value(`w${name}`), price: spot, moves: true, haircut: { maintenance: 0.9, initial: 0 } },
    ],
  };
}

describeWithData('derive-pmrm-margin-vectors', () => {
  test('standard margin: all 28 portfolios to 1e-6 USD', () => {
    const path = 'derive-pmrm-margin-vectors/risk-managers/unit-tests/StandardManager/test-cases.json.gz';
    const cases = jsonOf<Record<string, { Scenario: Scenario; Result: Record<string, number> }>>(path);
    expect(Object.keys(cases)).toHaveLength(28);
    for (const { Scenario: said, Result } of Object.values(cases)) {
      const found = positionMargin({
        cashUsd: wad(said.Cash),
        cashPrice: wad(said.USDCValue),
        markets: [marketOf(said, 'ETH'), marketOf(said, 'BTC')],
      });
      within(found.initialSurplusUsd, wad(Result.realIM!));
      within(found.maintenanceSurplusUsd, wad(Result.realMM!));
      within(found.equityUsd, wad(Result.PortfolioMtM!));
      // What the options of ETH need.
      const margins = found.markets[0]!.expiries.map(({ initial }) => initial.marginUsd);
      within(
        margins.reduce((sum, usd) => sum + usd, 0),
        wad(Result.ETHOptionIM!),
      );
    }
  });
});
