import { SNAPSHOT_LOG_INDEX, type Fact, type FactKey, type Hex, type TermsPatch } from '@undertow/market';
import fc, { type Arbitrary } from 'fast-check';

/** Any hexadecimal value of some bytes. */
const hex = (minBytes: number, maxBytes = minBytes): Arbitrary<Hex> =>
  fc
    .uint8Array({ minLength: minBytes, maxLength: maxBytes })
    .map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`);

export const arbitraryHash = hex(32);
const address = hex(20);
const id = fc.oneof(
  address,
  hex(32),
  fc.constantFrom('aave-v3@devnet', 'category:1', `it's "a\\b",\t{NULL}\n`),
);
/** Text that PostgreSQL can hold; what it cannot hold has a test of its own. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((any) => any.replaceAll('\0', '').toWellFormed());
const uint256 = fc.bigInt(0n, 2n ** 256n - 1n);
const int256 = fc.bigInt(-(2n ** 255n), 2n ** 255n - 1n);
const int24 = fc.integer({ min: -887_272, max: 887_272 });

const oracle = fc.oneof(
  fc.record({ form: fc.constant('feed' as const), feed: id }),
  fc.record({
    form: fc.constant('ratio' as const),
    base: fc.array(id, { maxLength: 2 }),
    quote: fc.array(id, { maxLength: 2 }),
    scaleFactor: uint256,
  }),
);

const patch: Arbitrary<TermsPatch> = fc.oneof(
  fc.record(
    {
      form: fc.constant('reserve' as const),
      ...{ asset: address, decimals: fc.nat(36), reserveId: fc.nat(127), collateralToken: address },
      ...{ loanToValueBps: uint256, liquidationThresholdBps: uint256, debtCeiling: uint256 },
      ...{ isActive: fc.boolean(), oracle },
    },
    { requiredKeys: ['form'] },
  ),
  fc.record(
    { form: fc.constant('category' as const), label: text, liquidationBonusBps: uint256, oracle },
    { requiredKeys: ['form'] },
  ),
  fc.record(
    {
      form: fc.constant('pair' as const),
      ...{ collateralAsset: address, debtAsset: address, liquidationThresholdWad: uint256, oracle },
    },
    { requiredKeys: ['form'] },
  ),
);

const side = fc.constantFrom('collateral' as const, 'debt' as const);

const accrual = fc.oneof(
  fc.record({ form: fc.constant('ray' as const), side, indexRay: uint256, ratePerYearRay: uint256 }),
  fc.record({ form: fc.constant('rayAccrued' as const) }),
  fc.record({
    form: fc.constant('totals' as const),
    side: fc.constantFrom('debt' as const, 'supply' as const),
    ...{ assetsDelta: int256, sharesDelta: int256, accrued: fc.boolean() },
  }),
  fc.record({ form: fc.constant('fee' as const), feeWad: uint256 }),
  fc.record({ form: fc.constant('rateAtTarget' as const), rateAtTargetWad: int256 }),
);

const change = fc.oneof(
  fc.record({
    form: fc.constant('range' as const),
    lowerTick: int24,
    upperTick: int24,
    liquidityDelta: int256,
  }),
  fc.record({ form: fc.constant('price' as const), sqrtPriceX96: uint256, tick: int24, liquidity: uint256 }),
);

/** Everything of a fact but its key. */
const body = fc.oneof(
  fc.record({
    kind: fc.constant('LegChanged' as const),
    venue: id,
    market: id,
    owner: address,
    side,
    sharesDelta: int256,
  }),
  fc.record({
    kind: fc.constant('CollateralSwitched' as const),
    venue: id,
    market: id,
    owner: address,
    enabled: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('CategoryChosen' as const),
    venue: id,
    owner: address,
    category: fc.nat(255),
  }),
  fc.record({ kind: fc.constant('TermsChanged' as const), venue: id, market: id, patch }),
  fc.record({ kind: fc.constant('IndexAccrued' as const), venue: id, market: id, accrual }),
  fc.record({
    kind: fc.constant('PricePosted' as const),
    ...{ feed: id, answer: int256, round: uint256, updatedAt: fc.maxSafeNat() },
  }),
  fc.record({ kind: fc.constant('LiquidityChanged' as const), pool: address, change }),
  fc.record({
    kind: fc.constant('Liquidated' as const),
    ...{
      venue: id,
      market: id,
      owner: address,
      liquidator: address,
      collateralAsset: address,
      debtAsset: address,
    },
    ...{ repaid: uint256, seized: uint256, badDebt: uint256 },
  }),
  fc.record({
    kind: fc.constant('Quarantined' as const),
    ...{ source: id, reason: text, topics: fc.array(arbitraryHash, { maxLength: 4 }), data: hex(0, 64) },
  }),
);

/** Time of a block: all facts of one block share it. */
export const timeOf = (block: number) => 1_700_000_000 + 12 * block;

/** Facts of blocks 0 to 99, in fact order, keys unique, on one chain. */
export function arbitraryFacts(chainId: number): Arbitrary<Fact[]> {
  const place = fc.tuple(fc.nat(99), fc.oneof(fc.nat(3), fc.constant(SNAPSHOT_LOG_INDEX)), fc.nat(3));
  return fc
    .uniqueArray(fc.tuple(place, body), {
      maxLength: 60,
      selector: ([[block, logIndex, part]]) => `${block} ${logIndex} ${part}`,
    })
    .map((items) =>
      items
        .sort(([a], [b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
        .map(([[block, logIndex, part], rest]): Fact => {
          const key: FactKey = { chainId, block, logIndex, part, time: timeOf(block) };
          return { ...key, ...rest };
        }),
    );
}
