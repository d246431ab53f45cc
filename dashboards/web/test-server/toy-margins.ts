import { accountsOf, bookSymbols, clearingReport, marginReport, type MarginReport } from '@undertow/margin';
import type { Address } from '@undertow/market';
import { priceTable } from '@undertow/sweep';
import { clearingAnswer, marginsAnswer } from '../../../apps/api/src/margins/margin-answer.ts';
import { seeded } from './toy-book.ts';
import type { ToyWorld } from './toy-world.ts';

const HOUR = 3_600;
const HOURS = 300;
/** No prices of it are stored, so that something is missing. */
const UNPRICED = 'CRV';

/** Hours of ETH and BTC that went up and down, and an hour of a dollar coin that came late. */
const PRICES = priceTable(
  ['ETH', 'BTC'].flatMap((symbol, which) => {
    const random = seeded(31 + which);
    let price = 3_000;
    return Array.from({ length: HOURS }, (_, i) => {
      price *= Math.exp(0.012 * (random() + random() - 1));
      return { time: i * HOUR, symbol, price };
    });
  }),
  HOUR,
);
const SOURCES = [...PRICES.prices.keys()].map((what) => ({
  ...{ what, source: `kraken ${what}/USD`, prices: HOURS, from: 0, to: (HOURS - 1) * HOUR },
}));

/** Reports by book and owner: several tests ask for the same. */
const REPORTS = new Map<string, MarginReport>();

/** The margins of an address, and the view of a clearing house, of the invented book and invented prices. */
export function toyMargins(world: ToyWorld) {
  const at = () => ({ book: world.book(), head: world.head() });
  const prices = { sources: SOURCES, lacking: [UNPRICED] };
  return {
    margins: ({ owner }: { owner: Address }) => {
      const { book } = at();
      const hasAccounts = accountsOf(book, owner).length > 0;
      const told = { address: owner, report: hasAccounts ? reportOf(world, owner) : undefined };
      return { ...marginsAnswer(at(), { ...told, prices, accounts: [] }), coverage: world.coverage() };
    },
    clearing: () => {
      const { book } = at();
      const wanted = {
        prices: bookSymbols(book).length === 0 ? undefined : PRICES,
        horizonSeconds: 24 * HOUR,
      };
      const report = clearingReport(book, wanted);
      return { ...clearingAnswer(at(), report, prices), coverage: world.coverage() };
    },
  };
}

function reportOf(world: ToyWorld, owner: Address): MarginReport {
  const book = world.book();
  const key = `${book.hash} ${owner}`;
  const drawn = { method: 'ewma', horizonSeconds: 24 * HOUR, level: 0.99, count: 300, seed: 1 } as const;
  const known = REPORTS.get(key) ?? marginReport(book, owner, { ...drawn, prices: PRICES });
  REPORTS.set(key, known);
  return known;
}
