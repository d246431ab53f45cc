import { isEnumType, type GraphQLSchema } from 'graphql';

/**
 * Lets the enums of a schema stand for the words of the libraries: GraphQL's names have no hyphens, so that `pooled_lending` is
 * `pooled-lending` in a resolver. To be called before anything is answered; gives the schema back. Defaults of arguments are read
 * before, so none of them may have a `_`.
 */
export function withEnumWords(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    if (isEnumType(type) && !type.name.startsWith('__'))
      for (const value of type.getValues()) value.value = value.name.replaceAll('_', '-');
  return schema;
}
