import { ask } from '../graph/ask.ts';
import type { HeatmapAnswer } from '../graph/answers.ts';

export const HEATMAP = /* GraphQL */ `
  query Heatmap($drops: [Float!], $block: Int) {
    heatmap(drops: $drops, block: $block) {
      head {
        block
        time
      }
      bookHash
      drops
      rows {
        asset
        symbol
        priceUsd
        derivedFrom {
          asset
          symbol
        }
        cells {
          drop
          accounts
          liquidatedUsd
          badDebtUsd
          rounds
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

/** The columns of the page: 5 % to 60 % down, in steps of five. */
export const DROPS: readonly number[] = Array.from({ length: 12 }, (_, i) => (i + 1) / 20);

/** All assets × DROPS at a block, or at the newest; families together. */
export async function loadHeatmap(block: number | undefined, signal: AbortSignal): Promise<Heatmap> {
  const { heatmap } = await ask<HeatmapAnswer>(HEATMAP, { drops: DROPS, block: block ?? null }, signal);
  return { ...heatmap, rows: inFamilies(heatmap.rows) };
}

/** Every asset with a price of its own, followed by what is derived from it; the largest families first. */
export function inFamilies<Row extends Pick<HeatmapRow, 'asset' | 'derivedFrom'>>(
  rows: readonly Row[],
): Row[] {
  const rootOf = (row: Row): Row => {
    let root = row;
    // As many steps as there are rows end any chain.
    for (let step = 0; step < rows.length && root.derivedFrom; step++)
      root = rows.find(({ asset }) => asset === root.derivedFrom?.asset) ?? root;
    return root;
  };
  const families = Map.groupBy(rows, rootOf);
  return [...families]
    .sort(([, one], [, other]) => other.length - one.length)
    .flatMap(([root, family]) => [root, ...family.filter((row) => row !== root)]);
}
