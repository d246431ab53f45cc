import { until } from '../run-undertow.ts';
import { ask, open } from './real-run.ts';

/** An address of every page, with something chosen where something can be. */
async function addresses(): Promise<readonly string[]> {
  const { accounts } = await ask<{ accounts: { nodes: { owner: string }[] } }>(
    '{ accounts(first: 1) { nodes { owner } } }',
  );
  return [
    '/',
    '/scenario?measure=liquidated&shock=ETH:-0.3&depth=0.5&tab=rounds',
    '/venues',
    '/venues/aave-v3@devnet',
    '/venues/aave-v3@devnet/WETH?shock=ETH:-0.2&set=aave-v3@devnet%20WETH%20liquidationThreshold%3D0.7',
    '/assets',
    '/assets/WETH',
    '/accounts?venue=morpho-blue@devnet&order=all',
    `/accounts/${accounts.nodes[0]!.owner}`,
    '/oracles',
    '/system',
    '/data',
  ];
}

/** Where a text begins to be another, with what stands there in both; nothing where they are the same. */
function difference(first: string, again: string): readonly string[] {
  if (again === first) return [];
  const at = [...first].findIndex((letter, i) => letter !== again[i]);
  const place = Math.max(0, (at === -1 ? first.length : at) - 40);
  return [first, again].map((text) => text.slice(place, place + 120));
}

test('every page fills without jumping, and shows the same again: loaded anew, by Back, and by its link in another window', async () => {
  // The block is measured once, soon after the start.
  await until(async () => (await ask<{ measures: object[] }>('{ measures { name } }')).measures.length > 0);
  for (const address of await addresses()) {
    const page = await open(address, { answers: 'together' });
    const [first, link] = [await page.written(), page.link()];
    expect([address, first.length > 200]).toEqual([address, true]);
    const { sum, parts } = await page.shifts();
    expect({ address, parts, isSmall: sum < 0.05 }).toEqual({ address, parts, isSmall: true });
    await page.page.reload();
    await page.settled();
    expect([address, difference(first, await page.written())]).toEqual([address, []]);
    // To another page by a link within this one, and back: what was typed of the address is what it is again.
    const elsewhere = address === '/system' ? 'Data' : 'System';
    await page.page.getByRole('navigation').getByRole('link', { name: elsewhere }).click();
    await page.page.getByRole('heading', { level: 1, name: elsewhere }).waitFor();
    await page.page.goBack();
    await page.page.waitForFunction((was) => location.pathname + location.search === was, link);
    await page.settled();
    expect([address, difference(first, await page.written())]).toEqual([address, []]);
    const pasted = await open(link);
    expect([address, pasted.link()]).toEqual([address, link]);
    expect([address, difference(first, await pasted.written())]).toEqual([address, []]);
  }
}, 180_000);
