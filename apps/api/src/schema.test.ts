import { readFileSync } from 'node:fs';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
} from 'graphql';

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

/** Every place that a person reads in the schema, with its description. */
function* described(): Generator<[string, string | null | undefined]> {
  for (const type of types) {
    yield [type.name, type.description];
    if (isEnumType(type))
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description];
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields()))
        yield [`${type.name}.${field.name}`, field.description];
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field.description];
      for (const arg of field.args) yield [`${type.name}.${field.name}(${arg.name})`, arg.description];
    }
  }
}

describe('schema.graphql', () => {
  it('describes every type, field, argument and enum value', () => {
    const places = [...described()];
    expect(places.length).toBeGreaterThan(100);
    expect(places.filter(([, text]) => (text ?? '').trim().length < 4).map(([place]) => place)).toEqual([]);
  });

  it('lets every field of the root fail alone', () => {
    const fields = Object.values(schema.getQueryType()!.getFields());
    expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
  });
});

it('answers the examples of the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const examples = readme.split('\n\n').filter((part) => part.startsWith('    { '));
  expect(examples.length).toBeGreaterThan(2);
  expect(examples.flatMap((query) => validate(schema, parse(query)))).toEqual([]);
});
