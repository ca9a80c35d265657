import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createSocketServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createNetwork, type Found, type NetworkOptions } from '../../server/network.ts';
import { selfSigned } from '../kit/certificate.ts';

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server): Promise<number> {
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
const here: Found = { address: '127.0.0.1', family: 4 };

/** A server under a name that no resolver but ours knows. */
async function world(answer: RequestListener, options: Partial<NetworkOptions> = {}) {
  const port = await listening(createServer(answer));
  const origin = `http://service.test:${port}`;
  const refusals: string[] = [];
  const network = createNetwork({
    loopbackOrigins: new Set([origin]),
    refused: (_host, reason) => void refusals.push(reason),
    resolve: async () => [here],
    ...options,
  });
  return {
    port,
    origin,
    refusals,
    network,
    get: (path = '/', init: RequestInit = {}) => network(new Request(`${origin}${path}`, init)),
  };
}

test('a call arrives as it was sent, and its answer as it was given', async () => {
  const { get } = await world((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method, url, headers } = request;
      response.setHeader('x-seen', 'yes');
      response.statusCode = 201;
      response.end(JSON.stringify({ method, url, body, token: headers.authorization }));
    });
  });
  const init = { method: 'POST', body: 'häl', headers: { authorization: 'Bearer a' } };
  const response = await get('/a%20b?c=d', init);
  expect([response.status, response.headers.get('x-seen')]).toEqual([201, 'yes']);
  expect(await response.json()).toEqual({
    method: 'POST',
    url: '/a%20b?c=d',
    body: 'häl',
    token: 'Bearer a',
  });
});

test('a packed answer is unpacked', async () => {
  const { get } = await world((request, response) => {
    expect(request.headers['accept-encoding']).toBe('gzip');
    response.setHeader('content-encoding', 'gzip');
    response.end(gzipSync('unpacked'));
  });
  const response = await get();
  expect(await response.text()).toBe('unpacked');
  expect(response.headers.get('content-encoding')).toBeNull();
});

test('T6: an answer that is too long is cut, packed or not', async () => {
  const long = Buffer.alloc(2_000_000, 'a');
  const limits = { bodyMaxBytes: 1_000_000 };
  for (const packed of [false, true]) {
    const { get } = await world(
      (_request, response) => {
        if (packed) response.setHeader('content-encoding', 'gzip');
        response.end(packed ? gzipSync(long) : long);
      },
      { limits },
    );
    await expect((await get()).text()).rejects.toThrow('too long');
  }
});

test('T6: an encoding that was not asked for is refused', async () => {
  const { get } = await world((_request, response) => {
    response.setHeader('content-encoding', 'br');
    response.end('x');
  });
  await expect(get()).rejects.toThrow('not asked for');
});

test.each([301, 302, 303, 307, 308])(
  'T6, V15.3.2: a redirect %i is not followed',
  async (status) => {
    let calls = 0;
    const { get, refusals } = await world((_request, response) => {
      calls += 1;
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    await expect(get()).rejects.toThrow('redirect');
    expect([calls, refusals]).toEqual([1, ['a redirect']]);
  },
);

test('T6: a server that says nothing, or stops in the middle, is given up', async () => {
  const limits = { idleMs: 100 };
  const silent = await world(() => {}, { limits });
  await expect(silent.get()).rejects.toThrow('in time');
  const half = await world((_request, response) => void response.write('half'), {
    limits: { totalMs: 200 },
  });
  await expect((await half.get()).text()).rejects.toThrow();
  const dripping = await world(
    (_request, response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    },
    { limits: { totalMs: 300 } },
  );
  await expect((await dripping.get()).text()).rejects.toThrow();
});

test('a connection that the server keeps for a short while still waits for a slow answer', async () => {
  const { get } = await world((request, response) => {
    const delayMs = request.url === '/slow' ? 1_500 : 0;
    setTimeout(() => response.end(String(request.socket.remotePort)), delayMs);
  });
  const [server] = opened;
  if (server) server.keepAliveTimeout = 2_000;
  const first = await (await get()).text();
  await new Promise((resolve) => setImmediate(resolve));
  expect(await (await get('/slow')).text()).toBe(first);
});

test('a resting connection that is closed as it is used costs no read, and no write is sent twice', async () => {
  const seen: string[] = [];
  const used = new WeakSet<object>();
  const { get } = await world((request, response) => {
    seen.push(request.method ?? '');
    if (used.has(request.socket)) return request.socket.resetAndDestroy();
    used.add(request.socket);
    response.end('here');
  });
  const rests = () => new Promise((resolve) => setImmediate(resolve));
  expect(await (await get()).text()).toBe('here');
  await rests();
  expect(await (await get()).text()).toBe('here');
  await rests();
  await expect(get('/', { method: 'POST', body: 'one' })).rejects.toThrow();
  expect(seen).toEqual(['GET', 'GET', 'GET', 'POST']);
});

test('a connection that breaks at its first use is not tried again', async () => {
  let calls = 0;
  const { get } = await world((request) => {
    calls += 1;
    request.socket.resetAndDestroy();
  });
  await expect(get()).rejects.toThrow();
  expect(calls).toBe(1);
});

test('who gives up hears its own reason', async () => {
  const { get } = await world(() => {});
  const late = AbortSignal.timeout(50);
  await expect(get('/', { signal: late })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test.each([
  'http://api.example.com/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f000001/',
  'https://localhost/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://10.1.2.3/',
  'https://[fd00:ec2::254]/',
  'https://[64:ff9b::a9fe:a9fe]/',
])('T6, V1.3.6, V12.3.1: nothing is sent to %s', async (url) => {
  const { network, refusals } = await world(() => {});
  await expect(network(new Request(url))).rejects.toThrow('refused');
  expect(refusals).toHaveLength(1);
});

test('T6: loopback is for the configured origin alone: another port is refused', async () => {
  let calls = 0;
  const other = await listening(
    createServer((_request, response) => void response.end(String(++calls))),
  );
  const { network } = await world(() => {});
  for (const url of [`http://service.test:${other}/`, `http://127.0.0.1:${other}/`])
    await expect(network(new Request(url))).rejects.toThrow('refused');
  expect(calls).toBe(0);
});

test('T6: a name with one private address among public ones is refused', async () => {
  for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '169.254.169.254', 'fe80::1']) {
    const found = [
      { address: '8.8.8.8', family: 4 },
      { address, family: address.includes(':') ? 6 : 4 },
    ];
    const { network, refusals } = await world(() => {}, { resolve: async () => found });
    await expect(network(new Request('https://api.example.com/'))).rejects.toThrow('refused');
    expect(refusals).toEqual(['a name of an address that is not public']);
  }
});

test('T6: a name that changes after the look leads nowhere: what was checked is connected to', async () => {
  let looks = 0;
  const answers: Found[] = [here, { address: '10.0.0.1', family: 4 }];
  let sockets = 0;
  const { get } = await world(
    (_request, response) => {
      response.setHeader('connection', 'close');
      response.end('checked');
    },
    {
      resolve: async () => [answers[looks++] ?? here],
    },
  );
  opened[0]?.on('connection', () => {
    sockets += 1;
  });
  // The machine's own resolver knows no such name: only the checked address can have been used.
  expect(await (await get()).text()).toBe('checked');
  expect([looks, sockets]).toEqual([1, 1]);
  await expect(get()).rejects.toThrow('refused');
  expect([looks, sockets]).toEqual([2, 1]);
});

test('T41, V12.3.2: a certificate counts only for its own name and from a known authority', async () => {
  const { key, cert } = selfSigned(['service.test']);
  const port = await listening(
    createSecureServer({ key, cert }, (_request, response) => void response.end('ok')),
  );
  const loopbackOrigins = new Set([`https://service.test:${port}`, `https://other.test:${port}`]);
  const resolve = async () => [here];
  const trusting = createNetwork({ loopbackOrigins, refused: () => {}, resolve, ca: cert });
  const network = createNetwork({ loopbackOrigins, refused: () => {}, resolve });
  const ask = (fetch: typeof network, host: string) =>
    fetch(new Request(`https://${host}:${port}/`));
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  try {
    expect(await (await ask(trusting, 'service.test')).text()).toBe('ok');
    await expect(ask(trusting, 'other.test')).rejects.toThrow(/altnames|does not match/);
    await expect(ask(network, 'service.test')).rejects.toThrow(/self-signed|certificate/);
  } finally {
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
  }
});

test('V12.1.1: a server that speaks nothing newer than TLS 1.1 is not talked to', async () => {
  const { key, cert } = selfSigned(['service.test']);
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const versions = { 'TLSv1.1': 'refused', 'TLSv1.2': 'ok' } as const;
  for (const [maxVersion, expected] of Object.entries(versions)) {
    const port = await listening(
      createSecureServer(
        { key, cert, ...old, maxVersion: maxVersion === 'TLSv1.1' ? 'TLSv1.1' : 'TLSv1.2' },
        (_request, response) => void response.end('ok'),
      ),
    );
    const network = createNetwork({
      loopbackOrigins: new Set([`https://service.test:${port}`]),
      refused: () => {},
      resolve: async () => [here],
      ca: cert,
    });
    const answer = network(new Request(`https://service.test:${port}/`)).then(
      (response) => response.text(),
      (error: unknown) => (String(error).match(/version|protocol|EPROTO/i) ? 'refused' : 'broken'),
    );
    expect([maxVersion, await answer]).toEqual([maxVersion, expected]);
  }
});

test.each([
  ['another protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ['a status that there is none of', 'HTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\nab'],
  ['no status', 'HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\nab'],
  ['no HTTP', '\u0000\u0001\u0002\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
])('T6, V4.2.1: a server that answers with %s ends the call at once', async (_what, answer) => {
  const server = createSocketServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `http://service.test:${port}`;
  const network = createNetwork({
    loopbackOrigins: new Set([origin]),
    refused: () => {},
    resolve: async () => [here],
  });
  const startedMs = performance.now();
  await expect(network(new Request(`${origin}/`))).rejects.toThrow();
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  await new Promise((resolve) => server.close(resolve));
});
