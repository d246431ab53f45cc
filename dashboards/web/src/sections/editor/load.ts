import { ask } from '../../graph/ask.ts';
import type { MovableAnswer } from '../../graph/answers.ts';
import type { KnownRow } from '../../scenario/assets.ts';
import { inFamilies } from '../heatmap/load.ts';

/** The rows of the heatmap without its cells, so that no cascade is computed for them. */
export const MOVABLE = /* GraphQL */ `
  query Movable($block: Int) {
    heatmap(block: $block) {
      rows {
        kind
        name
        symbol
        priceUsd
        tiedTo
        family
      }
    }
  }
`;

/** What may be moved at a block, or at the newest; families together. */
export async function loadMovable(
  block: number | undefined,
  signal: AbortSignal,
): Promise<readonly KnownRow[]> {
  const { heatmap } = await ask<MovableAnswer>(MOVABLE, { block: block ?? null }, signal);
  return inFamilies(heatmap.rows);
}
