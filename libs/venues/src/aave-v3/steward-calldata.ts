import type { Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { Hex } from 'viem';
import { encodeFunctionData, parseAbi } from 'viem/utils';

/**
 * What a risk council calls on Aave's `RiskSteward` (aave-dao/aave-v3-risk-stewards, `IRiskSteward`; structs of `IAaveV3ConfigEngine` as of
 * aave-v3-origin 3.2 and later).
 */
export const riskStewardAbi = parseAbi([
  'struct CollateralUpdate { address asset; uint256 ltv; uint256 liqThreshold; uint256 liqBonus; uint256 debtCeiling; uint256 liqProtocolFee; }',
  'struct CapsUpdate { address asset; uint256 supplyCap; uint256 borrowCap; }',
  'function updateCollateralSide(CollateralUpdate[] collateralUpdates)',
  'function updateCaps(CapsUpdate[] capUpdates)',
]);

/** `EngineFlags.KEEP_CURRENT`: the field stays as it is. */
export const KEEP_CURRENT = 2n ** 256n - 1n - 42n;

/** What a risk steward may set of a reserve. */
export const STEWARD_FIELDS = [
  'loanToValue',
  'liquidationThreshold',
  'liquidationBonus',
  'supplyCap',
  'borrowCap',
] as const;
export type StewardField = (typeof STEWARD_FIELDS)[number];

/** One value of one reserve. */
export interface StewardChange {
  /** The reserve's underlying token. */
  readonly asset: Address;
  readonly field: StewardField;
  /** Ratios (of a bonus 0.05 for 5 %), caps in whole units. */
  readonly value: number;
}

/** A call that would carry changes out. It is only written down: nothing here sends it. */
export interface StewardCall {
  readonly function: 'updateCollateralSide' | 'updateCaps';
  readonly data: Hex;
}

/**
 * The calls that carry changes of reserves out, those of collateral before those of caps, each reserve once in every call. Ratios are in basis
 * points, the bonus without the 100 % that the pool keeps with it, caps in whole units; what does not change is `KEEP_CURRENT`.
 *
 * @throws BadDataError for what the contract cannot express or refuses: a ratio of no whole basis points or above 100 %, a cap of no whole
 *   units, 0, and a field that is set twice.
 */
export function stewardCalls(changes: readonly StewardChange[]): StewardCall[] {
  const byAsset = new Map<Address, Map<StewardField, bigint>>();
  for (const change of changes) {
    const { asset, field } = change;
    const fields = byAsset.get(asset) ?? new Map<StewardField, bigint>();
    if (fields.has(field)) throw new BadDataError(`${field} of ${asset} is set twice`);
    fields.set(field, expressed(change));
    byAsset.set(asset, fields);
  }
  const keepsAll = (fields: Map<StewardField, bigint>, names: readonly StewardField[]) =>
    names.every((name) => !fields.has(name));
  const rows = [...byAsset].map(([asset, fields]) => ({ asset, fields }));
  const collateral = rows.filter(({ fields }) => !keepsAll(fields, COLLATERAL));
  const caps = rows.filter(({ fields }) => !keepsAll(fields, CAPS));
  return [
    ...(collateral.length === 0 ? [] : [collateralCall(collateral)]),
    ...(caps.length === 0 ? [] : [capsCall(caps)]),
  ];
}

const COLLATERAL = ['loanToValue', 'liquidationThreshold', 'liquidationBonus'] as const;
const CAPS = ['supplyCap', 'borrowCap'] as const;

interface AssetFields {
  readonly asset: Address;
  readonly fields: ReadonlyMap<StewardField, bigint>;
}

function collateralCall(rows: readonly AssetFields[]): StewardCall {
  const updates = rows.map(({ asset, fields }) => ({
    asset,
    ltv: fields.get('loanToValue') ?? KEEP_CURRENT,
    liqThreshold: fields.get('liquidationThreshold') ?? KEEP_CURRENT,
    liqBonus: fields.get('liquidationBonus') ?? KEEP_CURRENT,
    debtCeiling: KEEP_CURRENT,
    liqProtocolFee: KEEP_CURRENT,
  }));
  const functionName = 'updateCollateralSide';
  const data = encodeFunctionData({ abi: riskStewardAbi, functionName, args: [updates] });
  return { function: functionName, data };
}

function capsCall(rows: readonly AssetFields[]): StewardCall {
  const updates = rows.map(({ asset, fields }) => ({
    asset,
    supplyCap: fields.get('supplyCap') ?? KEEP_CURRENT,
    borrowCap: fields.get('borrowCap') ?? KEEP_CURRENT,
  }));
  const functionName = 'updateCaps';
  return {
    function: functionName,
    data: encodeFunctionData({ abi: riskStewardAbi, functionName, args: [updates] }),
  };
}

const BPS = 10_000;
/** The pool keeps caps in 36 bits. */
const MOST_CAP = 2 ** 36 - 1;

/** @throws BadDataError for a value that the contract's integers cannot hold as it is. */
function expressed({ asset, field, value }: StewardChange): bigint {
  const isCap = field === 'supplyCap' || field === 'borrowCap';
  const whole = isCap ? value : value * BPS;
  const rounded = Math.round(whole);
  // Ratios are decimals that binary numbers miss by a hair.
  const isWhole = Math.abs(whole - rounded) <= (isCap ? 0 : 1e-6);
  const unit = isCap ? 'whole units of the asset' : 'whole basis points';
  if (!isWhole) throw new BadDataError(`${field} of ${asset} is ${value}: the steward counts in ${unit}`);
  if (rounded <= 0)
    throw new BadDataError(`${field} of ${asset} is ${value}: the steward sets nothing to 0 or below`);
  const most = isCap ? MOST_CAP : BPS;
  if (rounded > most)
    throw new BadDataError(
      `${field} of ${asset} is ${value}: above the ${isCap ? most : '100 %'} that the pool can hold`,
    );
  return BigInt(rounded);
}
