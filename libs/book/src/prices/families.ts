import type { Address, FeedId } from '@undertow/market';
import type { TieKind } from '../book.ts';
import { compareText } from '../compare-text.ts';
import type { DraftTie } from '../draft.ts';
import type { DraftPrice } from '../draft-price.ts';
import type { Ledger } from '../ledger.ts';

/** What is known of one asset when its family is looked for. */
export interface FamilyMember {
  readonly address: Address;
  readonly symbol: string;
  /** The price that shocks apply to. */
  readonly price: DraftPrice;
  /** What its venue says that it hangs on. */
  readonly ownTie: DraftTie | undefined;
}

/** What an asset is tied to, by name. */
export interface FamilyTie {
  readonly kind: TieKind;
  /** Symbol of the reference. */
  readonly reference: string;
  readonly to: Address | undefined;
  readonly capacity: number | undefined;
}

/** The dollar itself. */
export const USD = 'USD';

/**
 * The family of each asset: what it stands for and how it hangs on it, read off what prices it and what it can be turned into.
 *
 * - What a venue says of its own assets, and a ratio that a vault posts, is a tie to that asset.
 * - An asset whose price is made of `X / USD` belongs to the family of X: as X itself (LINK), as its wrapped form (WETH), by a
 *   rate at which it is redeemed, or by arbitrage alone.
 * - What is worth about a dollar and is called like one, or has a fixed price of about one, is held at USD by arbitrage.
 * - All others are families of their own.
 *
 * One asset of each family stands for its reference: the wrapped form, else the one in most pools. The others of the family hang
 * on that asset. Arbitrage keeps a pegged asset's price, but takes none of it: it trades in its own pools alone, unless its venue
 * says otherwise. What is pegged to the dollar is taken and given at its price in any amount, as its issuers do.
 */
export function familiesOf(
  ledger: Ledger,
  members: readonly FamilyMember[],
): ReadonlyMap<Address, FamilyTie> {
  const known = new Map(members.map((member) => [member.address, member]));
  const claims = new Map(members.map((member) => [member.address, claimOf(ledger, member, known)]));
  const ties = new Map<Address, FamilyTie>();
  for (const [address, claim] of claims) ties.set(address, { ...claim, reference: rootOf(claims, address) });
  const poolCount = countPools(ledger);
  for (const reference of new Set([...ties.values()].map((tie) => tie.reference))) {
    if (reference === USD) continue;
    const family = [...ties].filter(([, tie]) => tie.reference === reference && tie.to === undefined);
    const [anchor, ...others] = family.toSorted(
      ([a, one], [b, other]) =>
        place(one.kind) - place(other.kind) ||
        (poolCount.get(b) ?? 0) - (poolCount.get(a) ?? 0) ||
        compareText(a, b),
    );
    // What is redeemed at a ratio is never the reference itself.
    if (!anchor || anchor[1].kind === 'redeemable') continue;
    if (anchor[1].kind === 'pegged') ties.set(anchor[0], { ...anchor[1], kind: 'none', capacity: undefined });
    for (const [address, tie] of others) {
      const kind = tie.kind === 'none' ? 'pegged' : tie.kind;
      ties.set(address, { ...tie, kind, to: anchor[0], capacity: kind === 'pegged' ? 0 : tie.capacity });
    }
  }
  return ties;
}

/** Who stands for a reference before whom. */
const place = (kind: TieKind): number => ['none', 'wrapped', 'pegged', 'redeemable'].indexOf(kind);

function claimOf(
  ledger: Ledger,
  { address, symbol, price, ownTie }: FamilyMember,
  known: ReadonlyMap<Address, FamilyMember>,
): FamilyTie {
  const posted = ledger.ratios.get(address);
  const reference = referenceOf(ledger, price) ?? symbol;
  const to = ownTie?.to ?? posted?.of;
  if (to !== undefined && to !== address && known.has(to))
    return { kind: ownTie?.kind ?? 'redeemable', reference, to, capacity: ownTie?.capacity };
  if (isDollarLike(symbol, price))
    return { kind: 'pegged', reference: USD, to: undefined, capacity: undefined };
  const { terms, multiplier } = price.formula;
  if (terms.length === 0) return lone(symbol);
  const kind = kindOf(ledger, { symbol, price, reference });
  if (kind === 'none' && Math.abs(multiplier - 1) > 1e-6)
    return { ...lone(symbol), kind: 'pegged', reference };
  return { kind, reference, to: undefined, capacity: undefined };
}

const lone = (symbol: string): FamilyTie => ({
  kind: 'none',
  reference: symbol,
  to: undefined,
  capacity: undefined,
});

function kindOf(
  ledger: Ledger,
  {
    symbol,
    price,
    reference,
  }: { readonly symbol: string; readonly price: DraftPrice; readonly reference: string },
): TieKind {
  if (symbol.toUpperCase() === reference.toUpperCase()) return 'none';
  const isPlain = price.formula.terms.length === 1 && Math.abs(price.formula.multiplier - 1) < 1e-6;
  if (
    isPlain &&
    symbol.toUpperCase() === `W${reference.toUpperCase()}` &&
    NATIVE.has(reference.toUpperCase())
  )
    return 'wrapped';
  return hasRate(ledger, price) ? 'redeemable' : 'pegged';
}

/** Coins of networks, whose wrapped form is exchanged by a contract that holds them. */
const NATIVE = new Set(['ETH', 'BNB', 'POL', 'MATIC', 'AVAX', 'XDAI', 'S', 'CELO', 'METIS', 'MNT', 'FTM']);

/** Symbols that are called like a dollar. */
const DOLLAR_NAME = /usd|dai|gho|frax|dola|mim|fei|bold/i;

/** How far from one dollar such a token may be priced and still be taken as held at it. */
const DOLLAR_BAND = 0.05;

const isNearDollar = (usd: number) => Math.abs(usd - 1) <= DOLLAR_BAND;

/** Whether an asset is called like a dollar and worth about one. */
export const isCalledDollar = (symbol: string, usd: number): boolean =>
  DOLLAR_NAME.test(symbol) && isNearDollar(usd);

/** A pair is anybody's: what it takes for a dollar is no dollar for that. */
function isDollarLike(symbol: string, { usd, formula, source }: DraftPrice): boolean {
  if (source?.form === 'pair' || !isNearDollar(usd)) return false;
  return isCalledDollar(symbol, usd) || formula.terms.length === 0;
}

/**
 * The family that a price names: the over-side of the feed in USD that it is made of, once what is divided away is taken off.
 * Undefined when it names none, or is a pair's constant, which says nothing of a market.
 */
function referenceOf({ reference }: Ledger, { formula, source }: DraftPrice): string | undefined {
  if (source?.form === 'pair' && source.ratio.base.length === 0) return undefined;
  const power = new Map<FeedId, number>();
  for (const term of formula.terms) power.set(term.feed, (power.get(term.feed) ?? 0) + term.power);
  for (const [feed, times] of power) {
    const sides = sidesOfLabel(reference.feeds.get(feed)?.description ?? '');
    if (times > 0 && sides && sides.under.toUpperCase() === USD) return sides.over;
  }
  return undefined;
}

/** What two sides a feed's name has, such as `stETH / ETH`; undefined when it does not name two. */
export function sidesOfLabel(label: string): { readonly over: string; readonly under: string } | undefined {
  const [over, under, ...rest] = label.split('/').map((side) => side.trim());
  return over && under && rest.length === 0 ? { over, under } : undefined;
}

/** Whether a price goes through a rate at which the asset is redeemed. */
function hasRate({ formulas }: Ledger, { feed, source }: DraftPrice): boolean {
  const asked: FeedId[] = source?.form === 'pair' ? [...source.ratio.base] : [feed];
  const seen = new Set<FeedId>();
  for (let next = asked.pop(); next !== undefined; next = asked.pop()) {
    const formula = formulas.get(next);
    if (seen.has(next) || !formula) continue;
    seen.add(next);
    if (formula.form === 'rate') return true;
    if (formula.form === 'product') asked.push(...formula.times);
    else if ('base' in formula && formula.base !== undefined) asked.push(formula.base);
  }
  return false;
}

/** The reference at the end of what an asset is tied to. */
function rootOf(claims: ReadonlyMap<Address, FamilyTie>, address: Address): string {
  let at = claims.get(address)!;
  for (let step = 0; at.to !== undefined && step < claims.size; step++) at = claims.get(at.to) ?? at;
  return at.reference;
}

function countPools({ reference }: Ledger): ReadonlyMap<Address, number> {
  const count = new Map<Address, number>();
  for (const { token0, token1 } of reference.pools.values())
    for (const token of [token0, token1]) count.set(token, (count.get(token) ?? 0) + 1);
  return count;
}
