import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** A world takes a port for the app, the marketplace, each system and the mail. */
const atOnce = 10;
/** Below the ports that a machine gives to outgoing connections, which may take one before it is listened on. */
const lowest = 12_000;
const highest = 30_000;
const triesMax = 50;

/** A port of loopback that nobody listens on now, nor on those a world takes after it. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const port = lowest + atOnce * randomInt((highest - lowest) / atOnce);
    const after = Array.from({ length: atOnce }, (_, step) => port + step);
    if ((await Promise.all(after.map(isFree))).every(Boolean)) return port;
  }
  throw new Error(`no ${atOnce} ports in a row are free from ${lowest} to ${highest}`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () =>
      probe.close(() => resolve(true)),
    );
  });
