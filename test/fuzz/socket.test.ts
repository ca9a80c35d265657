import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, serverLimits } from '../../server/http/listen.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';
import { strangeText } from './junk.ts';
import { inputs } from './length.ts';

let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  const access = await createAccessWorld();
  server = await listen({
    fetch: access.app.fetch,
    ids: { next: () => 'request' },
    host: '127.0.0.1',
    port: 0,
    proxyHops: 0,
    publicUrl,
    limits: { ...serverLimits, headMs: 100, requestMs: 100, lookMs: 20, idleMs: 1_000 },
  });
});
afterAll(() => server.close());

/** Everything that the server says to these bytes. */
const said = (bytes: Uint8Array): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.end(bytes);
  });

const line = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Host: [::1',
    'Content-Length: 5',
    'Content-Length: -1',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: identity, chunked',
    'Expect: 100-continue',
    'Upgrade: websocket',
    'Connection: upgrade',
    'Authorization: Bearer x',
    'Content-Type: application/json',
    ' folded',
    '',
  ),
  fc.tuple(strangeText, strangeText).map(([name, value]) => `${name}: ${value}`),
);
const target = fc.oneof(
  fc.constantFrom('/v1/session', '/healthz', '*', 'http://evil.example/', '//', '/%', '/%ff', '/?'),
  strangeText,
);
const message = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'CONNECT', 'OPTIONS', 'TRACE', 'get', ''),
    target,
    fc.array(line),
    strangeText,
  )
  .map(([method, path, lines, body]) =>
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, 'utf8'),
  );

test('T38: whatever comes over a connection is answered or closed, and the next is served', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(message, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
      const statuses = [...(await said(bytes)).matchAll(/^HTTP\/1\.1 (\d{3})/gm)];
      for (const [, status] of statuses) expect(Number(status)).toBeLessThan(500);
      expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
    }),
    inputs(60),
  );
});
