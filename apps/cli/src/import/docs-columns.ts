import { TABLES, tableColumnsText, type TableName } from '@undertow/tables';

/** A page of the docs whose lists of columns, each between two comments, are those of the schemas. */
export function withColumns(page: string): string {
  return page.replaceAll(
    /(<!-- columns: (\w+) -->\n)[^]*?(<!-- end -->)/g,
    (whole, begin: string, name: string, end: string) => {
      const table = TABLES.find((one) => one === name);
      return table === undefined ? whole : `${begin}\n${tableColumnsText(table as TableName)}\n\n${end}`;
    },
  );
}
