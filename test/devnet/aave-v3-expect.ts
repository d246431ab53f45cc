import { ledgerLines, type Ledger } from '@undertow/book';
import { accountsOf, everyone, type Scene } from './aave-v3-scene.ts';

/** Account data of everyone equals the protocol's, to the last unit. */
export async function expectSameAsProtocol(scene: Scene): Promise<void> {
  const owners = everyone(scene);
  const theirs = await scene.follower.theirs(owners);
  const differing = owners.flatMap((owner, i) => {
    const ours = scene.follower.ours(owner);
    return JSON.stringify(ours, bigintText) === JSON.stringify(theirs[i], bigintText)
      ? []
      : [{ owner, ours, theirs: theirs[i] }];
  });
  expect(differing).toEqual([]);
}

/** The fold of the logs equals a snapshot by calls: legs, switches, categories, terms, indices. */
export async function expectFoldIsSnapshot(scene: Scene): Promise<void> {
  const other = await scene.follower.snapshot(everyone(scene));
  expect(accountsOf(scene, other)).toEqual(accountsOf(scene));
  const ours = scene.follower.ledger.venues.get(scene.follower.deployment.id)!.markets;
  const theirs = other.venues.get(scene.follower.deployment.id)!.markets;
  for (const [market, state] of theirs) expect([market, ours.get(market)]).toEqual([market, state]);
  const funds = (ledger: Ledger) => ledgerLines(ledger).filter((line) => line.startsWith('fund '));
  expect(funds(scene.follower.ledger)).toEqual(funds(other));
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}
