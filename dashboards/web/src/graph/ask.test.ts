import { jest } from '@jest/globals';
import { ask, QueryRefused } from './ask.ts';

const never = new AbortController().signal;
const answering = (body: object) =>
  jest.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(body));

afterEach(() => jest.restoreAllMocks());

test('an answer without errors is given as it came', async () => {
  answering({ data: { status: { network: 'devnet' } } });
  expect(await ask('{ status { network } }', {}, never)).toEqual({ status: { network: 'devnet' } });
});

test('a field that was refused is told by its own words, whatever else was answered', async () => {
  answering({
    data: { status: { network: 'devnet' }, account: null },
    errors: [{ message: '"x" is not an address', path: ['account'] }],
  });
  const asked = ask('{ status { network } account(owner: "x") { address } }', {}, never);
  await expect(asked).rejects.toThrow(new QueryRefused('"x" is not an address'));
});
