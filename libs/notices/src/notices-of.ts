import { timeText, type CallEffect, type MarginCall, type Policy } from '@undertow/calls';
import type { NewNotice } from '@undertow/store';
import type { Target } from './targets.ts';

/**
 * What of a call's effects goes to whom: a notice for each target of its audience and of a channel that the policy names. The key names the notice and
 * the target, so that the same decision written twice tells nobody twice.
 */
export function noticesOf(
  { call, effects }: { readonly call: MarginCall; readonly effects: readonly CallEffect[] },
  { policy, targets }: { readonly policy: Policy; readonly targets: readonly Target[] },
): NewNotice[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'notify') return [];
    const { notice } = effect;
    const { owner } = call.account;
    return targets
      .filter(
        (target) =>
          target.audience === notice.to && (policy.channels[notice.to] ?? []).includes(target.channel),
      )
      .filter((target) => target.owner === undefined || target.owner === owner.toLowerCase())
      .map((target) => ({
        key: `${notice.key}/${target.name}`,
        call: call.id,
        channel: target.channel,
        target: target.name,
        body: bodyOf(call, notice),
        createdAt: call.updatedAt,
        notBefore: notice.notBefore,
      }));
  });
}

/** What is sent: `type`, `timestamp` and `data`, as Standard Webhooks has it. Whatever a borrower needs to act is in it. */
function bodyOf(
  call: MarginCall,
  notice: Extract<CallEffect, { readonly kind: 'notify' }>['notice'],
): string {
  const { account, rung, state, deadlineAt, required, facts, caseId, id, policy, reason } = call;
  return JSON.stringify({
    type: `margin_call.${notice.topic.replaceAll('-', '_')}`,
    timestamp: new Date(call.updatedAt * 1_000).toISOString(),
    data: {
      ...{ call: id, case: caseId, account, policy: policy.name, state, rung, words: notice.words, reason },
      deadline: deadlineAt === undefined ? undefined : timeText(deadlineAt),
      deadlineAt,
      measured: facts && {
        value: facts.measured,
        debtUsd: facts.debtUsd,
        block: facts.block,
        blockHash: facts.blockHash,
      },
      required,
    },
  });
}
