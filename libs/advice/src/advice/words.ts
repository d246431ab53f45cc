import { toleranceUsd, type Found } from '../search/found.ts';
import { outOfReachWords, type OutOfReach } from './out-of-reach-words.ts';
import { debtOn, isLine } from '../search/candidate.ts';
import type { AdviceEvidence, AdvicePath, Verdict } from './advice.ts';
import type { Assembly } from './assembly.ts';
import { usdText, valueText } from './advice-value.ts';
import { NOT_BACKTESTED } from './not-backtested.ts';

/** All that the sentences of an advice speak of. */
export interface WordsOf extends Assembly, Pick<OutOfReach, 'instead'> {
  readonly found: Found;
  readonly verdict: Verdict;
  readonly evidence: AdviceEvidence;
  readonly path: AdvicePath | undefined;
}

/** The advice in whole sentences: what to do, what it costs and whom it hits, how it is known. */
export function wordsOf(of: WordsOf): string[] {
  return [...mainWords(of), ...dueWords(of), ...powerWords(of), ...knownWords(of), ...pathWords(of)];
}

function mainWords(of: WordsOf): string[] {
  const { study, place, found, verdict, evidence } = of;
  const { kind } = place.parameter;
  const named = `${NAMES[kind]} of ${place.label}`;
  const now = place.current === undefined ? 'not set' : valueText(kind, place.current);
  const limit = usdText(toleranceUsd(study.asked, debtOn(study.book, place)));
  const before = `The expected shortfall is ${usdText(evidence.before.expectedShortfallUsd)} now, and ${limit} is tolerated.`;
  if (verdict === 'out-of-reach') {
    return [
      `No allowed ${NAMES[kind]} of ${place.label} keeps the loss within the tolerance; it is ${now}.`,
      before,
      ...outOfReachWords(of),
    ];
  }
  const value = valueText(kind, found.value!);
  const what =
    verdict === 'keep'
      ? `Keep the ${named} at ${value}.`
      : `${verdict === 'raise' ? 'Raise' : place.current === undefined ? 'Set' : 'Lower'} the ${named} from ${now} to ${value}.`;
  const isWished = kind === 'closeFactor' && verdict === 'keep';
  return [
    what,
    before,
    isWished ? 'It is within the tolerance, so that no other was looked for.' : BOUND_WORDS[found.boundBy],
  ];
}

const NAMES = {
  liquidationThreshold: 'liquidation threshold',
  loanToValue: 'loan-to-value',
  liquidationBonus: 'liquidation bonus',
  supplyCap: 'supply cap',
  borrowCap: 'borrow cap',
  closeFactor: 'close factor',
  maintenanceMargin: 'maintenance margin',
  fundSize: 'fund size',
} as const;

const BOUND_WORDS = {
  tolerance: 'One step more exceeds the tolerance.',
  toxicity: 'The toxicity line sets it: beyond it a liquidation harms the account that it is to heal.',
  contract: 'The contract’s own rules set it.',
  incentive: 'Below it nobody would liquidate: slippage, fees and gas eat the bonus.',
  'search-end': 'Nothing beyond it was tried; the loss there is still within the tolerance.',
  'cover-2': 'The two largest losers set it.',
} as const;

const dueWords = ({ evidence: { madeDue } }: WordsOf): string[] => (madeDue ? [dueSentence(madeDue)] : []);

/** Loud, and before any cost: people lose their collateral by it. */
export function dueSentence(madeDue: NonNullable<AdviceEvidence['madeDue']>): string {
  if (madeDue.accounts === 0) return 'The change alone makes nobody liquidatable.';
  return (
    `WARNING: the change alone makes ${madeDue.accounts} ${madeDue.accounts === 1 ? 'account' : 'accounts'} with a debt of ` +
    `${usdText(madeDue.debtUsd)} liquidatable at once; ${usdText(madeDue.liquidatedUsd)} would be liquidated, and ` +
    `${usdText(madeDue.lossUsd)} lost, with no price moved.`
  );
}

const powerWords = ({ study, place, found, evidence }: WordsOf): string[] =>
  powerSentences({
    ...evidence,
    ...(found.value !== undefined && { toleranceUsd: toleranceUsd(study.asked, debtOn(study.book, place)) }),
  });

/** What a change costs in borrowing power, and what is lost with it. */
export function powerSentences({
  borrowingPower,
  after,
  afterIfNobodyActs,
  toleranceUsd: tolerated = Infinity,
}: {
  readonly [Name in 'borrowingPower' | 'after' | 'afterIfNobodyActs']?: AdviceEvidence[Name] | undefined;
} & { readonly toleranceUsd?: number | undefined }): string[] {
  const words: string[] = [];
  const cost = borrowingPower?.costUsd;
  if (borrowingPower && cost !== undefined && Math.abs(cost) >= 1)
    words.push(
      cost > 0
        ? `It costs ${usdText(cost)} of borrowing power, of ${usdText(borrowingPower.beforeUsd)}.`
        : `It gives ${usdText(-cost)} more borrowing power than the ${usdText(borrowingPower.beforeUsd)} now.`,
    );
  if (after)
    words.push(
      `With it the expected shortfall is ${after.isLowerBound ? 'at least ' : ''}${usdText(after.expectedShortfallUsd)}` +
        (afterIfNobodyActs
          ? `, and ${afterIfNobodyActs.isLowerBound ? 'at least ' : ''}${usdText(afterIfNobodyActs.expectedShortfallUsd)} if no owner changed its debt.`
          : '.'),
    );
  if (after && afterIfNobodyActs && afterIfNobodyActs.expectedShortfallUsd > tolerated)
    words.push(
      'WARNING: it rests on owners who follow the new terms; if none does, the expected shortfall exceeds the tolerance.',
    );
  return words;
}

/** Tried values stand in the order of the least, or the least borrowing power, first. */
function notMonotoneWords({ tried, value }: Found): string {
  const advised = tried.findIndex((one) => one.value === value);
  return tried.slice(0, Math.max(0, advised)).some(({ excessUsd }) => excessUsd > 0)
    ? 'A stricter value loses more here, as nobody pays back whom it makes liquidatable: the advised one is the least strict within the tolerance that was found, and stricter ones exceed it.'
    : 'A larger value was safer than a smaller one here: the advised one is below all that failed.';
}

function knownWords({ study, found, verdict, evidence, bound, place }: WordsOf): string[] {
  const words: string[] = [];
  if (!found.isMonotone) words.push(notMonotoneWords(found));
  if (study.asked.behaviour === 'keep-debt' && isLine(place) && verdict === 'raise')
    words.push(
      'It supposes that nobody borrows more up to the new line: before it is raised, ask for owners who keep their distance to it (keep-health).',
    );
  if (evidence.after?.isLowerBound)
    words.push(
      `It was confirmed in the worst ${evidence.after.scenarios} of ${evidence.after.of} scenarios, not in all.`,
    );
  const { kind } = place.parameter;
  if (bound?.why !== undefined && (kind === 'liquidationThreshold' || kind === 'liquidationBonus'))
    words.push(`Slippage is not in the toxicity line: ${bound.why}.`);
  words.push(NOT_BACKTESTED);
  return words;
}

function pathWords({ path }: WordsOf): string[] {
  if (!path || path.steps.length + path.words.length === 0) return [];
  const many = `${path.steps.length} ${path.steps.length === 1 ? 'step' : 'steps'}`;
  return [
    path.reaches
      ? `The steward’s limits allow it in ${many}.`
      : `The steward’s limits do not reach it: ${many} go towards it.`,
    ...path.words,
  ];
}
