import type { ReportContent } from '@undertow/report';
import {
  BEARERS,
  cascadeChart,
  paletteOf,
  patternKey,
  venueColours,
  venueLegend,
  waterfallChart,
  type CascadeDrawing,
} from '@undertow/web';
import type { ReportChart } from './chart.ts';
import { dollarsOf, numberOf, recordsOf, wordsOf, type TableRecord } from './records.ts';

/** Prices and liquidations round by round, and who bears the losses. */
export function scenarioCharts(content: ReportContent): ReportChart[] {
  const rounds = recordsOf(content, 'rounds');
  const waterfall = recordsOf(content, 'waterfall');
  return [
    ...(rounds.length > 0 ? [cascade(content, rounds)] : []),
    ...(waterfall.length > 0 ? [bearers(waterfall)] : []),
  ];
}

function cascade(content: ReportContent, rounds: readonly TableRecord[]): ReportChart {
  const drawn = cascadeOf(content, rounds);
  const venues = [...new Set(drawn.rounds.flatMap(({ byVenue }) => byVenue.map(({ venue }) => venue)))];
  const words = rounds.map(
    (round) => `${dollarsOf(round, 'liquidatedUsd')} in round ${numberOf(round, 'index')}`,
  );
  return {
    name: 'cascade',
    title: 'Prices and liquidations, round by round',
    words: `Value liquidated: ${words.slice(0, 20).join(', ')}${words.length > 20 ? ' and so on' : ''}`,
    draw: ({ theme, width }) => {
      const colourOf = venueColours(venues, theme);
      return {
        svg: cascadeChart({ cascade: drawn, venues, colourOf, theme, width }),
        legend: venueLegend(venues, colourOf),
      };
    },
  };
}

/** What the page asks the API for, of the tables of a report. */
function cascadeOf(content: ReportContent, rounds: readonly TableRecord[]): CascadeDrawing['cascade'] {
  const assets = recordsOf(content, 'assets');
  const [venues, prices] = [
    Map.groupBy(recordsOf(content, 'roundVenues'), (row) => numberOf(row, 'index')),
    Map.groupBy(recordsOf(content, 'roundPrices'), (row) => numberOf(row, 'round')),
  ];
  const before = new Map(assets.map((row) => [wordsOf(row, 'asset'), numberOf(row, 'oracleBeforeUsd')]));
  return {
    rounds: rounds.map((round) => {
      const index = numberOf(round, 'index');
      return {
        index,
        accounts: numberOf(round, 'accounts'),
        liquidatedUsd: numberOf(round, 'liquidatedUsd'),
        repaidUsd: numberOf(round, 'repaidUsd'),
        badDebtUsd: numberOf(round, 'badDebtUsd'),
        assets: (prices.get(index) ?? []).map((row) => ({
          asset: assetOf(row),
          marketAfterUsd: (1 + numberOf(row, 'fromBefore')) * (before.get(wordsOf(row, 'asset')) ?? 0),
        })),
        byVenue: (venues.get(index) ?? []).map((row) => ({
          venue: wordsOf(row, 'venue'),
          liquidatedUsd: numberOf(row, 'liquidatedUsd'),
        })),
      };
    }),
    byAsset: assets.map((row) => ({
      asset: assetOf(row),
      oracleBeforeUsd: numberOf(row, 'oracleBeforeUsd'),
      oracleAfterUsd: numberOf(row, 'oracleAfterUsd'),
      marketAfterUsd: numberOf(row, 'marketAfterUsd'),
      seized: numberOf(row, 'seized'),
      sold: numberOf(row, 'sold'),
      bought: numberOf(row, 'bought'),
      exchanged: numberOf(row, 'exchanged'),
      unsold: numberOf(row, 'unsold'),
      unbought: numberOf(row, 'unbought'),
    })),
    moves: recordsOf(content, 'moves').map((row) => ({
      asset: assetOf(row),
      reference: '',
      marketMove: numberOf(row, 'marketMove'),
      oracleMoves: [],
    })),
  };
}

const assetOf = (row: TableRecord) => ({ address: wordsOf(row, 'asset'), symbol: wordsOf(row, 'symbol') });

function bearers(waterfall: readonly TableRecord[]): ReportChart {
  const rows = waterfall.map((row) => ({
    venue: wordsOf(row, 'venue'),
    lossUsd: numberOf(row, 'lossUsd'),
    fundUsd: numberOf(row, 'fundUsd'),
    socialisedUsd: numberOf(row, 'socialisedUsd'),
    leftUsd: numberOf(row, 'leftUsd'),
    openUsd: numberOf(row, 'openUsd'),
  }));
  return {
    name: 'waterfall',
    title: 'Who bears the losses',
    words: `Losses: ${waterfall.map((row) => `${dollarsOf(row, 'lossUsd')} at ${wordsOf(row, 'venue')}`).join(', ')}`,
    draw: ({ theme, width }) => ({
      svg: waterfallChart({ rows, theme, width }),
      legend: patternKey(BEARERS, paletteOf(theme)),
    }),
  };
}
