import { loadedAt, toyState } from '../../../test-server/toy-state.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { withAnswer } from '../../frame/asked.ts';
import { toHtml } from '../../markup/to-html.ts';
import { holders } from './asked.ts';
import { HOLDERS, type Holders } from './load.ts';
import { depthPanel } from './panel.ts';

const NOW = 1_795_175_400;

test('what an asset trades at is told with who stands behind it, where exchanges are asked, beside where its pools stand', async () => {
  const state = await toyState(NOW);
  const { asset } = await toyAnswer<{ asset: Holders }>(HOLDERS, { symbol: 'WETH' });
  const textOf = (value: Holders) =>
    toHtml(depthPanel({ ...state, ...withAnswer(state, holders, loadedAt(value, NOW)) }))
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ');
  expect(textOf(asset)).not.toMatch(/by pools and exchanges|Who stands behind/);
  const [pools] = asset.market!.sources;
  const exchange = (name: string, rejected: 'old' | null) =>
    ({
      ...pools!,
      kind: 'exchange',
      name,
      symbol: 'ETH/USD',
      priceUsd: 1_800,
      ageSeconds: 9,
      rejected,
    }) as const;
  const market = {
    ...{ ...asset.market!, counted: 2, spread: 0.01 },
    sources: [{ ...pools!, priceUsd: 1_812 }, exchange('kraken', null), exchange('gemini', 'old')],
  };
  const text = textOf({ ...asset, market, marketPriceUsd: 1_806 });
  expect(text).toContain('It stands at $1,812');
  expect(text).toMatch(/It trades at \$1,806\S* by pools and exchanges: 2 sources within 1 %, 1 left out\./);
  expect(text).toMatch(/Who stands behind market prices \(3, 1 left out\).*gemini ETH\/USD.*it is old/);
  expect(
    textOf({ ...asset, market: { ...market, counted: 0, spread: null }, marketPriceUsd: null }),
  ).toContain('What it trades at nobody says by pools and exchanges: 0 sources');
});
