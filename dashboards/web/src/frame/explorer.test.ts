import { element } from '../markup/element.ts';
import { toHtml } from '../markup/to-html.ts';
import { address } from './address.ts';
import { explorerLink } from './explorer.ts';

const OWNER = '0x00000000219ab540356cbb839cbb05303d7705fa';

test('an address leads to the block explorer, which learns nothing of where one comes from', () => {
  const html = toHtml(element('p', {}, address(OWNER, { explorer: 'https://etherscan.io' })));
  expect(html).toContain(
    `<a class="explorer" href="https://etherscan.io/address/${OWNER}" target="_blank" rel="noopener noreferrer"`,
  );
  expect(html).toContain('in the block explorer, in a new tab');
});

test('transactions and blocks lead there too', () => {
  const to = (kind: 'tx' | 'block', id: string | number) =>
    toHtml(element('p', {}, explorerLink({ explorer: 'https://basescan.org' }, kind, id)));
  expect(to('tx', '0xab')).toContain('href="https://basescan.org/tx/0xab"');
  expect(to('block', 18_342)).toContain('href="https://basescan.org/block/18342"');
});

test('where the network has no explorer nothing leads anywhere', () => {
  expect(toHtml(element('p', {}, address(OWNER, { explorer: undefined })))).not.toContain('<a');
});
