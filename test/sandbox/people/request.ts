import type { Context } from 'hono';

/** Does one act of a person by its fields; throws a RangeError with words for a person when it is unknown or refused. */
export type Act = (fields: Record<string, string>) => unknown;

/** POST /sandbox/person: `{action, ...}` as JSON answers JSON; the page's forms come back to their page. */
export async function personRequest(context: Context, act: Act): Promise<Response> {
  const isJson = context.req.header('content-type')?.includes('json') ?? false;
  const fields = isJson ? await jsonFields(context) : textFields(await context.req.parseBody());
  const back = fields?.back?.startsWith('/') && !fields.back.startsWith('//') ? fields.back : '/';
  try {
    const result = act(fields ?? {});
    return isJson
      ? context.json({ ok: true, result: result ?? null })
      : context.redirect(back, 303);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (isJson) return context.json({ ok: false, message: error.message }, 400);
    const joint = back.includes('?') ? '&' : '?';
    return context.redirect(`${back}${joint}problem=${encodeURIComponent(error.message)}`, 303);
  }
}

async function jsonFields(context: Context): Promise<Record<string, string> | undefined> {
  try {
    const body: unknown = JSON.parse(await context.req.text());
    return typeof body === 'object' && body !== null ? textFields(body) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A form sends line ends as CRLF (HTML standard, form submission). */
function textFields(body: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[name, String(value).replaceAll('\r\n', '\n')]]
        : [],
    ),
  );
}
