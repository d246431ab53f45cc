import { GraphQLScalarType, GraphQLError, Kind } from 'graphql';

/** The scalar `BigInt`: an integer as a decimal string in both directions. */
export const bigIntScalar = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  description: 'An integer too large for a float, as a decimal string.',
  serialize: (value) => BigInt(value as bigint | number | string).toString(),
  parseValue: parse,
  parseLiteral(node) {
    return parse(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined);
  },
});

function parse(value: unknown): bigint {
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
  throw new GraphQLError('A BigInt is a decimal string such as "123".');
}
