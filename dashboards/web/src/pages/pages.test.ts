import { answered, htmlOf, knowing, textOf } from '../../test-server/draw-page.ts';
import { toyAnswer } from '../../test-server/toy-answers.ts';
import { toyState } from '../../test-server/toy-state.ts';
import { answerOf, type Asked } from '../frame/asked.ts';
import { nothingLoaded } from '../frame/loaded.ts';
import { openingState, type State } from '../frame/state.ts';
import type { ClearingAnswer, MarginsAnswer } from '../graph/answers.ts';
import { percent, usd } from '../format/number.ts';
import { venueName } from '../format/venue.ts';
import { DEFAULT_SETTINGS, scenarioVariables } from '../scenario/scenario.ts';
import { owner as ownerAsked } from '../sections/account/asked.ts';
import { ACCOUNT, type Owner } from '../sections/account/load.ts';
import { accounts } from '../sections/accounts/asked.ts';
import { nearLine } from '../sections/attention/asked.ts';
import { NEAR_LINE, type NearLine } from '../sections/attention/load.ts';
import { cascade } from '../sections/cascade/asked.ts';
import { sentencesOf } from '../sections/cascade/headline.ts';
import { CASCADE, type Cascade } from '../sections/cascade/load.ts';
import { otherCascade } from '../sections/compare/asked.ts';
import { OTHER_CASCADE, type OtherCascade } from '../sections/compare/load.ts';
import { exposures } from '../sections/exposure/asked.ts';
import { headline, quotedFall } from '../sections/headline/asked.ts';
import { HEADLINE, type Headline } from '../sections/headline/load.ts';
import { heatmap } from '../sections/heatmap/asked.ts';
import { holders } from '../sections/holders/asked.ts';
import { HOLDERS, type Holders } from '../sections/holders/load.ts';
import { history } from '../sections/history/asked.ts';
import { incidents } from '../sections/incidents/asked.ts';
import { liquidations } from '../sections/liquidations/asked.ts';
import { clearing } from '../sections/clearing/asked.ts';
import { CLEARING } from '../sections/clearing/load.ts';
import { margins } from '../sections/margins/asked.ts';
import { A_DAY, MARGINS } from '../sections/margins/load.ts';
import { markets } from '../sections/markets/asked.ts';
import { status } from '../sections/status/asked.ts';
import { venues } from '../sections/venues/asked.ts';
import { whatIf } from '../sections/what-if/asked.ts';
import { WHAT_IF, type WhatIf } from '../sections/what-if/load.ts';
import { page as accountPage } from './account/page.ts';
import { page as accountsPage } from './accounts/page.ts';
import { page as assetPage } from './asset/page.ts';
import { page as assets } from './assets/page.ts';
import { page as marketPage } from './market/page.ts';
import { page as overview } from './overview/page.ts';
import { page as scenario } from './scenario/page.ts';
import { page as system } from './system/page.ts';
import { page as venuePage } from './venue/page.ts';
import { page as venuesPage } from './venues/page.ts';

const GREEKS = { delta: 1.5, gamma: -0.002, vegaUsd: -400, thetaUsd: 730 };
const NOW = 1_795_175_400;
const down = { kind: 'down', message: 'the API does not answer' } as const;
const at = (page: string, path: string, parts = {}): Pick<State, 'at'> => ({ at: { page, path, parts } });
const valueOf = <Value>(asked: Asked<Value>): Value => {
  const { value } = answerOf(full, asked);
  if (value === undefined) throw new Error(`the example has ${asked.key}`);
  return value;
};

let full: State;
beforeAll(async () => {
  full = { ...(await toyState(NOW)), ...at('scenario', '/scenario') };
});

test('the pages name everything and print nothing that is not a number', () => {
  for (const part of ['Undertow', 'devnet', 'block 18,342', 'Coverage 97.31', 'GHO has no feed', 'ETH −20'])
    expect(textOf(scenario, full)).toContain(part);
  for (const page of [overview, scenario, venuesPage, assets, accountsPage, system])
    expect(textOf(page, full)).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('what is lost comes first: the headline; under the map, what moved, and then the figures', () => {
  const { headline, lossUsd } = valueOf(cascade);
  const shown = textOf(scenario, full);
  const places = [
    headline.split('. ')[0]!,
    'Price moves',
    'Before anybody reacts',
    'ETH −20\u202f%: WETH −20\u202f%, wstETH −20\u202f%',
    '3 other assets stay where they are.',
    'Shortfall of open accounts',
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
  const answer = await toyAnswer<{ cascade: Cascade }>(CASCADE, variables);
  const shown = textOf(scenario, answered({ ...full, moves }, cascade, answer.cascade));
  expect(shown).toContain('is due and nobody liquidates it, because no known market trades it');
  expect(shown).toMatch(
    /Due at the end, and nobody liquidates it .* Aave v3\.6 1 \$1\.26M no known market trades it/,
  );
  expect(shown).toMatch(/\$[\d.]+M if all had to be sold/);
});

test('changed terms: whom the change alone makes liquidatable, loudly, and both runs side by side', async () => {
  const overrides = ['aave-v3 WETH liquidationThreshold=0.6', 'aave-v3 WETH supplyCap=5'];
  const asked = scenarioVariables({ moves: full.moves ?? [], settings: DEFAULT_SETTINGS, overrides });
  const variables = { ...asked, accounts: 20 };
  const [run, compared] = await Promise.all([
    toyAnswer<{ cascade: Cascade }>(CASCADE, variables),
    toyAnswer<{ whatIf: WhatIf }>(WHAT_IF, variables),
  ]);
  const changed = { ...full, overrides, editedMarket: 'aave-v3 WETH' };
  const state = answered(answered(changed, cascade, run.cascade), whatIf, compared.whatIf);
  const shown = textOf(scenario, state);
  const { madeDueAccounts, before, after } = compared.whatIf;
  expect(madeDueAccounts).toBeGreaterThan(0);
  expect(shown).toContain(`The change alone makes ${madeDueAccounts} accounts liquidatable`);
  expect(shown).toContain(before.headline);
  expect(shown).toContain(after.headline);
  expect(shown).toMatch(/Figure Before After Difference Loss \$/);
  expect(shown).toMatch(/limit new borrowing only.*aave-v3 WETH supplyCap=5 changes no figure here/);
  expect(shown).toContain('now 82.5\u202f%');
  expect(shown).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('opening: says that it loads, not that there is nothing', () => {
  for (const page of [scenario, venuesPage, assets, accountsPage]) {
    const shown = textOf(page, { ...openingState(NOW), ...at('scenario', '/scenario'), pageIs: 'here' });
    expect(shown).toContain('connecting…');
    expect(shown).toContain('Loading…');
    expect(shown).not.toMatch(/NaN|undefined|null|None so far/);
  }
});

test('no block yet: says so', () => {
  const opening = { ...openingState(NOW), ...at('scenario', '/scenario') };
  const known = answered(opening, status, { ...valueOf(status), head: null });
  const shownMap = textOf(scenario, answered(known, heatmap, { ...valueOf(heatmap), rows: [] }));
  for (const part of ['no block yet', 'Indexing.', 'No asset with a price']) expect(shownMap).toContain(part);
  const none = answered(known, accounts, { ...valueOf(accounts), totalCount: 0, nodes: [] });
  const shown = textOf(accountsPage, answered(none, liquidations, []));
  for (const part of ['No account at risk is known yet', 'None so far']) expect(shown).toContain(part);
});

test('not trusted: the reason is loud and first, on every page', () => {
  const state = answered(full, status, {
    ...valueOf(status),
    ...{ trusted: false, reason: 'Block 9 was replaced.' },
  });
  for (const page of [overview, scenario, system]) {
    const shown = textOf(page, state);
    expect(shown).toContain('Do not rely on these numbers. Block 9 was replaced.');
    expect(shown.indexOf('Do not rely')).toBeLessThan(shown.lastIndexOf(page.title(state)));
  }
});

test('API down: keeps the last data, says how old it is', () => {
  const lost = knowing({ ...full, connection: 'lost' }, status, { problem: down });
  const shown = textOf(scenario, knowing(lost, heatmap, { problem: down }));
  expect(shown).toContain('Reconnecting…');
  expect(shown).toContain('What you see is from 5\u202fs ago');
  expect(shown).toContain('Stale, from 5\u202fs ago – the API does not answer; trying again');
  expect(shown).toContain('ETH −20');
});

test('API down from the start: says so in every section, without blanks', () => {
  let state: State = { ...openingState(NOW), connection: 'lost' };
  for (const asked of [status, heatmap, accounts] as Asked<unknown>[])
    state = knowing(state, asked, { isOpening: false, problem: down });
  const shown = textOf(scenario, state);
  expect(shown).toContain('This page fills as soon as it does');
  expect(shown).toContain('No data yet: the API does not answer; trying again.');
});

const refused = (message: string) => ({
  ...nothingLoaded,
  isOpening: false,
  problem: { kind: 'refused', message } as const,
});

test('a refused question shows what the API said', () => {
  expect(textOf(scenario, knowing(full, cascade, refused('no asset is called FOO')))).toContain(
    'The API refused: no asset is called FOO',
  );
});

test('a refusal of several sections is told once, and of the cascade under “What is lost” alone', () => {
  let state = full;
  for (const asked of [heatmap, exposures, markets, cascade] as Asked<unknown>[])
    state = knowing(state, asked, refused('Block 1 is not stored.'));
  const shown = textOf(scenario, state);
  expect(shown.split('Block 1 is not stored.')).toHaveLength(2);
  expect(shown.indexOf('Block 1 is not stored.')).toBeLessThan(shown.indexOf('What is lost'));
  expect(shown).toContain('No answer: see the top of the page.');
  const one = textOf(scenario, knowing(state, cascade, refused('No FOO.')));
  expect(one.split('No FOO.')).toHaveLength(2);
  expect(one.indexOf('No FOO.')).toBeLessThan(one.indexOf('Price moves'));
});

test('accounts at risk are those that a fall by a fifth makes due; one account with most of a venue is told', () => {
  const { nodes: items } = valueOf(accounts);
  expect(items.length).toBeGreaterThan(3);
  expect(Math.max(...items.map(({ healthFactor }) => healthFactor))).toBeLessThanOrEqual(1.25);
  expect(textOf(accountsPage, full)).toContain(
    'accounts that are due when all that backs them falls by 20\u202f% or less, riskiest first',
  );
  const uneven = valueOf(venues).map((venue, i) => ({
    ...venue,
    largestCollateralUsd: venue.collateralUsd * (i === 0 ? 0.82 : 0.4),
  }));
  const shown = textOf(venuesPage, answered(full, venues, uneven));
  expect(shown).toContain('82\u202f% of one account');
  expect(shown).not.toContain('40\u202f% of one account');
});

test('a cell is framed only where the scenario is that of the map', () => {
  const framed = (state: State) =>
    /<g role="gridcell"[^>]*aria-selected="true"/.test(htmlOf(scenario, state));
  expect(framed(full)).toBe(true);
  const others = { ...full, settings: { ...full.settings, depth: 0.5 } };
  expect(framed(others)).toBe(false);
  expect(textOf(scenario, others)).toContain('the scenario on screen has others');
  expect(framed({ ...full, overrides: ['aave-v3 WETH liquidationThreshold=0.6'] })).toBe(false);
});

test('what is of an earlier block than the screen is marked with its block', () => {
  const [old, now] = [18_342, 18_350].map((block) => ({ block, hash: `0x${block}` }));
  const screen = { ...full, screen: now };
  const behind = knowing(knowing(screen, heatmap, { asked: old }), cascade, { asked: now });
  expect(textOf(scenario, behind)).toContain('Price moves still block 18,342, reading 18,350…');
  expect(textOf(scenario, behind)).toContain('on screen: 18,350');
  expect(textOf(overview, behind)).toContain('; all at block 18,342');
  expect(htmlOf(overview, behind)).toMatch(/class="tiles behind"/);
  expect(textOf(scenario, knowing(screen, heatmap, { asked: now }))).not.toContain('Price moves still');
});

test('a scenario that cannot be read has no answer, whatever was on screen before', () => {
  const problems = ['“WETH:-2” must be above −100 %'];
  const unread = { ...full, moves: undefined, linkProblems: problems, scenarioProblems: problems };
  const shown = textOf(scenario, unread);
  expect(shown).toContain('Part of this link could not be read: “WETH:-2” must be above −100 %.');
  expect(shown).toContain('nothing is computed for it');
  expect(shown).toContain('scenario cannot be read');
  expect(shown).not.toContain('nobody is liquidated');
  expect(shown).not.toContain('liquidated in');
});

/** The overview with all that it asks answered. */
async function morning(): Promise<State> {
  const fall = quotedFall(full);
  const { cascade: quoted } = await toyAnswer<{ cascade: Headline }>(HEADLINE, { moves: [fall] });
  const asked = { maxHealthFactor: 1 / 0.95 };
  const { accounts: near } = await toyAnswer<{ accounts: NearLine }>(NEAR_LINE, asked);
  return answered(answered({ ...full, ...at('overview', '/') }, headline, quoted), nearLine, near);
}

test('the overview says what would be lost now and who bears it, whatever scenario was chosen', async () => {
  const chosen = { ...(await morning()), moves: [{ what: 'BTC', move: -0.5 }], isChosen: true };
  const shown = textOf(overview, chosen);
  expect(shown).toContain('If ETH fell by 20\u202f% now');
  for (const sentence of sentencesOf(valueOf(cascade).headline)) expect(shown).toContain(sentence);
  for (const { venue } of valueOf(cascade).waterfall) expect(shown).toContain(venueName(venue));
  expect(htmlOf(overview, chosen)).toContain('href="/scenario?shock=ETH:-0.2"');
  expect(shown).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('what to act on: what is not trusted, open incidents, accounts due, who is near, what is missing, in this order', async () => {
  const state = await morning();
  const incident = {
    ...valueOf(incidents)[0]!,
    time: NOW - 60,
    kind: 'deep_reorg',
    resolved: false,
  } as const;
  const due = valueOf(venues).map((venue, i) => ({ ...venue, due: i === 0 ? 3 : 0 }));
  const broken = answered(answered(state, incidents, [incident]), venues, due);
  const untrusted = { ...valueOf(status), trusted: false, reason: 'Block 9 was replaced.' };
  const shown = textOf(overview, answered(broken, status, untrusted));
  const places = [
    'The numbers cannot be trusted',
    'Open incident: deep reorg',
    `3 accounts due at ${venueName(due[0]!.id)}`,
    'within 5\u202f% of the line',
    '2.69\u202f% of the debt is not in the numbers',
  ].map((part) => shown.indexOf(part));
  expect(places[0]).toBeGreaterThan(0);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('where nothing is wrong, the overview says so', async () => {
  const state = await morning();
  const whole = { ...valueOf(status).coverage, share: 1, gaps: [] };
  const well = answered(answered(state, incidents, []), status, { ...valueOf(status), coverage: whole });
  const calm = answered(well, nearLine, { totalCount: 0, nodes: [] });
  const none = valueOf(venues).map((venue) => ({ ...venue, due: 0 }));
  expect(textOf(overview, answered(calm, venues, none))).toContain('Nothing: no account is due');
});

test('what was measured now and a day ago stands side by side; where nothing was then, that is said once', async () => {
  const state = await morning();
  const alone = textOf(overview, state);
  expect(alone).toMatch(
    /Nothing was measured a day ago yet.* Measure Now Loss at ETH −30.% \$400K Over time/,
  );
  const [line] = valueOf(history);
  const then = { ...line!.points[0]!, time: line!.points[0]!.time - 86_400, value: 3e5 };
  const lines = [
    { ...line!, points: [then, ...line!.points] },
    { ...line!, subject: 'BTC=-0.3' },
  ];
  const shown = textOf(overview, answered(state, history, lines));
  expect(shown).toMatch(
    /Measure Now A day ago Change Loss at ETH −30.% \$400K \$300K \+\$100K Loss at BTC −30.% \$400K not measured –/,
  );
});

test('the small map leads to the scenario of each cell', async () => {
  const html = htmlOf(overview, { ...(await morning()), widths: { 'small-map': 500 } });
  expect(html).toMatch(/<a class="cell" href="\/scenario\?shock=BTC:-0\.5" aria-label="BTC −50/);
});

test('every venue is in the table of venues, the matrix and the choice of accounts, with its funds and gaps', () => {
  for (const page of [venuesPage, assets, accountsPage])
    for (const name of [
      'Aave v3',
      'Aave v3.6',
      'Lyra Avalon',
      'Morpho Blue',
      'MUSD',
      'Perp v2',
      'Venus Core',
    ])
      expect(textOf(page, full)).toContain(name);
  for (const part of ['Stability pool $250K', 'What is left out of the venues (2)'])
    expect(textOf(venuesPage, full)).toContain(part);
  expect(textOf(assets, full)).toContain('Where a fall feeds itself');
});

test('between venues: who hurts whom adds up to what was liquidated, and who bears the losses', () => {
  const between: State = { ...full, tab: 'between' };
  const shown = textOf(scenario, between);
  expect(shown).toContain('Who hurts whom, ETH −20');
  expect(shown).toContain('Who bears the losses');
  const run = valueOf(cascade);
  const sum = run.contagion.reduce((total, row) => total + row.liquidatedUsd, 0);
  expect(sum).toBeCloseTo(run.liquidatedUsd, 4);
  const none = { ...run, accounts: 0, contagion: [], flows: [], waterfall: [] };
  expect(textOf(scenario, answered(between, cascade, none))).toContain(
    'nobody is liquidated, so nothing spreads',
  );
});

/** What is known of an owner, on the page of the address. */
async function ownerOf(owner: string): Promise<State> {
  const { account } = await toyAnswer<{ account: Owner }>(ACCOUNT, { owner });
  const state = { ...full, ...at('account', `/accounts/${owner}`, { address: owner }) };
  return answered(state, ownerAsked, account);
}

test('one address: every account with its legs, exact figures with views and integers, and why some are missing', async () => {
  const [first] = valueOf(accounts).nodes;
  const state = await ownerOf(first?.owner ?? '');
  const own = answerOf(state, ownerAsked).value?.accounts ?? [];
  expect(own.length).toBeGreaterThan(0);
  const shown = textOf(accountPage, state);
  expect(shown).toContain('One address over all venues');
  for (const { exact, reason } of own) {
    if (reason !== null) expect(shown).toContain(`No exact figures: ${reason}.`);
    for (const { view, value } of exact?.figures ?? []) {
      expect(shown).toContain(view);
      expect(shown).toContain(value);
    }
  }
  expect(shown).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('one address: its three margins, lines, what it may lose, and the scenario that binds', async () => {
  const { owner } = valueOf(accounts).nodes.find(({ venue }) => venue === 'aave-v3')!;
  const over = { block: null, horizon: A_DAY.horizon, step: A_DAY.step };
  const { margins: answer } = await toyAnswer<MarginsAnswer>(MARGINS, { ...over, owner });
  const told = { ...answer, horizon: A_DAY };
  const { report } = told;
  const on = { reference: 'ETH', left: [], greeks: { ...GREEKS, collateralDelta: 2 } };
  const scenarios = [0.8, 1, 1.2].map((spotFactor) => ({
    ...{ spotFactor, volatility: 'up' as const, changeUsd: (spotFactor - 1) * 50_000 },
  }));
  const grid = { equityUsd: 1, maintenanceUsd: 12_300, initialUsd: 15_400, binding: 0, scenarios };
  const whole = { ...told, report: { ...report!, derivatives: [{ ...on, grid }] } };
  const widths = { margins: 700, 'margins-gains': 700, 'margins-scenarios-ETH': 700 };
  const shown = textOf(accountPage, answered({ ...(await ownerOf(owner)), widths }, margins, whole));
  for (const part of [
    'Isolated, the worst',
    'Cross, all as one',
    'Portfolio margin asks the greater of the two',
  ])
    expect(shown).toContain(part);
  for (const { distances } of report!.accounts)
    for (const { deviations } of distances) expect(shown).toContain(deviations!.toFixed(1));
  expect(shown).toMatch(/Over 1 d, by what came, at the volatility of now \(EWMA\) \(300 scenarios/);
  expect(shown).toContain('The worst has a frame: ETH −20\u202f%, volatility up: −$10.0K');
  expect(shown).toContain('−20\u202f%, volatility up: −$10.0K, which binds');
  expect(shown).toContain('Prices: ETH by kraken ETH/USD (300), BTC by kraken BTC/USD (300).');
  expect(shown).not.toMatch(/NaN|undefined|null|Infinity/);
  const none = { ...told, report: null, missing: ['No account with a debt or a position in the model.'] };
  expect(textOf(accountPage, answered(await ownerOf(owner), margins, none))).toContain(none.missing[0]);
});

test('all venues as one house: its fund beside what each would need, and the scenario that binds', async () => {
  const over = { block: null, horizon: A_DAY.horizon, step: A_DAY.step };
  const { clearing: answer } = await toyAnswer<ClearingAnswer>(CLEARING, over);
  const told = { ...answer, horizon: A_DAY };
  const shown = textOf(venuesPage, answered({ ...full, widths: { clearing: 700 } }, clearing, told));
  expect(told.binding!.fundUsd).toBeGreaterThan(0);
  expect(shown).toContain(`One fund of ${usd(told.fundUsd)} would bear the two worst owners.`);
  expect(shown).toMatch(/two, four and six standard deviations of a day either way \(ETH .*, this binds: /);
  for (const { venue, fundUsd } of told.apart) {
    expect(shown).toContain(venueName(venue));
    expect(shown).toContain(usd(fundUsd));
  }
  const calm = { ...told, binding: null, apart: [], fundUsd: 0 };
  expect(textOf(venuesPage, answered(full, clearing, calm))).toContain(
    'In no scenario does anybody owe more',
  );
});

test('an address without positions: says so, and where one might be missed', async () => {
  const nobody = `0x${'0'.repeat(39)}1`;
  const shown = textOf(accountPage, await ownerOf(nobody));
  expect(shown).toContain(`${nobody} has no position on the watched venues: Aave v3`);
  expect(shown).toContain('2 gaps under Coverage');
});

test('an account of any owner is escaped', () => {
  const page = valueOf(accounts);
  const nodes = page.nodes.slice(0, 1).map((item) => ({ ...item, venue: '<img src=x onerror=alert(1)>' }));
  expect(htmlOf(accountsPage, answered(full, accounts, { ...page, nodes }))).not.toContain('<img');
});

test('every tab of a scenario is named with how much is behind it, and one of them is shown', () => {
  const run = valueOf(cascade);
  const shown = (tab: State['tab']) => textOf(scenario, { ...full, tab });
  expect(shown(undefined)).toContain(
    `Result Round by round ${run.rounds.length} Between venues Accounts hit ${run.accounts} Compare`,
  );
  expect(shown('rounds')).toContain(`Rounds (${run.rounds.length})`);
  expect(shown('rounds')).not.toContain('Before anybody reacts');
  expect(shown('hit')).toContain(
    `ETH −20\u202f%: ${run.accounts} accounts are liquidated, none is left due.`,
  );
  expect(shown('hit')).toContain('Accounts hit, largest liquidated value first');
});

test('two scenarios side by side: both headlines, every figure and the difference; without a second, how to choose one', async () => {
  const other = { moves: [{ what: 'ETH', move: -0.3 }], settings: DEFAULT_SETTINGS, overrides: [] };
  const answer = await toyAnswer<{ cascade: OtherCascade }>(OTHER_CASCADE, scenarioVariables(other));
  const state = answered({ ...full, other, tab: 'compare' }, otherCascade, answer.cascade);
  const shown = textOf(scenario, state);
  for (const headline of [valueOf(cascade).headline, answer.cascade.headline])
    expect(shown).toContain(headline);
  expect(shown).toMatch(/A: ETH −20.%.*B: ETH −30.%.*Figure A B Difference Loss \$119K \$379K \+\$26\dK/s);
  expect(shown).not.toMatch(/NaN|undefined|null|Infinity/);
  const alone = htmlOf(scenario, { ...full, ...at('scenario', '/scenario'), tab: 'compare' });
  expect(alone).toContain('href="/scenario?shock=ETH:-0.2&amp;b=shock%3DETH%3A-0.1&amp;tab=compare"');
});

test('one venue: its figures, its own markets and exposures alone, its terms; of one that is unknown, which there are', () => {
  const state = { ...full, ...at('venue', '/venues/aave-v3', { id: 'aave-v3' }) };
  const shown = textOf(venuePage, state);
  const { accounts: many, debtUsd } = valueOf(venues).find(({ id }) => id === 'aave-v3')!;
  for (const part of [
    `Accounts with debt ${many}`,
    `Owed ${usd(debtUsd)}`,
    'Close factor',
    'GHO has no feed',
  ])
    expect(shown).toContain(part);
  expect(htmlOf(venuePage, state)).toContain('href="/venues/aave-v3/WETH"');
  expect(htmlOf(venuePage, state)).not.toContain('href="/venues/morpho-blue/');
  const unknown = textOf(venuePage, { ...full, ...at('venue', '/venues/nope', { id: 'nope' }) });
  expect(unknown).toMatch(/There is no venue “nope” here\. There is: Aave v3 Aave v3\.6/);
  expect(unknown).not.toContain('Markets');
});

test('one market: what is in it, who has something in it, its terms, which lead to the scenario once they are changed', () => {
  const state = { ...full, ...at('market', '/venues/aave-v3/WETH', { id: 'aave-v3', market: 'WETH' }) };
  const shown = textOf(marketPage, state);
  const parts = ['WETH – Aave v3', 'Collateral on its terms', 'Liquidation threshold'];
  for (const part of [...parts, 'Accounts at risk', 'Liquidations seen on chain'])
    expect(shown).toContain(part);
  expect(shown).not.toContain('would do');
  expect(htmlOf(marketPage, state)).toContain(
    '/advice?advice=liquidationThreshold%20aave-v3%20WETH#advice-one-title',
  );
  const overrides = ['aave-v3 WETH liquidationThreshold=0.6'];
  expect(textOf(marketPage, { ...state, overrides })).toContain('What 1 changed term would do');
  const nope = { ...full, ...at('market', '/venues/aave-v3/FOO', { id: 'aave-v3', market: 'FOO' }) };
  expect(textOf(marketPage, nope)).toContain('There is no market at Aave v3 “FOO” here. There is: WETH');
  expect(textOf(marketPage, nope)).not.toContain('Accounts at risk');
});

test('one asset: what it hangs on and what hangs on it, where it is held; of one that is unknown, which there are', () => {
  const ofAsset = (symbol: string) => textOf(assetPage, { ...full, ...at('asset', '', { symbol }) });
  const shown = ofAsset('weth');
  expect(shown).toMatch(/WETH stands for ETH itself\. On it hangs wstETH \./);
  expect(shown).toContain('Where it is held and owed');
  expect(shown).toContain('What if: ETH −10 %');
  expect(ofAsset('wstETH')).toMatch(/wstETH is redeemed at a ratio for WETH , of the family of ETH\./);
  expect(ofAsset('NOPE')).toMatch(/There is no asset “NOPE” here\. There is: /);
  for (const symbol of ['WETH', 'wstETH', 'sUSD', 'USDC'])
    expect(ofAsset(symbol)).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('who has an asset as collateral, how much of it the largest have, and what its markets can absorb', async () => {
  const { asset } = await toyAnswer<{ asset: Holders }>(HOLDERS, { symbol: 'WETH' });
  const here = { ...full, ...at('asset', '/assets/WETH', { symbol: 'WETH' }) };
  const shown = textOf(assetPage, answered(here, holders, asset));
  expect(asset.holders.length).toBeGreaterThan(5);
  expect(shown).toContain(
    `Of ${asset.holderAccounts} accounts the largest has ${percent(asset.concentration!.top1)}`,
  );
  expect(shown).toContain(`Traded against ${asset.depth!.quote.symbol}`);
  const none = { ...asset, depth: null, holders: [], holderAccounts: 0, concentration: null };
  const nothing = textOf(assetPage, answered(here, holders, none));
  expect(nothing).toContain('nobody is known to buy what is seized of it');
  expect(nothing).toContain('Nobody with debt has it as collateral.');
});

test('the system: coverage with every gap, the chain, trust, and every incident, also when there is none', () => {
  const here = { ...full, ...at('system', '/system') };
  const shown = textOf(system, here);
  const { coverage } = valueOf(status);
  for (const { reason } of coverage.gaps) expect(shown).toContain(reason);
  expect(shown).toContain('Trusted Yes');
  expect(shown).toContain('97.31');
  expect(textOf(system, answered(here, incidents, []))).toContain('None is known.');
});

test('what is no address is told in its place', () => {
  const shown = textOf(accountPage, { ...full, ...at('account', '/accounts/0x12', { address: '0x12' }) });
  expect(shown).toContain('“0x12” is not an address: 0x and 40 hexadecimal digits.');
});

test('the heading says where one is, the navigation marks it, and links carry scenario and block along', () => {
  const chosen = { ...full, pinned: 7, carried: '?shock=ETH:-0.2&block=7' };
  const shown = htmlOf(venuesPage, { ...chosen, ...at('venues', '/venues') });
  expect(shown).toContain('<h1 tabindex="-1" id="page-title">Venues</h1>');
  expect(shown).toContain('href="/venues/aave-v3?shock=ETH:-0.2&amp;block=7"');
  expect(htmlOf(overview, { ...chosen, ...at('overview', '/') })).toContain('aria-current="page"');
});
