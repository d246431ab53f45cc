import { count } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { link } from '../../frame/link.ts';
import { whyNotTaken } from '../../frame/rejected.ts';
import { choiceField, formField } from '../../frame/form-field.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { scenarioVariables } from '../../scenario/scenario.ts';
import { policiesInWords, scenarioInWords } from '../../scenario/words.ts';
import { PARAMETER_KINDS, type AdviceField } from '../advice-form/choice.ts';
import { kindName } from '../advices/words.ts';
import { sweeps } from '../sweeps/asked.ts';
import { venues } from '../venues/asked.ts';
import { REPORT_BOX } from './actions.ts';
import { REPORT_KINDS, type MadeKind } from './choice.ts';

/** What each kind says, for who chooses one. */
export const KIND_NAMES: Readonly<Record<string, string>> = {
  state: 'State of risk',
  scenario: 'Scenario',
  sweep: 'Sweep',
  proposal: 'Proposal',
  incident: 'Incident',
};

const KIND_LEADS: Readonly<Record<MadeKind, string>> = {
  state: 'How venues, owners, oracles and markets stand, and what moves of one price would cost.',
  scenario: 'One cascade, round by round: who loses how much, and why.',
  sweep: 'Many scenarios: how much is lost how often, and in which of them.',
  proposal: 'Which parameters would hold, from what to what, with what each change costs: for a vote.',
};

/** Which report to make, and of what. */
export function reportFormPanel(state: State): Markup {
  const { reportDoing, pinned, rejected, reports } = state;
  const isStarting = reportDoing?.what === 'start' && reportDoing.problem === undefined;
  const problem = reportDoing?.what === 'start' ? reportDoing.problem : undefined;
  return element(
    'section',
    { class: 'panel', id: 'report-form', key: 'report-form', 'aria-labelledby': 'report-form-title' },
    element(
      'div',
      { class: 'panel-head' },
      element(
        'div',
        { class: 'panel-title' },
        element('h2', { id: 'report-form-title', tabindex: -1 }, 'Make a report'),
      ),
    ),
    element(
      'form',
      { class: 'sweep-plan', 'data-act': 'choose-report', key: 'form', novalidate: true },
      element(
        'div',
        { class: 'fields' },
        choiceField('report', 'What it is about', {
          value: reports.kind,
          options: REPORT_KINDS.map((kind) => [kind, KIND_NAMES[kind]!] as const),
        }),
        ownFields(state),
      ),
    ),
    element('p', { class: 'source', key: 'lead' }, KIND_LEADS[reports.kind]),
    ofWhat(state),
    whyNotTaken(rejected, REPORT_BOX),
    element(
      'div',
      { class: 'choices', key: 'start' },
      element(
        'button',
        { type: 'button', class: 'primary', 'data-act': 'start-report', disabled: isStarting },
        isStarting ? 'Starting…' : 'Make it',
      ),
    ),
    element(
      'p',
      { class: 'source', key: 'where' },
      pinned === undefined ? 'On the newest block.' : `On block ${count(pinned)}, which is pinned.`,
      ' The same asked twice of the same block is the same report, byte for byte.',
    ),
    problem !== undefined && element('p', { class: 'problem', role: 'alert', key: 'problem' }, problem),
  );
}

/** What only this kind is asked with. */
function ownFields(state: State): Piece {
  const { kind } = state.reports;
  if (kind === 'sweep') return sweepField(state);
  return kind === 'proposal' ? proposalFields(state) : undefined;
}

/** The scenario or the sweep that it would be of, in words. */
function ofWhat(state: State): Piece {
  const { reports, moves = [], settings, overrides } = state;
  if (reports.kind !== 'scenario') return undefined;
  const { volatilityMove, depthFactor, policies } = scenarioVariables({ moves, settings, overrides });
  return element(
    'p',
    { key: 'of' },
    'Of ',
    link(state, '/scenario', {}, scenarioInWords({ moves, volatilityMove, depthFactor })),
    `. ${policiesInWords(policies)}`,
  );
}

function sweepField(state: State): Piece {
  const kept = answerOf(state, sweeps).value ?? [];
  return choiceField('of', 'Sweep', {
    value: state.reports.sweep,
    options: [
      ['', 'choose one'],
      ...kept.map(
        ({ id, kind, scenarios, block, startedAt }) =>
          [
            id,
            `${count(scenarios)} scenarios, ${kind.replace('_', ' ')}, block ${count(block)}, ${minute(startedAt)} UTC`,
          ] as const,
      ),
    ],
  });
}

function proposalFields(state: State): Piece {
  const { texts } = state.advice;
  const box = (name: AdviceField, label: string, placeholder = '') =>
    formField(name, label, element('input', { name, autocomplete: 'off', value: texts[name], placeholder }));
  return [
    choiceField('at', 'Venue', {
      value: texts.at,
      options: [
        ['', 'all'],
        ...(answerOf(state, venues).value ?? []).map(({ id }) => [id, venueName(id)] as const),
      ],
    }),
    choiceField('parameter', 'Parameter', {
      value: texts.parameter,
      options: [['', 'all'], ...PARAMETER_KINDS.map((kind) => [kind, kindName(kind)] as const)],
    }),
    texts.on !== '' && box('on', 'Market, which must be empty'),
    box('tolerate', 'Tolerance: 0.1% of what is borrowed, or USD'),
    box('confidence', 'Confidence'),
    box('over', 'Horizon'),
    box(
      'volatilities',
      'Volatilities in a year, or empty: as stored prices moved',
      'such as ETH 70%, BTC 50%',
    ),
    box('draws', 'Scenarios'),
  ];
}
