import type { LockedFolder } from '../data-folder.ts';
import { Closers } from './closers.ts';
import { Failures } from './failure.ts';
import { keepUp } from './keep-up.ts';
import { Restarts, type Restarted } from './restarts.ts';
import type { StartContext } from './start-context.ts';

/** A start, and what people and other commands are told of it. */
function begun() {
  const said: string[] = [];
  const published: (readonly Restarted[])[] = [];
  const restarts = new Restarts(
    (all) => published.push(all),
    (line) => said.push(line),
  );
  const context: StartContext = {
    ...{ closers: new Closers(), failures: new Failures(), restarts },
    options: { data: '', port: 0, seed: 1, accounts: 1, agent: false },
    folder: {} as LockedFolder,
  };
  return { context, said, published };
}

/** A part whose every start is kept, to be ended by the test; `fails` says which starts do. */
function fakePart(fails: (number: number) => boolean = () => false) {
  const ends: ((how: string) => void)[] = [];
  const started = Array.from({ length: 10 }, () => Promise.withResolvers<void>());
  let number = 0;
  const start = async () => {
    number++;
    started[number - 1]!.resolve();
    if (fails(number)) throw new Error(`no luck with ${number}`);
    const { promise, resolve } = Promise.withResolvers<string>();
    ends.push(resolve);
    return { ended: promise };
  };
  const part = { name: 'The part', advice: 'Start again.', start };
  return { part, ends, startedFor: (times: number) => started[times - 1]!.promise };
}

describe('keepUp', () => {
  it('starts again what ended, and says what, why and how often', async () => {
    const { context, said, published } = begun();
    const { part, ends, startedFor } = fakePart();
    await keepUp(context, part);
    ends[0]!('was ended by SIGKILL');
    await startedFor(2);
    ends[1]!('ended with exit code \u001b[31m1');
    await startedFor(3);
    expect(said).toEqual([
      'undertow: The part was ended by SIGKILL. It is started again (the first time).\n',
      'undertow: The part ended with exit code [31m1. It is started again (2 times now).\n',
    ]);
    expect(published.at(-1)).toMatchObject([
      { name: 'The part', times: 2, how: expect.stringContaining('code') },
    ]);
    context.closers.add('test', () => {});
    await context.closers.closeAll();
  });

  it('goes on when a start fails, and leaves alone what is meant to end', async () => {
    const { context } = begun();
    const { part, ends, startedFor } = fakePart((number) => number === 2);
    await keepUp(context, part);
    ends[0]!('ended');
    await startedFor(3);
    await context.closers.closeAll();
    const never = startedFor(4).then(() => 'started');
    ends[1]!('was ended by SIGTERM');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await Promise.race([never, Promise.resolve('left alone')])).toBe('left alone');
  });

  it('gives up what ends again and again, with the reason', async () => {
    const { context, said } = begun();
    let starts = 0;
    const start = async () => ({ ended: Promise.resolve(`ended for the ${++starts}. time`) });
    await keepUp(context, { name: 'The part', advice: 'Start again.', start });
    expect(await context.failures.first).toEqual({
      ...{ name: 'The part', advice: 'Start again.' },
      how: 'ended for the 31. time, again and again',
    });
    expect(said.length).toBe(30);
  });

  it('leaves a first start that fails to who asked for it', async () => {
    const { context, said } = begun();
    const { part } = fakePart(() => true);
    await expect(keepUp(context, part)).rejects.toThrow('no luck with 1');
    expect(said).toEqual([]);
  });
});
