import { randomUUID } from 'node:crypto';

/** Every answer carries X-Correlation-ID (SimpleAPI 1.15, response headers of each operation). */
export function reply(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response {
  return raw(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

export function raw(status: number, text: string, headers: Record<string, string>): Response {
  return new Response(text, { status, headers: { 'X-Correlation-ID': randomUUID(), ...headers } });
}

/** The description types no error body; clients in the wild read `code` and `message`, so that is what there is. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return reply(status, { code, message, details: [] }, headers);
}
