import { marketTerms, venueTerms, type Book, type VenueRow } from '@undertow/book';
import type { ReportBundle } from '../bundle.ts';
import { canonicalText } from '../canonical.ts';
import { momentWords } from '../made-of.ts';
import { count, dollars, signedPercent } from '../words.ts';
import type { InputChange } from './comparison.ts';

/** Changes that are named; the others are counted. */
const MOST_NAMED = 4;

/** What two reports were made of otherwise. Of books that are not at hand their hash says whether they are the same, and nothing says what is not. */
export function inputChanges(
  before: ReportBundle,
  after: ReportBundle,
  books: { readonly before: Book; readonly after: Book } | undefined,
): InputChange[] {
  const [from, to] = [before.content, after.content];
  const [fromAt, toAt] = [from.blocks[0]!, to.blocks[0]!];
  const isSameBook = fromAt.bookHash === toAt.bookHash;
  const isSameBlock =
    fromAt.chainId === toAt.chainId && fromAt.block === toAt.block && fromAt.time === toAt.time;
  return [
    {
      input: 'block',
      isSame: isSameBlock,
      words: isSameBlock ? momentWords(fromAt) : `${momentWords(fromAt)} → ${momentWords(toAt)}`,
    },
    {
      input: 'book',
      isSame: isSameBook,
      words: isSameBook ? 'one and the same' : 'two books, of other hashes',
    },
    ...bookChanges(isSameBook, books),
    questionChange(from.question, to.question),
    {
      input: 'software',
      isSame: from.software === to.software,
      words:
        from.software === to.software ? from.software : `${from.software} → ${to.software}, of one engine`,
    },
  ];
}

function bookChanges(
  isSame: boolean,
  books: { readonly before: Book; readonly after: Book } | undefined,
): InputChange[] {
  const parts = ['prices', 'depth', 'terms', 'accounts'] as const;
  if (isSame) return parts.map((input) => ({ input, isSame: true, words: 'of one and the same book' }));
  if (books === undefined)
    return parts.map((input) => ({
      input,
      isSame: null,
      words: 'not known: it takes both books to tell',
    }));
  const { before, after } = books;
  const words: Readonly<Record<(typeof parts)[number], string | undefined>> = {
    prices: priceWords(before, after),
    depth: depthWords(before, after),
    terms: termWords(before, after),
    accounts: accountWords(before, after),
  };
  return parts.map((input) => ({
    input,
    isSame: words[input] === undefined,
    words: words[input] ?? 'the same',
  }));
}

function priceWords(before: Book, after: Book): string | undefined {
  const was = new Map(before.references.map(({ symbol, priceUsd }) => [symbol, priceUsd]));
  const moved = after.references
    .flatMap(({ symbol, priceUsd }) => {
      const old = was.get(symbol);
      return old === undefined || old === priceUsd ? [] : [{ symbol, move: priceUsd / old - 1 }];
    })
    .sort((a, b) => Math.abs(b.move) - Math.abs(a.move));
  const feeds = new Map(before.feeds.map(({ id, answer }) => [id, answer]));
  const answers = after.feeds.filter(({ id, answer }) => feeds.has(id) && feeds.get(id) !== answer).length;
  if (moved.length === 0 && answers === 0) return undefined;
  return named([
    ...moved.map(({ symbol, move }) => `${symbol} ${signedPercent(move)}`),
    ...(moved.length === 0 ? [`${count(answers, 'feed')} of ${after.feeds.length} answer otherwise`] : []),
  ]);
}

function depthWords(before: Book, after: Book): string | undefined {
  const text = (book: Book) =>
    new Map(
      book.assets.map(({ address, symbol }, row) => {
        const curve = book.depth[row];
        return [
          address,
          {
            symbol,
            text: curve
              ? JSON.stringify([[...curve.sqrtPrice], [...curve.liquidity], curve.startSqrtPrice])
              : '',
          },
        ] as const;
      }),
    );
  const was = text(before);
  const moved = [...text(after)].filter(([address, now]) => was.get(address)?.text !== now.text);
  return moved.length === 0 ? undefined : named(moved.map(([, { symbol }]) => symbol));
}

function termWords(before: Book, after: Book): string | undefined {
  const was = new Map(termsOf(before));
  const moved = termsOf(after).flatMap(([key, { name, value }]) => {
    const old = was.get(key);
    if (old === undefined || old.value === value) return [];
    return [`${name} ${old.value ?? 'none'} → ${value ?? 'none'}`];
  });
  return moved.length === 0 ? undefined : named(moved);
}

function termsOf(
  book: Book,
): (readonly [string, { readonly name: string; readonly value: number | undefined }])[] {
  const own = marketTerms(book).flatMap(({ name, terms }, row) => {
    const { id, venue } = book.markets[row]!;
    const at = book.venues[venue]!.id;
    return terms.map(
      ({ field, value }) => [`${at}\n${id}\n${field}`, { name: `${at} ${name} ${field}`, value }] as const,
    );
  });
  const whole = book.venues.flatMap(({ id }, row) =>
    venueTerms(book, row as VenueRow).map(
      ({ field, value }) => [`${id}\n\n${field}`, { name: `${id} ${field}`, value }] as const,
    ),
  );
  return [...own, ...whole];
}

function accountWords(before: Book, after: Book): string | undefined {
  const [was, now] = [accountsOf(before), accountsOf(after)];
  const fresh = [...now.keys()].filter((key) => !was.has(key)).length;
  const gone = [...was.keys()].filter((key) => !now.has(key)).length;
  const moved = [...now].filter(([key, legs]) => was.has(key) && was.get(key) !== legs).length;
  if (fresh + gone + moved === 0) return undefined;
  const [from, to] = [before.coverage.modelledDebtUsd, after.coverage.modelledDebtUsd];
  return `${count(fresh, 'account')} more, ${gone} gone, ${moved} with other amounts; debt ${dollars(from)} → ${dollars(to)}`;
}

function accountsOf({ accounts, venues, legs }: Book): Map<string, string> {
  return new Map(
    Array.from({ length: accounts.count }, (_, row) => {
      const [from, to] = [accounts.legStart[row]!, accounts.legStart[row + 1]!];
      const name = [venues[accounts.venue[row]!]!.id, accounts.owner[row], accounts.market[row]].join('\n');
      return [name, legs.amount.subarray(from, to).join(' ')];
    }),
  );
}

function questionChange(from: object, to: object): InputChange {
  const [was, now] = [from, to] as readonly [
    Readonly<Record<string, unknown>>,
    Readonly<Record<string, unknown>>,
  ];
  const moved = differing(was, now, '');
  return {
    input: 'question',
    isSame: moved.length === 0,
    words: moved.length === 0 ? 'the same' : named(moved),
  };
}

/** Places at which two questions are not the same, with what they say there. */
function differing(was: unknown, now: unknown, place: string): string[] {
  const [a, b] = [was, now].map((value) => (value === undefined ? 'nothing' : canonicalText(value)));
  if (a === b) return [];
  const isOpen = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (isOpen(was) && isOpen(now) && Array.isArray(was) === Array.isArray(now)) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(now)])];
    return names.flatMap((name) =>
      differing(Reflect.get(was, name), Reflect.get(now, name), place === '' ? name : `${place}.${name}`),
    );
  }
  return [`${place}: ${short(a!)} → ${short(b!)}`];
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

const named = (all: readonly string[]) =>
  all.length <= MOST_NAMED
    ? all.join(', ')
    : `${all.slice(0, MOST_NAMED).join(', ')} and ${all.length - MOST_NAMED} more`;
