import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { assetPath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup } from '../../markup/element.ts';
import { exposures } from '../exposure/asked.ts';
import type { Exposures } from '../exposure/load.ts';
import { venueIdOf } from '../venues/venue-of.ts';

/** What the accounts of one venue hold and owe, asset by asset. */
export function venueExposurePanel(state: State): Markup {
  const loaded = answerOf(state, exposures);
  return section({
    id: 'venue-exposure',
    title: 'What its accounts hold and owe',
    loaded,
    now: state.now,
    body: (value) => {
      const rows = rowsOf(value, venueIdOf(state));
      if (rows.length === 0)
        return element('p', { class: 'waiting' }, 'No account with debt is known there.');
      return [
        table(
          rows,
          {
            id: 'venue-exposure',
            caption: 'Exposure of this venue by asset',
            columns: [
              {
                name: 'Asset',
                value: ({ symbol }) => symbol,
                cell: ({ symbol, asset }) => link(state, assetPath(symbol), { title: asset }, symbol),
                also: [{ name: 'Asset id', value: ({ asset }) => asset }],
              },
              { name: 'Held', unit: 'USD', value: ({ collateralUsd }) => collateralUsd },
              { name: 'Owed', unit: 'USD', value: ({ debtUsd }) => debtUsd },
              {
                name: 'Net',
                title: 'Above 0, its accounts lose when the asset falls',
                unit: 'USD',
                value: ({ netUsd }) => netUsd,
              },
              {
                name: 'Of all venues',
                title: 'Share of what is held of the asset at all venues',
                unit: 'ratio',
                value: ({ ofAll }) => ofAll,
              },
            ],
            keyOf: ({ asset }) => asset,
          },
          state,
        ),
        sourceLine(value, { pinned: state.pinned, loaded }),
      ];
    },
  });
}

/** The assets that the accounts of a venue have something of, most money first. */
function rowsOf({ assets, venues }: Exposures, id: string | undefined) {
  const cells = venues.find(({ venue }) => venue === id)?.cells ?? [];
  return cells
    .flatMap(({ collateralUsd, debtUsd, netUsd }, i) => {
      const one = assets[i];
      if (!one || (collateralUsd === 0 && debtUsd === 0)) return [];
      const ofAll = one.collateralUsd > 0 ? collateralUsd / one.collateralUsd : null;
      return [
        { ...{ asset: one.asset.address, symbol: one.asset.symbol, ofAll }, collateralUsd, debtUsd, netUsd },
      ];
    })
    .sort((a, b) => b.collateralUsd + b.debtUsd - (a.collateralUsd + a.debtUsd));
}
