/** Rows that are passed on together. */
const AT_ONCE = 1_000;

/** Items one after the other as lists of some. When the items end with an error, those before it are passed on first. */
export async function* batched<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  try {
    for await (const item of items) {
      if (batch.push(item) < AT_ONCE) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}
