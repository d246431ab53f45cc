import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noteOrigin, ORIGIN, removeAbandonedData } from './abandoned.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertow-abandoned-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('removes moved data only when nothing leads to it any more', async () => {
  const state = join(folder, 'state');
  for (const name of ['led-to', 'deleted', 'led-away']) {
    const [asked, place] = [join(folder, name), join(state, `data-${name}`)];
    await mkdir(asked);
    await mkdir(place, { recursive: true });
    await writeFile(join(asked, 'elsewhere'), `${name === 'led-away' ? '/other' : place}\n`);
    await noteOrigin(place, asked);
  }
  await rm(join(folder, 'deleted'), { recursive: true });
  await mkdir(join(state, 'data-unmounted'));
  await writeFile(
    join(state, 'data-unmounted', ORIGIN),
    JSON.stringify({ asked: join(folder, 'disk'), device: -1 }),
  );
  await mkdir(join(state, 'data-unknown'));
  await mkdir(join(state, 'postgresql-18'));
  await removeAbandonedData(state, 'elsewhere');
  expect((await readdir(state)).sort()).toEqual([
    'data-led-to',
    'data-unknown',
    'data-unmounted',
    'postgresql-18',
  ]);
  await removeAbandonedData(join(folder, 'nowhere'), 'elsewhere');
});
