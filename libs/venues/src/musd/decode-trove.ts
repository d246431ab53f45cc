import { unreadable, type Said } from '@undertow/chain';
import type { EventArgs, RawLog } from '@undertow/chain';
import { CDP_MARKET_ID } from '@undertow/market';
import type { CdpChange } from '@undertow/market';
import type { musdEvents } from './abi.ts';
import type { MusdDeployment } from './deployments.ts';
import type { Learned } from './learned.ts';

/** What happened to a position, by the number in its log. */
export const OPERATIONS = {
  /** `BorrowerOperations.BorrowerOperation`. */
  borrower: ['opened', 'closed', 'adjusted', 'refinanced'],
  /** `TroveManager.TroveManagerOperation`; a position that was redeemed in full is closed too. */
  manager: ['given', 'closed', 'redeemed'],
} as const;

type Operations = (typeof OPERATIONS)[keyof typeof OPERATIONS];

interface Decoding {
  readonly deployment: MusdDeployment;
  readonly learned: Learned;
  readonly operations: Operations;
}

/** The position as it is stored now, or that it is gone. */
export function decodeTrove(
  { deployment, learned, operations }: Decoding,
  args: EventArgs<typeof musdEvents.troveUpdated>,
  log: RawLog,
): readonly Said[] {
  const operation = operations[args.operation];
  if (operation === undefined) return [unreadable(deployment.id, log, `an operation ${args.operation}`)];
  const said = (change: CdpChange): readonly Said[] => {
    const { _borrower: owner } = args;
    return [
      {
        ...{ kind: 'PositionChanged', venue: deployment.id, market: CDP_MARKET_ID },
        ...{ owner, position: '', change },
      },
    ];
  };
  const { _principal: principal, _interest: interestOwed, _coll: collateral, stake } = args;
  const isEmpty = principal === 0n && collateral === 0n;
  if (operation === 'closed' || (operation === 'redeemed' && isEmpty))
    return said({ form: 'cdp', closed: true });
  const stored = { form: 'cdp', collateral, principal, interestOwed, stake } as const;
  const rate = { interestRateBps: learned.interestRateBps };
  switch (operation) {
    case 'opened':
    case 'given':
      if (!learned.given)
        return [unreadable(deployment.id, log, 'what was redistributed to the position was not logged')];
      return said({ ...stored, ...(operation === 'opened' ? rate : {}), received: learned.given });
    case 'adjusted':
      // `_updateTroveFromAdjustment` returns no interest when debt is drawn, and that 0 is logged.
      return said(interestOwed === 0n ? { ...stored, omitsInterestOnDraw: true } : stored);
    case 'refinanced':
      return said({ ...stored, ...rate });
    case 'redeemed':
      return said(stored);
  }
}
