import type { CategoryTerms, MemberTerms, PairTerms, ReserveTerms, TermsPatch } from '@undertow/market';

/** Complete terms, or what is missing from them. */
export type Resolved<T> = { readonly terms: T } | { readonly missing: readonly string[] };

/**
 * The terms that a market's patches add up to. What the protocol stores as zero or false until somebody sets it
 * needs no patch; what has no such default is reported as missing.
 */
export function resolveReserve(patch: TermsPatch | undefined): Resolved<ReserveTerms> {
  if (patch?.form !== 'reserve') return { missing: ['reserve terms'] };
  const defaults = {
    loanToValueBps: 0n,
    liquidationThresholdBps: 0n,
    liquidationBonusBps: 0n,
    liquidationProtocolFeeBps: 0n,
    reserveFactorBps: 0n,
    isActive: false,
    isFrozen: false,
    isPaused: false,
    isBorrowable: false,
    category: 0,
    debtCeiling: 0n,
  };
  return complete<ReserveTerms>({ ...defaults, ...patch }, ['asset', 'decimals', 'reserveId', 'oracle']);
}

/** As `resolveReserve`, for an e-mode category. */
export function resolveCategory(patch: TermsPatch | undefined): Resolved<CategoryTerms> {
  if (patch?.form !== 'category') return { missing: ['category terms'] };
  const defaults = { label: '', loanToValueBps: 0n };
  return complete<CategoryTerms>({ ...defaults, ...patch }, [
    'liquidationThresholdBps',
    'liquidationBonusBps',
  ]);
}

/** What a reserve may do in an e-mode category; nothing when no fact has put it there. */
export function resolveMember(
  patch: TermsPatch | undefined,
): Pick<MemberTerms, 'isCollateral' | 'isLtvZero'> {
  const member = patch?.form === 'member' ? patch : undefined;
  return { isCollateral: member?.isCollateral ?? false, isLtvZero: member?.isLtvZero ?? false };
}

/** As `resolveReserve`, for an isolated pair. */
export function resolvePair(patch: TermsPatch | undefined): Resolved<PairTerms> {
  if (patch?.form !== 'pair') return { missing: ['pair terms'] };
  return complete<PairTerms>(patch, [
    'collateralAsset',
    'debtAsset',
    'liquidationThresholdWad',
    'oracle',
    'rateModel',
  ]);
}

function complete<T extends object>(
  partial: Partial<T>,
  required: readonly (keyof T & string)[],
): Resolved<T> {
  const missing = required.filter((field) => partial[field] === undefined);
  return missing.length > 0 ? { missing } : { terms: partial as T };
}
