import type { Address } from '@undertow/market';
import type { BookAsset, BookReference, Tie } from '../book.ts';
import { compareText } from '../compare-text.ts';
import type { DraftTie } from '../draft.ts';
import type { DraftPrice } from '../draft-price.ts';
import type { Ledger } from '../ledger.ts';
import { familiesOf, USD, type FamilyTie } from '../prices/families.ts';
import type { AssetRow, ReferenceRow } from '../rows.ts';
import { nameOf } from './name-of.ts';

/** Assets and references in the order of their rows; what their markets say is added later. */
export interface AssetRows {
  readonly references: readonly BookReference[];
  readonly assets: readonly Omit<BookAsset, 'marketPriceUsd'>[];
}

/** Assets by address, each with its first price; references by symbol, the dollar always among them. */
export function assetRows(
  ledger: Ledger,
  prices: readonly (readonly [Address, DraftPrice])[],
  ownTies: ReadonlyMap<Address, DraftTie>,
): AssetRows {
  const members = prices.map(([address, price]) => ({
    address,
    symbol: nameOf(ledger, address).symbol,
    price,
    ownTie: ownTies.get(address),
  }));
  const families = familiesOf(ledger, members);
  const rowOf = new Map(prices.map(([address], row) => [address, row as AssetRow]));
  const usdOf = new Map(prices.map(([address, { usd }]) => [address, usd]));
  const symbols = [...new Set([USD, ...[...families.values()].map(({ reference }) => reference)])].sort(
    compareText,
  );
  const references = symbols.map((symbol) => ({ symbol, priceUsd: referencePrice(symbol, families, usdOf) }));
  const assets = prices.map(([address, { usd }]) => {
    const family = families.get(address)!;
    const reference = symbols.indexOf(family.reference) as ReferenceRow;
    const base = family.to === undefined ? references[reference]!.priceUsd : usdOf.get(family.to)!;
    const ratio = usd / base;
    const redeemedFor = otherRatio(ledger, { address, family, ratio });
    const tie: Tie = {
      kind: family.kind,
      to: family.to === undefined ? undefined : rowOf.get(family.to)!,
      ratio,
      ...(redeemedFor !== undefined && { redeemedFor }),
      capacity: family.capacity,
    };
    return { address, ...nameOf(ledger, address), reference, tie, oraclePriceUsd: usd };
  });
  return { references, assets };
}

/** Ratios that are nearer to each other are one: prices are rounded to eight decimals. */
const SAME_RATIO = 1e-6;

/** What a token says that it is redeemed for, where its price says otherwise. */
function otherRatio(
  ledger: Ledger,
  {
    address,
    family,
    ratio,
  }: { readonly address: Address; readonly family: FamilyTie; readonly ratio: number },
): number | undefined {
  const posted = ledger.ratios.get(address);
  if (family.kind !== 'redeemable' || posted === undefined || posted.of !== family.to) return undefined;
  const says = Number(posted.ratioWad) / 1e18;
  return says > 0 && Math.abs(says / ratio - 1) > SAME_RATIO ? says : undefined;
}

/** The price of the asset that stands for a reference; of the dollar 1; else of any of its family. */
function referencePrice(
  symbol: string,
  families: ReadonlyMap<Address, FamilyTie>,
  usdOf: ReadonlyMap<Address, number>,
): number {
  if (symbol === USD) return 1;
  const own = [...families].filter(([, { reference, to }]) => reference === symbol && to === undefined);
  const anchor = own.find(([, { kind }]) => kind === 'none' || kind === 'wrapped') ?? own[0];
  return usdOf.get(anchor![0])!;
}
