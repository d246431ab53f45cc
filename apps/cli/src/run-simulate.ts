import { parseOverride, type Book, type TermsOverride } from '@undertow/book';
import { openEngine, whatIf, type EngineKind, type Scenario } from '@undertow/cascade';
import type { BookSource } from './book-source.ts';
import { asUsage } from './explain-error.ts';
import { openTablesOrBook } from './simulate/open-tables-or-book.ts';
import { jsonPieces } from './json-text.ts';
import { printPieces, printReadable } from './print.ts';
import { resultJson, whatIfJson } from './simulate/result-json.ts';
import { checkPolicies, scenarioOf, type ScenarioOptions } from './simulate/scenario-of.ts';
import { resultText } from './simulate/result-text.ts';
import { whatIfText } from './simulate/what-if-text.ts';
import { terminalWidth } from './terminal-width.ts';

export interface SimulateOptions extends BookSource, ScenarioOptions {
  /** Overrides of terms, see `parseOverride`. */
  readonly set: readonly string[];
  /** `fast` by default; both tell the same. */
  readonly engine?: EngineKind;
  readonly json?: boolean;
  /** Files and folders of tables that the book is made of; without any it comes from where `BookSource` says. */
  readonly tables?: readonly string[];
}

/** Prints one cascade, or with overrides of terms the same cascade before and after them. */
export async function runSimulate(options: SimulateOptions): Promise<void> {
  checkPolicies(options);
  const { book, quotes, ownersText } = await openTablesOrBook(options);
  const scenario = scenarioOf(book, options, quotes);
  const { engine = 'fast', json } = options;
  const overrides = asUsage(() => options.set.map((text) => parseOverride(book, text)));
  if (overrides.length > 0) return printWhatIf(book, { overrides, scenario, engine, json });
  const result = asUsage(() => openEngine(book, { kind: engine }).tell(scenario));
  if (json) return printPieces(jsonPieces(resultJson(book, result)));
  await printReadable(resultText(book, result, terminalWidth()));
  await printReadable(ownersText(result.byAccount));
}

async function printWhatIf(
  book: Book,
  asked: {
    readonly overrides: readonly TermsOverride[];
    readonly scenario: Scenario;
    readonly engine: EngineKind;
    readonly json: boolean | undefined;
  },
): Promise<void> {
  const { overrides, scenario, engine, json } = asked;
  const answer = asUsage(() => whatIf(book, overrides, scenario, { engine }));
  if (json) return printPieces(jsonPieces(whatIfJson(book, answer)));
  return printReadable(whatIfText({ book, overrides, answer }, terminalWidth()));
}
