import { withoutKeys } from './without-keys.ts';

it.each([
  ["argument 'wss://user:hunter2@example.org/v3/secret?apikey=k3y' is", "argument 'wss://example.org/…' is"],
  ['https://example.org', 'https://example.org'],
  ['https://example.org/', 'https://example.org/'],
  ['postgres://me:secret@10.0.0.1:5432/db', 'postgres://10.0.0.1:5432/…'],
  ['no address', 'no address'],
])('shows %s as %s', (text, shown) => {
  expect(withoutKeys(text)).toBe(shown);
});
