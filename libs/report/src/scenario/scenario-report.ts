import { DEFAULT_POLICIES, headline, simulate, type CascadeResult, type Scenario } from '@undertow/cascade';
import { coverageFigures, coverageSentence, inputTables } from '../book-tables.ts';
import type { ReportContent, ReportFigure } from '../content.ts';
import { blockWords, commonPart, originOf, type MadeOf } from '../made-of.ts';
import { figureOf } from '../table.ts';
import { count, dollars, scenarioWords, sentencesOf } from '../words.ts';
import { scenarioTables } from './scenario-tables.ts';

/**
 * One cascade as a report: who loses how much and why, every round, and the inputs.
 *
 * @throws BadDataError as `simulate` does.
 */
export function scenarioReport(made: MadeOf, asked: Scenario): ReportContent {
  const { book } = made;
  const scenario = whole(asked);
  const result = simulate(book, scenario);
  const subject = `${scenarioWords(book, scenario)}: a cascade on ${blockWords(book)}`;
  return {
    ...commonPart(made),
    kind: 'scenario',
    subject,
    question: { kind: 'scenario', scenario },
    seed: null,
    summary: sentences(made, result),
    figures: [...lossFigures(made, result), ...bandFigures(made, result), ...coverageFigures(book)],
    tables: [...scenarioTables(book, result), ...inputTables(book)],
  };
}

/** A scenario that says all of itself: what another program would take for what is left out changes nothing then. */
function whole({ moves, volatilityMove, depthFactor, landsAtUsd, policies, maxRounds }: Scenario): Scenario {
  return {
    moves,
    volatilityMove: volatilityMove ?? 0,
    depthFactor: depthFactor ?? 1,
    ...(landsAtUsd !== undefined && { landsAtUsd }),
    policies: { ...DEFAULT_POLICIES, ...policies },
    ...(maxRounds !== undefined && { maxRounds }),
  };
}

function sentences({ book }: MadeOf, result: CascadeResult): string[] {
  const told = sentencesOf(headline(result));
  // The headline says what coverage lacks, and nothing where it lacks nothing.
  const isCovered = !told.some((one) => /^Coverage is|no known value/.test(one));
  return [...told, activitySentence(result), ...(isCovered ? [coverageSentence(book)] : [])];
}

function activitySentence({ accounts, rounds, liquidatedUsd, amplification }: CascadeResult): string {
  if (rounds.length === 0) return 'Nobody is liquidated.';
  const grown =
    amplification === undefined || rounds.length < 2
      ? ''
      : ` All rounds together liquidate ${amplification.toFixed(2)} times what the first does.`;
  return `${count(accounts, 'account')} ${accounts === 1 ? 'is' : 'are'} liquidated in ${count(rounds.length, 'round')}, collateral of ${dollars(liquidatedUsd)}.${grown}`;
}

const LOSSES: readonly (readonly [keyof CascadeResult, string])[] = [
  ['lossUsd', 'Loss'],
  ['badDebtUsd', 'Bad debt: the collateral is gone'],
  ['shortfallUsd', 'Shortfall of accounts still open'],
  ['shortfallAtSaleUsd', 'The same if all their collateral had to be sold'],
  ['lossAtSaleUsd', 'Loss if all of it had to be sold'],
  ['shortfallBeforeUsd', 'Of the shortfall, there before the shock'],
  ['stuckUsd', 'Due, and nobody liquidates it'],
  ['accounts', 'Accounts liquidated'],
  ['liquidatedUsd', 'Collateral liquidated'],
  ['repaidUsd', 'Debt repaid by liquidators'],
  ['liquidatorProfitUsd', 'Profit of liquidators'],
  ['depositorProfitUsd', 'Profit of depositors of stability pools'],
  ['amplification', 'Amplification'],
];

function lossFigures({ book }: MadeOf, result: CascadeResult): ReportFigure[] {
  const origin = originOf(book, 'simulate of libs/cascade');
  return [
    ...LOSSES.map(([name, label]) =>
      figureOf(origin, { name, label, value: result[name] as number | undefined }),
    ),
    figureOf(origin, {
      name: 'rounds',
      label: 'Rounds',
      value: result.rounds.length,
      unit: 'a number of them',
    }),
    figureOf(origin, {
      name: 'converged',
      label: 'Came to rest',
      value: result.converged,
      unit: 'yes or no; no = losses may grow further',
    }),
  ];
}

/** Both ends of what real oracles do; nothing where there is no loss. */
function bandFigures({ book }: MadeOf, { band }: CascadeResult): ReportFigure[] {
  if (band === undefined) return [];
  const origin = originOf(book, 'simulate of libs/cascade, under both policies of oracles');
  const unit = 'USD, at the final market prices: badDebtUsd + shortfallUsd';
  return [
    figureOf(origin, {
      name: 'lossBetweenUsd',
      label: 'Loss if oracles follow between rounds',
      value: band.between.lossUsd,
      unit,
    }),
    figureOf(origin, {
      name: 'lossWithinUsd',
      label: 'Loss if oracles follow every call',
      value: band.within.lossUsd,
      unit,
    }),
  ];
}
