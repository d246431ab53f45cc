import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';

/** How a scalar is written and read. */
interface ScalarForm<Written, Read> {
  readonly serialize: (value: unknown) => Written;
  /** Throws an error that says what would be right. */
  readonly parse: (value: unknown) => Read;
}

/** A scalar that is read in the same way in a query's text and in its variables. Its description is in schema.graphql. */
export function scalarOf<Written, Read>(
  name: string,
  { serialize, parse }: ScalarForm<Written, Read>,
): GraphQLScalarType<Read, Written> {
  const parseValue = (value: unknown): Read => {
    try {
      return parse(value);
    } catch (cause) {
      throw new GraphQLError(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return new GraphQLScalarType<Read, Written>({
    name,
    serialize,
    parseValue,
    parseLiteral: (node, variables) => parseValue(valueFromASTUntyped(node, variables)),
  });
}
