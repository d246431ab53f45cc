import { LostThreadError } from '@undertow/engine-pool';
import { presentError } from './errors.ts';

it('says what a client can do when a thread was lost, as it may have asked for too much', () => {
  const message = 'What was asked needs more memory than a thread may take (24 MB): ask for less at once.';
  const reported: unknown[] = [];
  const lost = new LostThreadError(message);
  const told = presentError({ message: 'x' }, lost, (cause) => reported.push(cause));
  expect(told).toEqual({ message, extensions: { code: 'THREAD_LOST' } });
  expect(reported).toEqual([lost]);
});
