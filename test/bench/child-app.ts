import { fileURLToPath } from 'node:url';
import { freePort } from '../kit/free-port.ts';
import { type Child, startNode } from './child.ts';

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** The app as an operator starts it, on a free port of this machine. */
export async function startChild(env: Record<string, string>): Promise<Child> {
  const port = await freePort();
  return startNode({
    args: [main],
    env: { ...env, HOST: '127.0.0.1', PORT: `${port}`, LOG_LEVEL: 'silent' },
  });
}
