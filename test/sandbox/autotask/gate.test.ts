import { describe, expect, it } from 'vitest';
import {
  BASE_URL,
  connectAutotask,
  createTestAutotask,
  discoveryAddress,
  EVERYTHING,
  replyOf,
} from './connect.ts';
import { contractScene, errorOf, is } from './scene.ts';

async function world() {
  const scene = await contractScene();
  const { api, autotask, below, serviceID } = scene;
  const write = () => api('POST', `${below}/Services`, { serviceID });
  const created = () =>
    autotask.journal().filter(({ kind }) => kind === 'contractService.created').length;
  /** A write whose caller gives up as soon as it waits. */
  const abandoned = () => {
    const controller = new AbortController();
    const pending = autotask.fetch(
      new Request(`${BASE_URL}/zone5/ATServicesRest/V1.0${below}/Services`, {
        method: 'POST',
        signal: controller.signal,
        headers: scene.headers,
        body: JSON.stringify({ serviceID }),
      }),
    );
    setTimeout(() => controller.abort(), 20);
    return pending;
  };
  return { ...scene, write, created, abandoned };
}

const waiting = () => new Promise<void>((resolve) => setTimeout(resolve, 30));

describe('calls at once', () => {
  it('are three for a tracking identifier and an entity', async () => {
    const { api, autotask } = await connectAutotask({ sleep: waiting });
    autotask.setFault('slow', {});
    const replies = await Promise.all(Array.from({ length: 4 }, () => api('GET', '/Companies/0')));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
    expect(replies.map(({ text }) => text).join()).toContain('thread threshold');
  });

  it('are counted apart for each entity and each tracking identifier', async () => {
    const { api, autotask } = await connectAutotask({ sleep: waiting });
    autotask.setFault('slow', {});
    const own = { ApiIntegrationCode: autotask.users()[0]?.trackingId ?? '' };
    const replies = await Promise.all([
      ...Array.from({ length: 3 }, () => api('GET', '/Companies/0')),
      ...Array.from({ length: 3 }, () => api('GET', '/Contracts/0')),
      ...Array.from({ length: 3 }, () => api('GET', '/Companies/0', undefined, own)),
    ]);
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('do not bound zone discovery', async () => {
    const { autotask, headers } = await connectAutotask();
    autotask.setFault('thread-limit', { threads: 0 });
    const reply = await replyOf(
      autotask.fetch(new Request(discoveryAddress(headers.UserName ?? ''))),
    );
    expect(reply.status).toBe(200);
  });
});

describe('the hourly threshold', () => {
  it('counts every call of the last sixty minutes and what other vendors used', async () => {
    const { api, autotask, clock } = await connectAutotask();
    const count = async () =>
      (await api('GET', '/ThresholdInformation')).json.currentTimeframeRequestCount;
    expect((await api('GET', '/ThresholdInformation')).json).toEqual({
      externalRequestThreshold: 10_000,
      requestThresholdTimeframe: 60,
      currentTimeframeRequestCount: 1,
    });
    await api('GET', '/Companies/0');
    expect(await count()).toBe(3);
    clock.ms += 59 * 60_000;
    expect(await count()).toBe(4);
    clock.ms += 60_000;
    expect(await count()).toBe(2);
    autotask.setFault('threshold', { used: 400 });
    expect(await count()).toBe(403);
  });

  it('slows every call from half of it on', async () => {
    const waits: number[] = [];
    const { api, autotask } = await connectAutotask({
      sleep: async (ms) => {
        waits.push(ms);
      },
    });
    for (const used of [4_900, 5_000, 7_500]) {
      autotask.setFault('threshold', { used });
      await api('GET', '/Companies/0');
    }
    expect(waits).toEqual([500, 1_000]);
  });

  it('shuts the API for the whole tenant when it is used up, writes nothing, and says when to come back', async () => {
    const { autotask, write, created } = await world();
    autotask.setFault('threshold', {});
    const reply = await write();
    expect([reply.status, Number(reply.headers.get('retry-after'))]).toEqual([429, 3_600]);
    expect(created()).toBe(0);
    autotask.setFault('threshold', null);
    expect((await write()).status).toBe(200);
  });
});

describe('faults', () => {
  it.each([
    ['rate-limit', {}, 429],
    ['server-error', {}, 500],
    ['server-error-html', {}, 500],
    ['maintenance', {}, 503],
    ['refused', { message: 'Not today.' }, 500],
    ['rights-revoked', {}, 403],
    ['rights-revoked', { status: 500 }, 500],
    ['credentials-revoked', {}, 401],
    ['tracking-id-refused', {}, 401],
    ['thread-limit', {}, 429],
  ])('%s answers with its status and writes nothing', async (name, options, status) => {
    const { autotask, write, created } = await world();
    autotask.setFault(name, options);
    expect((await write()).status).toBe(status);
    expect(created()).toBe(0);
  });

  it('give a refusal its words, and an outage its page', async () => {
    const { autotask, write } = await world();
    autotask.setFault('refused', { message: 'Not today.', times: 1 });
    expect(errorOf(await write())).toEqual([500, 'Not today.']);
    autotask.setFault('server-error-html', { times: 1 });
    expect((await write()).headers.get('content-type')).toBe('text/html');
    expect((await write()).status).toBe(200);
  });

  it('meet only the entity, method and path they are set for; a query is no write', async () => {
    const { autotask, api, write, find } = await world();
    autotask.setFault('rights-revoked', { entity: 'Companies' });
    expect((await api('GET', '/Companies/0')).status).toBe(403);
    expect((await write()).status).toBe(200);
    autotask.setFault('rights-revoked', null);
    autotask.setFault('refused', {});
    expect(await find('Contracts', EVERYTHING)).not.toEqual([]);
    expect((await write()).status).toBe(500);
    autotask.setFault('refused', null);
    autotask.setFault('server-error', { method: 'PATCH' });
    expect((await write()).status).toBe(200);
    expect((await api('PATCH', '/Companies', { id: 0 })).status).toBe(500);
  });

  it('let a narrow security level see nothing without an error', async () => {
    const { autotask, api, find } = await world();
    autotask.setFault('rights-empty', { entity: 'Companies' });
    expect(await find('Companies', EVERYTHING)).toEqual([]);
    expect(await find('Contracts', EVERYTHING)).not.toEqual([]);
    const { json } = await api('POST', '/Companies/query/count', { filter: [EVERYTHING] });
    expect(json).toEqual({ queryCount: 0 });
  });

  it('never apply a time-out before commit', async () => {
    const { autotask, abandoned, created } = await world();
    autotask.setFault('time-out-before-commit', { times: 1 });
    await expect(abandoned()).rejects.toThrow('aborted');
    expect(created()).toBe(0);
  });

  it('apply a time-out after commit', async () => {
    const { autotask, abandoned, created } = await world();
    autotask.setFault('time-out-after-commit', { times: 1 });
    await expect(abandoned()).rejects.toThrow('aborted');
    expect(created()).toBe(1);
  });

  it('apply a late commit at its moment of the sandbox clock', async () => {
    const { autotask, abandoned, created, clock } = await world();
    autotask.setFault('late-commit', { times: 1, delayMs: 5_000 });
    const startMs = clock.ms;
    await expect(abandoned()).rejects.toThrow('aborted');
    expect(created()).toBe(0);
    clock.ms += 60_000;
    expect(created()).toBe(1);
    expect(autotask.journal().at(-1)?.atMs).toBe(startMs + 5_000);
  });

  it('can cut an answer short or give a field the wrong type', async () => {
    const { autotask, api } = await world();
    autotask.setFault('truncated-json', { times: 1 });
    const cut = await api('GET', '/Companies/0');
    expect(() => JSON.parse(cut.text)).toThrow(SyntaxError);
    autotask.setFault('malformed-answer', { field: 'companyName' });
    const { json } = await api('GET', '/Companies/0');
    expect(json.item?.companyName).toEqual({ unexpected: 1 });
  });

  it('refuse an unknown name', () => {
    expect(() => createTestAutotask().autotask.setFault('no-such', {})).toThrow('no fault');
  });
});

describe("the security level Can't read costs", () => {
  it('hides costs, and ignores them on write', async () => {
    const { api, autotask, find, make } = await world();
    const [code] = await find('BillingCodes', is('eq', 'name', 'Cloud licences'));
    autotask.person.setHidesCosts(true);
    const product = {
      name: 'P',
      isActive: true,
      isSerialized: false,
      productBillingCodeID: code?.id,
      unitPrice: 5,
      unitCost: 3,
    };
    const id = await make('/Products', product);
    const read = async () => (await api('GET', `/Products/${id}`)).json.item;
    expect(await read()).toMatchObject({ unitPrice: 5, unitCost: null });
    autotask.person.setHidesCosts(false);
    expect(await read()).toMatchObject({ unitPrice: 5, unitCost: null });
    const change = { id, unitCost: 2 };
    await api('PATCH', '/Products', change);
    autotask.setFault('costs-hidden', {});
    await api('PATCH', '/Products', { ...change, unitCost: 1 });
    autotask.setFault('costs-hidden', null);
    expect(await read()).toMatchObject({ unitCost: 2 });
  });
});

describe('the API user', () => {
  it('is refused with its old secret, and while it is inactive', async () => {
    const { api, autotask } = await connectAutotask();
    const read = (headers = {}) => api('GET', '/Companies/0', undefined, headers);
    const Secret = autotask.person.newSecret();
    expect([(await read()).status, (await read({ Secret })).status]).toEqual([401, 200]);
    expect(autotask.users()[0]?.secret).toBe(Secret);
    autotask.person.setApiUserActive(false);
    expect((await read({ Secret })).status).toBe(401);
  });

  it('is refused in the old zone once the tenant is moved, and discovery tells the new one', async () => {
    const { api, autotask, headers } = await connectAutotask();
    autotask.person.moveZone(19);
    expect((await api('GET', '/Companies/0')).status).toBe(401);
    const found = await replyOf(
      autotask.fetch(new Request(discoveryAddress(headers.UserName ?? ''))),
    );
    expect(found.json.url).toBe(`${BASE_URL}/zone19/ATServicesRest/`);
    const address = `${String(found.json.url)}V1.0/Companies/0`;
    expect((await replyOf(autotask.fetch(new Request(address, { headers })))).status).toBe(200);
  });
});

describe("a person's acts", () => {
  const post = (autotask: ReturnType<typeof createTestAutotask>['autotask'], body: unknown) =>
    replyOf(
      autotask.fetch(
        new Request(`${BASE_URL}/sandbox/person`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    );

  it('follow the rules of the API and stand in the journal under their own name', async () => {
    const { autotask, find } = await connectAutotask();
    const change = { action: 'change', entity: 'Companies', id: '0', city: 'Perth', fax: '' };
    expect((await post(autotask, change)).json).toEqual({ ok: true, result: null });
    expect(await find('Companies', is('eq', 'city', 'Perth'))).toHaveLength(1);
    expect(autotask.journal().at(-1)).toMatchObject({
      kind: 'company.changed',
      actor: 'person:reseller',
      data: { changed: { city: { before: 'Sydney', after: 'Perth' } } },
    });
    const wrong = { ...change, companyType: '99' };
    expect((await post(autotask, wrong)).json).toMatchObject({
      ok: false,
      message: expect.stringContaining('companyType'),
    });
  });

  it.each([
    { action: 'dance' },
    { action: 'change', entity: 'Nothing', id: '1' },
    { action: 'change', entity: 'Companies', id: 'x' },
    { action: 'post', through: 'tomorrow' },
    { action: 'moveZone', zone: '0' },
    { action: 'voidInvoice', id: '1' },
  ])('are refused with words: %j', async (body) => {
    const { autotask } = createTestAutotask();
    const { status, json } = await post(autotask, body);
    expect([status, typeof json.message]).toEqual([400, 'string']);
  });
});

it('is the same tenant again after a reset', async () => {
  const { autotask, find, api } = await connectAutotask();
  const before = JSON.stringify(await find('ContractServiceUnits', EVERYTHING));
  const users = autotask.users();
  await api('PATCH', '/Companies', { id: 0, city: 'Perth' });
  autotask.person.moveZone(9);
  autotask.setFault('slow', {});
  autotask.reset({ seed: 7, size: 'full' });
  expect(autotask.users()).toEqual(users);
  expect([autotask.journal(), autotask.calls()]).toEqual([[], {}]);
  expect(autotask.faults().some(({ active }) => active)).toBe(false);
  expect(JSON.stringify(await find('ContractServiceUnits', EVERYTHING))).toBe(before);
});
