import { type Context, Hono } from 'hono';
import type { SandboxClock } from '../../clock.ts';
import type { FaultBoard } from '../../faults.ts';
import { API_PATH, type TenantConfig } from '../config.ts';
import type { ResellerAccount } from '../model.ts';
import type { Directory } from '../users/directory.ts';
import { MEMBERSHIPS, membershipQuery, membershipsPage } from '../users/memberships.ts';
import { createGateway } from './gateway.ts';
import { interrupted } from './interrupt.ts';
import { DETAILS, LISTS } from './operations.ts';
import { listQuery } from './query.ts';
import { refusal, reply } from './reply.ts';
import { spoiled } from './spoil.ts';
import { createApiTokens } from './tokens.ts';

export interface SimpleApi {
  routes: Hono;
  used(subscriptionKey: string): { minute: number; day: number };
  clear(): void;
}

/** SimpleAPI 1.15 as a reseller's own tools see it: gateway, tokens and the read operations. */
export function createSimpleApi(world: {
  clock: SandboxClock;
  faults: FaultBoard;
  tenants: readonly TenantConfig[];
  account(tenantId: string): ResellerAccount;
  directory: Directory;
  /** Places an order for the fault `list-shift`. */
  shift(tenantId: string): void;
}): SimpleApi {
  const { faults, tenants } = world;
  const gateway = createGateway(world.clock);
  const tokens = createApiTokens(world.clock);
  const routes = new Hono();

  // X-Subscription-Key comes first, as at a gateway: without a good key nothing behind it is reached.
  const admitted = async (
    context: Context,
    operation: string,
    act: (tenant: TenantConfig) => Promise<Response> | Response,
  ) => {
    const key = context.req.header('X-Subscription-Key');
    const tenant = tenants.find(({ api }) => api.subscriptionKey === key);
    if (!tenant)
      return refusal(
        401,
        'AccessDenied',
        'Access denied: the subscription key is missing or not valid.',
      );
    return (
      gateway.admit(tenant.api.subscriptionKey) ??
      (await interrupted({ faults, operation, signal: context.req.raw.signal })) ??
      act(tenant)
    );
  };
  const authorised = (
    context: Context,
    operation: string,
    act: (account: ResellerAccount) => Response,
  ) =>
    admitted(context, operation, (tenant) => {
      const holder = tokens.tenantOf(context.req.header('Authorization') ?? null);
      if (faults.hit('token-expired', operation) || holder !== tenant.tenantId)
        return refusal(401, 'Unauthorized', 'The token is missing, unknown or expired.');
      return act(world.account(tenant.tenantId));
    });

  routes.post(`${API_PATH}/token`, (context) =>
    admitted(context, 'generateAuthToken', (tenant) =>
      faults.hit('wrong-credentials', 'generateAuthToken')
        ? refusal(401, 'Unauthorized', 'The user or the password is wrong.')
        : tokens.native(context.req.raw, tenant),
    ),
  );
  // No gateway header on this call: it goes to the platform's identity service.
  routes.post('/auth/realms/:realm/protocol/openid-connect/token', (context) =>
    faults.hit('wrong-credentials', 'generateAuthToken')
      ? reply(401, { error: 'invalid_grant' })
      : tokens.openId(context.req.raw, tenants, context.req.param('realm')),
  );
  for (const operation of LISTS)
    routes.get(API_PATH + operation.path, (context) =>
      authorised(context, operation.id, (account) => {
        const query = listQuery(context.req.url, operation.parameters);
        if ('problem' in query) return refusal(400, 'BadRequest', query.problem);
        const all = operation.find(account, query.filters);
        const page = all.slice(query.offset, query.offset + query.limit);
        const isLast = query.offset + query.limit >= all.length;
        if (operation.id === 'getOrders' && !isLast && faults.hit('list-shift', operation.id))
          world.shift(account.tenantId);
        // `/reports` ignores paging: offset 0, and limit equal to the total.
        const pagination =
          operation.id === 'getReports'
            ? { offset: 0, limit: all.length, total: all.length }
            : { offset: query.offset, limit: query.limit, total: all.length };
        return reply(200, { data: spoiled(page, { faults, operation: operation.id }), pagination });
      }),
    );
  for (const operation of DETAILS)
    routes.get(API_PATH + operation.path, (context) =>
      authorised(context, operation.id, (account) => {
        if (new URL(context.req.url).search !== '')
          return refusal(400, 'BadRequest', 'There is an unknown query parameter.');
        const found = operation.find(account, context.req.param('id') ?? '');
        if (!found) return refusal(404, 'NotFound', 'There is no such object.');
        return reply(200, spoiled([found], { faults, operation: operation.id })[0]);
      }),
    );
  // Not of SimpleAPI: another vendor's operation beside it, behind the same gateway and token, while users are told.
  routes.get(MEMBERSHIPS.path, (context) =>
    authorised(context, MEMBERSHIPS.operation, (account) => {
      const customer = account.customers.get(context.req.param('companyUuid'));
      if (!customer || !world.directory.isTold)
        return refusal(404, 'NotFound', 'There is no such object.');
      const query = membershipQuery(context.req.url);
      if ('problem' in query) return refusal(400, 'BadRequest', query.problem);
      const page = membershipsPage(customer, world.directory.of(customer), query);
      const content = spoiled(page.content, { faults, operation: MEMBERSHIPS.operation });
      return reply(200, { ...page, content });
    }),
  );
  routes.all(`${API_PATH}/*`, (context) =>
    authorised(context, 'unknown', () => refusal(404, 'NotFound', 'There is no such operation.')),
  );
  return {
    routes,
    used: gateway.used,
    clear: () => {
      gateway.clear();
      tokens.clear();
    },
  };
}
