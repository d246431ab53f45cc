import type { Book } from '@undertow/book';
import { headline, type CascadeResult } from '@undertow/cascade';
import { count, dollars, money, NOTHING } from '../compact-numbers.ts';
import { coverageText } from '../coverage-text.ts';
import { heightText } from '../height-text.ts';
import { proseWidth } from '../terminal-width.ts';
import { wrapText } from '../wrap-text.ts';
import { contagionText } from './contagion-text.ts';
import { lossesText } from './losses-text.ts';
import { movesText } from './moves-text.ts';
import { accountsText, assetsText, lotsText, marketsText, venuesText } from './places-text.ts';
import { roundsText } from './rounds-text.ts';
import { policiesText, scenarioText } from './scenario-text.ts';

/** A cascade for a terminal: what a reader must know first, then what moved, then tables of what is not zero. */
export function resultText(book: Book, result: CascadeResult, width: number): string {
  const prose = proseWidth(width);
  const parts = [
    headlineText(result, prose),
    contextText(book, result, prose),
    movesText(book, result, prose),
    lossesText(result),
    activityText(result, prose),
    roundsText(result),
    venuesText(book, result),
    marketsText(result),
    accountsText(book, result),
    assetsText(result),
    lotsText(result),
    endedText(result),
    contagionText(result, width),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The sentences of a headline, each on its own lines. */
export const headlineText = (result: CascadeResult, width: number): string =>
  headline(result)
    .split(/(?<=\.) (?=[A-Z])/)
    .flatMap((sentence) => wrapText(sentence, width))
    .join('\n');

/** What was run on what. */
export function contextText(
  book: Book,
  { scenario, policies, coverage, engine }: CascadeResult,
  width: number,
): string {
  return [
    `${heightText(book)}, engine ${engine}: ${scenarioText(book, scenario)}.`,
    policiesText(policies),
    coverageText(coverage),
  ]
    .flatMap((line) => wrapText(line, width))
    .join('\n');
}

function activityText(result: CascadeResult, width: number): string {
  const { accounts, rounds, converged, amplification, liquidatedUsd, repaidUsd } = result;
  if (rounds.length === 0) return 'Nobody is liquidated.';
  const inRounds = `in ${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'}`;
  const end = converged ? '' : ', and then the run was stopped: it had not come to rest';
  const grown = amplification === undefined ? '' : ` Amplification ${amplification.toFixed(2)}.`;
  const what = `${count(accounts)} ${accounts === 1 ? 'account is' : 'accounts are'} liquidated ${inRounds}${end}:`;
  const sums = `${dollars(liquidatedUsd)} liquidated, ${dollars(repaidUsd)} repaid.${grown} ${profitText(result)}`;
  return wrapText(`${what} ${sums}`, width).join('\n');
}

function profitText({ liquidatorProfitUsd, depositorProfitUsd }: CascadeResult): string {
  const earn = (usd: number) => `${usd < 0 ? 'lose' : 'earn'} ${dollars(Math.abs(usd))}`;
  const depositors =
    money(depositorProfitUsd) === NOTHING
      ? ''
      : `, depositors of stability pools ${earn(depositorProfitUsd)}`;
  return `Liquidators ${earn(liquidatorProfitUsd)}${depositors}.`;
}

const endedText = ({ endedMarkets }: CascadeResult): string =>
  endedMarkets.length === 0 ? '' : `Markets traded to their known end: ${endedMarkets.join(', ')}.`;
