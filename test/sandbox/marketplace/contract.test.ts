import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { isRecord } from '../must.ts';
import { DETAILS, LISTS } from './api/operations.ts';
import { SECRET_CANARY } from './seed/customers.ts';
import { testMarket } from './testing.ts';

// The reduced description of SimpleAPI 1.15 says where it comes from in its `x-source`.
const description = JSON.parse(
  readFileSync(new URL('../../contract/cloudblue-simpleapi.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'simpleapi', components: description.components });

/** The schema that the description gives an operation's answer, closed: members that it does not name fail. */
function validatorOf(path: string, method = 'get') {
  const { $ref } =
    description.paths[path][method].responses.default.content['application/json'].schema;
  return ajv.compile({ $ref: `simpleapi${$ref}` });
}

/** Live answers send some quantities as text such as "2.0"; that is the one known difference to the description. */
function withNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumbers);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      name === 'quantity' && typeof each === 'string' ? Number(each) : withNumbers(each),
    ]),
  );
}

/** Members, at any depth, that the description does not name. */
function undescribed(schemaName: string, value: unknown): string[] {
  const schema = description.components.schemas[schemaName];
  const parts = [schema, ...(schema.allOf ?? [])];
  const known = Object.assign({}, ...parts.map((part) => part.properties ?? {}));
  if (!isRecord(value)) return [`${schemaName} is no object`];
  return Object.entries(value).flatMap(([name, each]) => {
    if (!known[name]) return [`${schemaName}.${name}`];
    const inner = (known[name].$ref ?? known[name].items?.$ref ?? '').split('/').at(-1);
    if (!inner) return [];
    return (Array.isArray(each) ? each : [each]).flatMap((part) => undescribed(inner, part));
  });
}

describe('the answers of the sandbox marketplace have the form that SimpleAPI 1.15 describes', () => {
  for (const operation of LISTS)
    it(`${operation.id}: the list`, async () => {
      const market = testMarket({ size: 'full' });
      const response = await market.get(`${operation.path}?limit=1000`, {
        token: await market.token(),
      });
      const body = await response.json();
      const validate = validatorOf(operation.path);
      expect(validate(withNumbers(body)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
      const name = { Catalog: 'Product', ServicePlans: 'ServicePlan' }[operation.id.slice(3)];
      for (const record of body.data)
        expect(undescribed(name ?? operation.id.slice(3, -1), record)).toEqual([]);
      expect(body.data.length > 0).toBe(operation.id !== 'getReports');
    });

  for (const operation of DETAILS)
    it(`${operation.id}: each record of the small world`, async () => {
      const market = testMarket();
      const { marketplace, clock } = market;
      const account = marketplace.market.account('reseller-1000');
      const ids = {
        getCustomerById: [...account.customers.keys()],
        getServicePlanById: [...account.plans.keys()],
        getOrderDetails: account.orders.map(({ order }) => order.id),
        getSubscription: [...account.subscriptions.keys()],
      }[operation.id];
      const validate = validatorOf(operation.path.replace(':id', '{id}'));
      const token = await market.token();
      for (const id of ids ?? []) {
        clock.advance({ ms: 2_000 });
        const response = await market.get(operation.path.replace(':id', id), { token });
        const body = await response.json();
        expect(validate(withNumbers(body)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(
          true,
        );
        const schema = {
          getCustomerById: 'Customer',
          getServicePlanById: 'ServicePlanDetailed',
          getOrderDetails: 'OrderDetailed',
        }[operation.id];
        expect(undescribed(schema ?? 'SubscriptionDetailed', body)).toEqual([]);
      }
      expect(ids?.length).toBeGreaterThan(0);
    });

  it('generateAuthToken: an opaque token and its life of 1,500 seconds', async () => {
    const market = testMarket();
    const token = await market.token();
    expect(token.split('.')).toHaveLength(1);
    expect(token.length).toBeGreaterThan(40);
  });

  it('getOrders lists the details but no products or subscription, which only getOrderDetails tells', async () => {
    const market = testMarket();
    const token = await market.token();
    const { data } = await (await market.get('/orders?limit=1', { token })).json();
    expect(data[0].details.length).toBeGreaterThan(0);
    expect(data[0]).not.toHaveProperty('products');
    expect(data[0]).not.toHaveProperty('subscriptionId');
    const detail = await (await market.get(`/orders/${data[0].id}`, { token })).json();
    expect(detail).toHaveProperty('products');
    expect(detail).toHaveProperty('subscriptionId');
  });

  it('getCustomers lets logins and passwords of contacts through, as ContactPerson allows', async () => {
    const market = testMarket();
    const body = await (await market.get('/customers', { token: await market.token() })).text();
    expect(body).toContain(SECRET_CANARY);
  });
});
