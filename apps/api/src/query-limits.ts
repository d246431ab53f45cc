import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_DROPS, DEFAULT_REPRODUCTION_DROPS, MOST_DROPS } from './input.ts';

/** What one query may ask for. Introspection is not counted: the schema is small and public. */
export const QUERY_LIMITS = {
  /** Fields below each other; the deepest sensible query (cascade → rounds → byVenue → venue) has 4. */
  depth: 8,
  /** Fields in all, fragments and aliases counted each time. */
  fields: 500,
  /** Sum of the costs of the fields asked of the root: see `costOf`. */
  cost: 40,
} as const;

const CASCADE_COST = 5;

/** Columns of what is computed for every asset and drop, where none are named. */
const DEFAULT_COLUMNS: Readonly<Record<string, number>> = {
  heatmap: DEFAULT_DROPS.length,
  reproduction: DEFAULT_REPRODUCTION_DROPS.length,
};

/** Values of a query's variables, as the client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly cost: number;
}

const EMPTY: Size = { depth: 0, fields: 0, cost: 0 };

/** One error for every operation of a document that is above `QUERY_LIMITS`. Linear in the document. */
export function queryExcess(document: DocumentNode, variables: Variables = {}): GraphQLError[] {
  const measuring = { fragments: fragmentsOf(document), seen: new Map<string, Size>(), variables };
  return document.definitions.flatMap((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return [];
    const size = measure(node.selectionSet, measuring);
    const excess = (Object.keys(QUERY_LIMITS) as (keyof Size)[]).find(
      (name) => size[name] > QUERY_LIMITS[name],
    );
    if (excess === undefined) return [];
    const message = `The query's ${excess} is ${size[excess]}; at most ${QUERY_LIMITS[excess]} is allowed. Ask for less, or in several queries.`;
    return [
      new GraphQLError(message, {
        nodes: node,
        extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
      }),
    ];
  });
}

interface Measuring {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly seen: Map<string, Size>;
  readonly variables: Variables;
}

function measure(set: SelectionSetNode, measuring: Measuring): Size {
  let total = EMPTY;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__')) continue;
      const inner = selection.selectionSet ? measure(selection.selectionSet, measuring) : EMPTY;
      const cost = costOf(selection, measuring.variables);
      total = join(total, { depth: inner.depth + 1, fields: inner.fields + 1, cost });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      total = join(total, measure(selection.selectionSet, measuring));
    } else {
      total = join(total, measureFragment(selection.name.value, measuring));
    }
  }
  return total;
}

/**
 * What a root field costs in computation. A heatmap runs a cascade for each asset and column, reproduction as many first
 * rounds: one for each column. A cascade has a long answer: 5. All else: 1.
 */
function costOf({ name, arguments: given = [] }: FieldNode, variables: Variables): number {
  const columns = DEFAULT_COLUMNS[name.value];
  if (columns === undefined) return name.value === 'cascade' ? CASCADE_COST : 1;
  const drops = given.find((argument) => argument.name.value === 'drops')?.value;
  if (drops === undefined || drops.kind === Kind.NULL) return columns;
  if (drops.kind === Kind.LIST) return columnsIn(drops.values);
  // A single value is taken for a list of one; of a variable its default is not known here.
  if (drops.kind !== Kind.VARIABLE) return 1;
  const value = variables[drops.name.value];
  if (value === undefined || value === null) return columns;
  return Array.isArray(value) ? columnsIn(value) : 1;
}

/** No more are computed than `MOST_DROPS`: a longer list is refused as such, by its own message. */
const columnsIn = ({ length }: readonly unknown[]) => Math.min(Math.max(1, length), MOST_DROPS);

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

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}
