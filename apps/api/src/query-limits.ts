import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';

/** What one query may ask for. Introspection is not counted: the schema is small and public. */
export const QUERY_LIMITS = {
  /** Fields below each other; the deepest sensible query (cascade → rounds → byVenue → venue) has 4. */
  depth: 8,
  /** Fields in all, fragments and aliases counted each time. */
  fields: 500,
  /** Sum of `ROOT_COST` over the fields asked of the root. */
  cost: 40,
} as const;

/** What a root field costs in computation; 1 when not named. A heatmap runs (assets × drops) cascades, and reproduction as many first rounds. */
const ROOT_COST: Readonly<Record<string, number>> = { heatmap: 20, reproduction: 20, cascade: 5 };

interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly cost: number;
}

const EMPTY: Size = { depth: 0, fields: 0, cost: 0 };

/** Validation rule that refuses queries above `QUERY_LIMITS` before anything is computed. */
export const queryLimits: ValidationRule = (context) => ({
  Document(document: DocumentNode) {
    for (const error of queryExcess(document)) context.reportError(error);
  },
});

/** One error for every operation of a document that is above `QUERY_LIMITS`. Linear in the document. */
export function queryExcess(document: DocumentNode): GraphQLError[] {
  const fragments = fragmentsOf(document);
  const seen = new Map<string, Size>();
  return document.definitions.flatMap((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return [];
    const size = measure(node.selectionSet, fragments, seen);
    const excess = (Object.keys(QUERY_LIMITS) as (keyof Size)[]).find(
      (name) => size[name] > QUERY_LIMITS[name],
    );
    if (excess === undefined) return [];
    const message = `The query's ${excess} is ${size[excess]}; at most ${QUERY_LIMITS[excess]} is allowed. Ask for less, or in several queries.`;
    return [new GraphQLError(message, { nodes: node, extensions: { code: 'QUERY_TOO_LARGE' } })];
  });
}

function measure(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  seen: Map<string, Size>,
): Size {
  let total = EMPTY;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__')) continue;
      const inner = selection.selectionSet ? measure(selection.selectionSet, fragments, seen) : EMPTY;
      const cost = ROOT_COST[selection.name.value] ?? 1;
      total = join(total, { depth: inner.depth + 1, fields: inner.fields + 1, cost });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      total = join(total, measure(selection.selectionSet, fragments, seen));
    } else {
      total = join(total, measureFragment(selection.name.value, fragments, seen));
    }
  }
  return total;
}

/** Each fragment is measured once: nested spreads must not make this exponential. Cycles are another rule's error. */
function measureFragment(
  name: string,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  seen: Map<string, Size>,
): Size {
  const known = seen.get(name);
  if (known) return known;
  seen.set(name, EMPTY);
  const fragment = fragments.get(name);
  const size = fragment ? measure(fragment.selectionSet, fragments, seen) : EMPTY;
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
