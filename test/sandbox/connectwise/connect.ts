import { type ConnectWiseOptions, type ConnectWisePlayer, createConnectWise } from './index.ts';

/** What a test reads of an answer, without knowing its form. */
export type Json = { [name: string]: Json } & { [index: number]: Json };

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

/** A sandbox ConnectWise for tests with a clock of its own, called by raw HTTP. */
export interface ConnectedConnectWise {
  connectwise: ConnectWisePlayer;
  clock: { ms: number };
  headers: Record<string, string>;
  /** One API call below `apis/3.0`, with the usual headers. */
  api(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  /** GET of a list with these parameters; gives its records. */
  find(path: string, query?: Record<string, string>): Promise<Json[]>;
  /** POST of a record; gives its id. */
  make(path: string, body: unknown): Promise<number>;
}

export const BASE_URL = 'http://connectwise.test';
export const CLIENT_ID = '7f3c1e1c-4d52-4a63-9d55-2f0a4d8e6b11';
const START_MS = Date.UTC(2026, 10, 23, 2, 0, 0);

export function createTestConnectWise(options: Partial<ConnectWiseOptions> = {}) {
  const clock = { ms: START_MS };
  const connectwise = createConnectWise({
    clock: { nowMs: () => clock.ms },
    seed: 7,
    baseUrl: BASE_URL,
    clientId: CLIENT_ID,
    names: {
      customers: Array.from({ length: 20 }, (_, index) => `Customer ${index + 1} Pty Ltd`),
      products: Array.from({ length: 12 }, (_, index) => ({
        mpn: `MPN-${index}`,
        name: `Product ${index}`,
      })),
    },
    ...options,
  });
  return { connectwise, clock };
}

export const basic = (user: { companyId: string; publicKey: string; privateKey: string }) =>
  `Basic ${btoa(`${user.companyId}+${user.publicKey}:${user.privateKey}`)}`;

/** Discovers the codebase as any client does, then calls there. */
export async function connectConnectWise(
  options: Partial<ConnectWiseOptions> = {},
): Promise<ConnectedConnectWise> {
  const { connectwise, clock } = createTestConnectWise(options);
  const [user = { companyId: '', publicKey: '', privateKey: '' }] = connectwise.users();
  const headers = {
    Authorization: basic(user),
    clientId: CLIENT_ID,
    Accept: 'application/vnd.connectwise.com+json; version=2026.4',
  };
  const found = await replyOf(
    connectwise.fetch(new Request(`${BASE_URL}/login/companyinfo/${user.companyId}`)),
  );
  const api: ConnectedConnectWise['api'] = (method, path, body, more = {}) =>
    replyOf(
      connectwise.fetch(
        new Request(`${BASE_URL}/${String(found.json.Codebase)}apis/3.0${path}`, {
          method,
          headers: {
            ...headers,
            ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
            ...more,
          },
          ...(body === undefined ? {} : { body: bodyOf(body) }),
        }),
      ),
    );
  return {
    connectwise,
    clock,
    headers,
    api,
    find: async (path, query = {}) => {
      const { json } = await api('GET', `${path}?${new URLSearchParams(query)}`);
      return listOf(json);
    },
    make: async (path, body) => Number((await api('POST', path, body)).json.id),
  };
}

const bodyOf = (body: unknown): BodyInit =>
  typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body);

export function listOf(items: Json | undefined): Json[] {
  return Array.isArray(items) ? items : [];
}

export async function replyOf(pending: Promise<Response> | Response): Promise<Reply> {
  const response = await pending;
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? safeJson(text) : {},
  };
}

function safeJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
