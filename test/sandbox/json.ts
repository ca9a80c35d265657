/** A number as it was written in JSON; written back the same way. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return rawNumber(this.text);
  }
}

export type Json = null | boolean | string | NumberText | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Reads JSON with every number as its source text. Throws a SyntaxError when it is no JSON. */
export function parseJson(text: string): Json {
  const read = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? new NumberText(context?.source ?? String(value)) : value;
  return JSON.parse(text, read);
}

export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof NumberText)
  );
}

/** A member that `JSON.stringify` writes as this very number, trailing zeros included. */
export function rawNumber(text: string): unknown {
  return lossless.rawJSON(text);
}

// TypeScript's library does not describe JSON.rawJSON yet (in Node since 22).
const lossless: { rawJSON(text: string): unknown } = Object.assign(
  { rawJSON: (text: string): unknown => text },
  { rawJSON: Reflect.get(JSON, 'rawJSON') },
);

export function textOf(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  if (value instanceof NumberText) return value.text;
  return undefined;
}

export function flagOf(object: JsonObject, name: string): boolean | undefined {
  const value = object[name];
  return typeof value === 'boolean' ? value : undefined;
}

export function objectOf(object: JsonObject, name: string): JsonObject | undefined {
  const value = object[name];
  return isObject(value) ? value : undefined;
}

export function listOf(object: JsonObject, name: string): JsonObject[] | undefined {
  const value = object[name];
  return Array.isArray(value) ? value.filter(isObject) : undefined;
}
