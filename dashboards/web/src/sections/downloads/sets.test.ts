import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { DATA_SETS, type Part } from './sets.ts';

/** Answers as the API would that gives at most so many a page; keeps what it was asked. */
function apiOfPages(first: number): { asked: Record<string, unknown>[] } {
  const asked: Record<string, unknown>[] = [];
  globalThis.fetch = async (_address, init) => {
    const { query, variables } = JSON.parse(String(init?.body)) as {
      query: string;
      variables: Record<string, unknown>;
    };
    asked.push(variables);
    const data = await toyAnswer(query.replace(/first: \d+/, `first: ${first}`), variables);
    return Response.json({ data });
  };
  return { asked };
}
const usual = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = usual;
});

async function partsOf(id: string, signal = new AbortController().signal): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of DATA_SETS.find((one) => one.id === id)!.parts(18_000, signal)) parts.push(part);
  return parts;
}

test('a list comes page by page, each account once, and says how far it is', async () => {
  const { asked } = apiOfPages(20);
  const parts = await partsOf('accounts');
  expect(parts.length).toBeGreaterThan(3);
  const rows = parts.flatMap((part) => part.rows);
  expect(new Set(rows.map((row) => row.slice(0, 3).join(' '))).size).toBe(rows.length);
  expect(parts.at(-1)).toMatchObject({ done: rows.length, total: rows.length });
  expect(parts.map(({ done }) => done)).toEqual(
    [...parts.keys()].map((i) => Math.min(20 * (i + 1), rows.length)),
  );
  // The block is that of the first page: the cursor stays at it.
  expect(asked.map(({ block, after }) => [block, after])).toEqual([
    [18_000, null],
    ...parts.slice(1).map((_, i) => [null, String(20 * (i + 1) - 1)]),
  ]);
  expect(parts[0]!.origin).toMatchObject({ block: expect.any(Number), hash: expect.stringMatching(/^0x/) });
  expect(parts[0]!.origin.bookHash).toMatch(/^(0x)?[0-9a-f]+$/);
});

test('every set is as wide as its columns, and has rows', async () => {
  apiOfPages(500);
  for (const { id, columns } of DATA_SETS) {
    const parts = await partsOf(id);
    const rows = parts.flatMap((part) => part.rows);
    expect([id, rows.length > 0]).toEqual([id, true]);
    expect([id, rows.every((row) => row.length === columns.length)]).toEqual([id, true]);
    expect([id, parts.at(-1)!.done]).toEqual([id, parts.at(-1)!.total]);
  }
});

test('an account has a row for each of its legs', async () => {
  apiOfPages(500);
  const [accounts, legs] = [await partsOf('accounts'), await partsOf('legs')];
  const owners = (parts: Part[]) => new Set(parts.flatMap(({ rows }) => rows.map((row) => row[1])));
  expect(owners(legs)).toEqual(owners(accounts));
  expect(legs[0]!.rows.length).toBeGreaterThan(accounts[0]!.rows.length);
});
