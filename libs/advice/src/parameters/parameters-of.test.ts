import { bookOfAllMechanisms } from '../../../book/src/fixtures/book-of-all-mechanisms.ts';
import { parameterKey, safeSide, unitOf } from './parameter.ts';
import { parametersOf } from './parameters-of.ts';

const places = parametersOf(bookOfAllMechanisms());
const of = (key: string) => places.find(({ parameter }) => parameterKey(parameter) === key);

describe('parametersOf', () => {
  it('gives what a venue’s contract has, as it is', () => {
    expect(of('pooled-lending@test pool liquidationThreshold')).toMatchObject({
      current: 0.8,
      absent: undefined,
    });
    expect(of('pooled-lending@test closeFactor')).toMatchObject({
      current: 0.5,
      label: 'pooled-lending@test',
    });
    expect(of('perpetual@test maintenanceMargin')!.current).toBe(0.0625);
    expect(of('cdp@test fundSize')!.current).toBe(25_000 + 12.5);
    expect(of('pooled-lending@test pool supplyCap')).toMatchObject({ current: undefined, absent: undefined });
  });

  it('says why something is none', () => {
    expect(of('isolated-pair@test pair liquidationBonus')!.absent).toBe(
      'the bonus of a pair follows from its liquidation threshold',
    );
    expect(of('cdp@test closeFactor')!.absent).toBe('a position is liquidated whole');
    expect(of('pooled-lending@test fundSize')!.absent).toContain('no fund');
    for (const place of places)
      if (place.parameter.venue === 'option@test') expect(place.absent).toContain('pricing model');
  });

  it('names each once', () => {
    expect(new Set(places.map(({ parameter }) => parameterKey(parameter))).size).toBe(places.length);
  });
});

describe('a parameter', () => {
  it('has a unit and a safe side', () => {
    expect([unitOf('supplyCap'), unitOf('fundSize'), unitOf('closeFactor')]).toEqual([
      'units',
      'usd',
      'ratio',
    ]);
    expect([safeSide('liquidationThreshold'), safeSide('maintenanceMargin')]).toEqual(['down', 'up']);
  });
});
