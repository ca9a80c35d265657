import { describe, expect, it } from 'vitest';
import {
  BASE_URL,
  connectAutotask,
  createTestAutotask,
  discoveryAddress,
  EVERYTHING,
  replyOf,
  VENDOR_TRACKING_ID,
} from './connect.ts';

const ask = (autotask: ReturnType<typeof createTestAutotask>['autotask'], address: string) =>
  replyOf(autotask.fetch(new Request(address)));

describe('zone discovery', () => {
  it('tells the zone of a user without credentials, in any case of the path', async () => {
    const { autotask } = createTestAutotask();
    const userName = autotask.users()[0]?.userName ?? '';
    const { json } = await ask(autotask, discoveryAddress(userName));
    expect(json).toEqual({
      zoneName: 'Sandbox zone 5',
      url: `${BASE_URL}/zone5/ATServicesRest/`,
      webUrl: `${BASE_URL}/`,
      ci: 700_005,
    });
    const other = `${BASE_URL}/ATServicesRest/V1.0/ZoneInformation?user=${userName.toUpperCase()}`;
    expect((await ask(autotask, other)).json).toEqual(json);
    const elsewhere = `${BASE_URL}/zone3/ATServicesRest/V1.0/zoneInformation?user=${userName}`;
    expect((await ask(autotask, elsewhere)).json).toEqual(json);
  });

  it('answers 500 to a user that nobody knows', async () => {
    const { autotask } = createTestAutotask();
    const reply = await ask(autotask, discoveryAddress('nobody@wattle.example'));
    expect([reply.status, reply.json.errors]).toEqual([500, [expect.any(String)]]);
  });

  it('tells the versions', async () => {
    const { autotask } = createTestAutotask();
    const { json } = await ask(autotask, `${BASE_URL}/atservicesrest/versioninformation`);
    expect(json).toEqual({ apiVersions: ['v1.0'] });
  });
});

describe('the headers', () => {
  it.each([
    ['no secret', { Secret: '' }],
    ['a wrong secret', { Secret: 'guess' }],
    ['another user', { UserName: 'nobody@wattle.example' }],
    ['no tracking identifier', { ApiIntegrationCode: '' }],
    ['an unknown tracking identifier', { ApiIntegrationCode: 'SOMEBODYELSE' }],
  ])('are refused with %s', async (_name, headers) => {
    const { api } = await connectAutotask();
    expect((await api('GET', '/Companies/0', undefined, headers)).status).toBe(401);
  });

  it("take the tenant's own tracking identifier as well as the listed vendor's", async () => {
    const { api, autotask } = await connectAutotask();
    for (const id of [VENDOR_TRACKING_ID, autotask.users()[0]?.trackingId ?? '']) {
      const { status } = await api('GET', '/Companies/0', undefined, { ApiIntegrationCode: id });
      expect(status).toBe(200);
    }
  });

  it('do not help in another zone', async () => {
    const { autotask, headers } = await connectAutotask();
    const address = `${BASE_URL}/zone4/ATServicesRest/V1.0/Companies/0`;
    const reply = await replyOf(autotask.fetch(new Request(address, { headers })));
    expect(reply.status).toBe(401);
  });

  it('name an active resource to act for, or the call is refused', async () => {
    const { api, find } = await connectAutotask();
    const [resource] = await find('Resources', { op: 'eq', field: 'isActive', value: false });
    const reply = await api('GET', '/Companies/0', undefined, {
      ImpersonationResourceId: String(resource?.id),
    });
    expect([reply.status, String(reply.json.errors?.[0])]).toEqual([
      500,
      expect.stringContaining('ImpersonationResourceId'),
    ]);
  });
});

describe('addresses', () => {
  it.each([
    ['GET', '/Nothing/1', 404],
    ['GET', '/Companies', 405],
    ['POST', '/BillingCodes', 404],
    ['POST', '/Contacts', 404],
    ['PATCH', '/Companies/0', 405],
    ['PUT', '/Companies/query', 405],
    ['POST', '/Companies/entityInformation', 405],
  ])('%s %s is %d', async (method, path, status) => {
    const { api } = await connectAutotask();
    expect((await api(method, path, method === 'GET' ? undefined : {})).status).toBe(status);
  });

  it('give a missing record as null', async () => {
    const { api } = await connectAutotask();
    const reply = await api('GET', '/Companies/123');
    expect([reply.status, reply.json]).toEqual([200, { item: null }]);
  });

  it('give the children of a parent', async () => {
    const { api, find } = await connectAutotask();
    const [contact] = await find('Contacts', EVERYTHING);
    const path = `/Companies/${contact?.companyID}/Contacts`;
    expect((await api('GET', path)).json.items).toEqual([contact]);
    expect((await api('GET', `${path}/${contact?.id}`)).json.item).toEqual(contact);
    expect((await api('GET', `/Companies/0/Contacts/${contact?.id}`)).json).toEqual({ item: null });
  });
});
