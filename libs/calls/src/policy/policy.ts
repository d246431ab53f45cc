import { z } from 'zod';
import { CALL_EVENTS, ROLES } from '../states/call-event.ts';
import { AUDIENCES } from '../states/effect.ts';

/**
 * What a ladder goes by. `loanToValue`: debt ÷ collateral, rises to the worse; the others fall: `collateralRatio` is its inverse, `healthFactor` the
 * venue's own, `deviations` the nearest move at which the venue would liquidate, in standard deviations over a horizon, so that calls come
 * earlier when prices move more.
 */
export const MEASURES = ['loanToValue', 'collateralRatio', 'healthFactor', 'deviations'] as const;
export type Measure = (typeof MEASURES)[number];

/** Ways of telling somebody that exist. */
export const CHANNELS = ['webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

const word = (what: string) =>
  z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,120}$/u, {
    error: `${what} must be 1 to 120 visible characters on one line`,
  });
const usd = z.number().min(0, { error: 'must be USD, 0 or more' });
const channel = z.enum(CHANNELS, {
  error: ({ input }) =>
    `${JSON.stringify(input)} is no channel: there is ${CHANNELS.map((name) => `"${name}"`).join(', ')}`,
});
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: ({ input }) => `${JSON.stringify(input)} is no time of the day: write 22:00`,
});
const atLeast = (least: number, unit: string) =>
  z
    .int({ error: `must be a whole number of ${unit}` })
    .min(least, { error: `must be ${least} ${unit} or more` });

const rung = z
  .strictObject({
    name: word('the name of a rung').describe('what people call it, such as `accelerated`'),
    at: z
      .number()
      .positive({ error: 'must be above 0' })
      .describe('where it is, by the measure of the policy; it is reached there, and not only beyond'),
    action: z
      .enum(['warn', 'call', 'liquidate'])
      .describe('`warn` asks for nothing; `call` asks for a cure; at `liquidate` nobody waits'),
    deadlineSeconds: z
      .int({ error: 'must be a whole number of seconds' })
      .positive({
        error: ({ input }) =>
          `a deadline ${Number(input) === 0 ? 'of 0 s' : `${String(input)} s from the call`} has passed when the call is made: give seconds above 0, or leave it out to wait for a worse rung`,
      })
      .optional()
      .describe('seconds from reaching the rung to the deadline; left out, the call waits for a worse rung'),
    isUrgent: z.boolean().default(false).describe('its notices do not wait for the end of quiet hours'),
  })
  .describe('a step of the ladder');

const policyShape = {
  version: z.literal(1),
  name: word('the name of a policy'),
  source: z.string().optional().describe('where the ladder is published'),
  notes: z.array(z.string()).default([]).describe('what is not in the source, and was chosen'),
  measure: z.enum(MEASURES).describe('what rungs and targets are measured by'),
  horizonSeconds: atLeast(60, 'seconds')
    .optional()
    .describe('of the standard deviations; only where the measure is `deviations`'),
  rungs: z.array(rung).min(1, { error: 'a ladder has at least one rung' }).describe('the mildest first'),
  cureTarget: z
    .number()
    .positive({ error: 'must be above 0' })
    .describe('where a call is cured; healthier than the mildest rung, so that calls do not flutter'),
  minimumTransferUsd: usd.default(0).describe('less is not asked for'),
  roundUpToUsd: usd.default(0).describe('what is asked for is rounded up to a multiple of this; 0 = not'),
  fullCloseBelowUsd: usd.default(0).describe('below this debt all of it is asked for'),
  smallestDebtUsd: usd.default(0).describe('below this debt nobody is called'),
  reminders: z
    .strictObject({ everySeconds: atLeast(60, 'seconds'), most: atLeast(1, 'reminders') })
    .optional()
    .describe('to borrowers who have not pledged anything yet'),
  quietHours: z
    .strictObject({
      from: clockTime,
      to: clockTime,
      utcOffsetMinutes: z.int().min(-840).max(840).default(0),
    })
    .optional()
    .describe('notices to borrowers wait until they are over'),
  cooldownSeconds: atLeast(0, 'seconds')
    .default(0)
    .describe('after a call ended the account is not called again for so long, unless for a worse rung'),
  settlementSeconds: atLeast(1, 'seconds')
    .default(3_600)
    .describe('how long collateral may be on its way before the call is escalated'),
  expirySeconds: atLeast(1, 'seconds')
    .optional()
    .describe('how long a call that was escalated stays open; left out: until it ends otherwise'),
  channels: z
    .partialRecord(z.enum(AUDIENCES), z.array(channel))
    .default({ borrower: ['webhook'], desk: ['webhook'] })
    .describe('how borrowers and the desk are told; where to is configured apart, with the keys'),
  authority: z
    .partialRecord(z.enum(CALL_EVENTS), z.array(z.enum(ROLES)))
    .default({})
    .describe('who may do what, where it is not as `DEFAULT_AUTHORITY` says'),
};

/** The form of a policy, without what its parts say of each other: see `readPolicy`. */
export const policySchema = z.strictObject(policyShape);
export type Policy = z.output<typeof policySchema>;
export type Rung = Policy['rungs'][number];

/** The JSON Schema of a policy as a file has it. */
export function policyJsonSchema(): object {
  return {
    title: 'Undertow margin call policy',
    ...z.toJSONSchema(policySchema, { io: 'input', target: 'draft-2020-12' }),
  };
}
