import fc from 'fast-check';
import { arbitraryPayload } from '../fixtures/arbitrary-facts.ts';
import { payloadFromJson, payloadToJson } from './payload.ts';

describe('payloads', () => {
  it('come back as they were, integers at any depth', () => {
    fc.assert(
      fc.property(arbitraryPayload, (payload) => {
        expect(payloadFromJson(payloadToJson(payload))).toEqual(payload);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are written so that people and SQL can read them', () => {
    expect(payloadToJson({ form: 'pair', oracle: { scaleFactor: 5n, base: ['a'] } })).toBe(
      '{"form":"pair","oracle":{"scaleFactor":{"int":"5"},"base":["a"]}}',
    );
  });

  it('keep an object that looks like a stored integer', () => {
    for (const payload of [{ int: '5' }, { int: 5n }, { int: { int: '5' } }, { int: {} }, { int: [5n] }])
      expect(payloadFromJson(payloadToJson(payload))).toEqual(payload);
  });

  it('leave out what is undefined and replace text that PostgreSQL cannot hold', () => {
    expect(payloadToJson({ a: undefined, 'b\0': ['\ud800'] })).toBe('{"b\ufffd":["\ufffd"]}');
  });

  it('refuse what JSON would change silently', () => {
    for (const bad of [Number.NaN, Infinity, new Map(), new Date(0), () => 1, Symbol('x'), undefined])
      expect(() => payloadToJson({ list: [bad] })).toThrow(/bug: .* cannot be stored/);
  });
});
