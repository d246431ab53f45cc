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
        share
      }
    }
  }
`;

export type Heatmap = HeatmapAnswer['heatmap'];
export type HeatmapRow = Heatmap['rows'][number];
export type HeatmapCell = HeatmapRow['cells'][number];

/** The columns of the page: 5 % to 60 % down, in steps of five. */
export const DROPS: readonly number[] = Array.from({ length: 12 }, (_, i) => (i + 1) / 20);

/** All assets × DROPS at a block, or at the newest. */
export async function loadHeatmap(block: number | undefined, signal: AbortSignal): Promise<Heatmap> {
  return (await ask<HeatmapAnswer>(HEATMAP, { drops: DROPS, block: block ?? null }, signal)).heatmap;
}
