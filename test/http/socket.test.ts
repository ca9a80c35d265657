import { request } from 'node:http';
import { expect, test } from 'vitest';
import { listen } from '../../server/http/listen.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** Sends exactly these bytes: what `fetch` would not send is sent too. */
const send = (
  port: number,
  options: { method?: string; path: string; headers?: Record<string, string>; body?: string },
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const call = request({ host: '127.0.0.1', port, ...rest }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });

test('T13, V4.1.3: over a real socket the configured address counts, whatever Host and forwarded headers say', async () => {
  const world = await createAccessWorld();
  const server = await listen({
    fetch: world.app.fetch,
    ids: { next: () => 'request' },
    host: '127.0.0.1',
    port: 0,
    proxyHops: 0,
    publicUrl,
  });
  const { port } = server;
  try {
    const body = JSON.stringify(world.lifecycleBody('installed'));
    const tell = async (path: string, event = 'installed') => {
      const claims = world.lifecycleClaims(event, body);
      const token = await world.keys.sign(claims, { typ: 'mkt-lifecycle+jwt' });
      const headers = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      };
      return send(port, { method: 'POST', path, headers, body });
    };
    expect((await tell('/lifecycle/installed?a=1')).status).toBe(401);
    expect((await tell('//lifecycle/installed')).status).toBe(404);
    expect((await tell('/lifecycle/installed/')).status).toBe(404);
    const taken = await tell('/lifecycle/installed');
    expect([taken.status, JSON.parse(taken.body)]).toEqual([200, { status: 'ok' }]);
    expect(taken.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const health = await send(port, { path: '/healthz' });
    expect([health.status, health.headers['cache-control']]).toEqual([200, 'no-store']);
  } finally {
    server.close();
  }
});
