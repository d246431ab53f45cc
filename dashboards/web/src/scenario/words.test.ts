import { scenarioInWords } from './words.ts';

/** With ordinary spaces, as people type them. */
const said = (moves: readonly { readonly what: string; readonly move: number }[]) =>
  scenarioInWords({ moves, volatilityMove: 0, depthFactor: 1 }).replaceAll('\u202f', ' ');

describe('a scenario in words', () => {
  it('says what moves, alike together, and that nothing does', () => {
    expect(said([])).toBe('No price move');
    expect(
      said([
        { what: 'ETH', move: -0.3 },
        { what: 'BTC', move: -0.3 },
      ]),
    ).toBe('ETH and BTC −30 %');
  });

  it('says of oracles that land how far they go, and takes that for no move of a price', () => {
    expect(said([{ what: 'landed', move: 1 }])).toBe('all oracles at the market');
    expect(
      said([
        { what: 'ETH', move: 1 },
        { what: 'landed:WBTC', move: 1 },
      ]),
    ).toBe('ETH +100 %, oracles of WBTC at the market');
    expect(said([{ what: 'landed', move: 0.5 }])).toBe('all oracles +50 % of the way to the market');
  });
});
