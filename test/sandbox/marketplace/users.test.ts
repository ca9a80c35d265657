import { describe, expect, it } from 'vitest';
import { must } from '../must.ts';
import { MARKETPLACE_URL, OTHER_TENANT, TENANT, type TestMarket, testMarket } from './testing.ts';

const customerIn = ({ scene }: TestMarket, n = 0) =>
  must([...scene().account.customers.values()][n], 'a customer');

async function ask(market: TestMarket, query = '', customerId = customerIn(market).id) {
  const response = await market.marketplace.fetch(
    new Request(`${MARKETPLACE_URL}/api/account/v2/companies/${customerId}/memberships${query}`, {
      headers: {
        'X-Subscription-Key': TENANT.api.subscriptionKey,
        Authorization: `Bearer ${await market.token()}`,
      },
    }),
  );
  return { status: response.status, body: await response.json() };
}
function toldMarket(): TestMarket {
  const market = testMarket();
  market.marketplace.directory.isTold = true;
  return market;
}
const uuids = (body: { content: { user: { uuid: string } }[] }) =>
  body.content.map(({ user }) => user.uuid);

describe('the users of a customer, as "List company memberships" describes them', () => {
  it('are told by no operation of SimpleAPI, and by this one only once it is switched on', async () => {
    const market = testMarket();
    expect((await ask(market)).status).toBe(404);
    const token = await market.token();
    const { id } = customerIn(market);
    expect((await market.get(`/customers/${id}/users`, { token })).status).toBe(404);
    market.marketplace.directory.isTold = true;
    expect((await ask(market)).status).toBe(200);
  });

  it('come in pages from 0 on, oldest first, with their number', async () => {
    const market = toldMarket();
    const customer = customerIn(market);
    market.marketplace.directory.join(customer);
    const all = (await ask(market)).body;
    expect(all).toMatchObject({
      links: [],
      page: { size: 50, totalElements: 4, totalPages: 1, number: 0 },
    });
    const [first] = all.content;
    expect(first).toMatchObject({
      enabled: true,
      user: { firstName: 'Front', lastName: 'desk', activated: true },
      company: { uuid: customer.id, name: customer.name },
    });
    const [one, two] = [await ask(market, '?page=0&size=3'), await ask(market, '?page=1&size=3')];
    expect(two.body.page).toEqual({ size: 3, totalElements: 4, totalPages: 2, number: 1 });
    expect([...uuids(one.body), ...uuids(two.body)]).toEqual(uuids(all));
    expect((await ask(market, '?enabled=false')).body.content).toHaveLength(1);
  });

  it.each(['?offset=0', '?page=-1', '?size=0', '?size=251'])(
    'refuse a query that is not described: %s',
    async (query) => {
      expect((await ask(toldMarket(), query)).status).toBe(400);
    },
  );

  it('of another reseller are not there', async () => {
    const market = toldMarket();
    const other = market.marketplace.market.account(OTHER_TENANT.tenantId);
    const customer = must([...other.customers.values()][0], 'a customer of the other');
    expect((await ask(market, '', customer.id)).status).toBe(404);
  });

  it('come and go; a reset brings those of the seed back, and they stay told', async () => {
    const market = toldMarket();
    const { directory } = market.marketplace;
    const seeded = uuids((await ask(market)).body);
    const joined = directory.join(customerIn(market));
    expect(uuids((await ask(market)).body)).toEqual([...seeded, joined.uuid]);
    directory.leave(customerIn(market));
    // Whoever comes next is somebody else.
    expect(directory.join(customerIn(market)).uuid).not.toBe(joined.uuid);
    market.marketplace.reset({ seed: 1, size: 'small' });
    expect(uuids((await ask(market)).body)).toEqual(seeded);
  });
});
