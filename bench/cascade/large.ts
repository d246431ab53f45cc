import { assetsAtRisk, openEngine, type CellName } from '../../libs/cascade/src/index.ts';
import type { Book } from '../../libs/book/src/index.ts';
import { EnginePool } from '../../libs/engine-pool/src/index.ts';
import type { Row } from '../report.ts';
import { grown, held, type Held } from './memory.ts';
import { asManyAsFit } from './rate.ts';
import { ofAccounts, row } from './row.ts';

const ASSETS = 20;
const MOVES = 20;

/** Megabytes of a book and of a fast engine that is ready to run on it: objects, and columns. */
export function memoryRows(book: Book, before: Held): Row[] {
  const of = ofAccounts(book.accounts.count);
  const withBook = held();
  const engine = openEngine(book, { kind: 'fast' });
  engine.run([{ moves: [{ kind: 'reference', symbol: 'WETH', move: -0.1 }] }]);
  const withEngine = held();
  const whole = grown(before, withEngine);
  const rows = [
    said('the book', grown(before, withBook)),
    said('the fast engine on it', grown(withBook, withEngine)),
    [
      row(`memory of both, ${of}`, 'MB', whole.heap + whole.buffers, {
        limit: book.accounts.count === 1_000_000 ? '< 400' : 'none',
      }),
    ],
  ].flat();
  // It must live until it has been measured.
  if (engine.kind !== 'fast') throw new Error('the fast engine was measured');
  return rows;

  function said(what: string, { heap, buffers }: Held): Row[] {
    return [
      row(`memory of ${what}, objects, ${of}`, 'MB', heap),
      row(`memory of ${what}, columns, ${of}`, 'MB', buffers),
    ];
  }
}

/** A heatmap of 20 assets × 20 moves by two threads; of a book for which that takes longer than a time, as many cells as fit into it. */
export async function heatmapRow(book: Book, budgetMs: number): Promise<Row> {
  const of = ofAccounts(book.accounts.count);
  const moves = Array.from({ length: MOVES }, (_, i) => -(i + 1) / 40);
  const assets = assetsAtRisk(book).slice(0, ASSETS);
  const names = assets.flatMap((name) => moves.map((move): CellName => ({ ...name, move })));
  // Large and small moves of all assets alike, however few are run. 147 has no divisor in common with 400.
  const spread = names.map((_, i) => names[(i * 147) % names.length]!);
  const pool = new EnginePool({ threads: 2 });
  // What was asked before is kept: no cell is asked for twice.
  let asked = 0;
  const unasked = (count: number) => {
    asked += 1;
    return spread.slice(0, count).map((name) => ({ ...name, move: name.move - asked / 1e7 }));
  };
  try {
    const done = await asManyAsFit({ most: names.length, budgetMs, threads: 2 }, (count) =>
      pool.cells({ book }, unasked(count)),
    );
    const all = done.count === names.length;
    const measure = all ? '' : `, reckoned from ${done.count} cells`;
    return row(
      `heatmap of ${assets.length} × ${MOVES}, ${of}${measure}`,
      's, two threads',
      names.length / done.perSecond,
      { limit: book.accounts.count === 1_000_000 ? '< 1' : 'none' },
    );
  } finally {
    await pool.close();
  }
}
