import type { OracleRef, TermsChanged, TermsPatch } from '@undertow/market';
import { present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const termsChanged: FactTable<TermsChanged> = {
  kind: 'TermsChanged',
  table: 'terms_changed',
  columns: ['venue', 'market', 'patch'],
  toCells: (fact) => [textCell(fact.venue), textCell(fact.market), patchToJson(fact.patch)],
  fromCells: (key, cells) => ({
    kind: 'TermsChanged',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    patch: patchFromJson(present(cells, 2)),
  }),
};

type IntegerField<T> = T extends unknown
  ? { [Field in keyof T]-?: NonNullable<T[Field]> extends bigint ? Field & string : never }[keyof T]
  : never;

/**
 * Fields of a patch, at any depth, that are raw integers. JSON holds them as strings. The compiler asks for those of
 * the terms and of their oracle; a nested field that it cannot see throws when written.
 */
const INTEGERS: Readonly<Record<IntegerField<TermsPatch> | IntegerField<OracleRef>, true>> = {
  loanToValueBps: true,
  liquidationThresholdBps: true,
  liquidationBonusBps: true,
  liquidationProtocolFeeBps: true,
  reserveFactorBps: true,
  debtCeiling: true,
  liquidationThresholdWad: true,
  scaleFactor: true,
};

/** A patch as JSON, integers as strings. A raw integer in a field that is not listed is a bug and throws. */
export function patchToJson(patch: TermsPatch): string {
  return JSON.stringify(patch, (field, value: unknown) => {
    if (typeof value === 'bigint') {
      if (!Object.hasOwn(INTEGERS, field))
        throw new Error(`bug: terms field ${field} is not listed as a raw integer`);
      return value.toString();
    }
    return typeof value === 'string' ? textCell(value) : value;
  });
}

export function patchFromJson(json: string): TermsPatch {
  return JSON.parse(json, (field, value: unknown) =>
    Object.hasOwn(INTEGERS, field) && typeof value === 'string' ? BigInt(value) : value,
  ) as TermsPatch;
}
