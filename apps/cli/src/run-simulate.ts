import { parseOverride, type Book, type TermsOverride } from '@undertow/book';
import {
  openEngine,
  simulate,
  whatIf,
  type EngineKind,
  type Outcome,
  type Scenario,
} from '@undertow/cascade';
import type { BookSource } from './book-source.ts';
import { asUsage, UsageError } from './explain-error.ts';
import { openTablesOrBook } from './simulate/open-tables-or-book.ts';
import { jsonPieces } from './json-text.ts';
import { printPieces, printReadable } from './print.ts';
import { outcomeJson } from './simulate/outcome-json.ts';
import { outcomeText } from './simulate/outcome-text.ts';
import { resultJson, whatIfJson } from './simulate/result-json.ts';
import { checkPolicies, scenarioOf, type ScenarioOptions } from './simulate/scenario-of.ts';
import { resultText } from './simulate/result-text.ts';
import { whatIfText } from './simulate/what-if-text.ts';
import { terminalWidth } from './terminal-width.ts';

export interface SimulateOptions extends BookSource, ScenarioOptions {
  /** Overrides of terms, see `parseOverride`. */
  readonly set: readonly string[];
  /** `clear` by default: the fast one knows less of a single cascade. */
  readonly engine?: EngineKind;
  readonly json?: boolean;
  /** Files and folders of tables that the book is made of; without any it comes from where `BookSource` says. */
  readonly tables?: readonly string[];
}

/** Prints one cascade, or with overrides of terms the same cascade before and after them. */
export async function runSimulate(options: SimulateOptions): Promise<void> {
  checkPolicies(options);
  const isFast = options.engine === 'fast';
  if (isFast && options.set.length > 0)
    throw new UsageError('--engine fast tells no before and after: leave it out, or leave out --set.');
  const { book, quotes, ownersText } = await openTablesOrBook(options);
  const scenario = scenarioOf(book, options, quotes);
  if (isFast) return printOutcome(book, scenario, options.json);
  const overrides = asUsage(() => options.set.map((text) => parseOverride(book, text)));
  if (overrides.length > 0) return printWhatIf(book, { overrides, scenario, json: options.json });
  const result = asUsage(() => simulate(book, scenario));
  if (options.json) return printPieces(jsonPieces(resultJson(book, result)));
  await printReadable(resultText(book, result, terminalWidth()));
  await printReadable(ownersText(result.byAccount));
}

async function printOutcome(book: Book, scenario: Scenario, json: boolean | undefined): Promise<void> {
  const found: Outcome[] = [];
  const engine = openEngine(book, { kind: 'fast' });
  asUsage(() => engine.run([scenario], (outcome) => found.push(outcome)));
  const told = { scenario, outcome: found[0]! };
  if (json) return printPieces(jsonPieces(outcomeJson(book, told)));
  return printReadable(outcomeText(book, told, terminalWidth()));
}

async function printWhatIf(
  book: Book,
  asked: {
    readonly overrides: readonly TermsOverride[];
    readonly scenario: Scenario;
    readonly json: boolean | undefined;
  },
): Promise<void> {
  const { overrides, scenario, json } = asked;
  const answer = asUsage(() => whatIf(book, overrides, scenario));
  if (json) return printPieces(jsonPieces(whatIfJson(book, answer)));
  return printReadable(whatIfText({ book, overrides, answer }, terminalWidth()));
}
