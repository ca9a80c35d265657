/**
 * An answer before it has the headers of its class: a `Response` with all of them is made once, because
 * setting them one by one on one that is there, and reading its body as a stream, takes longer than
 * everything else of a small call.
 */
export interface Answer {
  status: number;
  body: string;
  headers: Readonly<Record<string, string>>;
}

const json = { 'Content-Type': 'application/json' };

/** `text` is JSON. */
export const jsonAnswer = (
  text: string,
  { status = 200, headers = {} }: { status?: number; headers?: Answer['headers'] } = {},
): Answer => ({ status, body: text, headers: { ...json, ...headers } });
