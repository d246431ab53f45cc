import { buildSchema, graphql, parse, validate, type GraphQLScalarType } from 'graphql';
import { addressScalar } from './address.ts';
import { bigIntScalar } from './big-int.ts';
import { timestampScalar } from './timestamp.ts';

const ADDRESS = `0x${'aB'.repeat(20)}`;

/** What a scalar reads, in the text of a query and in a variable. */
async function read(scalar: GraphQLScalarType, value: unknown): Promise<unknown[]> {
  const schema = buildSchema(`type Query { same(of: ${scalar.name}): String } scalar ${scalar.name}`);
  Object.assign(schema.getType(scalar.name)!, {
    parseValue: scalar.parseValue,
    parseLiteral: scalar.parseLiteral,
  });
  const rootValue = { same: ({ of }: { of: unknown }) => String(of) };
  const variable = await graphql({
    ...{ schema, rootValue, source: `query Q($of: ${scalar.name}) { same(of: $of) }` },
    variableValues: { of: value },
  });
  const source = `{ same(of: ${JSON.stringify(value)}) }`;
  const [refused] = validate(schema, parse(source));
  const literal = refused ? { errors: [refused] } : await graphql({ schema, rootValue, source });
  return [variable, literal].map((answer) =>
    'data' in answer && answer.data ? answer.data['same'] : answer.errors?.[0]?.message,
  );
}

test('an address is taken in any case and given in lower case', async () => {
  expect(await read(addressScalar, ADDRESS)).toEqual([ADDRESS.toLowerCase(), ADDRESS.toLowerCase()]);
  for (const wrong of ['0x12', `${ADDRESS}0`, 5])
    for (const message of await read(addressScalar, wrong)) expect(message).toMatch(/40 hexadecimal digits/);
});

test('a time is in whole seconds', async () => {
  expect(await read(timestampScalar, 1_700_000_000)).toEqual(['1700000000', '1700000000']);
  for (const wrong of [-1, 1.5, 'yesterday'])
    for (const message of await read(timestampScalar, wrong)) expect(message).toMatch(/whole seconds/);
  for (const message of await read(timestampScalar, 1_700_000_000_000))
    expect(message).toMatch(/milliseconds: divide it by 1000/);
});

test('a large integer is a decimal string', async () => {
  expect(bigIntScalar.serialize(2n ** 100n)).toBe(String(2n ** 100n));
  expect(await read(bigIntScalar, '-12')).toEqual(['-12', '-12']);
  for (const message of await read(bigIntScalar, '1.5')) expect(message).toMatch(/decimal string/);
});
