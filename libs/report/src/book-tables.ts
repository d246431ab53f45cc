import {
  depthToMove,
  marketPrices,
  type AssetRow,
  type Book,
  type CoverageGap,
  type DepthToMove,
} from '@undertow/book';
import type { ReportFigure, ReportTable } from './content.ts';
import { originOf } from './made-of.ts';
import { field, figureOf, tableOf } from './table.ts';

/** Moves for which it is told how much a market takes and gives. */
const DEPTH_MOVES = [-0.02, -0.05, -0.1, 0.05];

const PRICE = 'USD per unit of the asset';
const COUNT = 'a number of what unit says';

/** The inputs of a book that every figure hangs on, so that they can be read without the book: prices, depth, what is left out. */
export const inputTables = (book: Book): ReportTable[] => [
  pricesTable(book),
  depthTable(book),
  gapsTable(book),
];

function pricesTable(book: Book): ReportTable {
  const markets = marketPrices(book);
  const rows = book.assets.map((asset, row) => ({
    ...asset,
    reference: book.references[asset.reference]!.symbol,
    tie: asset.tie.kind,
    tiedTo: asset.tie.to === undefined ? undefined : book.assets[asset.tie.to]!.symbol,
    marketPrice: markets[row],
    oracles: book.oracles
      .filter((oracle) => oracle.asset === row)
      .map(({ id }) => id)
      .join(', '),
  }));
  return tableOf(rows, {
    name: 'prices',
    title: 'Prices that went in',
    origin: originOf(book, 'the book'),
    columns: [
      field('symbol', 'Asset'),
      { name: 'address', label: 'Address', of: ({ address }) => address },
      field('reference', 'Stands for'),
      field('tie', 'Tie'),
      field('tiedTo', 'Tied to'),
      field('oraclePriceUsd', 'Oracle price', PRICE),
      field('marketPrice', 'Market price', `${PRICE}; null = no market is known`),
      { name: 'oracles', label: 'Oracles', of: ({ oracles }) => oracles },
    ],
  });
}

function depthTable(book: Book): ReportTable {
  const rows = book.assets.flatMap(({ symbol }, row) => {
    const moves = depthToMove(book, row as AssetRow, DEPTH_MOVES);
    if (moves === undefined) return [];
    const { quote, sources } = book.depth[row]!;
    return moves.map((one: DepthToMove) => ({
      ...one,
      symbol,
      quote: book.assets[quote]!.symbol,
      sources: sources.join(', '),
    }));
  });
  return tableOf(rows, {
    name: 'depth',
    title: 'Depth that went in: what moves each market by so much',
    origin: originOf(book, 'depthToMove of libs/book'),
    columns: [
      field('symbol', 'Asset'),
      field('quote', 'Quoted in'),
      field('move', 'Move of its price'),
      field('usd', 'Traded on the way', 'USD, at the present price of the quote'),
      field('units', 'Units', 'units of the asset'),
      field('isEnded', 'The market ends before', 'yes or no'),
      field('sources', 'Made of'),
    ],
  });
}

function gapsTable(book: Book): ReportTable {
  return tableOf<CoverageGap>(largestFirst(book.coverage.gaps), {
    name: 'gaps',
    title: 'What is left out',
    origin: originOf(book, 'coverage of the book'),
    columns: [
      field('source', 'Of what'),
      field('reason', 'Why', 'sentences'),
      field('count', 'How many', COUNT),
      field('unit', 'Of what sort'),
      field('debtUsd', 'Debt'),
    ],
    most: 200,
  });
}

const largestFirst = (gaps: readonly CoverageGap[]) =>
  gaps.toSorted((a, b) => (b.debtUsd ?? 0) - (a.debtUsd ?? 0));

/** How much of the known debt all figures are of. */
export function coverageFigures(book: Book): ReportFigure[] {
  const origin = originOf(book, 'coverage of the book');
  const { accounts, modelledDebtUsd, knownDebtUsd, share, gaps } = book.coverage;
  return [
    figureOf(origin, {
      name: 'coverageShare',
      label: 'Coverage',
      value: share,
      unit: 'ratio: modelled debt ÷ known debt',
    }),
    figureOf(origin, { name: 'modelledDebtUsd', label: 'Debt in the model', value: modelledDebtUsd }),
    figureOf(origin, { name: 'knownDebtUsd', label: 'Known debt', value: knownDebtUsd }),
    figureOf(origin, {
      name: 'coverageAccounts',
      label: 'Accounts in the model',
      value: accounts,
      unit: 'a number of them',
    }),
    figureOf(origin, {
      name: 'gapsWithoutPrice',
      label: 'Gaps whose debt nobody can price',
      value: gaps.filter(({ debtUsd }) => debtUsd === undefined).length,
      unit: 'a number of them',
    }),
  ];
}

/** The same in one sentence: it stands in every summary. */
export function coverageSentence({ coverage: { share, gaps } }: Book): string {
  const unpriced = gaps.filter(({ debtUsd }) => debtUsd === undefined).length;
  // Rounded down: what is missing must not be rounded away.
  const percent = Math.floor(share * 10_000) / 100;
  const more =
    unpriced === 0
      ? ''
      : ` ${unpriced} ${unpriced === 1 ? 'gap has' : 'gaps have'} no known value and ${unpriced === 1 ? 'is' : 'are'} in no share.`;
  return `These figures are of ${percent} % of the known debt.${more}`;
}
