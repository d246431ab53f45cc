import {
  defaultFieldResolver,
  getNullableType,
  GraphQLError,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/**
 * Values that one answer may have in its lists: items, and their fields, aliases too. Writing one takes 1.6 µs (500 accounts with 150
 * fields each, 75,000 values, took 120 ms of the thread that answers everybody), so that these take 40 ms.
 */
export const MOST_VALUES = 25_000;

/** Types of graphql-js itself are the same in all schemas, and are to be counted once. */
const counted = new WeakSet<GraphQLField<unknown, unknown>>();

/**
 * Lets the lists of a schema, those about the schema itself included, be no longer than `MOST_VALUES` allows of one answer: what a query's
 * text alone cannot tell. To be called before anything is answered; gives the schema back. Answers of subscriptions, which come again and
 * again, are not counted.
 */
export function withValueLimit(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      if (isListType(getNullableType(field.type))) countList(field);
  }
  return schema;
}

function countList(field: GraphQLField<unknown, unknown>): void {
  if (counted.has(field)) return;
  counted.add(field);
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    const list = resolve(source, args, context, info);
    if (list instanceof Promise) return list.then((there: unknown) => count(there, context, info));
    return count(list, context, info);
  };
}

/** Values so far of what is being answered in a context: each operation has its own. */
const soFar = new WeakMap<object, number>();

function count(list: unknown, context: unknown, info: GraphQLResolveInfo): unknown {
  if (!Array.isArray(list) || typeof context !== 'object' || context === null) return list;
  if (info.operation.operation === OperationTypeNode.SUBSCRIPTION) return list;
  const values = (soFar.get(context) ?? 0) + list.length * (1 + fieldsIn(info));
  soFar.set(context, values);
  if (values > MOST_VALUES) throw tooManyValues();
  return list;
}

/** Fields that are asked of each item of a list; the same nodes stand for all lists at one place of a query. */
function fieldsIn({ fieldNodes, fragments }: GraphQLResolveInfo): number {
  const known = fieldsOf.get(fieldNodes);
  if (known !== undefined) return known;
  const fields = fieldNodes.reduce((sum, { selectionSet }) => sum + fieldsOfSet(selectionSet, fragments), 0);
  fieldsOf.set(fieldNodes, fields);
  return fields;
}

const fieldsOf = new WeakMap<object, number>();

/** A query has few fields in all (`QUERY_LIMITS`), fragments counted each time. */
function fieldsOfSet(set: SelectionSetNode | undefined, fragments: GraphQLResolveInfo['fragments']): number {
  return (set?.selections ?? []).reduce((sum, selection) => {
    if (selection.kind === Kind.FIELD) return sum + 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return sum + fieldsOfSet(selection.selectionSet, fragments);
    return sum + fieldsOfSet(fragments[selection.name.value]?.selectionSet, fragments);
  }, 0);
}

const tooManyValues = () =>
  new GraphQLError(
    `The answer would have more than ${MOST_VALUES} values in its lists. Ask for fewer items or fields, or in several queries.`,
    { extensions: { code: TOO_LARGE, http: { status: 400 } } },
  );

const TOO_LARGE = 'QUERY_TOO_LARGE';

/** The error of an answer that became too large while it was being made: the only one that is worth telling, and once. */
export const valueExcess = (errors: readonly GraphQLError[] = []): GraphQLError | undefined =>
  errors.find(({ extensions }) => extensions['code'] === TOO_LARGE);
