import { describe, expect, it } from 'vitest';
import { freePort } from '../kit/free-port.ts';
import { chooseAddresses, PortTaken, serveWorld } from './serve.ts';
import { createWorld } from './world.ts';

describe('the world on ports', () => {
  it('is three sites: localhost, 127.0.0.1, and another address for the vendors', async () => {
    const { urls } = await chooseAddresses(4600);
    const hosts = [urls.app, urls.marketplace, urls.systems.xero].map(
      (url) => new URL(url).hostname,
    );
    expect(hosts.slice(0, 2)).toEqual(['localhost', '127.0.0.1']);
    expect(['[::1]', '127.0.0.2']).toContain(hosts[2]);
  });

  it('answers over HTTP as it does in process, and says in a sentence when a port is taken', async () => {
    const addresses = await chooseAddresses(await freePort());
    const world = createWorld({ urls: addresses.urls });
    const close = await serveWorld(world, addresses);
    try {
      const response = await fetch(`${addresses.urls.marketplace}/sandbox/clock`);
      expect(response.status).toBe(200);
      expect((await fetch(`${addresses.urls.systems.xero}/connections`)).status).toBe(401);
      const again = serveWorld(world, addresses);
      await expect(again).rejects.toThrow(PortTaken);
      await expect(again).rejects.toThrow(/^Port \d+ is in use\. .+$/);
    } finally {
      await close();
    }
  });
});
