import type { Tolerance } from '@undertow/advice';
import { InvalidArgumentError } from 'commander';

/** Parses what is tolerated: an amount of USD, or a share of what is borrowed such as 0.1%. */
export function tolerance(text: string): Tolerance['most'] {
  const [, digits, percent] = /^(\d+(?:\.\d+)?(?:e\d+)?)\s*(%)?$/i.exec(text.trim()) ?? [];
  if (digits === undefined)
    throw new InvalidArgumentError(
      'It must be an amount of USD such as 500000, or a share of what is borrowed such as 0.1%.',
    );
  return percent ? { kind: 'share', share: Number(`${digits}e-2`) } : { kind: 'usd', usd: Number(digits) };
}
