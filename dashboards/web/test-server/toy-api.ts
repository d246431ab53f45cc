import { GraphQLError } from 'graphql';
import { DEBT_ASSET, TOY_ASSETS } from './toy-book.ts';
import { toyCascade } from './toy-cascade.ts';
import { toyOverVenues } from './toy-over-venues.ts';
import { TOY_VENUES } from './toy-venues.ts';
import { situationAt, ToyWorld, type ToySituation } from './toy-world.ts';

/** Root values for every query of the schema, answered from invented accounts: for tests of the page only. */
export function toyApi(situation: ToySituation) {
  const names = Object.keys(rootOf(new ToyWorld(situation))) as (keyof ReturnType<typeof rootOf>)[];
  const answer = (name: (typeof names)[number]) => (asked: { block?: number | null }) => {
    const resolve: (asked: never) => unknown = rootOf(new ToyWorld(situationAt(situation, asked.block)))[
      name
    ];
    return resolve(asked as never);
  };
  return Object.fromEntries(names.map((name) => [name, answer(name)]));
}

const rootOf = (world: ToyWorld) => ({
  ...{ ...overview(world), ...scenarios(world), ...tables(world), ...toyOverVenues(world) },
});

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
      rows: TOY_ASSETS.slice(situation.isEmpty ? TOY_ASSETS.length : 0).map(
        ({ asset, symbol, derivedFrom }, i) => ({
          ...{ asset, symbol, priceUsd: world.prices()[i], derivedFrom: derivedFrom ?? null },
          cells: drops.map((drop) => cell(i, drop)),
        }),
      ),
    }),
    reproduction: ({ drops }: { drops: number[] }) => ({
      ...frame(),
      drops,
      lines: TOY_ASSETS.slice(0, situation.isEmpty ? 0 : DEBT_ASSET).map(({ asset, symbol }, i) => ({
        ...{ asset, symbol },
        points: drops.map((drop) => {
          const further = cell(i, Math.min(0.98, drop + 0.01)).liquidatedUsd - cell(i, drop).liquidatedUsd;
          return { drop, reproduction: Math.max(0, further / (TOY_ASSETS[i]?.depthUsd ?? 1)) / 6 };
        }),
      })),
    }),
    cascade: (asked: { shocks: { asset: string; ratio: number }[]; volatilityShock: number }) => {
      const { shocks, volatilityShock } = asked;
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
        volatilityShock,
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
      return { head: world.head(), total: all.length, items: all.slice(after, after + first) };
    },
    markets: () =>
      TOY_VENUES.flatMap(({ id: venue, mechanism }) =>
        TOY_ASSETS.slice(0, DEBT_ASSET).map(({ symbol }, i) => {
          const inside = world.shown(accounts.filter((one) => one.venue === venue && one.asset === i));
          const label = mechanism === 'isolated-pair' ? `${symbol} / USDC` : symbol;
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
