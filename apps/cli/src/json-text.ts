/** A value as indented JSON and a line break; integers beyond a float are strings, as in the API. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part),
    2,
  );
  return `${text}\n`;
}
