import { describe, expect, it } from 'vitest';
import { BASE_URL, createTestConnectWise } from './connect.ts';
import { agreementScene, errorOf } from './scene.ts';

async function world() {
  const scene = await agreementScene();
  const { api, connectwise, below, itemId, headers } = scene;
  const body = { product: { id: itemId }, billCustomer: 'Billable' };
  const write = () => api('POST', `${below}/additions`, body);
  const created = () =>
    connectwise.journal().filter(({ kind }) => kind === 'addition.created').length;
  /** A write whose caller gives up as soon as it waits. */
  const abandoned = () => {
    const controller = new AbortController();
    const pending = connectwise.fetch(
      new Request(`${BASE_URL}/v2026_4/apis/3.0${below}/additions`, {
        method: 'POST',
        signal: controller.signal,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    setTimeout(() => controller.abort(), 20);
    return pending;
  };
  return { ...scene, write, created, abandoned };
}

describe('faults', () => {
  it.each([
    ['rate-limit', {}, 429],
    ['server-error', {}, 500],
    ['server-error-html', {}, 500],
    ['maintenance', {}, 503],
    ['maintenance', { status: 502 }, 502],
    ['refused', { message: 'Not today.' }, 400],
    ['rights-revoked', {}, 403],
    ['credentials-revoked', {}, 401],
    ['credentials-revoked', { status: 404 }, 404],
    ['client-id-refused', {}, 401],
    ['calls-per-minute', { max: 0 }, 429],
  ])('%s %j answers with its status and writes nothing', async (name, options, status) => {
    const { connectwise, write, created } = await world();
    connectwise.setFault(name, options);
    expect((await write()).status).toBe(status);
    expect(created()).toBe(0);
  });

  it('name the seconds to wait, give a refusal its words, and an outage its page', async () => {
    const { connectwise, write } = await world();
    connectwise.setFault('rate-limit', { retryAfterS: 7, times: 1 });
    const limited = await write();
    expect(limited.headers.get('retry-after')).toBe('7');
    expect(errorOf(limited)[1]).toBe('ConnectWiseApi');
    connectwise.setFault('refused', { message: 'Not today.', field: 'quantity', times: 1 });
    expect((await write()).json).toMatchObject({
      code: 'InvalidObject',
      errors: [{ message: 'Not today.', field: 'quantity' }],
    });
    connectwise.setFault('server-error', { times: 1 });
    expect(errorOf(await write())).toEqual([
      500,
      'ConnectWiseApi',
      'A timeout has occured. Please try again.',
    ]);
    connectwise.setFault('server-error-html', { times: 1 });
    expect((await write()).headers.get('content-type')).toBe('text/html');
    expect((await write()).status).toBe(201);
  });

  it('let so many calls pass in a rolling minute', async () => {
    const { connectwise, api, clock } = await world();
    connectwise.setFault('calls-per-minute', { max: 2 });
    const status = async () => (await api('GET', '/system/info')).status;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    clock.ms += 60_000;
    expect(await status()).toBe(200);
  });

  it('meet only the method and path they are set for; reading is no write', async () => {
    const { connectwise, api, write } = await world();
    connectwise.setFault('rights-revoked', { path: '/company/' });
    expect((await api('GET', '/company/companies')).status).toBe(403);
    expect((await write()).status).toBe(201);
    connectwise.setFault('rights-revoked', null);
    connectwise.setFault('refused', {});
    expect((await api('GET', '/company/companies')).status).toBe(200);
    expect((await write()).status).toBe(400);
    connectwise.setFault('refused', null);
    connectwise.setFault('server-error', { method: 'PATCH' });
    expect((await write()).status).toBe(201);
    expect((await api('PATCH', '/company/companies/1', [])).status).toBe(500);
  });

  it('never apply a time-out before commit', async () => {
    const { connectwise, abandoned, created } = await world();
    connectwise.setFault('time-out-before-commit', { times: 1 });
    await expect(abandoned()).rejects.toThrow('aborted');
    expect(created()).toBe(0);
  });

  it('apply a time-out after commit, and a 500 after commit', async () => {
    const { connectwise, abandoned, write, created } = await world();
    connectwise.setFault('time-out-after-commit', { times: 1 });
    await expect(abandoned()).rejects.toThrow('aborted');
    expect(created()).toBe(1);
    connectwise.setFault('server-error-after-commit', { times: 1 });
    expect((await write()).status).toBe(500);
    expect(created()).toBe(2);
  });

  it('apply a late commit at its moment of the sandbox clock', async () => {
    const { connectwise, abandoned, created, clock } = await world();
    connectwise.setFault('late-commit', { times: 1, delayMs: 5_000 });
    const startMs = clock.ms;
    await expect(abandoned()).rejects.toThrow('aborted');
    expect(created()).toBe(0);
    clock.ms += 60_000;
    expect(created()).toBe(1);
    expect(connectwise.journal().at(-1)?.atMs).toBe(startMs + 5_000);
  });

  it('answer slowly, and only then', async () => {
    const waits: number[] = [];
    const { connectwise, api } = await agreementScene({
      sleep: async (ms) => {
        waits.push(ms);
      },
    });
    connectwise.setFault('slow', { delayMs: 1_234, times: 1 });
    expect((await api('GET', '/system/info')).status).toBe(200);
    await api('GET', '/system/info');
    expect(waits).toEqual([1_234]);
  });

  it('can cut an answer short or give a field the wrong type', async () => {
    const { connectwise, api, find } = await world();
    connectwise.setFault('truncated-json', { times: 1 });
    const cut = await api('GET', '/company/companies');
    expect(() => JSON.parse(cut.text)).toThrow(SyntaxError);
    connectwise.setFault('malformed-answer', { field: 'name' });
    const [first, second] = await find('/company/companies');
    expect(first?.name).toEqual({ unexpected: 1 });
    expect(second?.name).toEqual(expect.any(String));
  });

  it('hide costs for a while', async () => {
    const { connectwise, api, itemId } = await world();
    connectwise.setFault('costs-hidden', { times: 1 });
    const cost = async () => (await api('GET', `/procurement/catalog/${itemId}`)).json.cost;
    expect([await cost(), await cost()]).toEqual([null, 6]);
  });

  it('refuse an unknown name', () => {
    const { connectwise } = createTestConnectWise();
    expect(() => connectwise.setFault('no-such', {})).toThrow('no fault');
  });
});

it('calls are counted by method and path, ids replaced', async () => {
  const { connectwise, api, itemId } = await world();
  const before = connectwise.calls();
  await api('GET', `/procurement/catalog/${itemId}`);
  await api('GET', `/procurement/catalog/${itemId}`);
  const key = 'GET /procurement/catalog/{id}';
  expect((connectwise.calls()[key] ?? 0) - (before[key] ?? 0)).toBe(2);
});
