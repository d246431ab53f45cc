const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400 };

/** A time as people write it, `90m`, `12h` or `1d`, in seconds; not a number where it is none. */
export function readDuration(text: string): number {
  const [, digits, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([mhd])\s*$/.exec(text) ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * SECONDS[unit]!;
}

/** The shortest such text; reading it gives the same back. */
export function writeDuration(seconds: number): string {
  const unit = ['d', 'h'].find((one) => Number.isInteger(seconds / SECONDS[one]!)) ?? 'm';
  return `${seconds / SECONDS[unit]!}${unit}`;
}
