import { expect, test } from 'vitest';
import { createEgress } from '../../server/access/egress.ts';

test('T6, V12.2.1, V13.2.4, V13.2.5: nothing goes out but to configured https origins, and never along a redirect', async () => {
  const seen: Request[] = [];
  const fetch = async (request: Request) => {
    seen.push(request);
    return new Response();
  };
  const origins = ['https://api.example.com', 'http://127.0.0.1:4000'];
  const guarded = createEgress({ fetch, origins, sandbox: false });
  await guarded(new Request('https://api.example.com/x'));
  expect(seen.map(({ redirect }) => redirect)).toEqual(['error']);
  for (const url of [
    'https://evil.example/',
    'http://api.example.com/',
    'http://127.0.0.1:4000/',
    'https://api.example.com:444/',
  ])
    await expect(guarded(new Request(url))).rejects.toThrow('internal');
  const numbered = createEgress({ fetch, origins: ['https://zone*.example.com'], sandbox: false });
  await numbered(new Request('https://zone.example.com/'));
  await numbered(new Request('https://zone31.example.com/'));
  for (const host of ['zone1234.example.com', 'zone1xexample.com', 'zone1.example.com.evil.net'])
    await expect(numbered(new Request(`https://${host}/`))).rejects.toThrow('internal');
  const sandbox = createEgress({ fetch, origins, sandbox: true });
  await sandbox(new Request('http://127.0.0.1:4000/'));
  await expect(sandbox(new Request('http://127.0.0.1:4001/'))).rejects.toThrow('internal');
});
