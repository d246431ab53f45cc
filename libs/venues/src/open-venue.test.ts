import { join } from 'node:path';
import { pooledRelease, type Reference } from '@undertow/market';
import { VENUE_ADAPTERS } from './open-venue.ts';

const rows = await Promise.all(
  VENUE_ADAPTERS.map(async (adapter) => {
    const file = join(import.meta.dirname, adapter, 'fixtures/example.ts');
    const { reference } = (await import(file)) as { readonly reference: Partial<Reference> };
    return (reference.venues ?? []).map((venue) => ({ adapter, venue }));
  }),
).then((found) => found.flat());

/** Whose rounding and close factors were held against the contracts of a release of pooled lending. */
const HELD_AGAINST_A_RELEASE = ['aave-v3'];

it('says no release of pooled lending but where that release is followed', () => {
  // A protocol's own number says nothing of the rules: its "3.0" would be modelled as this mechanism's.
  const following = rows
    .filter(({ venue }) => venue.mechanism === 'pooled-lending' && pooledRelease(venue.version) !== undefined)
    .map(({ adapter }) => adapter);
  expect(following).toEqual(HELD_AGAINST_A_RELEASE);
});

it('has a row of its own folder for every venue', () => {
  expect(rows.map(({ venue }) => venue.protocol)).toEqual([...VENUE_ADAPTERS]);
});
