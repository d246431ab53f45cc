import { ACCOUNT, type Owner } from '../sections/account/load.ts';
import { CASCADE, type Cascade } from '../sections/cascade/load.ts';
import { toHtml } from '../markup/to-html.ts';
import { DEFAULT_SETTINGS, scenarioVariables } from '../scenario/scenario.ts';
import { WHAT_IF, type WhatIf } from '../sections/what-if/load.ts';
import { toyAnswer } from '../../test-server/toy-answers.ts';
import { loadedAt, toyState } from '../../test-server/toy-state.ts';
import { nothingLoaded, type Loaded } from './loaded.ts';
import { page } from './page.ts';
import { openingState, type State } from './state.ts';

const NOW = 1_795_175_400;
const draw = (state: State) => page(state).map(toHtml).join('\n');
const text = (state: State) =>
  draw(state)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[ \n]+/g, ' ');
const loaded = <Value>(value: Value) => loadedAt(value, NOW);
const down = { kind: 'down', message: 'the API does not answer' } as const;

let full: State;
beforeAll(async () => {
  full = await toyState(NOW);
});

test('a full page names everything and prints nothing that is not a number', () => {
  for (const part of ['Undertow', 'devnet', 'block 18,342', 'Coverage 97.31', 'GHO has no feed', 'ETH −20']) {
    expect(text(full)).toContain(part);
  }
  expect(text(full)).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('what is lost comes first: the headline, then what moved, then the figures, then why debt is stuck', () => {
  const { headline = '', lossUsd = 0 } = full.cascade.value ?? {};
  const shown = text(full);
  const places = [
    headline.split('. ')[0]!,
    'Before anybody reacts',
    'ETH −20\u202f%: WETH −20\u202f%, wstETH −20\u202f%',
    '3 other assets stay where they are.',
    'Bad debt',
    'Price moves',
  ].map((part) => shown.indexOf(part));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(lossUsd).toBeGreaterThan(0);
  expect(shown).toMatch(/\$[\d.]+[KM] to \$[\d.]+[KM], as oracles follow/);
});

test('a whale that nobody liquidates: says so with the reason, though nobody loses at market prices', async () => {
  const moves = [{ what: 'CRV', move: -0.2 }];
  const variables = {
    ...scenarioVariables({ moves, settings: DEFAULT_SETTINGS, overrides: [] }),
    accounts: 20,
  };
  const { cascade } = await toyAnswer<{ cascade: Cascade }>(CASCADE, variables);
  const shown = text({ ...full, moves, cascade: loaded(cascade) });
  expect(shown).toContain('is due and nobody liquidates it, because no known market trades it');
  expect(shown).toMatch(
    /Due at the end, and nobody liquidates it .* Aave v3\.6 1 \$1\.26M no known market trades it/,
  );
  expect(shown).toMatch(/\$[\d.]+M if all had to be sold/);
});

test('changed terms: whom the change alone makes liquidatable, loudly, and both runs side by side', async () => {
  const overrides = ['aave-v3 WETH liquidationThreshold=0.6', 'aave-v3 WETH supplyCap=5'];
  const scenario = scenarioVariables({ moves: full.moves ?? [], settings: DEFAULT_SETTINGS, overrides });
  const variables = { ...scenario, accounts: 20 };
  const [{ cascade }, { whatIf }] = await Promise.all([
    toyAnswer<{ cascade: Cascade }>(CASCADE, variables),
    toyAnswer<{ whatIf: WhatIf }>(WHAT_IF, variables),
  ]);
  const shown = text({
    ...full,
    ...{ overrides, editedMarket: 'aave-v3 WETH', cascade: loaded(cascade), whatIf: loaded(whatIf) },
  });
  expect(whatIf.madeDueAccounts).toBeGreaterThan(0);
  expect(shown).toContain(`The change alone makes ${whatIf.madeDueAccounts} accounts liquidatable`);
  expect(shown).toContain(whatIf.before.headline);
  expect(shown).toContain(whatIf.after.headline);
  expect(shown).toMatch(/Figure Before After Difference Loss \$/);
  expect(shown).toMatch(/limit new borrowing only.*aave-v3 WETH supplyCap=5 changes no figure here/);
  expect(shown).toContain('now 82.5\u202f%');
  expect(shown).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('opening: says that it loads, not that there is nothing', () => {
  const shown = text(openingState(NOW));
  expect(shown).toContain('connecting…');
  expect(shown).toContain('Loading…');
  expect(shown).not.toMatch(/NaN|undefined|null|None so far/);
});

test('no block yet: says so', () => {
  const status = full.status.value && { ...full.status.value, head: null };
  const rows = full.heatmap.value && { ...full.heatmap.value, rows: [] };
  const shown = text({
    ...openingState(NOW),
    ...{
      status: loaded(status),
      heatmap: loaded(rows),
      accounts: loaded({ head: { block: 0 }, totalCount: 0, nodes: [] }),
      liquidations: loaded([]),
    },
  } as State);
  for (const part of [
    'no block yet',
    'Indexing.',
    'No asset with a price',
    'No account at risk is known yet',
    'None so far',
  ]) {
    expect(shown).toContain(part);
  }
});

test('not trusted: the reason is loud and first', () => {
  const status = full.status.value && {
    ...full.status.value,
    trusted: false,
    reason: 'Block 9 was replaced.',
  };
  const shown = text({ ...full, status: loaded(status) } as State);
  expect(shown).toContain('Do not rely on these numbers. Block 9 was replaced.');
  expect(shown.indexOf('Do not rely')).toBeLessThan(shown.indexOf('What is lost'));
});

test('API down: keeps the last data, says how old it is', () => {
  const shown = text({
    ...full,
    ...{
      connection: 'lost',
      status: { ...full.status, problem: down },
      heatmap: { ...full.heatmap, problem: down },
    },
  });
  expect(shown).toContain('Reconnecting…');
  expect(shown).toContain('What you see is from 5\u202fs ago');
  expect(shown).toContain('Stale, from 5\u202fs ago – the API does not answer; trying again');
  expect(shown).toContain('ETH −20');
});

test('API down from the start: says so in every part, without blanks', () => {
  const failed = { ...nothingLoaded, isOpening: false, problem: down };
  const shown = text({
    ...openingState(NOW),
    ...{ connection: 'lost', status: failed, heatmap: failed, accounts: failed },
  });
  expect(shown).toContain('This page fills as soon as it does');
  expect(shown).toContain('No data yet: the API does not answer; trying again.');
});

test('a refused question shows what the API said', () => {
  const problem = { kind: 'refused', message: 'no asset is called FOO' } as const;
  expect(text({ ...full, cascade: { ...nothingLoaded, isOpening: false, problem } })).toContain(
    'The API refused: no asset is called FOO',
  );
});

test('a refusal of several parts is told once, and of the cascade under “What is lost” alone', () => {
  const problem = { kind: 'refused', message: 'Block 1 is not stored.' } as const;
  const refused = { ...nothingLoaded, isOpening: false, problem };
  const many = {
    heatmap: refused,
    exposures: refused,
    accounts: refused,
    markets: refused,
    cascade: refused,
  };
  const shown = text({ ...full, ...many });
  expect(shown.split('Block 1 is not stored.')).toHaveLength(2);
  expect(shown.indexOf('Block 1 is not stored.')).toBeLessThan(shown.indexOf('What is lost'));
  expect(shown).toContain('No answer: see the top of the page.');
  const one = text({ ...full, cascade: { ...refused, problem: { ...problem, message: 'No FOO.' } } });
  expect(one.split('No FOO.')).toHaveLength(2);
  expect(one.indexOf('No FOO.')).toBeLessThan(one.indexOf('Price moves'));
});

test('accounts at risk are those that a fall by a fifth makes due; one account with most of a venue is told', () => {
  const { nodes: items = [] } = full.accounts.value ?? {};
  expect(items.length).toBeGreaterThan(3);
  expect(Math.max(...items.map(({ healthFactor }) => healthFactor))).toBeLessThanOrEqual(1.25);
  expect(text(full)).toContain(
    'accounts that are due when all that backs them falls by 20\u202f% or less, riskiest first',
  );
  const venues = full.venues.value?.map((venue, i) => ({
    ...venue,
    largestCollateralUsd: venue.collateralUsd * (i === 0 ? 0.82 : 0.4),
  }));
  expect(text({ ...full, venues: loaded(venues ?? []) })).toContain('82\u202f% of one account');
  expect(text({ ...full, venues: loaded(venues ?? []) })).not.toContain('40\u202f% of one account');
});

test('a cell is framed only where the scenario is that of the map', () => {
  const framed = (state: State) => draw(state).includes('aria-selected="true"');
  expect(framed(full)).toBe(true);
  const others = { ...full, settings: { ...full.settings, depth: 0.5 } };
  expect(framed(others)).toBe(false);
  expect(text(others)).toContain('the scenario on screen has others');
  expect(framed({ ...full, overrides: ['aave-v3 WETH liquidationThreshold=0.6'] })).toBe(false);
});

test('what is of an earlier block than the screen is marked with its block', () => {
  const [old, now] = [18_342, 18_350].map((block) => ({ block, hash: `0x${block}` }));
  const at = <Value>(one: Loaded<Value>, asked = now) => ({ ...one, asked });
  const state = { ...full, screen: now, heatmap: at(full.heatmap, old), cascade: at(full.cascade) };
  expect(text(state)).toContain('Price moves still block 18,342, reading 18,350…');
  expect(text(state)).toContain('on screen: 18,350');
  expect(text(state)).toContain('; all at block 18,342');
  expect(draw(state)).toMatch(/class="tiles behind"/);
  expect(text({ ...state, heatmap: at(full.heatmap) })).not.toContain('Price moves still');
});

test('a scenario that cannot be read has no answer, whatever was on screen before', () => {
  const problems = ['“WETH:-2” must be above −100 %'];
  const shown = text({ ...full, moves: undefined, linkProblems: problems, scenarioProblems: problems });
  expect(shown).toContain('Part of this link could not be read: “WETH:-2” must be above −100 %.');
  expect(shown).toContain('nothing is computed for it');
  expect(shown).not.toContain('nobody is liquidated');
  expect(shown).not.toContain('liquidated in');
});

test('an open incident goes to the top, one that is over to the end', () => {
  const incident = { time: NOW - 60, kind: 'deep_reorg' as const, message: 'Reindex.', resolved: false };
  const place = (state: State) => text(state).indexOf('Incidents');
  const open = { ...full, incidents: loaded([incident]) };
  expect(place(open)).toBeGreaterThan(0);
  expect(place(open)).toBeLessThan(text(open).indexOf('Price moves'));
  expect(place(full)).toBeGreaterThan(text(full).indexOf('Markets'));
  expect(place({ ...full, incidents: loaded([]) })).toBe(-1);
});

/** What is known of the owner of the first account, and of somebody who has nothing. */
const ownerOf = async (owner: string): Promise<State> => ({
  ...full,
  lookedUp: owner,
  owner: loaded((await toyAnswer<{ account: Owner }>(ACCOUNT, { owner })).account),
});

test('every venue is in the table of venues, the matrix and the choice of accounts, with its funds and gaps', () => {
  const shown = text(full);
  for (const name of ['Aave v3', 'Aave v3.6', 'Lyra Avalon', 'Morpho Blue', 'MUSD', 'Perp v2', 'Venus Core'])
    expect(shown.split(name).length).toBeGreaterThan(3);
  for (const part of [
    'Stability pool $250K',
    'What is left out of the venues (2)',
    'Where a fall feeds itself',
  ])
    expect(shown).toContain(part);
});

test('between venues: who hurts whom adds up to what was liquidated, and who bears the losses', () => {
  const shown = text(full);
  expect(shown).toContain('Who hurts whom, ETH −20');
  expect(shown).toContain('Who bears the losses');
  const { contagion = [], liquidatedUsd = 0 } = full.cascade.value ?? {};
  const sum = contagion.reduce((total, row) => total + row.liquidatedUsd, 0);
  expect(sum).toBeCloseTo(liquidatedUsd, 4);
  const none = full.cascade.value && {
    ...full.cascade.value,
    accounts: 0,
    contagion: [],
    flows: [],
    waterfall: [],
  };
  expect(text({ ...full, cascade: loaded(none) } as State)).toContain(
    'nobody is liquidated, so nothing spreads',
  );
});

test('one address: every account with its legs, exact figures with views and integers, and why some are missing', async () => {
  const many = new Map<string, Set<string>>();
  for (const { owner, venue } of full.accounts.value?.nodes ?? [])
    many.set(owner, (many.get(owner) ?? new Set()).add(venue));
  const [owner = ''] = [...many.keys()];
  const state = await ownerOf(owner);
  const { accounts = [] } = state.owner.value ?? {};
  expect(accounts.length).toBeGreaterThan(0);
  const shown = text(state);
  expect(shown.indexOf('One address over all venues')).toBeLessThan(shown.indexOf('Price moves'));
  for (const { exact, reason } of accounts) {
    if (reason !== null) expect(shown).toContain(`No exact figures: ${reason}.`);
    for (const { view, value } of exact?.figures ?? []) {
      expect(shown).toContain(view);
      expect(shown).toContain(value);
    }
  }
  expect(shown).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('an address without positions: says so, and where one might be missed', async () => {
  const nobody = `0x${'0'.repeat(39)}1`;
  const shown = text(await ownerOf(nobody));
  expect(shown).toContain(`${nobody} has no position on the watched venues: Aave v3`);
  expect(shown).toContain('2 gaps under Coverage');
});

test('an account of any owner is escaped', () => {
  const [first] = full.accounts.value?.nodes ?? [];
  if (!first) throw new Error('the example has accounts');
  const items = [{ ...first, venue: '<img src=x onerror=alert(1)>' }];
  expect(
    draw({ ...full, accounts: loaded({ head: { block: 1 }, totalCount: 1, nodes: items }) }),
  ).not.toContain('<img');
});
