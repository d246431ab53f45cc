import type { Address, FeedFormula, FeedId } from '@undertow/market';
import { assetRows, type AssetRows } from '../../columns/asset-rows.ts';
import type { DraftTie } from '../../draft.ts';
import type { DraftPrice } from '../../draft-price.ts';
import { emptyLedger, type Ledger } from '../../ledger.ts';
import type { AssetRow } from '../../rows.ts';
import { kinOf, type Kin } from './kin.ts';
import type { OldBook } from './schema.ts';

/** The assets of an old book in their new form. */
export interface OldAssets extends AssetRows {
  /** By asset row: its venues price it by what it is tied to and a rate. */
  readonly isByRate: readonly boolean[];
  /** By asset row: it is a form of a coin or of another asset, or such a coin itself. */
  readonly hasKin: readonly boolean[];
}

/**
 * References and ties of an old book, by the function that reads them off a ledger: the book's derivations are ties that its venues
 * say, and what each asset is kin of stands where a feed's name would.
 *
 * - `derivedFrom` is a tie: redeemable in any amount, or pegged and never exchanged.
 * - A kin that is not derived is tied to its coin all the same, but exchanged for it only where it has a market that shows that somebody
 *   does.
 * - A dollar that is traded nowhere, owed by nobody and not one of the issuers' own is not exchanged for dollars either.
 */
export function oldAssets(book: OldBook): OldAssets {
  const kin = kinOf(book);
  const ledger = standIn(book, kin);
  const prices = book.assets.map(({ address, oraclePriceUsd: usd }, row) => {
    const feed = feedName(row);
    const terms = isLikeDollar(book, row) ? [] : [{ feed, power: 1 as const, greatest: Infinity }];
    const price: DraftPrice = {
      ...{ feed, answer: 1n, usd, source: { form: 'feed', feed } },
      formula: { multiplier: terms.length === 0 ? usd : 1, terms, greatest: Infinity },
    };
    return [address, price] as const;
  });
  const { references, assets } = assetRows(ledger, prices, ownTies(book, kin));
  const tiedTo = withoutCircles(
    book,
    assets.map(({ tie }) => tie.to),
  );
  return {
    references,
    assets: assets.map((asset, row) => {
      if (book.assets[row]!.derivedFrom) return asset;
      const { tie, reference, oraclePriceUsd } = asset;
      const to = tiedTo[row];
      const isCut = to !== tie.to;
      const ratio = isCut ? oraclePriceUsd / references[reference]!.priceUsd : tie.ratio;
      const isHeld = tie.kind === 'none' || tie.kind === 'wrapped';
      const isSold = isHeld || (kin[row] ? book.depth[row] !== null : isExchanged(book, row));
      return { ...asset, tie: { ...tie, to, ratio, capacity: isSold ? tie.capacity : 0 } };
    }),
    isByRate: book.assets.map(({ derivedFrom }, row) => {
      const isForm = kin[row]?.isByRate === true && !isPricedByPerpetuals(book, row);
      return isForm || derivedFrom?.isRedeemable === true;
    }),
    hasKin: kin.map((one) => one !== undefined),
  };
}

/** Ties that are not said are cut where they would lead back, through other ties and what pools are quoted in. */
function withoutCircles(
  { assets, depth }: OldBook,
  tiedTo: readonly (AssetRow | undefined)[],
): (AssetRow | undefined)[] {
  const kept = [...tiedTo];
  const leadsBack = (row: number): boolean => {
    const seen = new Set<number>();
    const open: (number | undefined)[] = [kept[row]];
    while (open.length > 0) {
      const next = open.pop();
      if (next === row) return true;
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      open.push(kept[next], depth[next]?.quote);
    }
    return false;
  };
  for (const row of assets.keys())
    if (!assets[row]!.derivedFrom && kept[row] !== undefined && leadsBack(row)) kept[row] = undefined;
  return kept;
}

const feedName = (row: number): FeedId => `asset ${row}`;

/** A ledger that says of each asset what its kin says, in the words of a feed. */
function standIn(book: OldBook, kin: readonly (Kin | undefined)[]): Ledger {
  const { chainId } = book;
  const isCoin = (family: string) => kin.some((one) => one?.family === family && !one.isForm);
  const ledger = emptyLedger({
    assets: book.assets.map(({ address, symbol, decimals }) => ({ chainId, address, symbol, decimals })),
    feeds: book.assets.map(({ symbol }, row) => ({
      ...{ id: feedName(row), chainId, decimals: 8 },
      description: `${kin[row]?.family ?? symbol} / USD`,
    })),
    pools: book.depth.flatMap((curve, row) =>
      curve
        ? [
            {
              ...{ address: `0x${row.toString(16).padStart(40, '0')}` as Address, chainId },
              ...{ token0: book.assets[row]!.address, token1: book.assets[curve.quote]!.address },
              ...{ feePips: 0, tickSpacing: 1 },
            },
          ]
        : [],
    ),
  });
  const rate: FeedFormula = { form: 'rate', rate: 1n, rateDecimals: 0 };
  // Where the coin itself is not in the book, one of its forms stands for it.
  for (const [row, one] of kin.entries())
    if (one?.isByRate && isCoin(one.family)) ledger.formulas.set(feedName(row), rate);
  return ledger;
}

/** What the book says that an asset is derived from, else the asset that it is a form of. */
function ownTies({ assets }: OldBook, kin: readonly (Kin | undefined)[]): Map<Address, DraftTie> {
  return new Map(
    assets.flatMap(({ address, derivedFrom }, row): [Address, DraftTie][] => {
      const base = derivedFrom?.asset ?? kin[row]?.base;
      if (base === undefined) return [];
      const to = assets[base]!.address;
      return [
        (derivedFrom?.isRedeemable ?? kin[row]?.isByRate)
          ? [address, { kind: 'redeemable', to, capacity: undefined }]
          : [address, { kind: 'pegged', to, capacity: 0 }],
      ];
    }),
  );
}

/** Whether a venue of perpetuals alone prices it, by a mark of its own: a base token has the coin's name and a market of its own. */
function isPricedByPerpetuals({ oracles, venues }: OldBook, row: number): boolean {
  const marks = venues.flatMap(({ id, mechanism }) => (mechanism === 'perpetual' ? [`${id}:`] : []));
  const own = oracles.filter(({ asset }) => asset === row);
  return own.length > 0 && own.every(({ feed }) => marks.some((mark) => feed.startsWith(mark)));
}

/** How near to a dollar a token is that is traded for dollars and can be nothing else. */
const DOLLAR_ERROR = 0.01;

/** Worth a dollar, and traded for what is worth one. */
function isLikeDollar({ assets, depth }: OldBook, row: number): boolean {
  const isNear = (at: number) => Math.abs(assets[at]!.oraclePriceUsd - 1) <= DOLLAR_ERROR;
  const quote = depth[row]?.quote;
  return isNear(row) && quote !== undefined && isNear(quote);
}

/** Dollars that their issuers or a module of theirs take and give at one dollar. */
const ISSUED =
  /^(x?DAI|USDC|USDT|USDS|GHO|PYUSD|FRAX|frxUSD|LUSD|BOLD|crvUSD|TUSD|USDP|FDUSD|RLUSD|BUSD|USDbC)(\.e)?$/;

function isExchanged({ assets, depth, legs }: OldBook, row: number): boolean {
  if (depth[row] || depth.some((curve) => curve?.quote === row)) return true;
  return (
    ISSUED.test(assets[row]!.symbol) ||
    legs.asset.some((asset, leg) => asset === row && legs.side[leg] === -1)
  );
}
