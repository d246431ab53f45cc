import { HEATMAP, MOVES, type Heatmap } from '../heatmap/load.ts';
import { toHtml } from '../../markup/to-html.ts';
import { nothingLoaded, type Loaded } from '../../frame/loaded.ts';
import { openingState } from '../../frame/state.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { tiles } from './tiles.ts';

let map: Heatmap;
beforeAll(async () => {
  map = (await toyAnswer<{ heatmap: Heatmap }>(HEATMAP, { moves: MOVES })).heatmap;
});

const text = (loaded?: Loaded<Heatmap>) =>
  toHtml(tiles({ ...openingState(0), ...(loaded && { answers: { heatmap: loaded } }) }))
    .replace(/<[^>]*>/g, ' ')
    .replace(/[ \u202f]+/g, ' ');

/** The tiles of a map in which the first cell of the first row is another. */
function withFirstCell(change: Partial<Heatmap['rows'][number]['cells'][number]>): string {
  const [first, ...others] = map.rows;
  const cells = first!.cells.map((cell, i) => (i === 0 ? { ...cell, ...change } : cell));
  const value = { ...map, rows: [{ ...first!, cells }, ...others] };
  return text({ ...nothingLoaded, value, isOpening: false });
}

test('the largest amplification is of a move that liquidates at least a hundredth of the debt, and says so', () => {
  const debtUsd = map.coverage.modelledDebtUsd;
  expect(withFirstCell({ amplification: 32, liquidatedUsd: debtUsd * 0.009 })).not.toContain('32.0×');
  expect(withFirstCell({ amplification: 32, liquidatedUsd: debtUsd * 0.011 })).toMatch(
    /Largest amplification 32\.0× ETH −5 %, \$\d+K liquidated; of moves with \$\d+K or more/,
  );
});

test('a map that is refused is not waited for', () => {
  const problem = { kind: 'refused', message: 'No.' } as const;
  expect(text({ ...nothingLoaded, isOpening: false, problem })).toMatch(/Most lost at −20 % – /);
  expect(text()).toMatch(/Most lost at −20 % … /);
});
