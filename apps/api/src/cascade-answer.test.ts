import { buildSchema, graphql } from 'graphql';
import { readFileSync } from 'node:fs';
import { crowdBook, whaleBook } from '../../../libs/cascade/src/fixtures/crowd-books.ts';
import { cascadeHere, whatIfHere } from '../test-server/run-here.ts';
import { overridesOf, scenarioOf, type ScenarioInput } from './scenario-input.ts';

const head = { chainId: 1, block: 7, hash: '0x7', time: 1, reorg: false };
const asked = (
  book: ReturnType<typeof crowdBook>,
  input: ScenarioInput,
  overrides: readonly string[] = [],
) => ({
  ...{ book, head },
  scenario: scenarioOf(book, input),
  overrides: overridesOf(book, overrides),
});
const fall = { moves: [{ what: 'ETH', move: -0.3 }] };

describe('cascadeAnswer', () => {
  it('says why debt stays due in words, of a whale whose collateral has no market', () => {
    const answer = cascadeHere(asked(whaleBook(), { moves: [{ what: 'CRV', move: -0.3 }] }));
    expect(answer.headline).toContain('nobody liquidates it, because no known market trades it');
    expect(answer.stuck).toMatchObject([{ venue: 'aave36', because: 'no known market trades it' }]);
    expect(answer.byAccount.filter(({ stuckBecause }) => stuckBecause !== undefined)).toMatchObject([
      { venue: 'aave36', stuckBecause: 'no known market trades it', firstRound: undefined },
    ]);
    // Worth more than it backs at the fallen price, but nobody buys it.
    expect(answer.lossAtSaleUsd).toBeGreaterThan(0);
  });

  it('names what moved as the book does, and the family of every asset', () => {
    const book = crowdBook();
    const { address } = book.assets.find(({ symbol }) => symbol === 'ETH')!;
    const { scenario, moves } = cascadeHere(
      asked(book, { moves: [{ what: address, move: -0.3 }], policies: { liquidators: 'unlimited' } }),
    );
    expect(scenario).toMatchObject({ moves: [{ what: 'ETH', move: -0.3 }], liquidators: 'unlimited' });
    expect(scenario.gasUsd).toBeUndefined();
    expect(moves.find(({ asset }) => asset.symbol === 'wstETH')).toMatchObject({ reference: 'ETH' });
  });
});

describe('whatIfAnswer', () => {
  it('has both runs, the second of which is the cascade under the changed terms', () => {
    const overrides = ['aave30 ETH liquidationThreshold=0.6', 'aave30 ETH loanToValue=0.5'];
    const answer = whatIfHere(asked(crowdBook(), fall, overrides));
    expect(answer.before).toEqual(cascadeHere(asked(crowdBook(), fall)));
    expect(answer.after).toEqual(cascadeHere(asked(crowdBook(), fall, overrides)));
    expect(answer.withoutEffect).toEqual(['aave30 ETH loanToValue=0.5']);
    expect(answer.madeDueAccounts).toBe(answer.madeDue.length);
    expect(answer.madeDueAccounts).toBeGreaterThan(0);
    for (const { healthBefore, healthAfter } of answer.madeDue) {
      expect(healthBefore).toBeGreaterThanOrEqual(1);
      expect(healthAfter).toBeLessThan(1);
    }
  });
});

it('every figure of an answer is a number that JSON can hold', async () => {
  const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  const answer = whatIfHere(asked(whaleBook(), fall, ['aave30 closeFactor=1']));
  const source =
    '{ whatIf(moves: [], overrides: []) { after { lossUsd amplification byAsset { marketAfterUsd oracleAfterUsd } band { within { lossAtSaleUsd } } } } }';
  const { errors } = await graphql({ schema, source, rootValue: { whatIf: () => answer } });
  expect(errors).toBeUndefined();
});
