import { knownHours } from './known-hours.ts';

const at = (text: string) => Date.parse(`${text}:00Z`) / 1_000;
const isOpen = (label: string, time: string) => {
  const known = knownHours(label);
  return typeof known === 'object' ? known.hours.isOpen(at(time)) : known;
};

describe('what the name of a feed tells of its hours', () => {
  it.each([
    ['EUR / USD', 'forex'],
    ['jpy/usd', 'forex'],
    ['XAU / USD', 'precious-metals'],
    ['KRW / USD', 'unknown'],
    ['WTI / USD', 'unknown'],
    ['ETH / USD', undefined],
    ['EURC / USD', undefined],
    ['EUR / ETH', undefined],
    ['COIN / USD', undefined],
    ['EUR', undefined],
    ['EUR / USD / 8', undefined],
  ])('%s: %s', (label, market) => {
    const known = knownHours(label);
    expect(typeof known === 'object' ? known.market : known).toBe(market);
  });

  it.each([
    ['2026-11-27T21:59', true, true, 'Friday, a minute before five'],
    ['2026-11-27T22:00', false, false, 'Friday at five'],
    ['2026-11-29T22:59', false, false, 'Sunday, a minute before six'],
    ['2026-11-29T23:00', true, true, 'Sunday at six'],
    ['2026-11-24T22:30', true, false, 'Tuesday in the break of metals'],
    ['2026-12-25T15:00', false, false, 'Christmas, a Friday'],
    ['2030-01-01T15:00', false, false, "New Year's Day of another year"],
  ])('at %s currencies are open: %s, metals: %s (%s)', (time, currencies, metals) => {
    expect(isOpen('EUR / USD', time)).toBe(currencies);
    expect(isOpen('XAG / USD', time)).toBe(metals);
  });
});
