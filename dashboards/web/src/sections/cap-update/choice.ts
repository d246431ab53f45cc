/** An update of a cap that somebody asks about, as an address and the form say it. */
export interface CapUpdateChoice {
  /** The oracle, or the capped feed that it is made of: by id, or by what it calls itself. */
  readonly oracle: string;
  /** The rate from which the cap shall grow, in whole units. */
  readonly ratio: number;
  /** When the token had it, unix seconds. */
  readonly since: number;
  /** The cap's rate moves by this share of itself at most; undefined: nothing holds it back. */
  readonly mostChange: number | undefined;
}

/** The fields of an address that say one, in the order in which they are written. */
export const CAP_FIELDS = ['cap', 'ratio', 'since', 'change'];

/** The fields with what they say: `cap=0x12…&ratio=1.2285&since=2026-03-03T12:00:00Z&change=0.03`. */
export const writeCapUpdate = ({ oracle, ratio, since, mostChange }: CapUpdateChoice): string[] => [
  `cap=${encodeURIComponent(oracle)}`,
  `ratio=${ratio}`,
  `since=${new Date(since * 1_000).toISOString().slice(0, 19)}Z`,
  ...(mostChange === undefined ? [] : [`change=${mostChange}`]),
];

/** What an address says of one; undefined where it says nothing, or something that cannot be read, which is then named. */
export function readCapUpdate(fields: URLSearchParams, problems: string[]): CapUpdateChoice | undefined {
  const oracle = fields.get('cap') ?? '';
  if (!CAP_FIELDS.some((name) => fields.has(name))) return undefined;
  const read = capUpdateOf({
    oracle,
    ratio: fields.get('ratio') ?? '',
    since: fields.get('since') ?? '',
    mostChange: fields.get('change') ?? '',
  });
  if (!('why' in read)) return read;
  problems.push(`the update of a cap cannot be read: ${read.why}`);
  return undefined;
}

/** What somebody typed; `why` says what cannot be taken. A share is a ratio, a time is in UTC. */
export function capUpdateOf(
  typed: Readonly<Record<keyof CapUpdateChoice, string>>,
): CapUpdateChoice | NotTaken {
  const oracle = typed.oracle.trim();
  if (oracle === '') return { why: 'it needs the oracle whose cap is updated.' };
  const ratio = numberOf(typed.ratio);
  if (!(ratio > 0)) return { why: 'the rate is what one unit is redeemed for, such as 1.2285: above 0.' };
  const since = secondsOf(typed.since.trim());
  if (!(since >= 0))
    return { why: 'the time is when the token had that rate, such as 2026-03-03T12:00, in UTC.' };
  if (typed.mostChange.trim() === '') return { oracle, ratio, since, mostChange: undefined };
  const mostChange = numberOf(typed.mostChange);
  if (!(mostChange >= 0 && mostChange <= 1))
    return { why: 'the most that it may change is from 0 to 1 (100 %).' };
  return { oracle, ratio, since, mostChange };
}

interface NotTaken {
  readonly why: string;
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

function secondsOf(text: string): number {
  if (/^\d{1,11}$/.test(text)) return Number(text);
  const [, date, time = 'T00:00'] = /^(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(?::\d\d)?)?Z?$/.exec(text) ?? [];
  return date === undefined ? Number.NaN : Date.parse(`${date}${time.replace(' ', 'T')}Z`) / 1_000;
}
