import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { Warning } from './load.ts';
import { warningWords } from './words.ts';

/** What is wrong, each with how bad it is; an en dash for nothing. */
export function warningList(warnings: readonly Warning[]): Piece {
  if (warnings.length === 0) return '–';
  return warnings.map((warning): Markup =>
    element(
      'span',
      { class: `oracle-warning ${warning.severity}`, key: warning.kind },
      warning.severity === 'critical' ? element('b', {}, 'critical: ') : undefined,
      warningWords(warning),
    ),
  );
}

/** The same for a file and for sorting: the worst first, nothing where nothing is wrong. */
export const warningText = (warnings: readonly Warning[]): string | undefined =>
  warnings.length === 0
    ? undefined
    : warnings.map((warning) => `${warning.severity}: ${warningWords(warning)}`).join('; ');
