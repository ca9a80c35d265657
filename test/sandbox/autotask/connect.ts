import { type AutotaskOptions, type AutotaskPlayer, createAutotask } from './index.ts';

/** What a test reads of an answer, without knowing its form. */
export type Json = { [name: string]: Json } & { [index: number]: Json };

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

/** A sandbox Autotask for tests with a clock of its own, called by raw HTTP. */
export interface ConnectedAutotask {
  autotask: AutotaskPlayer;
  clock: { ms: number };
  headers: Record<string, string>;
  /** One API call below the tenant's zone, with the usual headers. */
  api(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  /** POST /{entity}/query with these conditions; gives the items. */
  find(entity: string, ...filter: unknown[]): Promise<Json[]>;
}

export const BASE_URL = 'http://autotask.test';
export const VENDOR_TRACKING_ID = 'LEDGERPORTVENDORID';
const START_MS = Date.UTC(2026, 10, 23, 2, 0, 0);

export function createTestAutotask(options: Partial<AutotaskOptions> = {}) {
  const clock = { ms: START_MS };
  const autotask = createAutotask({
    clock: { nowMs: () => clock.ms },
    seed: 7,
    baseUrl: BASE_URL,
    vendorTrackingId: VENDOR_TRACKING_ID,
    names: {
      customers: Array.from({ length: 20 }, (_, index) => `Customer ${index + 1} Pty Ltd`),
      products: Array.from({ length: 12 }, (_, index) => ({
        mpn: `MPN-${index}`,
        name: `Product ${index}`,
      })),
    },
    ...options,
  });
  return { autotask, clock };
}

/** Discovers the zone as any client does, then calls there. */
export async function connectAutotask(
  options: Partial<AutotaskOptions> = {},
): Promise<ConnectedAutotask> {
  const { autotask, clock } = createTestAutotask(options);
  const [user] = autotask.users();
  const headers = {
    ApiIntegrationCode: VENDOR_TRACKING_ID,
    UserName: user?.userName ?? '',
    Secret: user?.secret ?? '',
  };
  const found = await replyOf(autotask.fetch(new Request(discoveryAddress(headers.UserName))));
  const api: ConnectedAutotask['api'] = (method, path, body, more = {}) =>
    replyOf(
      autotask.fetch(
        new Request(`${String(found.json.url)}V1.0${path}`, {
          method,
          headers: { ...headers, 'content-type': 'application/json', ...more },
          ...(body === undefined
            ? {}
            : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      ),
    );
  return {
    autotask,
    clock,
    headers,
    api,
    find: async (entity, ...filter) => {
      const { json } = await api('POST', `/${entity}/query`, { filter });
      return listOf(json.items);
    },
  };
}

export const discoveryAddress = (userName: string): string =>
  `${BASE_URL}/atservicesrest/v1.0/zoneInformation?user=${encodeURIComponent(userName)}`;

export const EVERYTHING = { op: 'exist', field: 'id' };

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
