import type { Hex } from 'viem';
import type { Devnet } from '../devnet.ts';
import type { Receipt, Transaction } from '../evm/chain.ts';
import { decodeResult } from '../evm/contract.ts';
import type { DueAccount } from './due-account.ts';
import type { AnyVenue, LiquidationDone, PricesUsd } from '../venues/devnet-venue.ts';
import { freshen } from '../actions/freshen.ts';
import { encodeOffers, liquidator, type Claim, type Weighed } from './offer.ts';

/**
 * - `rational`: a call is made only while it pays, at the largest size whose last unit pays.
 * - `unlimited`: the first offer of every claim is taken, for as much as the venue allows, at any loss.
 */
export type LiquidatorKind = 'rational' | 'unlimited';

/** Gas of a search over all offers of a claim; and of all calls that go into one block, which is made as large. */
const CLAIM_GAS = 2_000_000_000n;
const PER_BLOCK = 60;
const BLOCK_GAS = CLAIM_GAS * BigInt(PER_BLOCK + 1);

export interface Round {
  readonly due: ReadonlyMap<string, readonly DueAccount[]>;
  readonly prices: PricesUsd;
  readonly kind: LiquidatorKind;
}

/**
 * One round: whoever was due at its start is gone for once, over all venues, best paid first, then least healthy, then by
 * name. Each call sees the market as the calls before left it; feeds stay where they are.
 */
export async function playRound(devnet: Devnet, round: Round): Promise<LiquidationDone[]> {
  await devnet.rpc('evm_setBlockGasLimit', [`0x${BLOCK_GAS.toString(16)}`]);
  const venues = devnet.venues.filter(({ id }) => (round.due.get(id) ?? []).length > 0);
  const done: LiquidationDone[] = [];
  for (const phase of [0, 1] as const) {
    const claims: OfVenue[] = [];
    for (const venue of venues) {
      await freshen(devnet, venue.freshFeeds ?? []);
      const at = { due: round.due.get(venue.id) ?? [], prices: round.prices, phase };
      for (const claim of await venue.claims(devnet, at)) claims.push({ venue, claim });
    }
    const ordered = await inOrder(devnet, claims, round.kind);
    for (const part of parts(ordered)) done.push(...(await actOn(devnet, part, round)));
  }
  return done;
}

interface OfVenue {
  readonly venue: AnyVenue;
  readonly claim: Claim;
}

/** As in libs/cascade, `inOrder`: by what each would pay if it were the first. */
async function inOrder(devnet: Devnet, claims: readonly OfVenue[], kind: LiquidatorKind): Promise<OfVenue[]> {
  const weighed = await weigh(devnet, claims, kind);
  const largest =
    weighed.reduce<number>((most, profitUsd = 0) => Math.max(most, Math.abs(profitUsd)), 0) || 1;
  const named = claims.map((one, index) => {
    const { venue, owner, market } = one.claim.account;
    const pay = Number(((weighed[index] ?? -Infinity) / largest).toPrecision(5));
    return { ...one, pay, name: [venue, owner, market].join('\n') };
  });
  return named.sort(
    (a, b) =>
      descending(a.pay, b.pay) ||
      a.claim.healthFactor - b.claim.healthFactor ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

const descending = (a: number, b: number) => (a === b ? 0 : b > a ? 1 : -1);

/** What each claim would pay now, USD; undefined when it would not. */
async function weigh(
  devnet: Devnet,
  claims: readonly OfVenue[],
  kind: LiquidatorKind,
): Promise<(number | undefined)[]> {
  const { address: to, abi } = liquidator(devnet);
  const from = devnet.actors.keeper;
  const results = await devnet.chain.tryBatch<Hex>(
    claims.map(({ claim: { offers } }) => {
      const data = encodeOffers(devnet, 'best', { offers, mustPay: kind === 'rational' });
      return { method: 'eth_call', params: [{ from, to, data, gas: hex(CLAIM_GAS) }, 'latest'] };
    }),
  );
  return results.map((data) => {
    if (data === undefined) return undefined;
    const { isFound, profit } = decodeResult<Weighed>(abi, 'best', data);
    return isFound ? Number(profit) / 1e18 : undefined;
  });
}

/** Claims that go into blocks together: after one on which others act, a new block begins. */
function parts(claims: readonly OfVenue[]): OfVenue[][] {
  const made: OfVenue[][] = [[]];
  for (const one of claims) {
    if (made.at(-1)!.length === PER_BLOCK) made.push([]);
    made.at(-1)!.push(one);
    if (one.claim.afterwards) made.push([]);
  }
  return made.filter((part) => part.length > 0);
}

async function actOn(devnet: Devnet, part: readonly OfVenue[], round: Round): Promise<LiquidationDone[]> {
  const mustPay = round.kind === 'rational';
  const calls = part.map(({ claim: { offers } }): Transaction => ({
    ...{ from: devnet.actors.keeper, to: devnet.actors.liquidator, gas: CLAIM_GAS },
    data: encodeOffers(devnet, 'act', { offers, mustPay }),
  }));
  const receipts = await devnet.chain.send(calls, { mayFail: true, perBlock: PER_BLOCK });
  const done: LiquidationDone[] = [];
  for (const [index, { venue, claim }] of part.entries()) {
    const receipt = receipts[index] as Receipt;
    if (receipt.status !== '0x1') continue;
    done.push(...(await venue.readDone(devnet, claim, { receipt, prices: round.prices })));
    await claim.afterwards?.(receipt);
  }
  return done;
}

const hex = (value: bigint): Hex => `0x${value.toString(16)}`;
