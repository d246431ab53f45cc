import { getNamedType, isObjectType, type GraphQLObjectType } from 'graphql';

/** Selects every field of a type, to the leaves. */
export function everything(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields()).map((field) => {
    const inner = getNamedType(field.type);
    return isObjectType(inner) ? `${field.name} ${everything(inner)}` : field.name;
  });
  return `{ ${fields.join(' ')} }`;
}
