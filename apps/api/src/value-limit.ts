import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
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
 * Values that one answer may have in its lists and objects: items, and their fields, aliases too. Writing one takes 1.6 µs (500 accounts
 * with 150 fields each, 75,000 values, took 120 ms of the thread that answers everybody), so that these take 40 ms.
 */
export const MOST_VALUES = 25_000;
/** The same of what is asked of the schema itself. All of it, as tools ask for it, is 25,000 values and takes 46 ms. */
export const MOST_SCHEMA_VALUES = 35_000;

/** Types of graphql-js itself are the same in all schemas, and are to be counted once. */
const counted = new WeakSet<GraphQLField<unknown, unknown>>();

/**
 * Lets an answer have no more values than `MOST_VALUES`, and `MOST_SCHEMA_VALUES` about the schema: what a query's text alone cannot
 * tell. They are counted while lists and objects are resolved. To be called before anything is answered; gives the schema back. Answers
 * of subscriptions, which come again and again, are not counted.
 */
export function withValueLimit(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      if (isListType(getNullableType(field.type)) || isCompositeType(getNamedType(field.type)))
        countField(field);
  }
  return schema;
}

function countField(field: GraphQLField<unknown, unknown>): void {
  if (counted.has(field)) return;
  counted.add(field);
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    const value = resolve(source, args, context, info);
    if (value instanceof Promise) return value.then((there: unknown) => count(there, context, info));
    return count(value, context, info);
  };
}

interface SoFar {
  values: number;
  schemaValues: number;
}

/** What is being answered in a context so far: each operation has its own. */
const soFar = new WeakMap<object, SoFar>();

function count(value: unknown, context: unknown, info: GraphQLResolveInfo): unknown {
  if (value === null || value === undefined || typeof context !== 'object' || context === null) return value;
  if (info.operation.operation === OperationTypeNode.SUBSCRIPTION) return value;
  const fields = fieldsIn(info);
  const values = Array.isArray(value) ? value.length * (1 + fields) : fields;
  let sums = soFar.get(context);
  if (!sums) soFar.set(context, (sums = { values: 0, schemaValues: 0 }));
  if (info.parentType.name.startsWith('__')) sums.schemaValues += values;
  else sums.values += values;
  if (sums.values > MOST_VALUES || sums.schemaValues > MOST_SCHEMA_VALUES) throw tooManyValues();
  return value;
}

/** Fields that are asked of each object at one place of a query. What is in them counts itself; the same nodes stand for all of a list. */
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
    `The answer would have more than ${MOST_VALUES} values in its lists and objects. Ask for fewer items or fields, or in several queries.`,
    { extensions: { code: TOO_LARGE, http: { status: 400 } } },
  );

const TOO_LARGE = 'QUERY_TOO_LARGE';

/** The error of an answer that became too large while it was being made: the only one that is worth telling, and once. */
export const valueExcess = (errors: readonly GraphQLError[] = []): GraphQLError | undefined =>
  errors.find(({ extensions }) => extensions['code'] === TOO_LARGE);
