import { setTimeout as realSleep } from 'node:timers/promises';
import * as v from 'valibot';
import type { Api } from '../../server/http/contract.ts';
import type { FlowView } from '../../server/http/views/connecting.ts';
import type { World } from '../sandbox/world.ts';

// Looked at less and less often, so that a slow machine stays below the limit of requests.
const pollMs = 20;
const pollMaxMs = 200;
const waitMaxMs = 20_000;

/** What a call brings; the app itself checks it against the contract. */
export interface Input {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

/** A reseller's person in a world, driving the app as its page does. */
export interface Visitor {
  world: World;
  call<K extends keyof Api>(key: K, input?: Input): Promise<Api[K]['reply']>;
  /** The same call with the whole answer, for what is refused. Without a bearer when `bearer` is null. */
  ask(key: string, input?: Input, bearer?: string | null): Promise<Response>;
  control(path: string, body: unknown): Promise<unknown>;
  install(): Promise<void>;
  connectMarketplace(): Promise<void>;
  /** Through consent to a connection; its id. `again` is the connection to connect once more. */
  connectXero(organisation?: number, again?: string): Promise<string>;
  /** Goes to Xero's page and allows nothing there; what the page here shows then. */
  refuseXero(): Promise<FlowView>;
  /** A new host token, as the page asks for it; the bearer it gave. */
  signIn(userId?: string): Promise<string>;
  until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T>;
}

export function createVisitor(
  world: World,
  fetchApp: (request: Request) => Promise<Response>,
): Visitor {
  let bearer = '';

  const request = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Response> =>
    fetchApp(
      new Request(`${world.urls.app}${path}`, {
        method,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const json = async (response: Response): Promise<unknown> => {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  };
  const control = async (path: string, body: unknown): Promise<unknown> =>
    json(
      await world.fetch(
        new Request(`${world.urls.marketplace}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    );
  const text = (value: unknown, ...path: (string | number)[]): string => {
    let at: unknown = value;
    for (const name of path)
      at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined;
    return String(at ?? '');
  };
  let lastUser = 'bluegum-owner';
  const signIn = async (userId = 'bluegum-owner'): Promise<string> => {
    lastUser = userId;
    const token = text(
      await control('/sandbox/session-token', { userId, module: 'xero' }),
      'token',
    );
    bearer = text(
      await json(await request('POST', '/v1/session', {}, { authorization: `Bearer ${token}` })),
      'token',
    );
    return bearer;
  };
  const ask = (key: string, input: Input = {}, as: string | null = bearer): Promise<Response> => {
    const [method = '', template = ''] = key.split(' ');
    const path = template.replace(/:(\w+)/g, (_all, name: string) =>
      encodeURIComponent(input.params?.[name] ?? ''),
    );
    const query = input.query === undefined ? '' : `?${new URLSearchParams(input.query)}`;
    const headers: Record<string, string> = as === null ? {} : { authorization: `Bearer ${as}` };
    return request(method, `${path}${query}`, input.body, headers);
  };
  const raw = async (key: string, input: Input = {}): Promise<unknown> => {
    const response = await ask(key, input);
    if (response.status !== 401) return json(response);
    await signIn(lastUser);
    return json(await ask(key, input));
  };
  /** There and back again: the popup, the answer on Xero's page, and the end in the frame. */
  const consent = async ({
    organisation,
    again,
    allow,
  }: {
    organisation: number;
    again?: string | undefined;
    allow: boolean;
  }) => {
    const body = { systemId: 'xero', ...(again === undefined ? {} : { connectionId: again }) };
    const flow = await raw('POST /v1/flows', { body });
    const params = { flowId: text(flow, 'flowId') };
    const begin = await request(
      'POST',
      '/connect/begin',
      { ...params, launchSecret: text(flow, 'launchSecret') },
      { origin: world.urls.app, 'sec-fetch-site': 'same-origin' },
    );
    const cookie = begin.headers.get('set-cookie')?.split(';')[0] ?? '';
    const authorizeUrl = text(await json(begin), 'authorizeUrl');
    const page = await world.fetch(new Request(authorizeUrl, { redirect: 'manual' }));
    const html = await page.text();
    const requestId =
      /name="request" value="([^"]+)"/.exec(html)?.[1] ??
      /request(?:Id)?"?[^>]*value="([^"]+)"/.exec(html)?.[1] ??
      '';
    const tenant = world.systems.xero.organisations()[organisation];
    const back = await world.systems.xero.person.consent(requestId, {
      ...(tenant === undefined ? {} : { tenantId: tenant.tenantId }),
      allow,
    });
    await fetchApp(new Request(new URL(String(back)), { headers: { cookie } }));
    const view: FlowView = await call('POST /v1/flows/:flowId/complete', { params });
    return { params, view };
  };
  const call: Visitor['call'] = (key, input) => raw(key, input) as Promise<never>;
  return {
    world,
    control,
    signIn,
    ask,
    call,
    install: async () => {
      await control('/sandbox/install', { module: 'xero', action: 'install' });
      await signIn();
    },
    connectMarketplace: async () => {
      const access = JSON.parse(
        await (await world.fetch(new Request(`${world.urls.marketplace}/sandbox.json`))).text(),
      );
      const api = accessOf(access);
      await raw('PUT /v1/marketplace', { body: { method: 'native', fields: api } });
    },
    connectXero: async (organisation = 1, again) => {
      const { params, view } = await consent({ organisation, again, allow: true });
      const connection = await raw('POST /v1/flows/:flowId/choose', {
        params,
        body: { accountId: view.accounts[0]?.id ?? '' },
      });
      return text(connection, 'id');
    },
    refuseXero: async () => (await consent({ organisation: 1, allow: false })).view,
    until: async (what, look) => {
      const endMs = Date.now() + waitMaxMs;
      for (let wait = pollMs; ; wait = Math.min(wait * 1.2, pollMaxMs)) {
        const found = await look();
        if (found !== null && found !== undefined && found !== false) return found;
        if (Date.now() > endMs) throw new Error(`waited too long for ${what}`);
        await realSleep(wait);
      }
    },
  };
}

/** The form's fields from what the marketplace's "API access" page tells. */
function accessOf(sandbox: unknown): Record<string, string> {
  const { user, password, marketplaceCode, subscriptionKey } = v.parse(accessSchema, sandbox)
    .tenants[0].api;
  return { username: user, password, marketplace: marketplaceCode, subscriptionKey };
}
const accessSchema = v.object({
  tenants: v.tupleWithRest(
    [
      v.object({
        api: v.object({
          user: v.string(),
          password: v.string(),
          marketplaceCode: v.string(),
          subscriptionKey: v.string(),
        }),
      }),
    ],
    v.unknown(),
  ),
});
