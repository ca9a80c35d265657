import { expect, test } from 'vitest';
import { routeTable } from '../kit/route-table.ts';

/** The kinds of schema inside another, with the way to each. */
function kindsIn(schema: unknown, path: string, depth = 0): [path: string, kind: string][] {
  if (typeof schema !== 'object' || schema === null || depth > 12) return [];
  const member = (name: string): unknown => Reflect.get(schema, name);
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const entries = Object.entries(Object(member('entries') ?? {}));
  return [
    [path, String(member('type'))],
    ...entries.flatMap(([name, inner]) => kindsIn(inner, `${path}.${name}`, depth + 1)),
    ...[...list(member('options')), ...list(member('pipe')), ...list(member('items'))]
      .filter((inner) => inner !== schema)
      .flatMap((inner) => kindsIn(inner, path, depth + 1)),
    ...['wrapped', 'item', 'value', 'rest'].flatMap((name) =>
      kindsIn(member(name), `${path}.${name}`, depth + 1),
    ),
  ];
}

test('V15.3.3, V15.3.5: no body or query takes members that it does not name, or values of any type', () => {
  const schemas = routeTable().flatMap(({ key, rule }) =>
    [rule.body, rule.query].flatMap((schema) => (schema === undefined ? [] : [{ key, schema }])),
  );
  expect(schemas.length).toBeGreaterThan(40);
  for (const { key, schema } of schemas) {
    const kinds = kindsIn(schema, key);
    const open = kinds.filter(([, kind]) => ['any', 'unknown', 'loose_object'].includes(kind));
    expect(open).toEqual([]);
    const [outer] = kinds.filter(([, kind]) => kind.endsWith('object'));
    expect(outer).toEqual([expect.stringContaining(key), 'strict_object']);
    // Names of a person's own are looked up, never assigned.
    const named = kinds.filter(([, kind]) => kind === 'record').map(([path]) => path);
    expect(
      named.filter((path) => !/credentials|marketplace\.fields|ticketing\.place/.test(path)),
    ).toEqual([]);
  }
});
