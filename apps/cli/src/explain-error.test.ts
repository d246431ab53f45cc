import { BadDataError } from '@undertow/units';
import { asUsage, explainError, UsageError } from './explain-error.ts';

describe('explainError', () => {
  it('says the message, and with verbose the stack and the causes', () => {
    const error = new Error('outer', { cause: new Error('inner') });
    expect(explainError(error, false)).toBe('undertow: outer');
    expect(explainError(error, true)).toMatch(/outer\n[^]*Caused by: Error: inner\n/);
    expect(explainError('plain', false)).toBe('undertow: plain');
  });

  it('prints no control characters of names that are in a message', () => {
    const error = new Error('Known: W\u001b[2JETH, \u202eHTE');
    expect(explainError(error, false)).toBe('undertow: Known: W[2JETH, HTE');
  });
});

describe('asUsage', () => {
  it('makes bad data the user’s to correct, in the same words, and nothing else', () => {
    const fail = (error: Error) => () =>
      asUsage(() => {
        throw error;
      });
    expect(fail(new BadDataError('no FOO'))).toThrow(UsageError);
    expect(fail(new BadDataError('no FOO'))).toThrow('no FOO');
    expect(fail(new RangeError('bug'))).toThrow(RangeError);
    expect(asUsage(() => 7)).toBe(7);
  });
});
