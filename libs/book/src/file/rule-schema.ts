import { z } from 'zod';
import type { VenueRule } from '../rule.ts';

/** The rule of a venue, see `VenueRule`. */
export const ruleSchema = (): z.ZodType<VenueRule> =>
  z.discriminatedUnion('kernel', [
    z.strictObject({
      kernel: z.literal('repay-and-seize'),
      floorsAverageThreshold: z.boolean(),
      closeFactor: z.number(),
      closeFactorOf: z.enum(['one-debt', 'all-debts']),
      fullCloseHealthFactor: z.number(),
      smallPositionUsd: z.number(),
      leastLeftoverUsd: z.number(),
      seizesAllSupply: z.boolean(),
      leastSeizedUsd: z.number(),
      badDebt: z.enum(['socialised', 'deficit', 'left']),
    }),
    z.strictObject({ kernel: z.literal('stability-pool'), liquidatorShare: z.number() }),
    z.strictObject({
      kernel: z.literal('close-position'),
      initialMargin: z.number(),
      maintenanceMargin: z.number(),
      liquidationPenalty: z.number(),
      leastPartialUsd: z.number(),
      collateralMarginBuffer: z.number(),
      debtToCollateral: z.number(),
      debtThresholdUsd: z.number(),
      collateralShare: z.number(),
      collateralDustUsd: z.number(),
      collateralFundFee: z.number(),
    }),
    z.strictObject({ kernel: z.literal('buy-back') }),
  ]);
