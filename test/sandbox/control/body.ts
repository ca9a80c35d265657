import type { Context } from 'hono';
import * as v from 'valibot';

/** The body, or an error that names what is wrong with it. */
export async function bodyOf<T>(context: Context, schema: v.GenericSchema<unknown, T>): Promise<T> {
  const body: unknown = await context.req.json().catch(() => undefined);
  return v.parse(schema, body);
}
