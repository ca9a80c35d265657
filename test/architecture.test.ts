import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const importsOf = (file: string): Import[] =>
  [
    ...text(file).matchAll(
      /(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)/g,
    ),
  ].map(([, type, named, lazy]) => {
    const to = named ?? lazy ?? '';
    return {
      from: file,
      to: to.startsWith('.') ? relative(root, resolve(root, dirname(file), to)) : to,
      typeOnly: type !== undefined,
    };
  });
const within = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);

const server = files('server').flatMap(importsOf);
const ui = files('ui').flatMap(importsOf);

/** A part of the server and the folders it may take from; packages are judged apart. */
const directions: Record<string, readonly string[]> = {
  'server/domain': ['server/domain'],
  'server/sync': ['server/sync', 'server/domain'],
  'server/access': ['server/access', 'server/domain'],
  'server/marketplaces': ['server/marketplaces', 'server/domain'],
  'server/connectors': ['server/connectors', 'server/domain'],
  'server/store': ['server/store', 'server/domain'],
  'server/mailer': ['server/mailer', 'server/domain'],
  'server/http': [
    'server/http',
    'server/sync',
    'server/access',
    'server/domain',
    'server/start-options.ts',
  ],
};

test.each(Object.entries(directions))(
  '%s takes only from what lies below it',
  (folder, allowed) => {
    const wrong = server.filter(
      ({ from, to }) =>
        within(from, folder) &&
        to.startsWith('server/') &&
        !allowed.some((part) => to === part || within(to, part)),
    );
    expect(wrong).toEqual([]);
  },
);

test('the domain knows no package but valibot', () => {
  const packages = server
    .filter(({ from, to }) => within(from, 'server/domain') && !to.startsWith('server/'))
    .map(({ to }) => to);
  expect([...new Set(packages)]).toEqual(['valibot']);
});

test.each(['server/connectors', 'server/marketplaces', 'server/store'])(
  'no two folders of %s know each other',
  (folder) => {
    const wrong = server.filter(({ from, to }) => {
      const [own, other] = [from, to].map(
        (file) => file.slice(folder.length + 1).split('/')[0] ?? '',
      );
      return (
        within(from, folder) &&
        within(to, folder) &&
        from.split('/').length > 3 &&
        to.split('/').length > 3 &&
        own !== other &&
        other !== 'kit'
      );
    });
    expect(wrong).toEqual([]);
  },
);

test('only the page that speaks to the app takes a type from the server, and nothing but types', () => {
  const taken = ui.filter(({ to }) => to.startsWith('server/'));
  expect([...new Set(taken.map(({ from }) => from))]).toEqual(['ui/api.ts']);
  expect(taken.filter(({ typeOnly }) => !typeOnly)).toEqual([]);
});

test('a system or marketplace is named in its own folder, its registration and nowhere else', () => {
  const names = ['server/connectors', 'server/marketplaces'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
      .map((entry) => ({ folder, name: entry.name })),
  );
  const wrong = [...files('server'), ...files('ui')].flatMap((file) => {
    const code = text(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    return names
      .filter(
        ({ folder, name }) => !within(file, folder) && new RegExp(`\\b${name}`, 'i').test(code),
      )
      .map(({ name }) => `${file}: ${name}`);
  });
  expect(wrong).toEqual([]);
});

test('players and the bookkeeper never import what they check', () => {
  const independent = [...files('test/sandbox'), ...files('test/bookkeeper')].filter(
    (file) => file !== 'test/sandbox/app.ts' && !file.endsWith('.test.ts'),
  );
  expect(independent.flatMap(importsOf).filter(({ to }) => to.startsWith('server/'))).toEqual([]);
});

test('time, chance and timers come in as arguments', () => {
  const allowed = new Set(['server/main.ts', 'server/machine.ts']);
  const wrong = files('server').filter(
    (file) =>
      !allowed.has(file) &&
      /Date\.now\(|Math\.random\(|\bset(Timeout|Interval)\(/.test(
        text(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''),
      ),
  );
  expect(wrong).toEqual([]);
});

test('V15.2.3: production starts without a line of the sandbox', () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { to } of importsOf(file))
      if (to.startsWith('server/') || to.startsWith('test/')) visit(to);
  };
  visit('server/main.ts');
  expect([...seen].filter((file) => !within(file, 'server'))).toEqual([]);
});

test('the repository speaks of the product alone', () => {
  const everything = ['server', 'ui', 'test', 'manifest'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tsx?|md|html|css|mjs)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  const words = new RegExp(
    [
      '\\.\\./sha' + 'red',
      '/wo' + 'rk/',
      'issue ' + '\\d',
      'help' + 'er-\\d',
      'facts/[a-z]+\\.m' + 'd',
    ].join('|'),
  );
  expect(everything.filter((file) => words.test(text(file)))).toEqual([]);
});
