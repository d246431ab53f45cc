import type { Book } from '@undertow/book';
import { applyEffects } from './apply-effects.ts';
import { assetLinks } from './asset-links.ts';
import { trackCauses } from './contagion.ts';
import { liquidateAllDue, rulesOf } from './liquidate-all-due.ts';
import { openMarkets } from './markets.ts';
import { reportOf, type RoundRecord } from './report.ts';
import type { CascadeResult, Scenario } from './result.ts';
import type { View } from './rule.ts';
import { shockedPrices } from './shock.ts';

const DEFAULT_MAX_ROUNDS = 500;

/**
 * Runs a cascade to its fixed point: the *equilibrium* engine, written for clarity.
 *
 * The shock moves oracles and markets together. Then rounds: every account that is due at the oracle prices is
 * liquidated once; what liquidators took and must repay is netted per asset and traded at once; the oracles follow
 * the markets. It ends when a round liquidates nobody. Liquidators act whether or not they profit. The result does
 * not depend on the order of accounts, where a venue's rule does not. See ASSUMPTIONS.md.
 *
 * @throws BadDataError for a shock to an unknown asset or not above -1, for assets that hang on each other in a circle,
 *   and for a venue release without a rule.
 */
export function simulate(book: Book, scenario: Scenario): CascadeResult {
  const shocked = shockedPrices(book, scenario);
  const links = assetLinks(book);
  const markets = openMarkets(book, links, shocked.marketPriceUsd);
  const causes = trackCauses(book, links);
  const rules = rulesOf(book);
  const amount = book.legs.amount.slice();
  const fundAmount = Float64Array.from(book.funds, (fund) => fund.amount);
  const prices = { oracle: shocked.oraclePriceUsd.slice(), asset: shocked.assetPriceUsd.slice() };
  const maxRounds = scenario.maxRounds ?? DEFAULT_MAX_ROUNDS;
  const rounds: RoundRecord[] = [];
  let converged = false;
  while (!converged && rounds.length < maxRounds) {
    const view: View = {
      ...{ book, amount, fundAmount, volatilityFactor: shocked.volatilityFactor },
      ...{ oraclePriceUsd: prices.oracle, marketPriceUsd: markets.priceUsd },
      exactAnswers: rounds.length === 0 ? shocked.exactAnswers : undefined,
    };
    const liquidations = liquidateAllDue(view, rules);
    converged = liquidations.length === 0;
    if (converged) break;
    causes.blame(view, liquidations);
    const { net, netByVenue, seized } = applyEffects(view, liquidations, causes.receive);
    const priceBeforeUsd = prices.asset.slice();
    const marketBeforeUsd = markets.priceUsd.slice();
    const trades = markets.trade(net);
    causes.record({ netByVenue, trades, marketBeforeUsd, marketAfterUsd: markets.priceUsd });
    followMarkets(prices, book, { priceUsd: markets.priceUsd, moved: trades.moved });
    const priceAfterUsd = prices.asset.slice();
    rounds.push({ liquidations, priceBeforeUsd, priceAfterUsd, seized, trades });
  }
  const finalPriceUsd = prices.asset;
  return reportOf({ book, links, scenario, rounds, converged, causes, fundAmount, finalPriceUsd });
}

/** The oracles of an asset whose market moved go to the market's price, each with the basis it had to the asset's first. */
function followMarkets(
  prices: { readonly oracle: Float64Array; readonly asset: Float64Array },
  book: Book,
  markets: { readonly priceUsd: Float64Array; readonly moved: ReadonlySet<number> },
): void {
  for (const asset of markets.moved) prices.asset[asset] = markets.priceUsd[asset]!;
  for (const [row, { asset, priceUsd, isFixed }] of book.oracles.entries()) {
    if (isFixed || !markets.moved.has(asset)) continue;
    prices.oracle[row] = (priceUsd * markets.priceUsd[asset]!) / book.assets[asset]!.oraclePriceUsd;
  }
}
