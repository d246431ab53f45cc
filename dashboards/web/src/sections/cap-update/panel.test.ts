import { loadedAt, toyState } from '../../../test-server/toy-state.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { withAnswer } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { toHtml } from '../../markup/to-html.ts';
import { oracles } from '../oracles/asked.ts';
import { ORACLES, type Oracles } from '../oracles/load.ts';
import { capUpdate } from './asked.ts';
import type { CapUpdate } from './load.ts';
import { capUpdatePanel } from './panel.ts';

const NOW = 1_795_175_400;
const CHOICE = { oracle: '0xcap', ratio: 1.1912, since: Date.UTC(2026, 2, 3, 12) / 1_000, mostChange: 0.03 };
const NOTHING: CapUpdate = {
  ...{ head: { block: 7, hash: '0x07' }, bookHash: 'b', coverage: { share: 1, gaps: [] } },
  ...{ feed: '0xcap', label: 'Capped wstETH', rate: 1.2285, ratio: 1.25, isHeldBack: false },
  ...{ headroomBefore: 0.02, headroomAfter: 0.0175, latestSince: null },
  ...{ prices: [], madeDueAccounts: 0, madeDueUsd: 0, madeDue: [] },
};
const textOf = (state: State) =>
  toHtml(capUpdatePanel(state))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

let state: State;
beforeAll(async () => {
  const plain = await toyState(NOW);
  const { oracles: report } = await toyAnswer<{ oracles: Oracles }>(ORACLES);
  const [first, ...others] = report.oracles;
  const value = { ...report, oracles: [{ ...first!, id: '0xcap', capHeadroom: 0.02 }, ...others] };
  state = { ...plain, ...withAnswer(plain, oracles, loadedAt(value, NOW)) };
});
const played = (value: CapUpdate, oracle = CHOICE.oracle): State => ({
  ...{ ...state, capUpdate: { ...CHOICE, oracle } },
  ...withAnswer(state, capUpdate, loadedAt(value, NOW)),
});

test('asks for nothing while nobody does, and offers what is under a cap', () => {
  const html = toHtml(capUpdatePanel(state));
  expect(html).toMatch(/<option value="0xcap">[^<]+ at /);
  expect(html.match(/<option /g)).toHaveLength(1);
  expect(html).toContain('Nothing is asked yet.');
  expect(html).not.toContain('Leave it');
});

test('shows what was asked in its form, and a cap that is not listed too', () => {
  const html = toHtml(capUpdatePanel(played(NOTHING, 'Capped xUSD')));
  expect(html).toContain('value="2026-03-03T12:00:00"');
  expect(html).toContain('value="1.1912"');
  expect(html).toMatch(/name="change"[^>]*value="3"/);
  expect(html).toContain('<option value="Capped xUSD">');
});

test('says that an update changes nothing, or whom it would let be liquidated', () => {
  expect(textOf(played(NOTHING))).toMatch(
    /would change no price\. Capped wstETH: the token is redeemed for 1\.2285, the cap would grow from 1\.25\. Room below the cap: 2.% now, 1\.75.% after\./,
  );
  const asset = { symbol: 'wstETH', address: '0x12' };
  const low: CapUpdate = {
    ...{ ...NOTHING, isHeldBack: true, headroomAfter: -0.0285, latestSince: CHOICE.since },
    prices: [{ id: '0xoracle', asset, beforeUsd: 2_500, afterUsd: 2_428.75 }],
    ...{ madeDueAccounts: 2, madeDueUsd: 5_000 },
    madeDue: [
      { venue: 'aave-v3', market: '', owner: '0x34', debtUsd: 4_000, healthBefore: 1.02, healthAfter: 0.99 },
    ],
  };
  const text = textOf(played(low));
  expect(text).toMatch(/alone would make 2 accounts with \$5\.0?0?K? ?\S* ?of debt liquidatable/);
  expect(text).toMatch(
    /held back from what was asked.*2\.85.% too low after.*name 2026-03-03 12:00 UTC at the latest/,
  );
  expect(text).toMatch(/wstETH.*2,500.*2,428\.75.*2\.85.%/);
  expect(text).toMatch(/1 account of 2 that it alone/);
  expect(text).not.toMatch(/NaN|undefined|null/);
});

test('says beside the form why what was typed was not taken', () => {
  const rejected = { at: 'cap update', text: '', why: 'it needs the oracle whose cap is updated.' };
  expect(textOf({ ...state, rejected })).toContain('Not taken: it needs the oracle');
});
