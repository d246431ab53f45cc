import { DEBT_ASSET, TOY_ASSETS, type ToyAccount } from './toy-book.ts';
import { toyContagion, type ToyLiquidation } from './toy-contagion.ts';

const MOST_ROUNDS = 60;

interface Losses {
  accounts: number;
  liquidatedUsd: number;
  repaidUsd: number;
  badDebtUsd: number;
}

/** An account while the cascade runs. */
interface Standing {
  readonly account: ToyAccount;
  left: number;
  debt: number;
  firstRound: number;
  readonly losses: Losses;
}

/** A crude cascade, for tests of the page only. Its numbers agree with each other, not with any protocol. */
export function toyCascade(
  accounts: readonly ToyAccount[],
  before: readonly number[],
  shocks: readonly number[],
) {
  const price = before.map((value, i) => value * (1 + (shocks[i] ?? 0)));
  const standings = accounts.map((account): Standing => ({
    account,
    left: account.amount,
    debt: account.debtUsd,
    firstRound: 0,
    losses: noLosses(),
  }));
  const rounds: ReturnType<typeof toyRound>[] = [];
  const liquidations: ToyLiquidation[] = [];
  for (let index = 1; index <= MOST_ROUNDS; index++) {
    const round = toyRound(standings, price, { index, note: (one) => liquidations.push(one) });
    if (round.accounts === 0) break;
    rounds.push(round);
  }
  const hit = standings.filter(({ firstRound }) => firstRound > 0);
  const lossesOf = (some: readonly Standing[]) => sum(some.map(({ losses }) => ({ ...losses, accounts: 1 })));
  const total = lossesOf(hit);
  const first = rounds[0]?.liquidatedUsd ?? 0;
  const flow = (i: number, side: 'seized' | 'sold' | 'bought') =>
    rounds.reduce((all, { assets }) => all + (assets[i]?.[side] ?? 0), 0);
  return {
    ...total,
    converged: rounds.length < MOST_ROUNDS,
    liquidatorProfitUsd: total.liquidatedUsd * 0.021,
    amplification: first > 0 ? total.liquidatedUsd / first : null,
    rounds,
    ...toyContagion(liquidations, shocks),
    byVenue: [...new Set(hit.map(({ account }) => account.venue))]
      .sort()
      .map((venue) => ({ venue, ...lossesOf(hit.filter(({ account }) => account.venue === venue)) })),
    byAsset: TOY_ASSETS.map(({ asset, symbol }, i) => ({
      ...{ asset, symbol, priceBeforeUsd: before[i] ?? 0, priceAfterUsd: price[i] ?? 0 },
      ...{ seized: flow(i, 'seized'), sold: flow(i, 'sold'), bought: flow(i, 'bought'), unsold: 0 },
    })),
    accountsHit: hit
      .map(({ account: { venue, owner, market }, firstRound, losses }) => ({
        venue,
        owner,
        market,
        firstRound,
        ...losses,
        accounts: 1,
      }))
      .sort((a, b) => b.liquidatedUsd - a.liquidatedUsd),
  };
}

/** One pass over all accounts; moves `price` by what is sold. */
function toyRound(
  standings: readonly Standing[],
  price: number[],
  { index, note }: { index: number; note: (liquidation: ToyLiquidation) => void },
) {
  const start = [...price];
  const seized = TOY_ASSETS.map(() => 0);
  const byVenue = new Map<string, Losses>();
  for (const standing of standings) {
    const { asset, venue } = standing.account;
    const losses = toyLiquidation(standing, price[asset] ?? 0);
    if (!losses) continue;
    standing.firstRound ||= index;
    note({ venue, asset, round: index, ...losses });
    seized[asset] = (seized[asset] ?? 0) + losses.liquidatedUsd / (price[asset] ?? 1);
    const venueLosses = byVenue.get(venue) ?? noLosses();
    byVenue.set(venue, venueLosses);
    for (const into of [venueLosses, standing.losses]) add(into, losses);
  }
  const total = sum([...byVenue.values()]);
  const assets = TOY_ASSETS.map(({ asset, symbol, depthUsd }, i) => {
    const [amount, was] = [seized[i] ?? 0, start[i] ?? 0];
    const now = was / (1 + ((amount * was) / depthUsd) * 0.02) ** 2;
    price[i] = now;
    const bought = i === DEBT_ASSET ? total.repaidUsd : 0;
    return {
      asset,
      symbol,
      priceBeforeUsd: was,
      priceAfterUsd: now,
      seized: amount,
      sold: amount,
      bought,
      unsold: 0,
    };
  });
  return { index, ...total, assets, byVenue: [...byVenue].map(([venue, losses]) => ({ venue, ...losses })) };
}

/** Takes half of the debt, or all of it far below the line; undefined when the account is not due. */
function toyLiquidation(standing: Standing, price: number): Losses | undefined {
  const collateral = standing.left * price;
  const weighted = collateral * standing.account.threshold;
  if (standing.debt < 1e-6 || collateral < 1e-6 || weighted >= standing.debt) return undefined;
  const share = weighted < standing.debt * 0.95 ? 1 : 0.5;
  const liquidatedUsd = Math.min(collateral, standing.debt * share * 1.05);
  const repaidUsd = Math.min(standing.debt, liquidatedUsd / 1.05);
  standing.left -= liquidatedUsd / price;
  standing.debt -= repaidUsd;
  const badDebtUsd = standing.left * price < 1e-6 ? standing.debt : 0;
  if (badDebtUsd > 0) standing.debt = 0;
  return { accounts: 1, liquidatedUsd, repaidUsd, badDebtUsd };
}

const noLosses = (): Losses => ({ accounts: 0, liquidatedUsd: 0, repaidUsd: 0, badDebtUsd: 0 });

function add(into: Losses, more: Losses): void {
  into.accounts += more.accounts;
  into.liquidatedUsd += more.liquidatedUsd;
  into.repaidUsd += more.repaidUsd;
  into.badDebtUsd += more.badDebtUsd;
}

function sum(all: readonly Losses[]): Losses {
  const total = noLosses();
  for (const one of all) add(total, one);
  return total;
}
