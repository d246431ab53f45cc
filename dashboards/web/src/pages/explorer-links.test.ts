import { htmlOf } from '../../test-server/draw-page.ts';
import { toyState } from '../../test-server/toy-state.ts';
import type { State } from '../frame/state.ts';
import { page as assetPage } from './asset/page.ts';
import { page as marketPage } from './market/page.ts';

const WETH = `0x${'c0'.repeat(20)}`;
const LINK = `href="https://etherscan.io/address/${WETH}"`;

let onNetwork: State;
beforeAll(async () => {
  onNetwork = { ...(await toyState(1_795_175_400)), explorer: 'https://etherscan.io' };
});
const at = (page: string, parts: Readonly<Record<string, string>>): Pick<State, 'at'> => ({
  at: { page, path: `/${page}`, parts },
});

/** How often the page leads to the contract of WETH. */
const linksOf = (page: typeof assetPage, state: State) => htmlOf(page, state).split(LINK).length - 1;

test('the contract of an asset leads to the block explorer: from its page, its market, and the terms of that', () => {
  const asset = { ...onNetwork, ...at('asset', { symbol: 'WETH' }) };
  expect(linksOf(assetPage, asset)).toBe(1);
  // Once where its collateral is named, once beside the price that may be changed.
  const market = { ...onNetwork, ...at('market', { id: 'aave-v3', market: 'WETH' }) };
  expect(linksOf(marketPage, market)).toBe(2);
});

test('a network without an explorer has no such links', () => {
  const asset = { ...onNetwork, explorer: undefined, ...at('asset', { symbol: 'WETH' }) };
  expect(htmlOf(assetPage, asset)).not.toContain('class="explorer"');
});
