/**
 * JSON without loss. Our own documents hold amounts as integers whose names end in `Minor`; they are
 * read as bigint. Documents of others hold decimals; they are read as the text that was sent.
 */

const minorName = /Minor$/;

/** Our own form: members named `…Minor` become bigint, every other number is a number. */
export function parseOwn(text: string): unknown {
  return JSON.parse(text, (name: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && minorName.test(name) ? BigInt(context?.source ?? value) : value,
  );
}

/** Our own form as text; bigint is written as a whole number. */
export const stringifyOwn = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'bigint' ? rawNumber(member.toString()) : member,
  );

/** A document of another system: every number arrives as the text it was written with. */
export function parseForeign(text: string): unknown {
  return JSON.parse(text, (_name: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  );
}

/** A decimal text that `JSON.stringify` writes as a number, digit for digit. */
export function rawNumber(text: string): unknown {
  return rawJson.rawJSON(text);
}

/** JSON with members in the order of their names: equal values give equal text, for hashes. */
export function canonical(value: unknown): string {
  return stringifyOwn(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

// TypeScript's library does not yet describe JSON.rawJSON (ECMAScript proposal, in Node 22+).
const rawJson: { rawJSON(text: string): unknown } = Object.assign(
  { rawJSON: (text: string): unknown => text },
  JSON,
  {
    rawJSON: Reflect.get(JSON, 'rawJSON'),
  },
);
