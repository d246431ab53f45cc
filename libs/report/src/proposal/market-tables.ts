import {
  assetHolders,
  depthToMove,
  ownValues,
  valueAccounts,
  type AssetRow,
  type Book,
} from '@undertow/book';
import type { Advice } from '@undertow/advice';
import type { ReportTable } from '../content.ts';
import { originOf } from '../made-of.ts';
import { field, tableOf } from '../table.ts';

const USD = 'USD, at the oracle prices of the venue';
const UNITS = 'units of the asset';
const MANY = 'a number of them';
const HEALTH = 'ratio, liquidatable below 1';

/** Markets and venues that a proposal is about, as posts for a vote describe them. */
export function marketTables(book: Book, advices: readonly Advice[]): ReportTable[] {
  const venues = new Set(advices.map(({ parameter }) => parameter.venue));
  return [
    utilisationTable(book, venues),
    healthTable(book, venues),
    holdersTable(book, venues),
    slippageTable(book, venues),
  ];
}

/** Rows of legs at these venues. */
function legsAt(
  book: Book,
  venues: ReadonlySet<string>,
): { readonly account: number; readonly leg: number }[] {
  const { accounts } = book;
  const found: { account: number; leg: number }[] = [];
  for (let account = 0; account < accounts.count; account++) {
    if (!venues.has(book.venues[accounts.venue[account]!]!.id)) continue;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
      found.push({ account, leg });
  }
  return found;
}

/** What is held and owed on each market by those who owe, and how much of its caps that is. */
function utilisationTable(book: Book, venues: ReadonlySet<string>): ReportTable {
  const { legs } = book;
  const values = ownValues(book);
  const rows = new Map<
    string,
    { market: number; asset: number; held: number; owed: number; heldUsd: number; owedUsd: number }
  >();
  for (const { leg } of legsAt(book, venues)) {
    const [market, asset] = [legs.market[leg]!, legs.asset[leg]!];
    const key = `${market} ${asset}`;
    const row = rows.get(key) ?? { market, asset, held: 0, owed: 0, heldUsd: 0, owedUsd: 0 };
    const usd = legs.amount[leg]! * values.oraclePriceUsd[legs.oracle[leg]!]!;
    if (legs.side[leg] === 1) {
      row.held += legs.amount[leg]!;
      row.heldUsd += usd;
    } else {
      row.owed += legs.amount[leg]!;
      row.owedUsd += usd;
    }
    rows.set(key, row);
  }
  const share = (part: number, whole: number | undefined) =>
    whole === undefined || whole === 0 ? undefined : part / whole;
  return tableOf(
    [...rows.values()].toSorted((a, b) => b.heldUsd + b.owedUsd - (a.heldUsd + a.owedUsd)),
    {
      name: 'utilisation',
      title: 'What is held and owed on each market, and how much of its caps that is',
      origin: originOf(book, 'legs of the book: accounts with debt alone'),
      columns: [
        { name: 'venue', label: 'Venue', of: ({ market }) => book.venues[book.markets[market]!.venue]!.id },
        { name: 'label', label: 'Market', of: ({ market }) => book.markets[market]!.label },
        { name: 'symbol', label: 'Asset', of: ({ asset }) => book.assets[asset]!.symbol },
        field('held', 'Held', `${UNITS}, by accounts with debt; what only lends is not in a book`),
        field('heldUsd', 'Held, worth', USD),
        field('owed', 'Owed', UNITS),
        field('owedUsd', 'Owed, worth', USD),
        {
          name: 'supplyCap',
          label: 'Supply cap',
          unit: `${UNITS}; null = none, or not known`,
          of: ({ market }) => book.markets[market]!.supplyCap,
        },
        {
          name: 'supplyCapUsed',
          label: 'Used at least',
          unit: 'ratio',
          of: ({ market, held }) => share(held, book.markets[market]!.supplyCap),
        },
        {
          name: 'borrowCap',
          label: 'Borrow cap',
          unit: `${UNITS}; null = none, or not known`,
          of: ({ market }) => book.markets[market]!.borrowCap,
        },
        {
          name: 'borrowCapUsed',
          label: 'Used',
          unit: 'ratio',
          of: ({ market, owed }) => share(owed, book.markets[market]!.borrowCap),
        },
      ],
      most: 100,
    },
  );
}

/** Health factors at which the bars of the distribution begin. */
const FROM = [0, 1, 1.05, 1.1, 1.25, 1.5, 2, 3];

/** How the borrowed value is spread over health factors. */
function healthTable(book: Book, venues: ReadonlySet<string>): ReportTable {
  const { healthFactor, debtUsd } = valueAccounts(ownValues(book));
  const bins = [...venues].flatMap((venue) =>
    FROM.map((from, at) => ({ venue, from, to: FROM[at + 1], accounts: 0, debtUsd: 0 })),
  );
  const binOf = new Map(bins.map((bin) => [`${bin.venue} ${bin.from}`, bin]));
  for (let row = 0; row < book.accounts.count; row++) {
    const health = healthFactor[row]!;
    const from = FROM.findLast((least) => health >= least);
    const bin =
      health === Infinity ? undefined : binOf.get(`${book.venues[book.accounts.venue[row]!]!.id} ${from}`);
    if (bin === undefined) continue;
    bin.accounts++;
    bin.debtUsd += debtUsd[row]!;
  }
  return tableOf(bins, {
    name: 'health',
    title: 'How the borrowed value is spread over health factors',
    origin: originOf(book, 'valueAccounts of libs/book'),
    columns: [
      field('venue', 'Venue'),
      field('from', 'Health from', `${HEALTH}, included`),
      field('to', 'To', `${HEALTH}, excluded; null = without end`),
      field('accounts', 'Accounts', MANY),
      field('debtUsd', 'Debt', USD),
    ],
  });
}

/** Of an asset. */
const MOST_HOLDERS = 5;

/** Who holds most of each collateral, and how far from the line they stand. */
function holdersTable(book: Book, venues: ReadonlySet<string>): ReportTable {
  const { healthFactor, debtUsd } = valueAccounts(ownValues(book));
  const rowOf = new Map(
    Array.from({ length: book.accounts.count }, (_, row) => [
      [book.venues[book.accounts.venue[row]!]!.id, book.accounts.owner[row], book.accounts.market[row]].join(
        '\n',
      ),
      row,
    ]),
  );
  const rows = collateralsOf(book, venues).flatMap((asset) =>
    assetHolders(book, asset)
      .filter(({ venue }) => venues.has(venue))
      .slice(0, MOST_HOLDERS)
      .map((holder) => {
        const row = rowOf.get([holder.venue, holder.owner, holder.market].join('\n'))!;
        return {
          ...holder,
          symbol: book.assets[asset]!.symbol,
          health: healthFactor[row],
          owedUsd: debtUsd[row],
        };
      }),
  );
  return tableOf(rows, {
    name: 'holders',
    title: 'Who holds most of each collateral',
    origin: originOf(book, 'assetHolders of libs/book'),
    columns: [
      field('symbol', 'Collateral'),
      field('venue', 'Venue'),
      field('owner', 'Owner'),
      field('valueUsd', 'Worth', USD),
      field('share', 'Share of all of it', 'ratio'),
      field('health', 'Health', HEALTH),
      field('owedUsd', 'Owes', USD),
    ],
  });
}

/** Falls of a price for which it is told how much is sold on the way. */
const FALLS = [-0.005, -0.01, -0.02, -0.05, -0.1, -0.2, -0.3];

/** How much of each collateral can be sold before its price falls by how much, beside the largest holding. */
function slippageTable(book: Book, venues: ReadonlySet<string>): ReportTable {
  const rows = collateralsOf(book, venues).flatMap((asset) => {
    const [largest] = assetHolders(book, asset).filter(({ venue }) => venues.has(venue));
    return (depthToMove(book, asset, FALLS) ?? []).map((one) => ({
      ...one,
      symbol: book.assets[asset]!.symbol,
      largestUnits: largest?.amount,
    }));
  });
  return tableOf(rows, {
    name: 'slippage',
    title: 'How much of each collateral can be sold before its price falls by so much',
    origin: originOf(book, 'depthToMove of libs/book'),
    columns: [
      field('symbol', 'Asset'),
      field('move', 'Its price falls by', 'ratio, 1 = all of it: -0.3 = 30 % down'),
      field('units', 'Sold', UNITS),
      field('usd', 'For', 'USD, at the present price of the quote'),
      field('isEnded', 'The market ends before', 'yes or no'),
      field('largestUnits', 'Largest account holds', UNITS),
    ],
  });
}

/** Assets that somebody has as collateral at these venues, the most valuable first. */
function collateralsOf(book: Book, venues: ReadonlySet<string>): AssetRow[] {
  const { legs } = book;
  const values = ownValues(book);
  const worth = new Map<number, number>();
  for (const { leg } of legsAt(book, venues))
    if (legs.side[leg] === 1 && legs.liquidationThreshold[leg]! > 0)
      worth.set(
        legs.asset[leg]!,
        (worth.get(legs.asset[leg]!) ?? 0) + legs.amount[leg]! * values.oraclePriceUsd[legs.oracle[leg]!]!,
      );
  return [...worth].sort(([, a], [, b]) => b - a).map(([asset]) => asset as AssetRow);
}

/** What a sale of a collateral costs, in one sentence for each; and of which nobody knows a market. */
export function slippageSentences(
  book: Book,
  advices: readonly Advice[],
  dollars: (usd: number) => string,
): string[] {
  const venues = new Set(advices.map(({ parameter }) => parameter.venue));
  // What others are traded against needs no market of its own.
  const isQuote = (asset: AssetRow) => book.depth.some((curve) => curve?.quote === asset);
  return collateralsOf(book, venues).flatMap((asset) => {
    const { symbol } = book.assets[asset]!;
    const [two, ten] = depthToMove(book, asset, [-0.02, -0.1]) ?? [];
    if (two === undefined || ten === undefined)
      return isQuote(asset)
        ? []
        : `No market of ${symbol} is known: what is seized of it is sold to nobody here.`;
    const rest = ten.isEnded
      ? `its known market ends after ${dollars(ten.usd)}`
      : `one of ${dollars(ten.usd)} by 10 %`;
    return two.isEnded
      ? `The known market of ${symbol} ends after ${dollars(two.usd)}, before its price has fallen by 2 %.`
      : `A sale of ${symbol} for ${dollars(two.usd)} moves its price by 2 %, ${rest}.`;
  });
}
