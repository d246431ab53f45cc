import { once } from 'node:events';
import { createServer } from 'node:net';
import { ConfigError } from '@undertow/units';

/**
 * Whether the page may listen on a port of 127.0.0.1; 0 = any free one, which always may.
 *
 * @throws ConfigError when another program has it, or when this user may not have it.
 */
export async function checkPort(port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? 'is in use by another program'
        : code === 'EACCES'
          ? 'may not be used by this user'
          : `cannot be opened (${String(code)})`;
    throw new ConfigError(
      `Port ${port} of 127.0.0.1 ${why}. Give another one with --port; 0 takes any free one.`,
      {
        cause,
      },
    );
  }
  server.close();
  await once(server, 'close');
}
