import {
  getOperationAST,
  GraphQLError,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { blockOfCursor } from './connection/cursor.ts';
import { DEFAULT_MOVES, DEFAULT_FALLS, DEFAULT_WHOLE_FALLS, MOST_COLUMNS } from './input.ts';

/**
 * Words and signs of a query's text. The longest that the page asks has a fifth of it; what has more is not even parsed. What is checked
 * of a query before its cost is counted takes time in the square of these: 70 ms at 5,000.
 */
export const MOST_TOKENS = 2_000;

/** What one query may ask for. */
export const QUERY_LIMITS = {
  /**
   * Fields below each other; the deepest sensible query (cascade → rounds → byVenue → venue) has 4. What is below an
   * introspection field is not counted: graphql-js bounds it by `MaxIntrospectionDepthRule`.
   */
  depth: 8,
  /** Fields in all, fragments and aliases counted each time. */
  fields: 500,
  /** Sum of the costs of the fields asked of the root (`costOf`), and of the blocks asked for (`BLOCK_COST`). */
  cost: 40,
} as const;

/**
 * What is not computed for every column: a cascade has a long answer, a what-if two of them, the schema the longest; the oracles of a
 * block are held against what all their feeds answered. A reverse stress runs thousands of scenarios, the tail of a sweep
 * hundreds for their whole stories, so that each is asked alone; margins value an owner's accounts thousands of times.
 */
const COSTS: Readonly<Record<string, number>> = {
  cascade: 5,
  oracles: 5,
  capUpdate: 5,
  oracleStakes: 10,
  startSweep: 20,
  startAdvice: 40,
  judgement: 40,
  adviceRun: 5,
  adviceRuns: 10,
  advices: 5,
  toxicityFrontier: 5,
  startEstimatedSweep: 20,
  reverseStress: 40,
  reverseStressByVenue: 40,
  sweepTail: 40,
  margins: 10,
  clearing: 10,
  resumeSweep: 20,
  whatIf: 10,
  __schema: 20,
  __type: 10,
};

/**
 * What every further block costs: each is folded from the nearest ledger that is saved and made into a book, which takes as
 * long as some columns of a heatmap. The first is free, so that all that may be asked of the newest block may be asked of one before it.
 */
const BLOCK_COST = 7;

/** What is computed for every asset and column: the argument that names columns, and how many there are where it does not. */
const COLUMNS: Readonly<Record<string, { readonly argument: string; readonly byDefault: number }>> = {
  heatmap: { argument: 'moves', byDefault: DEFAULT_MOVES.length },
  // Each of them shares a first round with the next one, and those before the first account is due are not run.
  reproduction: { argument: 'moves', byDefault: DEFAULT_FALLS.length / 3 },
  wholeReproduction: { argument: 'moves', byDefault: DEFAULT_WHOLE_FALLS.length },
};

/** Lists that come in pages; so many items cost 1. The longest page has five times as many. */
const PAGED: ReadonlySet<string> = new Set(['accounts', 'liquidations', 'incidents']);
const ITEMS_FOR_ONE = 100;
const MOST_ITEMS = 500;

/** Values of a query's variables, as the client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** What a client wants of a document. */
export interface Asked {
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables;
}

interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly cost: number;
}

const EMPTY: Size = { depth: 0, fields: 0, cost: 0 };

/** What was counted of a query, and how much of each is allowed. */
export interface QueryCost extends Size {
  /** Blocks that are read beside the newest; each after the first is in the cost. */
  readonly blocks: number;
  readonly most: typeof QUERY_LIMITS;
}

/** What is counted of the operation in a document that runs; undefined when none does. Linear in the document. */
export function queryCost(
  document: DocumentNode,
  { operationName, variables }: Asked = {},
): QueryCost | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  const measuring: Measuring = {
    ...{ fragments: fragmentsOf(document), seen: new Map(), blocks: new Set() },
    variables: withDefaults(operation, variables),
  };
  const { cost, fields, depth } = measure(operation.selectionSet, measuring);
  const blocks = measuring.blocks.size;
  return { cost: cost + BLOCK_COST * Math.max(0, blocks - 1), fields, depth, blocks, most: QUERY_LIMITS };
}

/** The error of an operation that is above `QUERY_LIMITS`, of the one in a document that runs. */
export function queryExcess(document: DocumentNode, asked: Asked = {}): GraphQLError[] {
  const size = queryCost(document, asked);
  const excess =
    size && (Object.keys(QUERY_LIMITS) as (keyof Size)[]).find((name) => size[name] > QUERY_LIMITS[name]);
  if (excess === undefined) return [];
  const message = `The query's ${excess} is ${size![excess]}; at most ${QUERY_LIMITS[excess]} is allowed. Ask for less, or in several queries.`;
  return [
    new GraphQLError(message, {
      nodes: getOperationAST(document, asked.operationName) ?? null,
      extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
    }),
  ];
}

interface Measuring {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly seen: Map<string, Size>;
  /** Blocks that are asked for, each once. */
  readonly blocks: Set<number>;
  readonly variables: Variables;
}

/** The variables of an operation, with its defaults where none are given; without a prototype, which has names too. */
export function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  given?: Variables,
): Variables {
  const initial = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  return Object.assign(Object.create(null), Object.fromEntries(initial), given) as Variables;
}

function measure(set: SelectionSetNode, measuring: Measuring): Size {
  let total = EMPTY;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const isOfSchema = selection.name.value.startsWith('__');
      const inner = selection.selectionSet ? measure(selection.selectionSet, measuring) : EMPTY;
      const cost = costOf(selection, measuring.variables);
      const block = argumentOf(selection, 'block', measuring.variables);
      if (typeof block === 'number') measuring.blocks.add(block);
      for (const one of cursorBlocks(selection, measuring.variables)) measuring.blocks.add(one);
      const depth = 1 + (isOfSchema ? 0 : inner.depth);
      total = join(total, { depth, fields: inner.fields + 1, cost });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      total = join(total, measure(selection.selectionSet, measuring));
    } else {
      total = join(total, measureFragment(selection.name.value, measuring));
    }
  }
  return total;
}

/**
 * What a root field costs in computation. A heatmap runs a cascade for each row and column, reproduction as many first
 * rounds: one for each column. All else by `COSTS`, else 1.
 */
function costOf(field: FieldNode, variables: Variables): number {
  const columns = COLUMNS[field.name.value];
  if (columns === undefined) return COSTS[field.name.value] ?? pageCost(field, variables);
  const named = argumentOf(field, columns.argument, variables);
  if (named === undefined || named === null) return columns.byDefault;
  // A single value is taken for a list of one.
  return Array.isArray(named) ? columnsIn(named) : 1;
}

/** What a page costs, by how many items it may have; what is no page costs 1. A page that is too long is refused as such. */
function pageCost(field: FieldNode, variables: Variables): number {
  if (!PAGED.has(field.name.value)) return 1;
  const length = argumentOf(field, 'first', variables) ?? argumentOf(field, 'last', variables);
  if (typeof length !== 'number') return 1;
  return Math.ceil(Math.min(Math.max(1, length), MOST_ITEMS) / ITEMS_FOR_ONE);
}

/** The blocks that answering from the cursors of a field reads. */
export function cursorBlocks(field: FieldNode, variables: Variables): number[] {
  return ['after', 'before'].flatMap((name) => {
    const cursor = argumentOf(field, name, variables);
    return (typeof cursor === 'string' ? blockOfCursor(cursor) : undefined) ?? [];
  });
}

/** The value of an argument, not yet checked against the schema; undefined when it is not given. */
export function argumentOf(
  { arguments: given = [] }: FieldNode,
  name: string,
  variables: Variables,
): unknown {
  const argument = given.find((one) => one.name.value === name);
  return argument && valueFromASTUntyped(argument.value, variables);
}

/** No more are computed than `MOST_COLUMNS`: a longer list is refused as such, by its own message. */
const columnsIn = ({ length }: readonly unknown[]) => Math.min(Math.max(1, length), MOST_COLUMNS);

/** Each fragment is measured once: nested spreads must not make this exponential. Cycles are another rule's error. */
function measureFragment(name: string, measuring: Measuring): Size {
  const { fragments, seen } = measuring;
  const known = seen.get(name);
  if (known) return known;
  seen.set(name, EMPTY);
  const fragment = fragments.get(name);
  const size = fragment ? measure(fragment.selectionSet, measuring) : EMPTY;
  seen.set(name, size);
  return size;
}

function join(a: Size, b: Size): Size {
  return { depth: Math.max(a.depth, b.depth), fields: a.fields + b.fields, cost: a.cost + b.cost };
}

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}
