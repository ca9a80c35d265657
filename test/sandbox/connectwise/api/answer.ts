import type { Refusal } from './refusal.ts';

/** What a handler says; the gate turns it into a response. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** "201: the response is the record that was created" (vendor guide: API requests). */
export const created = (body: unknown): Answer => ({ status: 201, body });

/** "204: successful delete requests" (vendor guide: API requests). */
export const gone = (): Answer => ({ status: 204, body: undefined });

export const listed = (body: unknown, link: string | undefined): Answer => ({
  status: 200,
  body,
  ...(link === undefined ? {} : { headers: { link } }),
});

export const refused = ({ status, code, message, errors }: Refusal): Answer => ({
  status,
  body: { code, message, errors },
});

/** "405: an HTTP method that is not supported by the URL" (vendor guide: API requests). */
export const wrongMethod = (method: string): Answer => ({
  status: 405,
  body: {
    code: 'ConnectWiseApi',
    message: `The requested resource does not support http method '${method}'.`,
    errors: null,
  },
});

export const file = (bytes: Uint8Array, type: string, name: string): Answer => ({
  status: 200,
  body: bytes,
  headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
});
