const json = { 'content-type': 'application/json' };
const bytes = (...values: number[]) => new Uint8Array(values);

/** An answer without an end, in pieces of 64 KiB. */
const endless = (): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const piece = new TextEncoder().encode(' '.repeat(64 * 1024));
  return new ReadableStream({ pull: (controller) => controller.enqueue(piece) });
};
const broken = (text: string): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2)));
    },
    pull: (controller) => controller.error(new TypeError('terminated')),
  });

const statuses = [
  201, 206, 299, 300, 301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 406, 409, 410, 412, 413,
  418, 421, 429, 451, 500, 501, 502, 503, 504, 599,
];
const waits = ['-1', '0', '1e9', '99999999999', 'soon', 'Fri, 31 Dec 9999 23:59:59 GMT', ''];

/** What a whole answer can be instead of the honest one. */
export const wholeAnswers: Readonly<Record<string, (honest: string) => Response>> = {
  'nothing at all': () => new Response('', { headers: json }),
  'no content': () => new Response(null, { status: 204 }),
  'not modified': () => new Response(null, { status: 304 }),
  'half of it': (honest) => new Response(honest.slice(0, honest.length / 2), { headers: json }),
  'it twice': (honest) => new Response(honest + honest, { headers: json }),
  'a page': () =>
    new Response('<!doctype html><title>Sign in</title>', {
      headers: { 'content-type': 'text/html' },
    }),
  'a page that says it is JSON': () => new Response('<html>', { headers: json }),
  'text that is no UTF-8': () =>
    new Response(bytes(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d), { headers: json }),
  'a mark of byte order before it': (honest) => new Response(`\ufeff${honest}`, { headers: json }),
  'a name twice': (honest) =>
    new Response(honest.replace(/"(\w+)":/, '"$1":null,"$1":'), { headers: json }),
  'a hundred thousand levels': () => new Response('['.repeat(100_000), { headers: json }),
  'a hundred thousand levels that end': () =>
    new Response(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, { headers: json }),
  'a list of a hundred thousand': () =>
    new Response(`[${'0,'.repeat(100_000)}0]`, { headers: json }),
  'no type': (honest) => new Response(new TextEncoder().encode(honest)),
  'another type': (honest) =>
    new Response(honest, { headers: { 'content-type': 'application/octet-stream' } }),
  'no end': () => new Response(endless(), { headers: json }),
  'a break in the middle': (honest) => new Response(broken(honest), { headers: json }),
  ...Object.fromEntries(
    statuses.map((status) => [
      `status ${status}`,
      (honest: string) =>
        new Response(honest, {
          status,
          headers: { ...json, location: 'https://evil.example/', 'retry-after': '1' },
        }),
    ]),
  ),
  ...Object.fromEntries(
    waits.map((wait) => [
      `too many calls, wait ${wait || 'nothing'}`,
      () => new Response('{}', { status: 429, headers: { ...json, 'retry-after': wait } }),
    ]),
  ),
};

/** A server that says back whatever it was sent, as an error page for developers does. */
export async function echo(request: Request): Promise<string> {
  const sent = [...request.headers].map(([name, value]) => `${name}: ${value}`).join('; ');
  const body = await request.clone().text();
  const said = `Refused ${request.method} ${request.url} with ${sent} and ${body}`;
  return JSON.stringify({
    message: said,
    error: 'refused',
    error_description: said,
    Message: said,
    Detail: said,
    Title: said,
    errors: [said, { message: said }],
  });
}
