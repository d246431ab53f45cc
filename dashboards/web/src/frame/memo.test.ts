import { memoised } from './memo.ts';

const state = { a: 1, b: 2, isOn: false, now: 0 };

function counting(draw: (one: typeof state) => string) {
  let times = 0;
  const it = memoised(
    (one: typeof state) => {
      times += 1;
      return draw(one);
    },
    { ignored: 'now' },
  );
  return { it, times: () => times };
}

test('is drawn again when something that was read is another, and only then', () => {
  const { it, times } = counting(({ a, now }) => `${a} ${now}`);
  expect(it(state)).toBe('1 0');
  expect(it({ ...state, b: 3, now: 9 })).toBe('1 0');
  expect(times()).toBe(1);
  expect(it({ ...state, a: 5, now: 9 })).toBe('5 9');
  expect(times()).toBe(2);
});

test('what is read only sometimes counts when it was; a copy reads all', () => {
  const { it, times } = counting((one) => (one.isOn ? String(one.b) : ''));
  for (const change of [{}, { b: 3 }, { isOn: true }, { isOn: true, b: 4 }]) it({ ...state, ...change });
  expect(times()).toBe(3);
  const copying = counting((one) => JSON.stringify({ ...one }));
  for (const change of [{}, { b: 3 }]) copying.it({ ...state, ...change });
  expect(copying.times()).toBe(2);
});

test('of what is kept apart only the entries that were read count', () => {
  let times = 0;
  const kept = { answers: { a: 1, b: 2 } as Readonly<Record<string, number>>, now: 0 };
  const it = memoised(
    ({ answers }: typeof kept) => {
      times += 1;
      return `${answers['a']} ${answers['c']}`;
    },
    { ignored: 'now', apart: ['answers'] },
  );
  expect(it(kept)).toBe('1 undefined');
  expect(it({ ...kept, answers: { ...kept.answers, b: 3 } })).toBe('1 undefined');
  expect(times).toBe(1);
  expect(it({ ...kept, answers: { a: 4, c: 5 } })).toBe('4 5');
  expect(times).toBe(2);
});
