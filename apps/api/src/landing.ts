import type { Scenario } from '@undertow/cascade';
import { landsAtUsd } from '@undertow/lag';
import type { MarketReferences } from './market-references.ts';
import type { BookAtHead } from './shown.ts';

/** A scenario in which what lands goes to what assets trade at by pools and exchanges; any other as it is. */
export async function landing(
  scenario: Scenario,
  at: BookAtHead,
  references: Pick<MarketReferences, 'at'>,
): Promise<Scenario> {
  if (!scenario.moves.some(({ kind }) => kind === 'landed')) return scenario;
  const { markets } = await references.at(at);
  return { ...scenario, landsAtUsd: landsAtUsd(at.book, markets) };
}
