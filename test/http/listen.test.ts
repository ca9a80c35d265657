import { connect, type Socket } from 'node:net';
import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import { listen, type ServerLimits, serverLimits } from '../../server/http/listen.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';

/** The real ones take longer than a test should: these are the same kinds, shorter. */
const short: ServerLimits = {
  ...serverLimits,
  headMs: 200,
  requestMs: 400,
  lookMs: 50,
  idleMs: 1_000,
  betweenMs: 300,
};

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function world(limits: Partial<ServerLimits> = {}) {
  const gone = Promise.withResolvers<void>();
  const access = await createAccessWorld({
    mounts: [
      {
        method: 'GET',
        path: '/endless',
        routeClass: 'api',
        handle: async () =>
          new Response(
            new ReadableStream({
              pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
              cancel: () => gone.resolve(),
            }),
          ),
      },
    ],
  });
  await access.install();
  const server = await listen({
    fetch: access.app.fetch,
    ids: { next: () => 'request-at-the-door' },
    host: '127.0.0.1',
    port: 0,
    proxyHops: 0,
    publicUrl,
    limits: { ...short, ...limits },
  });
  open.push(server);
  return { access, port: server.port, letGo: gone.promise };
}

interface Line {
  socket: Socket;
  said: string;
  /** Resolves when the other side has closed. */
  closed: Promise<void>;
}
function dial(port: number): Line {
  const socket = connect(port, '127.0.0.1');
  const line: Line = {
    socket,
    said: '',
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  };
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    line.said += chunk.toString('latin1');
  });
  open.push({ close: () => void socket.destroy() });
  return line;
}
const errorBody = v.object({ code: v.string(), message: v.string(), next: v.string() });
/** Status line and code of an answer in the common form. */
function refusal({ said }: Line): [status: string | undefined, code: string] {
  const [head = '', body = ''] = said.split('\r\n\r\n');
  expect(head.toLowerCase()).toContain("frame-ancestors 'none'");
  return [/^HTTP\/1\.1 (\d+)/.exec(head)?.[1], v.parse(errorBody, JSON.parse(body)).code];
}
const serves = async (port: number) => (await fetch(`http://127.0.0.1:${port}/healthz`)).status;

test('T38: a head that never ends is cut off, however slowly it drips, and others are served meanwhile', async () => {
  const { port } = await world();
  const silent = dial(port);
  const dripping = dial(port);
  dripping.socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\nX-Drip: ');
  const drip = setInterval(() => dripping.socket.write('x'), 20);
  expect(await serves(port)).toBe(200);
  await Promise.all([silent.closed, dripping.closed]);
  clearInterval(drip);
  expect(refusal(dripping)).toEqual(['408', 'request.incomplete']);
});

test('T38: a body that never ends is cut off and changes nothing', async () => {
  const { access, port } = await world();
  const body = JSON.stringify(access.lifecycleBody('disabled'));
  const claims = access.lifecycleClaims('disabled', body);
  const token = await access.keys.sign(claims, { typ: 'mkt-lifecycle+jwt' });
  const line = dial(port);
  line.socket.write(
    `POST /lifecycle/disabled HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, -1)}`,
  );
  expect(await serves(port)).toBe(200);
  await line.closed;
  expect(refusal(line)).toEqual(['408', 'request.incomplete']);
  expect((await access.openSession()).status).toBe(200);
});

test('T38: a caller that hangs up in the middle of a body leaves no error of ours behind', async () => {
  const { access, port } = await world();
  const bearer = await access.bearer();
  const line = dial(port);
  line.socket.write(
    `POST /v1/session HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${bearer}\r\nContent-Length: 100\r\n\r\n{`,
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  line.socket.destroy();
  await line.closed;
  expect(await serves(port)).toBe(200);
});

test('T38: a head of more than 16 KiB or of more than 64 members is refused in the common form', async () => {
  const { port } = await world();
  const long = dial(port);
  long.socket.write(`GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(17 * 1024)}\r\n\r\n`);
  await long.closed;
  expect(refusal(long)).toEqual(['413', 'request.too-large']);
  const many = dial(port);
  const members = Array.from({ length: 65 }, (_, at) => `X-${at}: 1\r\n`).join('');
  many.socket.write(`GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${members}\r\n`);
  await many.closed;
  expect(refusal(many)).toEqual(['413', 'request.too-large']);
});

test.each([
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
  ['two hosts', 'GET /healthz HTTP/1.1\r\nHost: a\r\nhost: b\r\nConnection: close\r\n\r\n'],
  ['no host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'],
  [
    'two lengths of one body',
    'POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  ],
  [
    'a length beside chunks',
    'POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
])('T38, V4.2.1: %s is refused with 400', async (_what, bytes) => {
  const { port } = await world();
  const line = dial(port);
  line.socket.write(bytes);
  await line.closed;
  expect(/^HTTP\/1\.1 (\d+)/.exec(line.said)?.[1]).toBe('400');
});

test('V13.4.4: TRACE, and methods that nobody knows, are refused and echo nothing', async () => {
  const { port } = await world();
  for (const method of ['TRACE', 'TRACK', 'CONNECT', 'PROPFIND', 'get']) {
    const line = dial(port);
    line.socket.write(
      `${method} /healthz HTTP/1.1\r\nHost: a\r\nX-Canary: canary\r\nConnection: close\r\n\r\n`,
    );
    await line.closed;
    expect(line.said).not.toMatch(/^HTTP\/1\.1 (2|3|5)/);
    expect(line.said).not.toContain('canary');
  }
  expect(await serves(port)).toBe(200);
});

test('T38: a caller that does not read its answer is let go', async () => {
  const { port, letGo } = await world();
  const socket = connect(port, '127.0.0.1');
  open.push({ close: () => void socket.destroy() });
  socket.on('error', () => {});
  socket.pause();
  socket.write('GET /endless HTTP/1.1\r\nHost: a\r\n\r\n');
  await letGo;
});

test('T38: one caller cannot hold every connection', async () => {
  const { port } = await world({ connectionsPerCallerMax: 3, headMs: 5_000, requestMs: 5_000 });
  const held = [dial(port), dial(port), dial(port)];
  await new Promise((resolve) => setTimeout(resolve, 100));
  await dial(port).closed;
  held[0]?.socket.destroy();
  await held[0]?.closed;
  await new Promise((resolve) => setTimeout(resolve, 50));
  const again = dial(port);
  again.socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await again.closed;
  expect(again.said).toMatch(/^HTTP\/1\.1 200/);
});
