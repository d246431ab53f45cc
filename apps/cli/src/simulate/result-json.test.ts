import { parseOverride } from '@undertow/book';
import { headline, moveNamed, simulate, whatIf, type Scenario } from '@undertow/cascade';
import { jsonText } from '../json-text.ts';
import { crowdBook, whaleBook } from '../../../../libs/cascade/src/fixtures/crowd-books.ts';
import { resultJson, whatIfJson } from './result-json.ts';

const book = whaleBook();
const scenario: Scenario = {
  moves: [moveNamed(book, 'CRV', -0.5), moveNamed(book, 'oracle:wstETH', -0.3)],
  policies: { liquidators: { kind: 'capital', gasUsd: 1, capitalUsd: 1e9 } },
};
const result = simulate(book, scenario);

/** Names of the fields that hold numbers, however deep. */
function numbersIn(value: unknown, name = ''): string[] {
  if (typeof value === 'number') return [name];
  if (Array.isArray(value)) return value.flatMap((item) => numbersIn(item, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => numbersIn(inner, field));
}

describe('resultJson', () => {
  const json = JSON.parse(jsonText(resultJson(book, result)));

  it('is the whole result, with its sentences and what was moved by name', () => {
    for (const field of Object.keys(result)) expect(json).toHaveProperty(field);
    expect(json.headline).toBe(headline(result));
    expect(json).toMatchObject({
      engine: 'equilibrium 4',
      chainId: 1,
      bookHash: book.hash,
      lossUsd: result.lossUsd,
      policies: { liquidators: { kind: 'capital', capitalUsd: 1e9 }, oracles: 'between' },
      scenario: { moves: [{ name: 'CRV', kind: 'reference', move: -0.5 }, { name: 'oracle:wstETH' }] },
    });
    expect(json.byAccount).toHaveLength(result.byAccount.length);
    expect(json.rounds[0].assets.length).toBe(result.rounds[0]!.assets.length);
  });

  it('states the unit of every number in it', () => {
    expect(Object.keys(json.units)).toEqual(expect.arrayContaining(numbersIn({ ...json, units: {} })));
  });

  it('has null where there is nothing', () => {
    const quiet = crowdBook();
    const nothing = JSON.parse(jsonText(resultJson(quiet, simulate(quiet, { moves: [] }))));
    expect(nothing).toMatchObject({ band: null, amplification: null, rounds: [] });
  });
});

describe('whatIfJson', () => {
  it('has both results whole, the overrides as people write them, and who is made due', () => {
    const override = parseOverride(book, 'aave36 CRV liquidationThreshold=0.5');
    const lower = parseOverride(book, 'aave36 CRV loanToValue=0.5');
    const answer = whatIf(book, [override, lower], scenario);
    const json = JSON.parse(jsonText(whatIfJson(book, answer)));
    expect(json.whatIf).toMatchObject({
      overrides: ['aave36 CRV liquidationThreshold=0.5', 'aave36 CRV loanToValue=0.5'],
      bookHash: answer.book.hash,
      madeDueUsd: 52e6,
      before: { bookHash: book.hash, headline: headline(answer.before), lossUsd: answer.before.lossUsd },
      after: { bookHash: answer.book.hash, headline: headline(answer.after) },
    });
    expect(json.whatIf.madeDue).toEqual([...answer.madeDue]);
    expect(json.whatIf.madeDue).toHaveLength(1);
    expect(answer.book.hash).not.toBe(book.hash);
    expect(Object.keys(json.units)).toEqual(expect.arrayContaining(numbersIn(json.whatIf)));
  });
});
