import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isRunning, processIdentity } from './index.ts';

describe('processIdentity', () => {
  it('knows this process, and not one with another start time', () => {
    const identity = processIdentity(process.pid)!;
    expect(isRunning(identity)).toBe(true);
    expect(isRunning(`${process.pid} 1`)).toBe(false);
  });

  it('is undefined for a process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const identity = processIdentity(child.pid!)!;
    await once(child, 'exit');
    expect(processIdentity(child.pid!)).toBeUndefined();
    expect(isRunning(identity)).toBe(false);
  });
});
