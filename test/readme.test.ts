import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('every command of the README is there', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const named = [...readme.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
    ([, run, short]) => run ?? short ?? '',
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every file and folder that the README names is there', () => {
  const inCode = [...readme.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text ?? '');
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
  const named = [...inCode, ...links].filter((text) => path.test(text));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
});

test('the README names every variable of the environment', () => {
  const source = readFileSync(join(root, 'server/env.ts'), 'utf8');
  const names = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(7);
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

const path = /^(?:(?:server|ui|test|manifest)\/[\w./-]*|LICENSE|SECURITY\.md)$/;
