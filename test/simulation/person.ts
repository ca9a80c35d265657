import * as v from 'valibot';
import type { TenantConfig } from '../sandbox/marketplace/config.ts';
import { must } from '../sandbox/must.ts';
import type { SystemId } from '../sandbox/systems.ts';
import type { World } from '../sandbox/world.ts';

/** An answer that is not a success; a person would see its words. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/** A person at the page: signs in through the marketplace and calls the app's own interface. */
export interface Person {
  call(route: string, body?: unknown): Promise<unknown>;
  /** A new app knows no session. */
  signOut(): void;
  /** A tile is put in place, the first one installs; the last one that goes uninstalls. */
  install(module?: SystemId): Promise<void>;
  uninstall(module?: SystemId): Promise<void>;
  /** The marketplace asks the app to forget a reseller who left. */
  redact(): Promise<void>;
  connectMarketplace(): Promise<void>;
  /** Through consent to a connection; `connectionId` connects the same one again. */
  connectXero(organisation: string, connectionId?: string): Promise<string>;
}

const tokenSchema = v.object({ token: v.string() });
const errorSchema = v.object({ code: v.string() });
const toldSchema = v.object({ answer: v.object({ status: v.nullable(v.number()) }) });
const idSchema = v.object({ id: v.string() });
const flowSchema = v.object({ flowId: v.string(), launchSecret: v.string() });
const accountsSchema = v.object({ accounts: v.array(idSchema) });
const accessSchema = v.object({
  tenants: v.array(
    v.object({
      tenantId: v.string(),
      api: v.object({
        user: v.string(),
        password: v.string(),
        marketplaceCode: v.string(),
        subscriptionKey: v.string(),
      }),
    }),
  ),
});

export function createPerson(
  world: World,
  { tenantId, users }: Pick<TenantConfig, 'tenantId' | 'users'>,
  ask: (request: Request) => Promise<Response>,
): Person {
  const userId = must(users[0], 'an owner').id;
  let bearer = '';
  const send = (method: string, path: string, body: unknown, headers: Record<string, string>) =>
    ask(
      new Request(`${world.urls.app}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : jsonType) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const control = async (path: string, body: unknown): Promise<unknown> =>
    answerOf(
      await world.fetch(
        new Request(`${world.urls.marketplace}${path}`, {
          method: 'POST',
          headers: jsonType,
          body: JSON.stringify(body),
        }),
      ),
    );
  const tell = async (path: string, body: object): Promise<void> => {
    const { answer } = v.parse(toldSchema, await control(path, { tenantId, ...body }));
    if (answer.status !== 200) throw new Error(`the app answered ${path} with ${answer.status}`);
  };
  const signIn = async (): Promise<void> => {
    const given = v.parse(
      tokenSchema,
      await control('/sandbox/session-token', { userId, module: 'xero' }),
    );
    const reply = await send('POST', '/v1/session', {}, { authorization: `Bearer ${given.token}` });
    bearer = v.parse(tokenSchema, await answerOf(reply)).token;
  };
  const call = async (route: string, body?: unknown): Promise<unknown> => {
    const [method = '', path = ''] = route.split(' ');
    const once = () => send(method, path, body, { authorization: `Bearer ${bearer}` });
    if (bearer === '') await signIn();
    const first = await once();
    if (first.status !== 401) return answerOf(first);
    await signIn();
    return answerOf(await once());
  };
  return {
    call,
    signOut: () => {
      bearer = '';
    },
    install: (module = 'xero') => tell('/sandbox/install', { module, action: 'install' }),
    uninstall: (module = 'xero') => tell('/sandbox/install', { module, action: 'remove' }),
    redact: () => tell('/sandbox/lifecycle/redact', {}),
    connectMarketplace: async () => {
      const page = await world.fetch(new Request(`${world.urls.marketplace}/sandbox.json`));
      const { tenants } = v.parse(accessSchema, await page.json());
      const { api } = must(
        tenants.find((tenant) => tenant.tenantId === tenantId),
        'the reseller',
      );
      const { user, password, marketplaceCode, subscriptionKey } = api;
      const fields = { username: user, password, marketplace: marketplaceCode, subscriptionKey };
      await call('PUT /v1/marketplace', { method: 'native', fields });
    },
    connectXero: async (organisation, connectionId) => {
      const asked = { systemId: 'xero', ...(connectionId === undefined ? {} : { connectionId }) };
      const flow = v.parse(flowSchema, await call('POST /v1/flows', asked));
      const begin = await send('POST', '/connect/begin', flow, {
        origin: world.urls.app,
        'sec-fetch-site': 'same-origin',
      });
      const cookie = begin.headers.get('set-cookie')?.split(';')[0] ?? '';
      const { authorizeUrl } = v.parse(
        v.object({ authorizeUrl: v.string() }),
        await answerOf(begin),
      );
      const page = await world.fetch(new Request(authorizeUrl, { redirect: 'manual' }));
      const requestId = /name="request" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
      const back = world.systems.xero.person.consent(requestId, {
        tenantId: organisation,
        allow: true,
      });
      await ask(new Request(new URL(String(back)), { headers: { cookie } }));
      const path = `/v1/flows/${flow.flowId}`;
      const { accounts } = v.parse(accountsSchema, await call(`POST ${path}/complete`));
      const accountId = accounts[0]?.id ?? organisation;
      return v.parse(idSchema, await call(`POST ${path}/choose`, { accountId })).id;
    },
  };
}

const jsonType = { 'content-type': 'application/json' };

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const value: unknown = response.headers.get('content-type')?.includes('json')
    ? JSON.parse(text)
    : text;
  if (response.ok) return value;
  const known = v.safeParse(errorSchema, value);
  throw new Refused(response.status, known.success ? known.output.code : text.slice(0, 80));
}
