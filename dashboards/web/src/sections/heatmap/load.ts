import { ask } from '../../graph/ask.ts';
import type { HeatmapAnswer } from '../../graph/answers.ts';

export const HEATMAP = /* GraphQL */ `
  query Heatmap($moves: [Float!], $block: Int) {
    heatmap(moves: $moves, block: $block) {
      head {
        block
        hash
        time
      }
      bookHash
      moves
      rows {
        kind
        name
        symbol
        asset {
          address
        }
        priceUsd
        tiedTo
        family
        cells {
          move
          lossUsd
          lossAtSaleUsd
          badDebtUsd
          shortfallUsd
          stuckUsd
          accounts
          liquidatedUsd
          rounds
          converged
          amplification
          finalMove
        }
      }
      coverage {
        accounts
        modelledDebtUsd
        share
        gaps {
          debtUsd
        }
      }
    }
  }
`;

export type Heatmap = HeatmapAnswer['heatmap'];
export type HeatmapRow = Heatmap['rows'][number];
export type HeatmapCell = HeatmapRow['cells'][number];

/** The columns of the page: falls for what is held, then rises for what is owed. */
export const MOVES: readonly number[] = [
  ...[-0.05, -0.1, -0.15, -0.2, -0.25, -0.3, -0.4, -0.5, -0.6],
  ...[0.1, 0.2, 0.3, 0.5],
];

/** All rows × MOVES at a block, or at the newest; families together. */
export async function loadHeatmap(block: number | undefined, signal: AbortSignal): Promise<Heatmap> {
  const { heatmap } = await ask<HeatmapAnswer>(HEATMAP, { moves: MOVES, block: block ?? null }, signal);
  return { ...heatmap, rows: inFamilies(heatmap.rows) };
}

/** Every reference, followed by the assets of its family that have a discount of their own; the largest families first. */
export function inFamilies<Row extends Pick<HeatmapRow, 'kind' | 'symbol' | 'family'>>(
  rows: readonly Row[],
): Row[] {
  const rootOf = (row: Row): Row =>
    row.kind === 'reference'
      ? row
      : (rows.find(({ kind, family }) => kind === 'reference' && family.includes(row.symbol)) ?? row);
  const families = Map.groupBy(rows, rootOf);
  return [...families]
    .sort(([, one], [, other]) => other.length - one.length)
    .flatMap(([root, family]) => [root, ...family.filter((row) => row !== root)]);
}
