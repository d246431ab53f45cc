import type { AccountRow, Book } from '@undertow/book';
import { assert } from '@undertow/units';
import { openMarkets } from './markets.ts';
import { reportOf, type RoundRecord } from './report.ts';
import type { CascadeResult, Scenario } from './result.ts';
import type { Liquidation, Rule, View } from './rule.ts';
import { ruleOf } from './rules.ts';
import { shockedPrices } from './shock.ts';

const DEFAULT_MAX_ROUNDS = 500;

/**
 * Runs a cascade to its fixed point: the *equilibrium* engine, written for clarity.
 *
 * The shock moves oracles and markets together. Then rounds: every account that is due at the oracle prices is
 * liquidated once; what liquidators took and must repay is netted per asset and traded at once; the oracles follow
 * the markets. It ends when a round liquidates nobody. Liquidators act whether or not they profit. The result does
 * not depend on the order of accounts. See ASSUMPTIONS.md.
 *
 * @throws BadDataError for a shock to an unknown asset or not above -1, and for a venue release without a rule.
 */
export function simulate(book: Book, scenario: Scenario): CascadeResult {
  const shocked = shockedPrices(book, scenario);
  const markets = openMarkets(book, shocked.marketPriceUsd);
  const rules = book.venues.map(ruleFor(book));
  const amount = book.legs.amount.slice();
  const prices = { oracle: shocked.oraclePriceUsd.slice(), asset: shocked.assetPriceUsd.slice() };
  const maxRounds = scenario.maxRounds ?? DEFAULT_MAX_ROUNDS;
  const rounds: RoundRecord[] = [];
  let converged = false;
  while (!converged && rounds.length < maxRounds) {
    const exactAnswers = rounds.length === 0 ? shocked.exactAnswers : undefined;
    const view: View = { book, amount, oraclePriceUsd: prices.oracle, exactAnswers };
    const liquidations = liquidateAllDue(view, rules);
    converged = liquidations.length === 0;
    if (converged) break;
    const flows = applyEffects(view, liquidations);
    const priceBeforeUsd = prices.asset.slice();
    const trades = markets.trade(flows.net);
    followMarkets(prices, book, { priceUsd: markets.priceUsd, moved: trades.moved });
    rounds.push({
      liquidations,
      priceBeforeUsd,
      priceAfterUsd: prices.asset.slice(),
      seized: flows.seized,
      trades,
    });
  }
  return reportOf({ book, scenario, rounds, converged, finalPriceUsd: prices.asset });
}

/** Only venues that have accounts need a rule. */
function ruleFor(book: Book): (venue: Book['venues'][number], row: number) => Rule | undefined {
  const used = new Set(book.accounts.venue);
  return (venue, row) => (used.has(row) ? ruleOf(venue) : undefined);
}

/** Decides about all accounts at the same prices before any of them is touched. */
function liquidateAllDue(view: View, rules: readonly (Rule | undefined)[]): Liquidation[] {
  const { accounts } = view.book;
  const liquidations: Liquidation[] = [];
  for (let row = 0; row < accounts.count; row++) {
    const rule = rules[accounts.venue[row]!];
    assert(rule, 'every venue with accounts has a rule');
    const account = row as AccountRow;
    if (!rule.isDue(view, account)) continue;
    const liquidation = rule.liquidate(view, account);
    if (liquidation) liquidations.push(liquidation);
  }
  return liquidations;
}

/** Applies what liquidations do to legs, and adds up what is to be traded. */
function applyEffects({ book, amount }: View, liquidations: readonly Liquidation[]) {
  const net = new Float64Array(book.assets.length);
  const seized = new Float64Array(book.assets.length);
  for (const { effects } of liquidations) {
    for (const effect of effects) {
      switch (effect.kind) {
        case 'leg': {
          const before = amount[effect.leg]!;
          amount[effect.leg] = Math.max(0, before + effect.delta);
          if (book.legs.side[effect.leg] === 1) seized[book.legs.asset[effect.leg]!]! -= effect.delta;
          break;
        }
        case 'sell':
          net[effect.asset]! += effect.amount;
          break;
        case 'buy':
          net[effect.asset]! -= effect.amount;
          break;
        case 'keep':
        case 'fund':
        case 'badDebt':
          // Nothing is traded; the report reads them.
          break;
      }
    }
  }
  return { net, seized };
}

/** The oracles of an asset whose market moved go to the market's price, each with the basis it had to the asset's first. */
function followMarkets(
  prices: { readonly oracle: Float64Array; readonly asset: Float64Array },
  book: Book,
  markets: { readonly priceUsd: Float64Array; readonly moved: ReadonlySet<number> },
): void {
  for (const asset of markets.moved) prices.asset[asset] = markets.priceUsd[asset]!;
  for (const [row, { asset, priceUsd }] of book.oracles.entries()) {
    if (!markets.moved.has(asset)) continue;
    prices.oracle[row] = (priceUsd * markets.priceUsd[asset]!) / book.assets[asset]!.oraclePriceUsd;
  }
}
