import { addressOf, factsOfCalls, type CallReader, type Said, type SnapshotPoint } from '@undertow/chain';
import { MONEY_MARKET_VENUE_ID } from '@undertow/market';
import type { Address, Fact, MarketId, MoneyMarketGrowthChange, VenueId } from '@undertow/market';
import { SEIZE } from './decode.ts';
import type { VenusCoreDeployment } from './deployments.ts';
import { ask, readUnlogged, type Ask } from './read-market.ts';

/**
 * Terms and totals of every market and what some owners have there, by calls at the end of a block, as facts from nothing
 * with `SNAPSHOT_LOG_INDEX`. The contracts do not show what a debt was when it was last touched, only what it is by the
 * market's index now: a debt read so and one folded from logs are equal then, and within a raw unit of each other after.
 */
export async function snapshotVenusCore(
  deployment: VenusCoreDeployment,
  reader: CallReader,
  at: SnapshotPoint & {
    readonly owners: readonly Address[];
    readonly marketsOf: ((owner: Address) => readonly MarketId[]) | undefined;
  },
): Promise<readonly Fact[]> {
  const { block } = at;
  const { id: venue, comptroller } = deployment;
  const [[closeFactorWad] = [], [incentiveWad] = [], [, , ...listed] = []] = await ask(reader, block, [
    [comptroller, 'closeFactorMantissa'],
    [comptroller, 'liquidationIncentiveMantissa'],
    [comptroller, 'getAllMarkets'],
  ]);
  const markets = listed.map(addressOf);
  const shared: Said[] =
    closeFactorWad === undefined || incentiveWad === undefined
      ? []
      : [
          {
            ...{ kind: 'TermsChanged', venue, market: MONEY_MARKET_VENUE_ID },
            patch: { form: 'money-market-venue', closeFactorWad, incentiveWad },
          },
        ];
  const said: Said[] = [
    ...shared,
    ...(await readMarkets(deployment, reader, { block, markets })),
    ...(await readAccounts(deployment, reader, { ...at, markets })),
  ];
  return factsOfCalls(at, said);
}

const TOTALS = [
  ...(['getCash', 'totalBorrows', 'totalReserves', 'totalSupply'] as const),
  ...(['borrowIndex', 'reserveFactorMantissa', 'accrualBlockNumber'] as const),
] as const;

async function readMarkets(
  deployment: VenusCoreDeployment,
  reader: CallReader,
  at: { readonly block: number; readonly markets: readonly Address[] },
): Promise<Said[]> {
  const { id: venue, comptroller } = deployment;
  const { block, markets } = at;
  const unlogged = await readUnlogged(deployment, reader, at);
  const rows = await ask(
    reader,
    block,
    markets.map((market): Ask => [comptroller, 'markets', market]),
  );
  const paused = await ask(
    ...([reader, block, markets.map((to): Ask => [comptroller, 'actionPaused', to, SEIZE])] as const),
  );
  const totals = await ask(
    ...([reader, block, markets.flatMap((to) => TOTALS.map((view): Ask => [to, view]))] as const),
  );
  return markets.flatMap((market, i): Said[] => {
    const [, collateralFactorWad] = rows[i] ?? [];
    const terms = {
      ...(collateralFactorWad !== undefined && { collateralFactorWad }),
      ...{ isSeizable: paused[i]?.[0] !== 1n, ...unlogged[i] },
    };
    const all = totals.slice(TOTALS.length * i, TOTALS.length * (i + 1)).map(([word]) => word);
    const [cash, borrows, reserves, supply, borrowIndexWad, reserveFactorWad, accrued] = all;
    const patch = { form: 'money-market', ...terms } as const;
    if (all.some((word) => word === undefined)) return [{ kind: 'TermsChanged', venue, market, patch }];
    const growth: MoneyMarketGrowthChange = {
      ...({ form: 'money-market', said: 'all' } as const),
      ...{ cash: cash!, borrows: borrows!, reserves: reserves! },
      ...{ supply: supply!, borrowIndexWad: borrowIndexWad!, reserveFactorWad: reserveFactorWad! },
      accruedBlock: Number(accrued!),
    };
    return [
      { kind: 'TermsChanged', venue, market, patch },
      { kind: 'GrowthAccrued', venue, market, growth },
    ];
  });
}

/** What some owners have in the markets in which they may have something. */
async function readAccounts(
  { id: venue, comptroller }: VenusCoreDeployment,
  reader: CallReader,
  at: {
    readonly block: number;
    readonly markets: readonly Address[];
    readonly owners: readonly Address[];
    readonly marketsOf: ((owner: Address) => readonly MarketId[]) | undefined;
  },
): Promise<Said[]> {
  const { block, owners, markets, marketsOf } = at;
  const places = owners.flatMap((owner) => {
    const had = marketsOf && new Set(marketsOf(owner));
    return markets.flatMap((market) => (had && !had.has(market) ? [] : [{ owner, market }]));
  });
  const held = await ask(
    ...([reader, block, places.map(({ owner, market }): Ask => [market, 'balanceOf', owner])] as const),
  );
  const owed = await ask(
    ...([
      reader,
      block,
      places.map(({ owner, market }): Ask => [market, 'borrowBalanceStored', owner]),
    ] as const),
  );
  const entered = await ask(
    reader,
    block,
    owners.map((owner): Ask => [comptroller, 'getAssetsIn', owner]),
  );
  return [
    ...owners.flatMap((owner, i) =>
      (entered[i] ?? []).slice(2).map((word): Said => {
        const market = addressOf(word);
        return { kind: 'CollateralSwitched', venue, market, owner, enabled: true };
      }),
    ),
    ...places.flatMap((place, i) => inMarket(venue, place, [held[i]?.[0] ?? 0n, owed[i]?.[0] ?? 0n])),
  ];
}

function inMarket(
  venue: VenueId,
  place: { readonly owner: Address; readonly market: Address },
  [sharesDelta, principal]: readonly [bigint, bigint],
): Said[] {
  const leg = { kind: 'LegChanged', venue, ...place, side: 'collateral', sharesDelta } as const;
  const change = { form: 'indexed-debt', principal } as const;
  const debt = { kind: 'PositionChanged', venue, ...place, position: '', change } as const;
  return [...(sharesDelta > 0n ? [leg] : []), ...(principal > 0n ? [debt] : [])];
}
