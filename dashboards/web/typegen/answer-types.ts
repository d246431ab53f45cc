import {
  getNamedType,
  getNullableType,
  type GraphQLEnumType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  typeFromAST,
  validate,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';

const SCALARS: Readonly<Record<string, string>> = {
  Int: 'number',
  Float: 'number',
  String: 'string',
  Boolean: 'boolean',
  ID: 'string',
  BigInt: 'string',
  Address: 'string',
  Timestamp: 'number',
  JSON: 'unknown',
};

/**
 * The TypeScript types of what a GraphQL document answers and takes, from the schema: `<Name>Answer`, and
 * `<Name>Variables` when it takes any. Throws with every reason when the document does not fit the schema.
 *
 * A field of `Query` is null only beside an error, and `ask` throws that: what it gives has these fields without null.
 */
export function answerTypes(schema: GraphQLSchema, document: string): string {
  const parsed = parse(document);
  const errors = validate(schema, parsed);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return parsed.definitions
    .filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    )
    .map((operation) => {
      const name = operation.name?.value;
      const root = schema.getRootType(operation.operation);
      if (!name || !root) throw new Error('every operation needs a name and a root type');
      const answer = `export type ${name}Answer = ${objectType(root, operation.selectionSet)};\n`;
      const variables = operation.variableDefinitions ?? [];
      return variables.length === 0 ? answer : `${answer}\n${variablesType(schema, name, variables)}`;
    })
    .join('\n');
}

function objectType(type: GraphQLNamedType, selections: SelectionSetNode, depth = 0): string {
  if (!isObjectType(type)) throw new Error(`${type.name} has no fields`);
  const pad = '  '.repeat(depth + 1);
  const lines = selections.selections
    .filter((selection): selection is FieldNode => selection.kind === Kind.FIELD)
    .map((node) => {
      const field = type.getFields()[node.name.value];
      if (!field) throw new Error(`${type.name}.${node.name.value} is not in the schema`);
      const named = getNamedType(field.type);
      const inner = node.selectionSet ? objectType(named, node.selectionSet, depth + 1) : leafType(named);
      const isRoot = depth === 0;
      const answer = isRoot ? wrapPresent(getNullableType(field.type), inner) : wrap(field.type, inner);
      return `${pad}readonly ${node.alias?.value ?? node.name.value}: ${answer};\n`;
    });
  return `{\n${lines.join('')}${'  '.repeat(depth)}}`;
}

function variablesType(
  schema: GraphQLSchema,
  name: string,
  variables: readonly VariableDefinitionNode[],
): string {
  const lines = variables.map(({ variable, type: node }) => {
    const type = typeFromAST(schema, node);
    if (!type) throw new Error(`$${variable.name.value} has a type that is not in the schema`);
    return `  readonly ${variable.name.value}: ${wrap(type, leafType(getNamedType(type)))};\n`;
  });
  return `export interface ${name}Variables {\n${lines.join('')}}\n`;
}

function wrap(type: GraphQLType, inner: string): string {
  if (!isNonNullType(type)) return `${wrapPresent(type, inner)} | null`;
  return wrapPresent(type.ofType, inner);
}

function wrapPresent(type: GraphQLType, inner: string): string {
  if (!isListType(type)) return inner;
  const item = wrap(type.ofType, inner);
  return item.includes(' | ') ? `readonly (${item})[]` : `readonly ${item}[]`;
}

function leafType(type: GraphQLNamedType): string {
  if (isEnumType(type)) return enumType(type);
  return SCALARS[type.name] ?? 'object';
}

const enumType = (type: GraphQLEnumType) =>
  type
    .getValues()
    .map(({ name }) => `'${name}'`)
    .join(' | ');
