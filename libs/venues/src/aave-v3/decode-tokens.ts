import { unreadable, type RawLog, type Said } from '@undertow/chain';
import { sharesOfAmount, type Address, type LegSide } from '@undertow/market';
import { stableDebtEvents, tokenEvents } from './abi.ts';
import type { AaveV3Deployment } from './deployments.ts';
import type { LearnedContracts } from './learned-contracts.ts';
import type { PendingMoves } from './pending-moves.ts';
import { on, type TopicTable } from './topic-table.ts';

/** What decoding a deployment's logs needs beside the log. */
export interface DecodeContext {
  readonly deployment: AaveV3Deployment;
  readonly contracts: LearnedContracts;
  readonly pending: PendingMoves;
}

/**
 * Logs of aTokens and variable debt tokens.
 *
 * `Mint` and `Burn` say `value = amount ± interest since the owner's last action`; a burn of less than that interest is
 * said as a `Mint`, and a transfer says each party's interest as a `Mint` of nothing else. So the change of the balance
 * at the index is `value − balanceIncrease` for a `Mint` and `−(value + balanceIncrease)` for a `Burn`. In 3.0 that is
 * the user's amount, whose shares are rounded half up. In 3.6 it is a difference of two rounded balances, and the shares
 * follow from the pool's own log (see `PendingMoves`). `BalanceTransfer` says shares in both.
 *
 * Source: `ScaledBalanceTokenBase._mintScaled`, `_burnScaled`, `AToken._transfer` of each release.
 */
export function tokenTable(context: DecodeContext): TopicTable {
  return new Map([
    on(tokenEvents.mint, ({ onBehalfOf, value, balanceIncrease, index }, log) =>
      balanceMoved(context, {
        owner: onBehalfOf,
        balanceDelta: value - balanceIncrease,
        indexRay: index,
        log,
      }),
    ),
    on(tokenEvents.burn, ({ from, value, balanceIncrease, index }, log) =>
      balanceMoved(context, { owner: from, balanceDelta: -(value + balanceIncrease), indexRay: index, log }),
    ),
    on(tokenEvents.balanceTransfer, ({ from, to, value }, log) =>
      value === 0n
        ? []
        : [
            legChanged(context, log, { owner: from, sharesDelta: -value }),
            legChanged(context, log, { owner: to, sharesDelta: value }),
          ],
    ),
  ]);
}

/** Logs of stable debt tokens (3.0): such debt has its own rate per account and is not modelled. */
export function stableDebtTable(context: DecodeContext): TopicTable {
  const quarantine = (log: RawLog): Said[] => [
    quarantined(context, log, 'stable-rate debt is not modelled: the account owes more than is shown'),
  ];
  return new Map([
    on(stableDebtEvents.mint, (_args, log) => quarantine(log)),
    on(stableDebtEvents.burn, (_args, log) => quarantine(log)),
  ]);
}

interface BalanceMove {
  readonly owner: Address;
  readonly balanceDelta: bigint;
  readonly indexRay: bigint;
  readonly log: RawLog;
}

function balanceMoved(context: DecodeContext, move: BalanceMove): readonly Said[] {
  if (move.balanceDelta === 0n) return [];
  // An index starts at one ray and grows: no shares follow from zero.
  if (move.indexRay === 0n) return [quarantined(context, move.log, 'a token log states an index of zero')];
  const { asset, side } = legOf(context, move.log);
  if (context.deployment.version !== '3.0') {
    context.pending.add({ ...move, asset, side });
    return [];
  }
  const { indexRay, balanceDelta } = move;
  const amount = balanceDelta < 0n ? -balanceDelta : balanceDelta;
  const shares = sharesOfAmount(side, balanceDelta < 0n ? 'burn' : 'mint', amount, {
    indexRay,
    release: '3.0',
  });
  return [
    legChanged(context, move.log, {
      owner: move.owner,
      sharesDelta: balanceDelta < 0n ? -shares : shares,
    }),
  ];
}

/** A log that says nothing that can be used. */
export function quarantined({ deployment }: DecodeContext, log: RawLog, reason: string): Said {
  return unreadable(deployment.id, log, reason);
}

function legChanged(
  context: DecodeContext,
  log: RawLog,
  change: { readonly owner: Address; readonly sharesDelta: bigint },
): Said {
  const { asset: market, side } = legOf(context, log);
  return { kind: 'LegChanged', venue: context.deployment.id, market, side, ...change };
}

function legOf(context: DecodeContext, log: RawLog): { readonly asset: Address; readonly side: LegSide } {
  const token = context.contracts.token(log.address);
  // The table is only consulted for learned tokens that are not stable debt.
  return { asset: token?.asset ?? log.address, side: token?.role === 'debt' ? 'debt' : 'collateral' };
}
