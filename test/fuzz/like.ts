import fc from 'fast-check';
import { junkValue, strangeText } from './junk.ts';

/**
 * Values that a schema of a route may take, or nearly: its form is followed, its finer checks are not.
 * What it does not know is junk.
 */
export function like(schema: unknown): fc.Arbitrary<unknown> {
  return made(schema, 0);
}
const levelsMax = 12;

function made(given: unknown, level: number): fc.Arbitrary<unknown> {
  if (level > levelsMax || typeof given !== 'object' || given === null) return junkValue;
  const get = (name: string): unknown => Reflect.get(given, name);
  const inner = (name: string) => made(get(name), level + 1);
  switch (get('type')) {
    case 'strict_object':
    case 'object':
    case 'loose_object':
      return fc.record(
        Object.fromEntries(
          Object.entries(objectOf(get('entries'))).map(([name, each]) => [
            name,
            made(each, level + 1),
          ]),
        ),
        { noNullPrototype: true },
      );
    case 'array':
      return fc.array(inner('item'), { maxLength: 3 });
    case 'strict_tuple':
    case 'tuple':
      return fc.tuple(...listOf(get('items')).map((each) => made(each, level + 1)));
    case 'variant':
    case 'union':
    case 'intersect':
      return fc.oneof(...listOf(get('options')).map((each) => made(each, level + 1)));
    case 'picklist':
    case 'enum':
      return fc.constantFrom(...listOf(get('options')));
    case 'literal':
      return fc.constant(get('literal'));
    case 'nullable':
      return fc.oneof(inner('wrapped'), fc.constant(null));
    case 'optional':
    case 'exact_optional':
    case 'nullish':
      return fc.oneof(inner('wrapped'), fc.constant(undefined));
    case 'record':
      return fc.dictionary(fc.oneof(fc.string({ maxLength: 8 }), strangeText), inner('value'), {
        maxKeys: 3,
        noNullPrototype: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.oneof(fc.integer({ min: -5, max: 40 }), fc.double());
    case 'string':
      return fc.oneof(
        fc.constantFrom(
          '2026-11-01',
          '2026-11-30',
          '2026-02-30',
          '9999-12-31',
          '0000-01-01',
          '12.50',
          'AUD',
          '200',
          'x',
          '2026-11-23T00:00:00.000Z',
        ),
        strangeText,
        fc.string({ minLength: 1, maxLength: 20 }),
      );
    default:
      return junkValue;
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : {};
