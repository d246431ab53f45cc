import { toTimescale } from '@undertow/store';
import { openDatabase } from './open-database.ts';
import { print } from './print.ts';

export interface ToTimescaleOptions {
  readonly data: string;
}

/** Turns the plain tables of a database into TimescaleDB's. */
export async function runToTimescale({ data }: ToTimescaleOptions): Promise<void> {
  const database = await openDatabase(data);
  try {
    await toTimescale(database.store);
    await print("The tables are TimescaleDB's now.\n");
  } finally {
    await database.close();
  }
}
