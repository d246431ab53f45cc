import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { toyState } from '../../../test-server/toy-state.ts';
import type { State } from '../../frame/state.ts';
import { accounts } from '../accounts/asked.ts';
import { liquidations } from '../liquidations/asked.ts';

const { signal } = new AbortController();
const realFetch = globalThis.fetch;

beforeAll(() => {
  globalThis.fetch = (async (_url: string, { body }: { body: string }) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    return Response.json({ data: await toyAnswer(query, variables) });
  }) as unknown as typeof fetch;
});
afterAll(() => {
  globalThis.fetch = realFetch;
});

const on = (state: State, parts: Record<string, string>): State => ({
  ...state,
  at: { ...state.at, parts },
});

test('on the page of a market accounts and liquidations are those of it, and of one that nobody knows nothing is asked', async () => {
  const everywhere = await toyState(1_795_175_400);
  const state = on(everywhere, { id: 'aave-v3', market: 'WETH' });
  const own = await accounts.load(
    { ...state, accountChoice: { ...state.accountChoice, isAtRisk: false } },
    signal,
  );
  expect(own.nodes.length).toBeGreaterThan(0);
  for (const { venue, legs } of own.nodes) {
    expect(venue).toBe('aave-v3');
    expect(legs.map(({ market }) => market)).toContain('WETH');
  }
  const seen = await liquidations.load(state, signal);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.length).toBeLessThan((await liquidations.load(on(everywhere, {}), signal)).length);
  for (const { venue, collateral, debt } of seen)
    expect([venue, [collateral.symbol, debt.symbol].includes('WETH')]).toEqual(['aave-v3', true]);
  for (const asked of [accounts, liquidations]) {
    expect(asked.isAsked?.(state)).toBe(true);
    expect(asked.isAsked?.(on(everywhere, { id: 'aave-v3', market: 'FOO' }))).toBe(false);
    expect(asked.about?.(state)).not.toBe(asked.about?.(on(everywhere, { id: 'aave-v3' })));
  }
});
