import { crowdBook } from '../../fixtures/crowd-books.ts';
import type { CallRecorder } from './call-recorder.ts';
import { SEIZED_USD } from './lending-offers.ts';
import { openFast } from './open-fast.ts';

test('a recorder sees every call in its round, and what it seizes adds up to what the outcome says', () => {
  const perRound: number[] = [];
  let seizedUsd = 0;
  const recorder: CallRecorder = {
    onLending({ round, offers, size }) {
      perRound[round - 1] = (perRound[round - 1] ?? 0) + 1;
      seizedUsd += offers.numbers[offers.at + SEIZED_USD]! * size;
    },
    onClaim() {
      throw new Error('all accounts of this book are of lending venues');
    },
  };
  const book = crowdBook();
  const outcome = openFast(
    book,
    recorder,
  )({
    moves: [
      { kind: 'asset', asset: book.assets.find(({ symbol }) => symbol === 'ETH')!.address, move: -0.3 },
    ],
  });
  expect(outcome.calls).toBeGreaterThan(10);
  expect(perRound).toEqual(outcome.accountsPerRound);
  expect(seizedUsd).toBeCloseTo(outcome.liquidatedUsd, 6);
});
