import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill } from '../../server/sync/plan/describe.ts';
import { textOf } from './repository.ts';

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
const server = filesOf('server');
const having = (pattern: RegExp, files = server): string[] =>
  files.filter((file) => pattern.test(textOf(file))).sort();

test('V1.2.5, V1.3.2: the app starts no process and runs no text as code', () => {
  const all = [...server, ...filesOf('ui')];
  expect(all.length).toBeGreaterThan(300);
  expect(
    having(/child_process|worker_threads|node:vm|\beval\(|new Function|\bsetTimeout\(['"`]/, all),
  ).toEqual([]);
  // What is loaded is named in the source.
  expect(having(/\bimport\((?!'|`\.)/, all)).toEqual([]);
});

test('V1.2.9: a regular expression is made from input in one place, which escapes it', () => {
  // The others are made of the operator’s names, of manifests and of words of our own.
  expect(having(/new RegExp\(/)).toEqual([
    'server/access/egress.ts',
    'server/env.ts',
    'server/http/page.ts',
    'server/store/lowdb/log/text-search.ts',
    'server/sync/look/series.ts',
  ]);
  expect(textOf('server/store/lowdb/log/text-search.ts')).toContain("'\\\\$&'");
});

test('V1.3.5, V1.3.7: a template that a person writes names known values and does nothing else', () => {
  const values = { order: '{order} {constructor}', product: 'Mail' };
  expect(fill('{product}: {order}', values)).toBe(`Mail: ${values.order}`);
  for (const name of ['constructor', '__proto__', 'toString', 'order.length', 'order()', '1+1'])
    expect(fill(`{product} {${name}}`, values)).not.toMatch(/function|native|object|\b2\b/i);
});

test('V11.2.1, V11.4.1, V11.4.3: hashes are the platform’s SHA-256, whole', () => {
  const named = server.flatMap((file) =>
    [
      ...textOf(file).matchAll(
        /(?:create(?:Hash|Hmac)|\bhash)\('([^']+)'|subtle\.digest\('([^']+)'/g,
      ),
    ].map(([, node, web]) => node ?? web),
  );
  expect(named.length).toBeGreaterThan(4);
  expect([...new Set(named)].sort()).toEqual(['SHA-256', 'sha256']);
  expect(having(/md5|sha-?1\b/i)).toEqual([]);
});

test('V11.3.1, V11.3.2: ciphers are AES-256 with GCM, and no other', () => {
  const algorithms = server.flatMap((file) =>
    [...textOf(file).matchAll(/\b(?:alg|enc): '([^']+)'/g)].map(([, name]) => name),
  );
  expect([...new Set(algorithms)].sort()).toEqual(['A256GCM', 'A256GCMKW', 'dir']);
  expect(
    having(/createCipher|createDecipher|subtle\.encrypt|publicEncrypt|privateDecrypt/),
  ).toEqual([]);
});

test('V11.5.1: everything that must not be guessed comes from the machine’s secure randomness', () => {
  expect(having(/Math\.random/)).toEqual([]);
  const lengths = server.flatMap((file) =>
    [...textOf(file).matchAll(/(\w*[bB]ytes) = (\d+);/g)]
      .filter(([, name = '']) => /^(bearer|secret|key|nonce|token|state|launch)/i.test(name))
      .map(([, , length]) => Number(length)),
  );
  expect(lengths.length).toBeGreaterThan(1);
  for (const length of lengths) expect(length).toBeGreaterThanOrEqual(16);
});
