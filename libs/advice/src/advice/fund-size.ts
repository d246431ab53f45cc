import { openCoverTwo, tailScenario, tailWeights } from '@undertow/sweep';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { lossesOf } from '../evidence/losses.ts';
import { bindingOf } from '../evidence/binding.ts';
import { inputsOf } from '../evidence/inputs.ts';
import type { Study, Swept } from '../study/study.ts';
import type { Advice } from './advice.ts';
import { adviceValue, usdText } from './advice-value.ts';
import { adviceHead, signedOff } from './no-advice.ts';
import { pathOf, type PathAsked } from './path-of-advice.ts';

/** Digits of a fund's size: more would look more exact than it is. */
const DIGITS = 3;

/**
 * What a venue's funds must hold by cover-2: the loss of the two owners who leave most there in the worst scenario of the tail at the
 * confidence (of the venue's own losses), rounded up to three digits. It needs no tolerance.
 */
export function fundAdvised(
  { study, swept, place }: { readonly study: Study; readonly swept: Swept; readonly place: ParameterPlace },
  path: PathAsked | undefined,
): Advice {
  const { trialBook, asked } = study;
  const { kind, venue } = place.parameter;
  const lossUsd = swept.table.grouped('venueLossUsd', place.venueRow);
  const weights = tailWeights(lossUsd, asked.confidence);
  const tail = [...lossUsd.keys()].filter((index) => weights[index]! > 0 && lossUsd[index]! > 0);
  const cover = openCoverTwo(trialBook);
  for (const index of tail) cover.add(tailScenario(trialBook, swept.scenarios[index]!).losers, index);
  const worst = cover.result().find((one) => one.venue === venue);
  const needed = roundedUp(worst?.lossUsd ?? 0);
  const current = place.current ?? 0;
  const verdict = needed > current ? 'raise' : 'keep';
  const { inputs, missing } = inputsOf(study, place, undefined);
  const steps = verdict === 'raise' ? pathOf(place, needed, path) : undefined;
  return signedOff({
    ...adviceHead(study, place),
    verdict,
    words: fundWords({ venue, current, needed, owners: worst?.owners.length ?? 0, scenarios: tail.length }),
    advised: adviceValue(kind, Math.max(needed, verdict === 'keep' ? current : 0)),
    boundBy: 'cover-2',
    evidence: {
      before: lossesOf({ lossUsd, done: lossUsd.length }, swept, asked.confidence),
      binding: bindingOf(lossUsd, swept, trialBook),
      tried: [],
      isMonotone: true,
    },
    checks: [],
    inputs: [...inputs],
    missing: [...study.missing, ...missing],
    ...(steps && { path: steps }),
  });
}

interface FundWords {
  readonly venue: string;
  readonly current: number;
  readonly needed: number;
  readonly owners: number;
  readonly scenarios: number;
}

function fundWords({ venue, current, needed, owners, scenarios }: FundWords): string[] {
  if (needed === 0)
    return [
      `In none of the worst scenarios does anybody leave a loss at ${venue}: its funds of ${usdText(current)} suffice.`,
    ];
  const who = owners === 1 ? 'The owner who leaves most leaves' : 'The two owners who leave most leave';
  return [
    `${who} ${usdText(needed)} at ${venue} in the worst of ${scenarios} scenarios of the tail; its funds hold ${usdText(current)}.`,
    needed > current
      ? `They would have to hold ${usdText(needed - current)} more.`
      : 'They cover it. Less is not advised: cover-2 is a least size.',
  ];
}

function roundedUp(value: number): number {
  if (!(value > 0)) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - DIGITS + 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(DIGITS));
}
