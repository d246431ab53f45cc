import { BadDataError } from '@undertow/units';
import type { Hex } from 'viem';
import { inNoTime, revert, snapshot } from '../actions/time-travel.ts';
import type { Devnet } from '../devnet.ts';
import { encodeCall } from '../evm/contract.ts';
import type { Receipt, Transaction } from '../evm/chain.ts';
import { reasonOfRevert } from './reason-of-revert.ts';
import type { OwnTermsChange, TermsCall, TermsChange } from './terms-change.ts';

const CALL_GAS = 10_000_000n;

/**
 * Changes terms on the chain by the protocols' own admin calls: all of the changes, or none of them. One after the other, so
 * that a later change of the same term holds. No time passes: interest is as it was. Whom the change makes liquidatable is
 * left to liquidators; `crashOnChain` without moves lets them act at present prices.
 *
 * @returns the calls that were made, as a person reads them.
 * @throws BadDataError for a change that a venue has no call for, and for one that its contract refuses, with what it said.
 */
export async function changeTerms(
  devnet: Devnet,
  changes: readonly TermsChange[],
): Promise<readonly string[]> {
  const calls = await findCalls(devnet, changes);
  if (calls.length === 0) return [];
  const before = await snapshot(devnet);
  const receipts = await inNoTime(devnet, () =>
    devnet.chain.send(
      calls.map((call) => transactionOf(devnet, call)),
      { mayFail: true },
    ),
  );
  for (const [index, call] of calls.entries()) {
    const reason = await refusal(devnet, call, receipts[index]!);
    if (reason === undefined) continue;
    await revert(devnet, before);
    throw new BadDataError(`the contract refuses ${callText(call)}: ${reason}`);
  }
  return calls.map(callText);
}

async function findCalls(devnet: Devnet, changes: readonly TermsChange[]): Promise<TermsCall[]> {
  const byVenue = new Map<string, OwnTermsChange[]>();
  for (const change of changes) {
    const own = ownChange(change);
    byVenue.set(own.venue, [...(byVenue.get(own.venue) ?? []), own]);
  }
  const calls: TermsCall[] = [];
  for (const [id, own] of byVenue) {
    const venue = devnet.venues.find((one) => one.id === id);
    if (!venue) {
      const known = devnet.venues.map((one) => one.id).join(', ');
      throw new BadDataError(`the local chain has no venue ${id}; it has ${known}`);
    }
    calls.push(...(await venue.termsCalls(devnet, own)));
  }
  return calls;
}

/** @throws BadDataError for what is no term of a venue. */
function ownChange(change: TermsChange): OwnTermsChange {
  if (change.kind === 'market' || change.kind === 'venue') return change;
  throw new BadDataError(
    change.kind === 'depth'
      ? 'the depth of a market cannot be set on the local chain: no call of a protocol does it, liquidity providers do'
      : 'another oracle cannot be set on the local chain: it is another contract, not a term',
  );
}

function transactionOf({ actors }: Devnet, { contract, functionName, args }: TermsCall): Transaction {
  const data = encodeCall(contract.abi, functionName, args);
  return { from: actors.deployer, to: contract.address, data, gas: CALL_GAS };
}

/** Why a call did not do what it was asked for; undefined when it did. */
async function refusal(devnet: Devnet, call: TermsCall, receipt: Receipt): Promise<string | undefined> {
  if (receipt.status === '0x1') return call.refusedIn?.(receipt);
  const reason = await reasonOfRevert(devnet, transactionOf(devnet, call), call.contract.abi);
  const meaning = call.meanings?.[reason];
  return meaning === undefined ? reason : `${reason} (${meaning})`;
}

/** A call as one reads it in a proposal. */
function callText({ functionName, args }: TermsCall): string {
  return `${functionName}(${args.map(argumentText).join(', ')})`;
}

function argumentText(argument: unknown): string {
  if (Array.isArray(argument)) return `[${argument.map(argumentText).join(', ')}]`;
  return typeof argument === 'string' && !argument.startsWith('0x')
    ? JSON.stringify(argument)
    : String(argument as bigint | Hex | number);
}
