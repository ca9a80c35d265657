import { describe, expect, it } from 'vitest';
import {
  BASE_URL,
  basic,
  CLIENT_ID,
  connectConnectWise,
  createTestConnectWise,
  replyOf,
} from './connect.ts';
import { agreementScene, errorOf } from './scene.ts';

const ask = (
  connectwise: ReturnType<typeof createTestConnectWise>['connectwise'],
  path: string,
  headers: Record<string, string> = {},
) => replyOf(connectwise.fetch(new Request(`${BASE_URL}${path}`, { headers })));

describe('company discovery', () => {
  it('tells codebase and site of a company without credentials, in any case of its name', async () => {
    const { connectwise } = createTestConnectWise();
    const { json } = await ask(connectwise, '/login/companyinfo/WattleCloud');
    expect(json).toEqual({
      CompanyName: 'Wattle Cloud',
      CompanyID: 'wattlecloud',
      Codebase: 'v2026_4/',
      VersionCode: 'v2026.4',
      IsCloud: true,
      SiteUrl: 'connectwise.test',
    });
  });

  it('answers 200 with null for a company that nobody knows', async () => {
    const { connectwise } = createTestConnectWise();
    const reply = await ask(connectwise, '/login/companyinfo/nobody');
    expect([reply.status, reply.text]).toEqual([200, 'null']);
  });

  it('tells the new codebase after an upgrade; the old one is not found, its alias always is', async () => {
    const { connectwise, headers } = await connectConnectWise();
    connectwise.person.setCodebase('v2027_1');
    const { json } = await ask(connectwise, '/login/companyinfo/wattlecloud');
    expect(json.Codebase).toBe('v2027_1/');
    const status = async (codebase: string) =>
      (await ask(connectwise, `/${codebase}/apis/3.0/system/info`, headers)).status;
    expect(await status('v2026_4')).toBe(404);
    expect(await status('v2027_1')).toBe(200);
    expect(await status('v4_6_release')).toBe(200);
  });
});

describe('the headers', () => {
  const user = { companyId: 'wattlecloud', publicKey: 'guess', privateKey: 'guess' };

  it.each([
    ['no credentials', { Authorization: '' }, 401, 'Unauthorized'],
    ['wrong keys', { Authorization: basic(user) }, 401, 'Unauthorized'],
    ['no clientId', { clientId: '' }, 401, 'ClientId'],
    ['an unknown clientId', { clientId: 'somebody-else' }, 401, 'ClientId'],
    ['a version that does not exist', version('2030.1'), 400, 'ConnectWiseApi'],
    ['a version that was taken away', version('2019.5'), 400, 'ConnectWiseApi'],
    ['a version that is none', version('latest'), 400, 'ConnectWiseApi'],
  ])('are refused with %s', async (_name, headers, status, code) => {
    const { api } = await connectConnectWise();
    const reply = await api('GET', '/system/info', undefined, headers);
    expect(errorOf(reply).slice(0, 2)).toEqual([status, code]);
    expect(reply.json.errors).toBeNull();
  });

  it('name a company that can be routed, or the router answers in plain text', async () => {
    const { api } = await connectConnectWise();
    const Authorization = basic({ ...user, companyId: 'nobody' });
    const reply = await api('GET', '/system/info', undefined, { Authorization });
    expect([reply.status, reply.text]).toEqual([400, 'Cannot route. Codebase/company is invalid']);
  });

  it('of the answer name the current version, the version served, and the request', async () => {
    const { api } = await connectConnectWise();
    const asked = await api('GET', '/system/info', undefined, version('2025.8'));
    expect(asked.headers.get('content-type')).toContain('version=2025.8');
    expect(asked.headers.get('api-current-version')).toBe('2026.4');
    const plain = await api('GET', '/system/info', undefined, { Accept: '*/*' });
    expect(plain.headers.get('content-type')).toContain('application/json');
    const ids = [asked, plain].map(({ headers }) => headers.get('x-cw-request-id'));
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('addresses', () => {
  it.each([
    ['GET', '/nothing', 404],
    ['GET', '/company/companies/1', 404],
    ['POST', '/finance/taxCodes', 405],
    ['DELETE', '/finance/agreements', 405],
    ['PATCH', '/company/companies', 405],
    ['POST', '/company/companies/count', 405],
  ])('%s %s is %d', async (method, path, status) => {
    const { api } = await connectConnectWise();
    expect((await api(method, path, method === 'GET' ? undefined : {})).status).toBe(status);
  });

  it('are the same with a slash at their end, and in any case', async () => {
    const { find } = await connectConnectWise();
    const found = await find('/procurement/subcategories');
    expect(found.length).toBeGreaterThan(0);
    expect(await find('/procurement/subcategories/')).toEqual(found);
    expect(await find('/Procurement/SubCategories')).toEqual(found);
  });
});

describe('the security role', () => {
  it('gives each right apart, by its verb', async () => {
    const { connectwise, api, below, add } = await agreementScene();
    const addition = await add();
    const path = `${below}/additions/${addition}`;
    const patch = [{ op: 'replace', path: 'quantity', value: 3 }];
    const refused = [403, 'ConnectWiseApi', 'UserNotAuthenticated'];
    connectwise.person.setRight('Finance > Agreements', 'Edit', false);
    expect(errorOf(await api('PATCH', path, patch))).toEqual(refused);
    expect((await api('GET', path)).json.quantity).toBe(1);
    connectwise.person.setRight('Finance > Agreements', 'Inquire', false);
    expect(errorOf(await api('GET', path))).toEqual(refused);
    expect((await api('DELETE', path)).status).toBe(204);
    connectwise.person.setRight('Finance > Agreements', 'Inquire', true);
    expect((await api('GET', below)).status).toBe(200);
  });

  it('gives each table of setup apart', async () => {
    const { connectwise, api } = await connectConnectWise();
    connectwise.person.setTable('Invoicing / Tax Code', false);
    expect((await api('GET', '/finance/taxCodes')).status).toBe(403);
    expect((await api('GET', '/finance/billingTerms')).status).toBe(200);
    connectwise.person.setRight('System > Table Setup', 'Inquire', false);
    expect((await api('GET', '/finance/billingTerms')).status).toBe(403);
  });

  it("hides costs below Can't read costs, and does not take them", async () => {
    const { connectwise, api, itemId, add, below } = await agreementScene();
    const addition = `${below}/additions/${await add({ unitCost: 4 })}`;
    const item = `/procurement/catalog/${itemId}`;
    expect((await api('GET', addition)).json).toMatchObject({ unitCost: 4, margin: 6 });
    connectwise.person.setHidesCosts(true);
    const { json } = await api('GET', addition);
    expect([json.unitCost, json.extCost, json.margin]).toEqual([null, null, null]);
    expect(json.unitPrice).toBe(10);
    expect((await api('GET', item)).json.cost).toBeNull();
    const patch = [{ op: 'replace', path: 'unitCost', value: 1 }];
    expect((await api('PATCH', addition, patch)).status).toBe(200);
    connectwise.person.setHidesCosts(false);
    expect((await api('GET', addition)).json.unitCost).toBe(4);
  });
});

describe('the API member', () => {
  it('is refused with its old keys, and while it is inactive', async () => {
    const { api, connectwise } = await connectConnectWise();
    const read = (headers = {}) => api('GET', '/system/info', undefined, headers);
    const keys = connectwise.person.newKeys();
    const Authorization = basic({ companyId: 'wattlecloud', ...keys });
    expect([(await read()).status, (await read({ Authorization })).status]).toEqual([401, 200]);
    expect(connectwise.users()).toEqual([{ companyId: 'wattlecloud', ...keys }]);
    connectwise.person.setMemberActive(false);
    expect((await read({ Authorization })).status).toBe(401);
  });
});

it('is the same tenant again after a reset', async () => {
  const { connectwise, find, api, company } = await agreementScene();
  const users = connectwise.users();
  const patch = [{ op: 'replace', path: 'city', value: 'Perth' }];
  await api('PATCH', `/company/companies/${String(company?.id)}`, patch);
  connectwise.person.setCodebase('v2027_1');
  connectwise.setFault('slow', {});
  connectwise.reset({ seed: 7, size: 'full' });
  expect(connectwise.users()).toEqual(users);
  expect([connectwise.journal(), connectwise.calls()]).toEqual([[], {}]);
  expect(connectwise.faults().some(({ active }) => active)).toBe(false);
  expect(await find('/company/companies', { conditions: 'city="Perth"' })).toEqual([]);
  expect(await find('/finance/agreements', { conditions: 'name="Subscriptions"' })).toEqual([]);
  expect((await api('GET', '/system/info', undefined, { clientId: CLIENT_ID })).status).toBe(200);
});

function version(text: string) {
  return { Accept: `application/vnd.connectwise.com+json; version=${text}` };
}
