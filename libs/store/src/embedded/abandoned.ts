import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Name of the file, in moved data, that says for which folder it was moved. */
export const ORIGIN = 'origin';

/** Notes in a place for moved data which folder was asked for, and the number of the disk that this one was on. */
export async function noteOrigin(place: string, asked: string): Promise<void> {
  await writeFile(join(place, ORIGIN), JSON.stringify({ asked, device: (await stat(asked)).dev }));
}

/**
 * Removes moved data that nobody can find again: the folder asked for was deleted, and with it the file that led there
 * (a temp folder, a clone that was thrown away). Data whose folder may be on a disk that is not mounted now stays.
 */
export async function removeAbandonedData(state: string, pointer: string): Promise<void> {
  for (const name of await readdir(state).catch(() => [])) {
    const place = join(state, name);
    const origin = await readFile(join(place, ORIGIN), 'utf8').catch(() => undefined);
    if (!name.startsWith('data-') || origin === undefined) continue;
    const { asked, device } = JSON.parse(origin) as { asked: string; device: number };
    const pointsTo = await readFile(join(asked, pointer), 'utf8').catch(() => '');
    if (pointsTo.trim() === place || (await nearestDevice(asked)) !== device) continue;
    await rm(place, { recursive: true, force: true });
  }
}

/** Number of the disk of the folder, or of its nearest parent that exists. */
async function nearestDevice(folder: string): Promise<number> {
  const found = await stat(folder).catch(() => undefined);
  return found ? found.dev : nearestDevice(dirname(folder));
}
