import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presetPolicy } from '@undertow/calls';
import { readCallSettings } from './call-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (content: unknown) => {
  const path = join(folder, 'calls.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readCallSettings(path, { UNDERTOW_DESK_KEY: `whsec_${'A'.repeat(44)}` });
};

describe('settings of margin calls', () => {
  it('are those of the example', () => {
    const path = join(import.meta.dirname, '../../../../docs/examples/margin-calls.json');
    const found = readCallSettings(path, { UNDERTOW_DESK_KEY: `whsec_${'A'.repeat(44)}` });
    expect(found).toMatchObject({
      policy: { name: 'health-factor' },
      targets: [{ name: 'desk', allowsPrivate: true }],
    });
  });

  it('take a policy of one’s own', () => {
    expect(read({ policy: { ...presetPolicy('xexon')!, name: 'ours' }, targets: [] }).policy.name).toBe(
      'ours',
    );
  });

  it.each([
    ['no JSON', '{', 'cannot be read as JSON'],
    [
      'a field that there is not',
      { policy: 'figure', target: [] },
      'has target: there are policy and targets alone',
    ],
    [
      'a policy that there is not',
      { policy: 'mine', targets: [] },
      'names the policy "mine": there are figure',
    ],
    [
      'a policy that contradicts itself',
      { policy: { ...presetPolicy('xexon')!, cureTarget: 1 }, targets: [] },
      'cureTarget: 1 must be below',
    ],
    ['a ladder that needs prices', { policy: 'volatility', targets: [] }, 'needs prices of the past'],
    ['targets that are none', { policy: 'figure' }, 'these targets of notices cannot be used'],
  ])('refuse %s when the API starts', (_, content, words) => {
    expect(() => read(content)).toThrow(words);
  });
});
