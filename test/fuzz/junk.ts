import fc from 'fast-check';

/** Names that mean something to JavaScript itself. */
const ownNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then'];
const strangeTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '﻿',
  'NaN',
  '1e400',
  '-0',
  '../../etc/passwd',
  '%00',
  "'; drop table tenants; --",
  '<script>alert(1)</script>',
  '=cmd|calc',
  '9'.repeat(400),
  '0001-01-01T00:00:00',
  '/Date(9999999999999999+0000)/',
  '2026-02-30',
  'ﷺ'.repeat(50),
];
const strangeNumbers = [0, -0, -1, 1e21, 1e308, 5e-324, 2 ** 53, 2 ** 53 + 1, 0.1 + 0.2];

export const strangeText = fc.oneof(
  fc.constantFrom(...strangeTexts, ...ownNames),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const leaf = fc.oneof(
  strangeText,
  fc.constantFrom(...strangeNumbers),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

/** Any value of JSON: of wrong types, with names of JavaScript's own, a little deep, a little wide. */
export const junkValue: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom(...ownNames), fc.string({ maxLength: 8 })),
      tie('node'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
    fc.integer({ min: 30, max: 400 }).map(deep),
    fc.integer({ min: 100, max: 1_000 }).map((length) => Array.from({ length }, () => '')),
  ),
})).node;

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const encoder = new TextEncoder();
const text = (value: string): Uint8Array<ArrayBuffer> => encoder.encode(value);

/** Bytes that may or may not be JSON: cut off, of invalid UTF-8, with a name twice, far too deep. */
export const junkBytes: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc.oneof(
  junkValue.map((value) => text(JSON.stringify(value))),
  fc.tuple(junkValue, fc.nat(200)).map(([value, end]) => text(JSON.stringify(value).slice(0, end))),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
  fc.constantFrom(
    text('{"a":1,"a":2}'),
    text('{"__proto__":{"role":"admin"}}'),
    text('\ufeff{}'),
    text('['.repeat(100_000)),
    text(`{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`),
    text(`[${'0,'.repeat(100_000)}0]`),
    text('"\\ud800"'),
    new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    new Uint8Array([0xc0, 0xaf]),
    text('1e99999'),
    text('<html>'),
    text(''),
  ),
);

/**
 * The value with one of its parts replaced, taken out, doubled or renamed: what is almost right gets
 * further into a parser than what is wrong from its first byte.
 */
export function mutated(value: unknown, how: Mutation): unknown {
  const places = placesOf(value);
  const place = places[how.at % places.length];
  return place === undefined ? how.junk : changedAt(value, place, how);
}
export interface Mutation {
  at: number;
  kind: 'replace' | 'remove' | 'double' | 'rename';
  junk: unknown;
}
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(5_000),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'double', 'rename'),
  junk: junkValue,
});

type Place = readonly (string | number)[];
const placesMax = 2_000;

function placesOf(value: unknown): Place[] {
  const places: Place[] = [];
  const visit = (at: unknown, place: Place): void => {
    if (places.length >= placesMax) return;
    places.push(place);
    if (Array.isArray(at))
      for (const [index, each] of at.slice(0, 5).entries()) visit(each, [...place, index]);
    else if (typeof at === 'object' && at !== null)
      for (const [name, each] of Object.entries(at)) visit(each, [...place, name]);
  };
  visit(value, []);
  return places;
}

function changedAt(value: unknown, place: Place, how: Mutation): unknown {
  const [name, ...rest] = place;
  if (name === undefined) return how.junk;
  if (Array.isArray(value)) {
    const here = value.map((each: unknown, at) =>
      at === name && rest.length > 0 ? changedAt(each, rest, how) : each,
    );
    if (rest.length > 0 || typeof name !== 'number') return here;
    if (how.kind === 'remove') return here.toSpliced(name, 1);
    if (how.kind === 'double') return here.toSpliced(name, 0, here[name]);
    return here.with(name, how.junk);
  }
  if (typeof value !== 'object' || value === null) return how.junk;
  return Object.fromEntries(
    Object.entries(value).flatMap(([own, each]): [string, unknown][] => {
      if (own !== name) return [[own, each]];
      if (rest.length > 0) return [[own, changedAt(each, rest, how)]];
      if (how.kind === 'remove') return [];
      if (how.kind === 'rename') return [['__proto__', each]];
      if (how.kind === 'double') return [[own, [each, each]]];
      return [[own, how.junk]];
    }),
  );
}
