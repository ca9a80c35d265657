import { describe, expect, it } from 'vitest';
import { BASE_URL, type ConnectedXero, connectXero, draft, firstContact } from './connect.ts';

async function world() {
  const connected = await connectXero();
  const contactId = await firstContact(connected);
  const body = { Invoices: [draft(contactId)] };
  const put = (headers: Record<string, string> = {}, sent: unknown = body) =>
    connected.api('PUT', '/Invoices?summarizeErrors=false', sent, headers);
  return { ...connected, contactId, body, put };
}
const created = ({ xero }: ConnectedXero) =>
  xero.journal().filter(({ kind }) => kind === 'invoice.created').length;

/** A write whose caller gives up as soon as it waits. */
async function abandoned(
  connected: Awaited<ReturnType<typeof world>>,
  headers: Record<string, string> = {},
) {
  const controller = new AbortController();
  const pending = connected.xero.fetch(
    new Request(`${BASE_URL}/api.xro/2.0/Invoices?summarizeErrors=false`, {
      method: 'PUT',
      signal: controller.signal,
      headers: {
        authorization: `Bearer ${connected.accessToken}`,
        'xero-tenant-id': connected.tenantId,
        accept: 'application/json',
        ...headers,
      },
      body: JSON.stringify(connected.body),
    }),
  );
  setTimeout(() => controller.abort(), 20);
  return pending;
}

describe('idempotency', () => {
  it('replays the first answer for six minutes', async () => {
    const connected = await world();
    const key = { 'idempotency-key': 'one' };
    const first = await connected.put(key);
    connected.clock.ms += 5 * 60_000;
    expect((await connected.put(key)).text).toBe(first.text);
    connected.clock.ms += 60_000;
    expect((await connected.put(key)).text).not.toBe(first.text);
    expect(created(connected)).toBe(2);
  });

  it('refuses a key used with a different request', async () => {
    const { put, contactId } = await world();
    await put({ 'idempotency-key': 'one' });
    const reply = await put(
      { 'idempotency-key': 'one' },
      { Invoices: [draft(contactId, { Reference: 'x' })] },
    );
    expect([reply.status, reply.json.Message]).toEqual([
      400,
      expect.stringContaining('different request'),
    ]);
  });

  it('replays errors too', async () => {
    const connected = await world();
    connected.xero.setFault('server-error', { times: 1 });
    const key = { 'idempotency-key': 'one' };
    expect([(await connected.put(key)).status, (await connected.put(key)).status]).toEqual([
      500, 500,
    ]);
    expect((await connected.put({ 'idempotency-key': 'two' })).status).toBe(200);
  });

  it.each(['undefined', 'x'.repeat(129)])('refuses the key %s', async (key) => {
    expect((await (await world()).put({ 'idempotency-key': key })).status).toBe(400);
  });
});

describe('limits', () => {
  it('counts 60 calls a minute in a fixed window and says when to come back', async () => {
    const { api, clock } = await world();
    let last = await api('GET', '/Organisation');
    for (let call = 0; call < 60 && last.status === 200; call += 1)
      last = await api('GET', '/Organisation');
    expect([last.status, last.headers.get('x-rate-limit-problem'), last.text]).toEqual([
      429,
      'minute',
      '',
    ]);
    const seconds = Number(last.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    clock.ms += seconds * 1000;
    expect((await api('GET', '/Organisation')).headers.get('x-minlimit-remaining')).toBe('59');
  });

  it('lets five calls run at once', async () => {
    const { api, xero } = await connectXero({
      sleep: () => new Promise((resolve) => setTimeout(resolve, 30)),
    });
    xero.setFault('slow', {});
    const replies = await Promise.all(Array.from({ length: 6 }, () => api('GET', '/Organisation')));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('refuses a body over 3.5 MB', async () => {
    const { api } = await connectXero();
    expect((await api('PUT', '/Invoices', 'x'.repeat(3_500_001))).status).toBe(413);
  });
});

describe('faults', () => {
  it.each([
    ['rate-limit-minute', {}, 429],
    ['rate-limit-empty', {}, 429],
    ['server-error', {}, 500],
    ['server-error-html', {}, 500],
    ['maintenance', {}, 503],
    ['token-expired', {}, 401],
    ['scope-missing', {}, 401],
    ['high-volume', {}, 400],
    ['remote-disconnect', {}, 403],
  ])('%s answers with its status and writes nothing', async (name, options, status) => {
    const connected = await world();
    connected.xero.setFault(name, options);
    expect((await connected.put()).status).toBe(status);
    expect(created(connected)).toBe(0);
  });

  it('asks for a long wait when the day is used up', async () => {
    const { put, xero } = await world();
    xero.setFault('rate-limit-day', { times: 1 });
    const reply = await put();
    expect([reply.headers.get('x-rate-limit-problem'), reply.headers.get('retry-after')]).toEqual([
      'day',
      '66975',
    ]);
    expect((await put()).status).toBe(200);
  });

  it('meets only the method and path it is set for', async () => {
    const { put, api, xero } = await world();
    xero.setFault('server-error', { method: 'GET', path: '/Accounts' });
    expect((await put()).status).toBe(200);
    expect((await api('GET', '/Accounts')).status).toBe(500);
  });

  it('never applies a time-out before commit', async () => {
    const connected = await world();
    connected.xero.setFault('time-out-before-commit', { times: 1 });
    await expect(abandoned(connected)).rejects.toThrow('aborted');
    expect(created(connected)).toBe(0);
  });

  it('applies a time-out after commit and replays its answer to the same key', async () => {
    const connected = await world();
    connected.xero.setFault('time-out-after-commit', { times: 1 });
    await expect(abandoned(connected, { 'idempotency-key': 'one' })).rejects.toThrow('aborted');
    expect(created(connected)).toBe(1);
    expect(
      (await connected.put({ 'idempotency-key': 'one' })).json.Invoices?.[0]?.InvoiceNumber,
    ).toBe('INV-0001');
    expect(created(connected)).toBe(1);
  });

  it('applies a late commit at its moment of the sandbox clock', async () => {
    const connected = await world();
    connected.xero.setFault('late-commit', { times: 1, delayMs: 5_000 });
    const startMs = connected.clock.ms;
    await expect(abandoned(connected)).rejects.toThrow('aborted');
    expect(created(connected)).toBe(0);
    connected.clock.ms += 60_000;
    expect(created(connected)).toBe(1);
    expect(connected.xero.journal().at(-1)?.atMs).toBe(startMs + 5_000);
  });

  it('lets one element fail with the given message', async () => {
    const { api, contactId, xero } = await world();
    xero.setFault('element-error', { element: 1, message: 'No luck' });
    const { json } = await api('PUT', '/Invoices?summarizeErrors=false', {
      Invoices: [draft(contactId), draft(contactId)],
    });
    expect([
      json.Invoices?.[0]?.StatusAttributeString,
      json.Invoices?.[1]?.ValidationErrors?.[0]?.Message,
    ]).toEqual(['OK', 'No luck']);
  });

  it.each([
    ['contact-archived', 'has been archived'],
    ['account-archived', 'has been archived'],
    ['lock-date', 'period lock date'],
  ])('%s refuses the invoice with its words', async (name, words) => {
    const { put, xero } = await world();
    xero.setFault(name, name === 'lock-date' ? { date: '2026-12-31' } : {});
    expect(String((await put()).json.Invoices?.[0]?.ValidationErrors?.[0]?.Message)).toContain(
      words,
    );
  });

  it('knows only the base currency with multi-currency off', async () => {
    const { api, xero } = await world();
    xero.setFault('multi-currency-off', {});
    expect((await api('GET', '/Currencies')).json.Currencies).toHaveLength(1);
    expect(JSON.stringify((await api('GET', '/Organisation/Actions')).json.Actions)).toContain(
      '{"Name":"UseMulticurrency","Status":"NOT-ALLOWED"}',
    );
  });

  it('refuses approval when the plan is used up', async () => {
    const { api, contactId, xero } = await world();
    xero.setFault('approve-limit', {});
    const approved = draft(contactId, { Status: 'AUTHORISED', DueDate: '2026-12-01' });
    const { json } = await api('PUT', '/Invoices?summarizeErrors=false', {
      Invoices: [approved, draft(contactId)],
    });
    expect(String(json.Invoices?.[0]?.ValidationErrors?.[0]?.Message)).toContain(
      'reached the limit of invoices you can approve',
    );
    expect(json.Invoices?.[1]?.StatusAttributeString).toBe('OK');
  });

  it('refuses every refresh with expired-refresh', async () => {
    const { token, refreshToken, xero } = await world();
    xero.setFault('expired-refresh', {});
    expect(
      (await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).json.error,
    ).toBe('invalid_grant');
  });

  it('can cut an answer short or give a field the wrong type', async () => {
    const { api, xero } = await world();
    xero.setFault('truncated-json', { times: 1 });
    const cut = await api('GET', '/Accounts');
    expect(() => JSON.parse(cut.text)).toThrow(SyntaxError);
    xero.setFault('malformed-answer', { field: 'Code' });
    expect((await api('GET', '/Accounts')).json.Accounts?.[0]?.Code).toEqual({ unexpected: 1 });
  });

  it('refuses an unknown fault', async () => {
    const { xero } = await world();
    expect(() => xero.setFault('no-such', {})).toThrow('no fault');
  });
});

it('is the same world again after a reset', async () => {
  const { xero } = await world();
  const before = xero.organisations();
  xero.setFault('slow', {});
  xero.reset({ seed: 7, size: 'full' });
  expect(xero.organisations()).toEqual(before);
  expect([xero.journal().length, xero.faults().some(({ active }) => active), xero.calls()]).toEqual(
    [0, false, {}],
  );
});
