import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { privateAddresses, selfHostedSchema } from '../../server/access/self-hosted.ts';
import { createNetwork } from '../../server/network.ts';
import { selfSigned } from '../kit/certificate.ts';

const hosts = (text: string) => v.parse(selfHostedSchema, text);

test('the operator’s list has origins, some with the private network they are in', () => {
  expect(hosts('')).toEqual([]);
  expect(hosts('https://psa.example.com, https://cw.example.com:8443=10.20.0.0/16,')).toEqual([
    { origin: 'https://psa.example.com', network: null },
    { origin: 'https://cw.example.com:8443', network: '10.20.0.0/16' },
  ]);
});

test.each([
  'http://psa.example.com',
  'https://psa.example.com/path',
  'https://user:pass@psa.example.com',
  '*',
  'https://psa.example.com=127.0.0.0/8',
  'https://psa.example.com=169.254.0.0/16',
  'https://psa.example.com=0.0.0.0/0',
  'https://psa.example.com=10.0.0.0/7',
  'https://psa.example.com=10.0.0.0',
  'https://psa.example.com=10.0.0.0/33',
  'https://psa.example.com=8.8.8.0/24',
  'https://psa.example.com=::/0',
  'https://psa.example.com=::1/128',
  'https://psa.example.com=fe80::/10',
  'https://psa.example.com=::ffff:10.0.0.0/104',
  'https://psa.example.com=',
])('T6: %s is no entry of the operator’s list', (text) => {
  expect(v.safeParse(selfHostedSchema, text).success).toBe(false);
});

test('T6: a named private network counts for its own origin and its own addresses alone', () => {
  const isAllowed = privateAddresses(
    hosts('https://a.test=10.20.0.0/16,https://b.test,https://c.test=fd12::/16'),
  );
  expect(isAllowed('https://a.test', '10.20.3.4')).toBe(true);
  expect(isAllowed('https://c.test', 'fd12::9')).toBe(true);
  for (const [origin, address] of [
    ['https://a.test', '10.21.0.1'],
    ['https://a.test', '127.0.0.1'],
    ['https://a.test', '169.254.169.254'],
    ['https://a.test', '::ffff:10.20.3.4'],
    ['https://a.test', 'fd12::9'],
    ['https://a.test:444', '10.20.3.4'],
    ['https://b.test', '10.20.3.4'],
    ['https://c.test', 'fd13::9'],
    ['https://c.test', '::1'],
    ['https://other.test', '10.20.3.4'],
  ] as const)
    expect([origin, address, isAllowed(origin, address)]).toEqual([origin, address, false]);
});

test('T6: a host in the named network is called, and refused once its name leads elsewhere too', async () => {
  const { key, cert } = selfSigned(['service.test']);
  const server = createServer({ key, cert }, (_request, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `https://service.test:${port}`;
  let found = ['127.0.0.1'];
  const network = createNetwork({
    loopbackOrigins: new Set(),
    // In place of a private network, of which this machine need not have one.
    isPrivatelyAllowed: (of, at) => of === origin && at === '127.0.0.1',
    refused: () => {},
    resolve: async () => found.map((each) => ({ address: each, family: 4 })),
    ca: cert,
  });
  try {
    const kept = { headers: { connection: 'close' } };
    expect(await (await network(new Request(origin, kept))).text()).toBe('here');
    for (const elsewhere of ['10.0.0.1', '169.254.169.254']) {
      found = ['127.0.0.1', elsewhere];
      await expect(network(new Request(origin, kept))).rejects.toThrow('not public');
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
