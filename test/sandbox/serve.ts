import { createServer } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { serveMail } from './mail/server.ts';
import { bySystem, SYSTEM_IDS, type SystemId } from './systems.ts';
import type { World, WorldUrls } from './world.ts';

export const DEFAULT_PORT = 4600;
const VENDOR_PORT_STEP = 2;
/** Beyond every system's port, however many there will be. */
const MAIL_PORT_STEP = 9;

export interface Addresses {
  urls: WorldUrls;
  port: number;
  vendorHost: string;
}

export class PortTaken extends Error {}

/**
 * Three different sites on one machine, so that what a browser does across sites is true here: the app on `localhost`,
 * the marketplace on 127.0.0.1, the vendors on [::1] (or 127.0.0.2 where there is no IPv6), each system on its own port.
 */
export async function chooseAddresses(port: number): Promise<Addresses> {
  const vendorHost = (await canListen('::1')) ? '::1' : '127.0.0.2';
  const shown = vendorHost === '::1' ? '[::1]' : vendorHost;
  const system = (id: SystemId) =>
    `http://${shown}:${port + VENDOR_PORT_STEP + SYSTEM_IDS.indexOf(id)}`;
  return {
    port,
    vendorHost,
    urls: {
      app: `http://localhost:${port}`,
      marketplace: `http://127.0.0.1:${port + 1}`,
      mail: `smtp://127.0.0.1:${port + MAIL_PORT_STEP}`,
      systems: bySystem(system),
    },
  };
}

/** Listens for the marketplace and every system; the answer closes them all. */
export async function serveWorld(
  world: World,
  { port, vendorHost }: Addresses,
): Promise<() => Promise<void>> {
  const servers: ServerType[] = [];
  let closeMail = async (): Promise<void> => {};
  const close = async () => {
    await Promise.all([closeMail(), ...servers.map(closed)]);
  };
  try {
    servers.push(
      await listening(world.fetch, {
        hostname: '127.0.0.1',
        port: port + 1,
        origin: world.urls.marketplace,
      }),
    );
    for (const [index, id] of SYSTEM_IDS.entries()) {
      const origin = world.urls.systems[id];
      servers.push(
        await listening(world.fetch, {
          hostname: vendorHost,
          port: port + VENDOR_PORT_STEP + index,
          origin,
        }),
      );
    }
    closeMail = await serveMail(world.mailbox, {
      hostname: '127.0.0.1',
      port: port + MAIL_PORT_STEP,
    }).catch((error: unknown) => {
      throw inUse(error, port + MAIL_PORT_STEP);
    });
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

/** Fails with a clear sentence before anything is started on a port that is in use. */
export async function assertFree(host: string, port: number): Promise<void> {
  if (!(await canListen(host, port))) throw taken(port);
}

const taken = (port: number): PortTaken =>
  new PortTaken(`Port ${port} is in use. Stop what uses it, or choose others: PORT=4700 npm start`);
const inUse = (error: unknown, port: number): unknown =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? taken(port) : error;

function listening(
  answer: (request: Request) => Promise<Response>,
  { hostname, port, origin }: { hostname: string; port: number; origin: string },
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    // The player answers for its own origin whatever the Host header says, as a vendor's server does.
    const fetch = (request: Request) => {
      const { pathname, search } = new URL(request.url);
      return answer(new Request(origin + pathname + search, request));
    };
    const server = serve({ fetch, hostname, port }, () => resolve(server));
    server.once('error', (error) => reject(inUse(error, port)));
  });
}

function closed(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

function canListen(host: string, port = 0): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
