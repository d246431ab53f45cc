import { GraphQLError } from 'graphql';
import { DEBT_ASSET, TOY_ASSETS, toyAccounts, type ToyAccount } from './toy-book.ts';
import { toyCascade } from './toy-cascade.ts';

/** What a test may bend. */
export interface ToySituation {
  block: number;
  time: number;
  /** Factor on all prices: how the market has moved since the start. */
  drift: number;
  isEmpty: boolean;
  trusted: boolean;
  /** When set, every cascade is refused with this text. */
  refusal: string | undefined;
}

/** Root values for every query of the schema, answered from invented accounts: for tests of the page only. */
export function toyApi(situation: ToySituation) {
  const world = new ToyWorld(situation);
  return { ...overview(world), ...scenarios(world), ...tables(world) };
}

class ToyWorld {
  readonly accounts = toyAccounts(7, 420);
  readonly situation: ToySituation;

  constructor(situation: ToySituation) {
    this.situation = situation;
  }

  prices(): number[] {
    return TOY_ASSETS.map(({ priceUsd }, i) =>
      i === DEBT_ASSET ? priceUsd : priceUsd * this.situation.drift,
    );
  }

  head() {
    const { block, time } = this.situation;
    return { chainId: 31337, hash: `0x${block.toString(16).padStart(64, '0')}`, block, time, reorg: false };
  }

  bookHash(): string {
    return `0x${Math.round(this.situation.drift * 1e9)
      .toString(16)
      .padStart(64, 'b')}`;
  }

  coverage() {
    const modelledDebtUsd = this.accounts.reduce((sum, { debtUsd }) => sum + debtUsd, 0);
    const share = 0.9731;
    const knownDebtUsd = modelledDebtUsd / share;
    const gaps = [
      { source: 'aave-v3', reason: 'GHO has no feed among the watched ones', count: 11, debtUsd: null },
      {
        ...{ source: 'morpho-blue', reason: 'the oracle of the market is not a known kind', count: 4 },
        debtUsd: knownDebtUsd - modelledDebtUsd,
      },
    ];
    return { accounts: this.accounts.length, modelledDebtUsd, knownDebtUsd, share, gaps };
  }

  shown(accounts: readonly ToyAccount[] = this.situation.isEmpty ? [] : this.accounts) {
    const prices = this.prices();
    return accounts.map((account) => shownAccount(account, prices));
  }
}

function overview(world: ToyWorld) {
  const { situation } = world;
  const reason =
    'Block 18,204 was replaced below the finality depth. Run undertow doctor, then reindex from 18,000.';
  return {
    status: () => ({
      ...{ network: 'devnet', finalityDepth: 64, facts: '481202', coverage: world.coverage() },
      head: situation.isEmpty ? null : world.head(),
      trusted: situation.trusted,
      reason: situation.trusted ? null : reason,
    }),
    incidents: () => [
      {
        ...{ time: situation.time - 5_400, kind: 'endpoint', resolved: true },
        message: 'The first endpoint cut its answers short; the second one took over. Nothing to do.',
      },
    ],
  };
}

function scenarios(world: ToyWorld) {
  const { situation, accounts } = world;
  const frame = () => ({ head: world.head(), bookHash: world.bookHash(), coverage: world.coverage() });
  const cell = (i: number, drop: number) => {
    const moves = TOY_ASSETS.map((_, j) => (i === j ? -drop : 0));
    const { rounds, byAsset, ...totals } = toyCascade(accounts, world.prices(), moves);
    const path = byAsset[i];
    return {
      ...totals,
      drop,
      rounds: rounds.length,
      finalMove: path ? path.priceAfterUsd / path.priceBeforeUsd - 1 : -drop,
    };
  };
  return {
    heatmap: ({ drops }: { drops: number[] }) => ({
      ...frame(),
      drops,
      rows: TOY_ASSETS.slice(situation.isEmpty ? TOY_ASSETS.length : 0).map(({ asset, symbol }, i) => ({
        ...{ asset, symbol, priceUsd: world.prices()[i] },
        cells: drops.map((drop) => cell(i, drop)),
      })),
    }),
    cascade: ({ shocks }: { shocks: { asset: string; ratio: number }[] }) => {
      if (situation.refusal !== undefined) throw new GraphQLError(situation.refusal);
      const moves = TOY_ASSETS.map(() => 0);
      const named = shocks.map(({ asset, ratio }) => {
        const i = TOY_ASSETS.findIndex((one) =>
          [one.asset, one.symbol.toLowerCase()].includes(asset.toLowerCase()),
        );
        const found = TOY_ASSETS[i];
        if (!found)
          throw new GraphQLError(`no asset is called ${asset}; ask for markets to see which are watched`);
        moves[i] = ratio;
        return { asset: found.asset, symbol: found.symbol, ratio };
      });
      const { accountsHit, ...result } = toyCascade(accounts, world.prices(), moves);
      return {
        ...result,
        ...frame(),
        shocks: named,
        byAccount: ({ first }: { first: number }) => accountsHit.slice(0, first),
      };
    },
  };
}

interface AccountArguments {
  first: number;
  after: number;
  venue?: string | null;
  orderBy: string;
}

function tables(world: ToyWorld) {
  const { situation, accounts } = world;
  const total = (
    all: readonly { collateralUsd: number; debtUsd: number }[],
    side: 'collateralUsd' | 'debtUsd',
  ) => all.reduce((sum, one) => sum + one[side], 0);
  return {
    accounts: ({ first, after, venue, orderBy }: AccountArguments) => {
      const all = world.shown().filter((one) => !venue || one.venue === venue);
      all.sort((a, b) => (orderBy === 'DEBT' ? b.debtUsd - a.debtUsd : a.healthFactor - b.healthFactor));
      return { total: all.length, items: all.slice(after, after + first) };
    },
    account: ({ owner }: { owner: string }) =>
      world.shown(accounts.filter((one) => one.owner === owner.toLowerCase())),
    markets: () =>
      ['aave-v3', 'morpho-blue'].flatMap((venue) =>
        TOY_ASSETS.slice(0, DEBT_ASSET).map(({ symbol }, i) => {
          const inside = world.shown(accounts.filter((one) => one.venue === venue && one.asset === i));
          const label = venue === 'aave-v3' ? symbol : `${symbol} / USDC`;
          const [collateralUsd, debtUsd] = [total(inside, 'collateralUsd'), total(inside, 'debtUsd')];
          return { venue, id: `${venue}-${i}`, label, debtUsd, collateralUsd };
        }),
      ),
    liquidations: ({ first }: { first: number }) =>
      accounts
        .slice(0, situation.isEmpty ? 0 : Math.min(first, 9))
        .map(({ venue, owner, asset, amount }, i) => ({
          ...{ venue, owner, block: situation.block - 3 * i, time: situation.time - 37 * i },
          ...{ collateral: TOY_ASSETS[asset]?.symbol, debt: 'USDC', seized: amount * 0.31 },
          repaid: amount * 0.29 * (world.prices()[asset] ?? 0),
        })),
  };
}

function shownAccount(account: ToyAccount, prices: readonly number[]) {
  const { venue, owner, market, asset, amount, debtUsd, threshold } = account;
  const collateralUsd = amount * (prices[asset] ?? 0);
  const leg = (i: number, side: string, units: number, valueUsd: number, liquidationThreshold: number) => ({
    ...{ asset: TOY_ASSETS[i]?.asset, symbol: TOY_ASSETS[i]?.symbol },
    ...{ side, amount: units, valueUsd, liquidationThreshold },
  });
  return {
    ...{ venue, owner, market, collateralUsd, debtUsd, healthFactor: (collateralUsd * threshold) / debtUsd },
    legs: [
      leg(asset, 'COLLATERAL', amount, collateralUsd, threshold),
      leg(DEBT_ASSET, 'DEBT', debtUsd / (prices[DEBT_ASSET] ?? 1), debtUsd, 0),
    ],
  };
}
