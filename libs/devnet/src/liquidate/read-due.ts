import type { Hex } from 'viem';
import type { Devnet } from '../devnet.ts';
import { isAaveAccountDue, readAaveAccounts, type AaveAccount } from './aave-accounts.ts';
import { AAVE_VENUE, MORPHO_VENUE, type DueAccount } from './due-account.ts';
import {
  isMorphoPositionDue,
  readMorphoMarkets,
  readMorphoPositions,
  type MorphoPosition,
} from './morpho-accounts.ts';

/** Who may be liquidated at the head, by the venues' own views. */
export interface Due {
  readonly accounts: readonly DueAccount[];
  /** Every Aave account read, due or not. */
  readonly aave: readonly AaveAccount[];
  /** The Morpho positions that are due. */
  readonly morpho: readonly MorphoPosition[];
}

/** Owners to ask about, by venue and market. */
export interface Candidates {
  readonly aave: readonly Hex[];
  readonly morpho: ReadonlyMap<string, readonly Hex[]>;
}

/** Owners that owe anything. Who owes nothing now is not liquidated later, and need not be asked about again. */
export async function readBorrowers(devnet: Devnet): Promise<Candidates> {
  const aave = await readAaveAccounts(devnet, devnet.owners);
  const morpho = new Map<string, readonly Hex[]>();
  for (const state of await readMorphoMarkets(devnet)) {
    const positions = await readMorphoPositions(devnet, state, devnet.owners);
    const borrowers = positions.filter(({ borrowShares }) => borrowShares > 0n);
    morpho.set(
      state.market.id,
      borrowers.map(({ owner }) => owner),
    );
  }
  return { aave: aave.filter(({ debtBase }) => debtBase > 0n).map(({ owner }) => owner), morpho };
}

/** Morpho's stored totals are taken as they are: accrue its interest first. */
export async function readDue(devnet: Devnet, candidates: Candidates): Promise<Due> {
  const aave = await readAaveAccounts(devnet, candidates.aave);
  const positions: MorphoPosition[] = [];
  for (const state of await readMorphoMarkets(devnet)) {
    const owners = candidates.morpho.get(state.market.id) ?? [];
    positions.push(...(await readMorphoPositions(devnet, state, owners)));
  }
  const morpho = positions.filter(isMorphoPositionDue);
  const accounts: DueAccount[] = [
    ...aave.filter(isAaveAccountDue).map(({ owner }) => ({ venue: AAVE_VENUE, owner, market: '' }) as const),
    ...morpho.map(({ owner, state }) => ({ venue: MORPHO_VENUE, owner, market: state.market.id }) as const),
  ];
  return { accounts, aave, morpho };
}
