import type { AdviceEvidence, AdviceLosses, AdviceMissing } from './advice.ts';

/** Where a market stands in the plane of threshold and bonus under a change. */
export interface JudgedToxicity {
  readonly venue: string;
  readonly label: string;
  readonly threshold: number;
  readonly bonus: number;
  /** The largest threshold at that bonus that is not toxic. */
  readonly line: number;
  readonly isToxic: boolean;
  /** Why slippage is not in the line; absent where it is. */
  readonly why?: string;
}

/** What a change that somebody typed comes to, as plain data. */
export interface Judgement {
  /** `within` and `exceeds` the tolerance; `unknown` where there are no scenarios, and `missing` says why. */
  readonly verdict: 'within' | 'exceeds' | 'unknown';
  /** In whole sentences, the most important first. */
  readonly words: readonly string[];
  /** The changes as `parseOverride` reads them. */
  readonly changes: readonly string[];
  readonly toleranceUsd?: number;
  readonly before?: AdviceLosses;
  /** With owners who behave as it was asked. */
  readonly after?: AdviceLosses;
  readonly afterIfNobodyActs?: AdviceLosses;
  readonly madeDue: NonNullable<AdviceEvidence['madeDue']>;
  /** Of one changed term that limits borrowing. */
  readonly borrowingPower?: {
    readonly beforeUsd: number;
    readonly afterUsd: number;
    readonly costUsd: number;
  };
  readonly toxicity: readonly JudgedToxicity[];
  readonly missing: readonly AdviceMissing[];
  readonly bookHash: string;
  readonly planHash?: string;
  readonly inputsHash: string;
}
