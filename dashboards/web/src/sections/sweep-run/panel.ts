import { count, percent, share, times, usd } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { reportLink } from '../report-form/address.ts';
import { sweep as asked } from './asked.ts';
import { intervalWords } from './interval-words.ts';
import type { Sweep, SweepSummary } from './load.ts';
import { planInWords, sharedInWords, sourcesInWords } from './plan-words.ts';

/** How far a sweep is, and what came of it in a few numbers. */
export function runPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  return section({
    id: 'sweep-run',
    title: 'Sweep',
    loaded,
    now: state.now,
    aside: loaded.value && whatCanBeDone(state, loaded.value),
    body: (value) => body(state, value),
  });
}

function whatCanBeDone({ sweepDoing }: State, { state }: Sweep): Piece {
  const button = (what: 'cancel' | 'resume', name: string, meanwhile: string) => {
    const isUnderWay = sweepDoing?.what === what && sweepDoing.problem === undefined;
    return element(
      'button',
      { type: 'button', 'data-act': `${what}-sweep`, key: what, disabled: isUnderWay },
      isUnderWay ? meanwhile : name,
    );
  };
  if (state === 'done') return undefined;
  return state === 'running'
    ? button('cancel', 'Cancel', 'Cancelling…')
    : button('resume', 'Go on', 'Going on…');
}

function body(state: State, value: Sweep): Piece {
  const { sweepDoing } = state;
  const { id, plan, scenarios, block, bookHash, summary, startedAt, endedAt } = value;
  const shared = sharedInWords(plan);
  const sources = sourcesInWords(plan);
  const problem = sweepDoing?.what === 'start' ? undefined : sweepDoing?.problem;
  return [
    element(
      'p',
      { key: 'plan', class: 'plan-words' },
      `${count(scenarios)} scenarios: ${planInWords(plan)}${shared === '' ? '' : `; ${shared}`}.`,
    ),
    sources !== '' && element('p', { class: 'source', key: 'sources' }, sources),
    problem !== undefined && element('p', { class: 'problem', role: 'alert', key: 'problem' }, problem),
    summary ? figures(summary) : progress(value),
    summary !== null && notes(summary),
    summary !== null && reportLink(state, { kind: 'sweep', sweep: id, block }),
    element(
      'p',
      { class: 'source', key: 'source', 'data-block': block, 'data-book': bookHash },
      `At block ${count(block)}, book ${bookHash.slice(0, 10)}. Begun ${minute(startedAt)} UTC`,
      endedAt === null ? '.' : `, ${value.state} ${minute(endedAt)} UTC.`,
    ),
  ];
}

const STANDS: Readonly<Record<Sweep['state'], string>> = {
  running: 'Running',
  cancelled: 'Cancelled: what it has is kept',
  failed: 'Failed',
  done: 'Done',
};

function progress({ state, reason, done, scenarios }: Sweep): Markup {
  return element(
    'div',
    { class: 'sweep-progress', key: 'progress' },
    element(
      'p',
      {},
      `${STANDS[state]}: ${count(done)} of ${count(scenarios)} scenarios, ${share(done / scenarios)}.`,
    ),
    element('progress', { max: scenarios, value: done, 'aria-label': 'Scenarios that are done' }),
    reason !== null && element('p', { class: 'problem', key: 'reason' }, reason),
    state === 'running' &&
      element(
        'p',
        { class: 'source', key: 'leave' },
        'It goes on when this page is left: the link leads back to it.',
      ),
  );
}

/** The numbers that risk desks ask for first, at the level to which venues contribute. */
function figures(summary: SweepSummary): Piece {
  const { lossUsd, liquidatedUsd, probabilities, contributionLevel: level, meanAmplification } = summary;
  const at = ({ atRisk }: typeof lossUsd) => atRisk.find((one) => one.level === level) ?? atRisk[0];
  const [loss, liquidated] = [at(lossUsd), at(liquidatedUsd)];
  const tile = (name: Piece, value: string, note: string) =>
    element(
      'div',
      { class: 'tile', key: note },
      element('dt', {}, name),
      element('dd', { class: 'value' }, value),
      element('dd', { class: 'note' }, note),
    );
  const percentile = percent(level);
  return element(
    'dl',
    { class: 'tiles', key: 'figures' },
    loss && [
      tile(
        term('value at risk', `VaR ${percentile}`),
        usd(loss.valueAtRisk),
        `loss, ${intervalWords(loss.interval, usd)}`,
      ),
      tile(
        term('expected shortfall', `ES ${percentile}`),
        usd(loss.expectedShortfall),
        `mean of the worst, ${intervalWords(loss.shortfallInterval, usd)}`,
      ),
    ],
    liquidated &&
      tile(
        term('liquidations at risk', `LaR ${percentile}`),
        usd(liquidated.valueAtRisk),
        `liquidated, ${intervalWords(liquidated.interval, usd)}`,
      ),
    probabilities !== null && [
      tile(
        term('P(cascade)'),
        percent(probabilities.cascade.share),
        `second rounds, ${intervalWords(probabilities.cascade.interval, percent)}`,
      ),
      tile(
        term('loss', 'P(loss)'),
        percent(probabilities.loss.share),
        `somebody loses, ${intervalWords(probabilities.loss.interval, percent)}`,
      ),
    ],
    tile(
      term('amplification', 'Amplification'),
      times(meanAmplification),
      'mean, where somebody is liquidated',
    ),
  );
}

/** What a reader must know of the numbers. */
function notes({ count: all, independent, unused, notConverged }: SweepSummary): Piece {
  const said: string[] = [];
  if (independent === null)
    said.push(
      'Moves that somebody chose are no sample: shares of them are no probabilities, and have no intervals.',
    );
  else if (independent < all)
    said.push(
      `Windows overlap: they are worth ${count(independent)} independent ones, and intervals are as wide.`,
    );
  if (unused.length > 0) said.push(`The book does not have ${unused.join(', ')}: that moved nothing.`);
  if (notConverged > 0) said.push(`${count(notConverged)} scenarios were stopped before they came to rest.`);
  if (said.length === 0) return undefined;
  return element('p', { class: 'source', key: 'notes' }, said.join(' '));
}
