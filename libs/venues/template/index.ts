import { factsOfCalls } from '@undertow/chain';
import type { LogSource } from '@undertow/chain';
import { newVenueDecoder, newVenueTopics } from './decode.ts';
import type { NewVenueDeployment } from './deployments.ts';
import { newVenueRow, notModelled, snapshotNewVenue } from './snapshot.ts';

export type { NewVenueDeployment } from './deployments.ts';

/** Source of one deployment; see README.md for what its facts mean and what is left out. */
export function openNewVenue(deployment: NewVenueDeployment): LogSource {
  const decode = newVenueDecoder(deployment);
  let told = false;
  return {
    id: deployment.id,
    // Grows with the contracts that logs announce; those are then `discovered` by `decode` and learned in `restore`.
    addresses: () => (newVenueTopics.length === 0 ? [] : [deployment.address]),
    topics: newVenueTopics,
    decode: (log) => ({ facts: decode(log) }),
    // Its tokens (`readTokens` of libs/chain) and the terms that no log carries come by calls, here.
    enrich: async ([first]) => {
      const reference = first === undefined ? {} : { venues: [newVenueRow(deployment, first.chainId)] };
      return { facts: [], reference };
    },
    snapshot: (reader, at, owners) => snapshotNewVenue(deployment, reader, at, owners),
    // Only to say that nothing is read; goes together with `notModelled`.
    poll: async (_reader, at) => {
      if (told) return { facts: [] };
      told = true;
      return { facts: factsOfCalls(at, [notModelled(deployment)]) };
    },
  };
}
