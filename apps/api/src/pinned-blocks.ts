import {
  getOperationAST,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type SelectionSetNode,
} from 'graphql';
import { argumentOf, cursorBlocks, fragmentsOf, withDefaults, type Asked } from './query-limits.ts';

/** What hangs on prices of the past too, of which older ones may be stored at any time. */
const BY_STORED_PRICES: ReadonlySet<string> = new Set(['margins', 'clearing']);

/**
 * The blocks that a query is pinned at: each root field names one, by `block` or by the cursor that it goes on from. Undefined when
 * one names none, so that its answer changes as the chain grows, when one hangs on stored prices, or when the operation is no query.
 */
export function pinnedBlocks(document: DocumentNode, asked: Asked): readonly number[] | undefined {
  const operation = getOperationAST(document, asked.operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return undefined;
  const variables = withDefaults(operation, asked.variables);
  const blocks = rootFields(document, operation.selectionSet).map((field) => {
    if (BY_STORED_PRICES.has(field.name.value)) return undefined;
    const block = argumentOf(field, 'block', variables);
    return typeof block === 'number' ? block : cursorBlocks(field, variables)[0];
  });
  const known = blocks.filter((block) => block !== undefined);
  return known.length > 0 && known.length === blocks.length ? [...new Set(known)] : undefined;
}

/** The fields asked of the root, those of fragments among them, but for `__typename`. */
function rootFields(document: DocumentNode, root: SelectionSetNode): readonly FieldNode[] {
  const fragments = fragmentsOf(document);
  const seen = new Set<string>();
  const fieldsOf = ({ selections }: SelectionSetNode): FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet);
      const { value: name } = selection.name;
      if (seen.has(name)) return [];
      seen.add(name);
      const fragment = fragments.get(name);
      return fragment ? fieldsOf(fragment.selectionSet) : [];
    });
  return fieldsOf(root);
}
