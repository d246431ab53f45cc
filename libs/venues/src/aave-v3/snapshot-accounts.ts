import type { CallReader, Said, SnapshotPoint } from '@undertow/chain';
import type { Address, LegSide, MarketId } from '@undertow/market';
import type { AaveV3Deployment } from './deployments.ts';
import { readMany } from './read-calls.ts';
import type { SnapshotReserve } from './read-reserves.ts';

/** Owners whose balances are read at once: bounds what is in memory. */
const OWNERS_AT_ONCE = 500;

/** Whose accounts to read; see `LogSource.snapshot`. */
export interface OwnersWanted {
  readonly owners: readonly Address[];
  readonly marketsOf?: ((owner: Address) => readonly MarketId[]) | undefined;
}

/** What to read: the accounts of which owners, over which reserves, when. */
export interface AccountsWanted extends OwnersWanted {
  readonly at: SnapshotPoint;
  readonly reserves: readonly SnapshotReserve[];
}

/**
 * Legs, collateral switches and categories of accounts. Debt is only asked for where the account's bitmap says so. What
 * is supplied without being collateral has no such mark, and yet becomes collateral by a switch that tells no balance:
 * it is asked for where logs say that the owner ever had some, or everywhere when nobody says where that is.
 * Source: `Pool.getUserConfiguration` (`UserConfiguration`: bit 2i borrowing, bit 2i + 1 collateral), `getUserEMode`,
 * `scaledBalanceOf` of the tokens.
 */
export async function readAccounts(
  deployment: AaveV3Deployment,
  reader: CallReader,
  wanted: AccountsWanted,
): Promise<readonly Said[]> {
  const bodies: Said[] = [];
  for (let from = 0; from < wanted.owners.length; from += OWNERS_AT_ONCE) {
    const owners = wanted.owners.slice(from, from + OWNERS_AT_ONCE);
    bodies.push(...(await readSomeAccounts(deployment, reader, { ...wanted, owners })));
  }
  return bodies;
}

async function readSomeAccounts(
  { id: venue, pool, version }: AaveV3Deployment,
  reader: CallReader,
  { at, reserves, owners, marketsOf }: AccountsWanted,
): Promise<readonly Said[]> {
  const targets = owners.map((owner) => [pool, owner] as const);
  const configurations = await readMany(reader, at.block, 'getUserConfiguration', targets);
  const categories = await readMany(reader, at.block, 'getUserEMode', targets);
  const bit = (i: number, position: number) => (((configurations[i] ?? 0n) >> BigInt(position)) & 1n) === 1n;
  const pairs = owners.flatMap((owner, i) => {
    const seen = marketsOf && new Set(marketsOf(owner));
    return reserves
      .map(({ asset, data }) => ({
        owner,
        asset,
        data,
        isBorrowing: bit(i, 2 * data.id),
        isCollateral: bit(i, 2 * data.id + 1),
      }))
      .filter(
        ({ asset, isBorrowing, isCollateral }) => seen?.has(asset) !== false || isBorrowing || isCollateral,
      );
  });
  const borrowing = pairs.filter(({ isBorrowing }) => isBorrowing);
  const supplied = await readBalances(
    reader,
    at,
    pairs.map(({ data, owner }) => [data.aTokenAddress, owner]),
  );
  const owed = await readBalances(
    reader,
    at,
    borrowing.map(({ data, owner }) => [data.variableDebtTokenAddress, owner]),
  );
  // Stable-rate debt cannot be modelled; the account is reported instead (releases before 3.2).
  const stable =
    version !== '3.0'
      ? []
      : await readMany(
          reader,
          at.block,
          'balanceOf',
          borrowing.map(({ data, owner }) => [lower(data.stableDebtTokenAddress), owner] as const),
        );
  const leg = (
    pair: { owner: Address; asset: Address },
    side: LegSide,
    sharesDelta: bigint | undefined,
  ): Said[] =>
    sharesDelta
      ? [{ kind: 'LegChanged', venue, market: pair.asset, owner: pair.owner, side, sharesDelta }]
      : [];
  return [
    ...owners.flatMap((owner, i): Said[] =>
      categories[i] ? [{ kind: 'CategoryChosen', venue, owner, category: Number(categories[i]) }] : [],
    ),
    ...pairs.flatMap(({ owner, asset, isCollateral }): Said[] =>
      isCollateral ? [{ kind: 'CollateralSwitched', venue, market: asset, owner, enabled: true }] : [],
    ),
    ...pairs.flatMap((pair, i) => leg(pair, 'collateral', supplied[i])),
    ...borrowing.flatMap((pair, i) => leg(pair, 'debt', owed[i])),
    ...borrowing.flatMap(({ owner, asset }, i): Said[] => {
      const reason = `stable-rate debt is not modelled: ${owner} owes more of ${asset} than is shown`;
      return stable[i] ? [{ kind: 'Quarantined', source: venue, reason, topics: [], data: '0x' }] : [];
    }),
  ];
}

function readBalances(
  reader: CallReader,
  at: SnapshotPoint,
  pairs: readonly (readonly [token: string, owner: Address])[],
): Promise<readonly bigint[]> {
  return readMany(
    reader,
    at.block,
    'scaledBalanceOf',
    pairs.map(([token, owner]) => [lower(token), owner] as const),
  );
}

const lower = (address: string): Address => address.toLowerCase() as Address;
