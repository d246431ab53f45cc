import { toyState } from '../../../test-server/toy-state.ts';
import { answerOf } from '../../frame/asked.ts';
import { toHtml } from '../../markup/to-html.ts';
import { liquidations } from './asked.ts';
import { liquidationsPanel } from './panel.ts';

test('a liquidation leads to its transaction, one from before those were kept to its block', async () => {
  const state = { ...(await toyState(1_795_175_400)), explorer: 'https://etherscan.io' };
  const html = toHtml(liquidationsPanel(state));
  const seen = answerOf(state, liquidations).value ?? [];
  expect(new Set(seen.map(({ transaction }) => transaction === null))).toEqual(new Set([true, false]));
  for (const { block, transaction } of seen)
    expect(html).toContain(
      transaction === null
        ? `href="https://etherscan.io/block/${block}"`
        : `href="https://etherscan.io/tx/${transaction}"`,
    );
});
