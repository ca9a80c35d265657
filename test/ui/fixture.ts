import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { SessionReply } from '../../server/http/contract.ts';
import { answers } from './fixture-answers.ts';
import type { Asked, Scenario } from './fixture-kit.ts';

/** The built page with canned answers: the host on 127.0.0.1 frames the app on localhost. */
export interface Fixture {
  hostAddress: (scenario: string, theme: string, hash: string) => string;
  /** Ends every live stream, as an app that stops does. */
  endStreams: () => void;
  close: () => Promise<void>;
}
const streams = new Set<ServerResponse>();
const built = join(import.meta.dirname, '../../dist/ui');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
/** The policy of the profile's R14 for `/embed`, so that the page is proven under it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

export async function startFixture(port = 0): Promise<Fixture> {
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const at = portOf(server);
  return {
    hostAddress: (scenario, theme, hash) =>
      `http://127.0.0.1:${at}/host?${new URLSearchParams({ scenario, theme, hash })}`,
    endStreams: () => {
      for (const stream of streams) stream.end();
      streams.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const address = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const { pathname: path, port } = address;
  if (path === '/host') return html(response, hostPage(address.searchParams, port));
  if (path === '/embed') {
    const page = await readFile(join(built, 'index.html'), 'utf8');
    response.setHeader('content-security-policy', policy);
    return html(
      response,
      page.replace(
        'name="host-origins" content=""',
        `name="host-origins" content="http://127.0.0.1:${port}"`,
      ),
    );
  }
  if (path.startsWith('/v1/')) return answer(request, response, address);
  const file = normalize(join(built, path));
  if (!file.startsWith(built)) {
    response.writeHead(404).end();
    return;
  }
  const body = await readFile(file);
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  response.end(body);
}

function answer(request: IncomingMessage, response: ServerResponse, address: URL): void {
  const scenario = scenarioOf(request.headers.authorization ?? '');
  const { pathname: path, searchParams: query } = address;
  if (path === '/v1/session') {
    json(response, sessionOf(scenario));
    return;
  }
  if (path === '/v1/stream') {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    streams.add(response);
    response.write(`${JSON.stringify({ type: 'hello', at: '2026-11-23T14:00:00Z' })}\n`);
    return;
  }
  const asked: Asked = { scenario, path, query };
  for (const [route, reply] of Object.entries(answers))
    if (matches(route, `${request.method} ${path}`)) {
      json(response, reply(asked));
      return;
    }
  response.writeHead(404).end();
}

function matches(route: string, asked: string): boolean {
  const wanted = route.split('/');
  const given = asked.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => part.startsWith(':') || part === given[at])
  );
}
const scenarios: Scenario[] = [
  'full',
  'fresh',
  'start',
  'viewer',
  'broken',
  'first-settings',
  'running',
  'tampered',
  'two',
  'lists',
  'untold',
];
const scenarioOf = (header: string): Scenario =>
  scenarios.find((one) => header === `Bearer ${one}`) ?? 'full';

const sessionOf = (token: Scenario): SessionReply => ({
  token,
  expiresInSeconds: 300,
  user: { id: 'u1', name: 'Anna de Vries', role: 'admin' },
  tenant: { name: 'Northwind Cloud', marketplace: 'CloudBlue' },
  module: 'xero',
});

const hostPage = (query: URLSearchParams, port: string) => `<!doctype html>
<html lang="en"><head><title>Host</title><style>
body{margin:0}iframe{display:block;width:100%;height:100vh;border:0}</style></head><body>
<iframe id="app" title="Ledgerport" src="http://localhost:${port}/embed${query.get('hash') ?? ''}"></iframe>
<script>
const frame = document.getElementById('app');
addEventListener('message', (event) => {
  if (event.source !== frame.contentWindow) return;
  if (event.data.type === 'mkt.height') frame.style.height = event.data.height + 'px';
  if (event.data.type === 'mkt.session.request') frame.contentWindow.postMessage({
    type: 'mkt.session.reply', v: 1, nonce: event.data.nonce,
    token: ${JSON.stringify(query.get('scenario') ?? 'full')},
    theme: ${JSON.stringify(query.get('theme') ?? 'light')}, locale: 'en-GB' }, event.origin);
});
</script></body></html>`;

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(body);
}
function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
