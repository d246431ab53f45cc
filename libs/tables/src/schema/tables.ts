import { z } from 'zod';
import type { TableName } from '../table.ts';
import { SHAPES } from './shapes.ts';
import { WORDS } from './words.ts';

/** Rows of some columns, and no others. */
function described<const Shape extends z.ZodRawShape>(
  shape: Shape,
  words: Readonly<Record<keyof Shape & string, string>>,
): z.ZodObject<Shape, z.core.$strict> {
  const columns = Object.entries(shape).map(([name, cell]) => [
    name,
    (cell as z.ZodType).describe(words[name]!),
  ]);
  return z.strictObject(Object.fromEntries(columns) as Shape);
}

/** What the rows of each table are. */
export const TABLE_SCHEMAS = {
  positions: described(SHAPES.positions, WORDS.positions),
  loans: described(SHAPES.loans, WORDS.loans),
  markets: described(SHAPES.markets, WORDS.markets),
  prices: described(SHAPES.prices, WORDS.prices),
  ties: described(SHAPES.ties, WORDS.ties),
  quotes: described(SHAPES.quotes, WORDS.quotes),
  orders: described(SHAPES.orders, WORDS.orders),
  funds: described(SHAPES.funds, WORDS.funds),
} as const;

/** A row whose cells have been read. */
export type TableRow<Name extends TableName> = z.output<(typeof TABLE_SCHEMAS)[Name]>;

/** The JSON Schema of a table as a file has it: a list of rows. */
export function tableJsonSchema(name: TableName): object {
  const schema = z.array(TABLE_SCHEMAS[name]).meta({ title: name });
  return z.toJSONSchema(schema, { io: 'input' });
}

/** A list of the columns of a table in Markdown, each with what it means. */
export function tableColumnsText(name: TableName): string {
  return Object.entries(TABLE_SCHEMAS[name].shape)
    .map(([column, cell]) => {
      const must = cell.safeParse(undefined).success ? '' : ' (required)';
      return `- \`${column}\`${must}: ${cell.description ?? ''}`;
    })
    .join('\n');
}
