import { z } from 'zod';

/** What an advice keeps of what moved its value since the one before. */
export const movedRecord = () =>
  z.strictObject({
    /** Block and hash of the book of the advice before. */
    block: z.int(),
    bookHash: z.string(),
    before: z.number(),
    after: z.number(),
    /** By input, what it alone does to the value before; empty where it could not be told. */
    parts: z.array(z.strictObject({ input: z.string(), change: z.number() })),
    /** What the inputs do together beyond that: parts and this add up to the change. Absent where it could not be told. */
    interaction: z.number().exactOptional(),
    /** The same in whole sentences. */
    words: z.array(z.string()),
  });

export type MovedRecord = z.infer<ReturnType<typeof movedRecord>>;
