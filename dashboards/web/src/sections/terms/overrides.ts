/** What an override is about, without its new value: `aave-v3@devnet WETH liquidationThreshold`. */
export const termOf = (override: string): string => override.slice(0, override.lastIndexOf('=')).trim();

/** What a term is to be; undefined when it stays. */
export function newValue(overrides: readonly string[], term: string): string | undefined {
  const found = overrides.findLast((override) => termOf(override) === term);
  return found?.slice(found.lastIndexOf('=') + 1).trim();
}

/** Overrides with one more, which takes the place of another of the same term; undefined as value takes it out. */
export function withValue(
  overrides: readonly string[],
  term: string,
  value: string | undefined,
): readonly string[] {
  const others = overrides.filter((override) => termOf(override) !== term);
  return value === undefined ? others : [...others, `${term}=${value}`];
}

/** How a term is shown and typed. */
export interface TermField {
  readonly words: string;
  /** `percent`: typed in percent, written as a ratio; `plain`: as it is. */
  readonly unit: 'percent' | 'plain';
  /** Limits new supply and borrowing only: no figure of a cascade follows from it. */
  readonly isQuiet?: boolean;
}

/** Every term that may be changed; one that is not here is shown by its own name. */
const FIELDS: Readonly<Record<string, TermField>> = {
  liquidationThreshold: { words: 'Liquidation threshold', unit: 'percent' },
  loanToValue: { words: 'Loan-to-value', unit: 'percent', isQuiet: true },
  liquidationBonus: { words: 'Liquidation bonus', unit: 'percent' },
  liquidationProtocolFee: { words: 'Protocol fee, of the bonus', unit: 'percent' },
  supplyCap: { words: 'Supply cap, units', unit: 'plain', isQuiet: true },
  borrowCap: { words: 'Borrow cap, units', unit: 'plain', isQuiet: true },
  closeFactor: { words: 'Close factor', unit: 'percent' },
  fullCloseHealthFactor: { words: 'Full close at health factor', unit: 'plain' },
  liquidatorShare: { words: 'Liquidator’s share of collateral', unit: 'percent' },
  maintenanceMargin: { words: 'Maintenance margin', unit: 'percent' },
  liquidationPenalty: { words: 'Liquidation penalty', unit: 'percent' },
};

export const termField = (field: string): TermField => FIELDS[field] ?? { words: field, unit: 'plain' };

/** A value as a person types it: 0.825 of a ratio is 82.5. */
export function typedValue(value: number, { unit }: TermField): number {
  return unit === 'percent' ? Number((value * 100).toFixed(6)) : value;
}

/** What was typed, as an override writes it; undefined when it is no number. */
export function writtenValue(typed: string, { unit }: TermField): string | undefined {
  const value = typed.trim() === '' ? Number.NaN : Number(typed);
  if (!Number.isFinite(value)) return undefined;
  return String(unit === 'percent' ? Number((value / 100).toFixed(8)) : value);
}

/** A way to price an asset, as an override writes it. */
export interface OracleChoice {
  /** '' = as it is. */
  readonly form: string;
  readonly priceUsd: number | undefined;
}

/** `cap(1.04)` → form and price. */
export function readOracle(value: string | undefined): OracleChoice {
  const [, form = '', price] = /^([a-z]+)(?:\((.*)\))?$/.exec(value ?? '') ?? [];
  return { form, priceUsd: price === undefined ? undefined : Number(price) };
}

/** The way back; undefined for as it is. A cap without a price is one at the present price. */
export function writeOracle({ form, priceUsd }: OracleChoice, presentUsd: number): string | undefined {
  if (form === '') return undefined;
  if (form === 'cap') return `cap(${priceUsd ?? presentUsd})`;
  return form === 'constant' && priceUsd !== undefined ? `constant(${priceUsd})` : form;
}
