import { expect, test } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import type { CredentialConnector } from '../../server/domain/ports/connector.ts';
import type { InvoicesWanted } from '../../server/domain/ports/invoices.ts';
import type { ConnectorSession } from '../../server/domain/ports/session.ts';
import { connected, documentIn, failureIn, newDocument } from '../batteries/connector-world.ts';
import type { StandingWorld } from '../batteries/standing-connector.ts';
import { must } from '../sandbox/must.ts';
import { autotaskConnector, createAutotaskWorld } from './autotask-world.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';
import { createXeroWorld, xeroConnector } from './xero-world.ts';

async function open<World extends StandingWorld>(connector: CredentialConnector, world: World) {
  const { fetch, clock, client, credentials } = world;
  const limiter = connector.limiter(clock);
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await connector.connect({ ...own, credentials });
  const session = connector.open({ ...own, account, credentials: async () => credentials });
  return { world, session, account };
}
const connectWise = () => open(connectWiseConnector, createConnectWiseWorld());
const autotask = () => open(autotaskConnector, createAutotaskWorld());

async function companiesOf(session: ConnectorSession): Promise<InvoicesWanted['companies']> {
  const { records } = await session.companies(null);
  return records.map(({ id, currency }) => ({ id, currency }));
}
const reading = (session: ConnectorSession, more: Partial<InvoicesWanted> = {}) =>
  must(
    session.invoices,
    'invoices',
  )({
    companies: [],
    since: null,
    from: date('2025-10-23'),
    open: [],
    known: new Set(),
    ...more,
  });
const fileOf = async (session: ConnectorSession, id: string) => {
  const { bytes } = await must(session.invoiceFile, 'files')({ id, kind: 'invoice' });
  return new TextDecoder('latin1').decode(bytes);
};
const calls = (world: { player: { calls(): Record<string, number> } }, part: RegExp) =>
  Object.entries(world.player.calls())
    .filter(([call]) => part.test(call))
    .reduce((sum, [, count]) => sum + count, 0);

test('ConnectWise: invoices of mapped companies come with their balance; a payment is seen though the invoice is not touched', async () => {
  const { world, session } = await connectWise();
  const companies = await companiesOf(session);
  world.player.person.invoice();
  const first = await reading(session, { companies });
  expect(first.unreadable).toEqual([]);
  const one = must(
    first.records.find(({ total }) => total.amountMinor > 1_000n),
    'an invoice',
  );
  expect(one).toMatchObject({ kind: 'invoice', state: 'open', balance: one.total, lines: [] });
  expect(one.documentId).toMatch(/^\d+$/);
  world.advanceMs(60 * 60_000);
  const [other] = companies.filter(({ id }) => id !== one.companyId);
  expect((await reading(session, { companies: [must(other, 'a company')] })).records).not.toContain(
    expect.objectContaining({ id: one.id }),
  );
  world.player.person.pay(Number(one.id), { amount: '4.50' });
  const again = await reading(session, {
    companies,
    since: first.position,
    open: first.records.map(({ id }) => id),
  });
  const part = must(
    again.records.find(({ id }) => id === one.id),
    'the invoice again',
  );
  expect(part.balance.amountMinor).toBe(one.total.amountMinor - 450n);
  expect(part.state).toBe('open');
  world.player.person.pay(Number(one.id));
  const paid = await reading(session, { companies, since: again.position, open: [one.id] });
  expect(paid.records).toMatchObject([{ id: one.id, state: 'paid', balance: { amountMinor: 0n } }]);
  expect(paid.gone).toEqual([]);
});

test('ConnectWise: what is made while its clock is behind ours is not missed', async () => {
  const world = createConnectWiseWorld();
  const { clock } = world;
  const ahead = { ...clock, nowMs: () => clock.nowMs() + 60_000 };
  const { session } = await open(connectWiseConnector, { ...world, clock: ahead });
  const companies = await companiesOf(session);
  const { position } = await reading(session, { companies });
  world.advanceMs(1_000);
  const made = world.player.person.invoice();
  expect(made.length).toBeGreaterThan(0);
  const { records } = await reading(session, { companies, since: position });
  expect(records.map(({ id }) => Number(id))).toEqual(expect.arrayContaining(made));
});

test('ConnectWise: an invoice that was deleted there is told as gone', async () => {
  const { world, session } = await connectWise();
  const companies = await companiesOf(session);
  world.player.person.invoice();
  const { records, position } = await reading(session, { companies });
  const last = must(records.at(-1), 'an invoice');
  world.player.person.deleteInvoice(Number(last.id));
  world.advanceMs(60_000);
  const after = await reading(session, { companies, since: position, open: [last.id] });
  expect(after.gone).toEqual([last.id]);
});

test('Autotask: invoices tell the contract lines they billed, and are paid or not', async () => {
  const { world, session } = await autotask();
  const companies = await companiesOf(session);
  world.player.person.post();
  world.player.person.invoice();
  const first = await reading(session, { companies });
  expect(first.unreadable).toEqual([]);
  const lines = first.records.flatMap((invoice) => invoice.lines ?? []);
  const documents = (await session.documents(null)).records;
  const known = new Map(documents.flatMap(({ id, lines: all }) => all.map((l) => [l.id, id])));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line.lineId).toMatch(/^(service|charge):\d+$/);
    if (known.has(line.lineId)) expect(known.get(line.lineId)).toBe(line.documentId);
  }
  expect(lines.some(({ lineId }) => known.has(lineId))).toBe(true);
  const foreign = first.records.filter(({ total }) => total.currency !== 'AUD');
  expect(foreign.map(({ companyId, total }) => [companyId, total.currency])).toEqual(
    foreign.map(({ companyId }) => [
      companyId,
      companies.find(({ id }) => id === companyId)?.currency,
    ]),
  );
  const [one, other] = first.records;
  if (one === undefined || other === undefined) throw new RangeError('too few invoices');
  expect(one).toMatchObject({ state: 'open', balance: one.total, paidOn: null });
  world.player.person.setPaid(Number(one.id), '2026-11-20');
  world.player.person.voidInvoice(Number(other.id));
  const items = calls(world, /BillingItems\/query/);
  const after = await reading(session, {
    companies,
    since: first.position,
    open: [one.id, other.id],
    known: new Set(first.records.map(({ id }) => id)),
  });
  expect(after.records).toMatchObject([
    { id: one.id, state: 'paid', paidOn: '2026-11-20', balance: { amountMinor: 0n }, lines: null },
    { id: other.id, state: 'voided', lines: null },
  ]);
  // What they billed is known and does not change.
  expect(calls(world, /BillingItems\/query/)).toBe(items);
  expect(after.position).toBe(first.position);
});

test('Autotask: later readings ask for higher ids alone', async () => {
  const { world, session } = await autotask();
  const companies = await companiesOf(session);
  world.player.person.post();
  const before = await reading(session, { companies });
  expect(before.records).toEqual([]);
  world.player.person.invoice();
  const made = await reading(session, { companies, since: before.position });
  expect(made.records.length).toBeGreaterThan(0);
  const again = await reading(session, { companies, since: made.position });
  expect(again.records).toEqual([]);
});

test.each([
  ['ConnectWise', connectWise, 'finance/invoices'],
  ['Autotask', autotask, 'Invoices'],
] as const)(
  '%s: the PDF is the system’s own, and what is no PDF is no answer',
  async (_name, start, path) => {
    const { world, session } = await start();
    const companies = await companiesOf(session);
    if ('post' in world.player.person) world.player.person.post();
    world.player.person.invoice();
    const [one] = (await reading(session, { companies })).records;
    const { id, number } = must(one, 'an invoice');
    const file = await fileOf(session, id);
    expect(file.startsWith('%PDF-')).toBe(true);
    expect(file).toContain(`Invoice ${number}`);
    const real = world.fetch;
    const odd = await open(
      world.player.name === 'autotask' ? autotaskConnector : connectWiseConnector,
      {
        ...world,
        fetch: async (request) =>
          /pdf/i.test(request.url) && request.url.includes(path)
            ? new Response('<html>Please sign in</html>', {
                headers: { 'content-type': 'application/pdf' },
              })
            : real(request),
      },
    );
    expect((await failureIn(fileOf(odd.session, id))).code).toBe('system.answer');
  },
);

test('ConnectWise: a PDF of an invoice that is gone is not found, and keys are not blamed', async () => {
  const { session } = await connectWise();
  expect((await failureIn(fileOf(session, '1'))).code).toBe('request.not-found');
});

test.each([
  ['ConnectWise', connectWise],
  ['Autotask', autotask],
] as const)(
  '%s: open opportunities come with the document in the field of that name',
  async (_name, start) => {
    const { session } = await start();
    const companies = await companiesOf(session);
    const quotes = must(session.quotes, 'quotes');
    const read = await quotes({ companies, documentField: ' document url ' });
    expect(read.unreadable).toEqual([]);
    expect(read.fields).toEqual(['Document URL']);
    // The sixth is lost.
    expect(read.records.map(({ document }) => document)).toEqual([
      { status: 'link', url: 'https://documents.example/q/1' },
      { status: 'none' },
      { status: 'link', url: 'https://documents.example/q/3' },
      { status: 'none' },
      { status: 'link', url: 'https://documents.example/q/5' },
    ]);
    const without = await quotes({ companies: companies.slice(0, 1), documentField: null });
    expect(without.records.every(({ document }) => document.status === 'none')).toBe(true);
    expect(without.records.length).toBeLessThan(5);
  },
);

test('ConnectWise: a role without a wanted right lacks that feature, and connects', async () => {
  const { world, session } = await connectWise();
  const lacks = must(session.lacks, 'lacks');
  expect(await lacks()).toEqual([]);
  world.player.person.setRight('Finance > Invoicing', 'Inquire', false);
  expect(await lacks()).toEqual(['invoices']);
  world.player.person.setRight('Sales > Opportunity', 'Inquire', false);
  expect(await lacks()).toEqual(['invoices', 'quotes']);
  await open(connectWiseConnector, world);
});

test('Autotask: a level without a wanted right lacks that feature, and connects', async () => {
  const { world, session } = await autotask();
  const lacks = must(session.lacks, 'lacks');
  expect(await lacks()).toEqual([]);
  world.player.setFault('rights-revoked', { entity: 'BillingItems' });
  expect(await lacks()).toEqual(['invoices']);
  world.player.setFault('rights-revoked', { entity: 'Opportunities', status: 500 });
  expect(await lacks()).toEqual(['quotes']);
  await open(autotaskConnector, world);
});

test('Xero: a payment moves the invoice, so that changes alone tell the balance; the PDF is its own', async () => {
  const world = createXeroWorld();
  const { session, account } = await connected(xeroConnector, world);
  const wanted = await newDocument({ session, account, clock: world.clock, n: 1 });
  const [element] = session.prepare([wanted]);
  const [made] = await session.write([must(element, 'an element')], 'new-1');
  const { companyId } = documentIn(made);
  const companies = (await companiesOf(session)).filter(({ id }) => id === companyId);
  const first = await reading(session, { companies });
  const draft = must(first.records[0], 'the draft');
  expect(draft).toMatchObject({ kind: 'invoice', state: 'draft', balance: draft.total });
  expect(draft.lines?.[0]).toMatchObject({ documentId: draft.id });
  world.sandboxClock.advance({ ms: 60_000 });
  world.player.person.approve(draft.id);
  world.player.person.pay(draft.id, { amount: '1.00' });
  const after = await reading(session, { companies, since: first.position, open: [draft.id] });
  expect(after.records).toMatchObject([
    { id: draft.id, state: 'open', balance: { amountMinor: draft.total.amountMinor - 100n } },
  ]);
  world.player.person.pay(draft.id);
  const paid = await reading(session, { companies, since: after.position, open: [draft.id] });
  expect(paid.records).toMatchObject([
    { id: draft.id, state: 'paid', balance: { amountMinor: 0n } },
  ]);
  expect(paid.records[0]?.paidOn).toMatch(/^2026-11-/);
  expect((await fileOf(session, draft.id)).startsWith('%PDF-')).toBe(true);
  expect((await failureIn(fileOf(session, account.id))).code).toBe('request.not-found');
  expect(world.judge.problems()).toEqual([]);
});

test('Xero: reading all goes back to the day alone, credit notes too, and says how many calls it took', async () => {
  const world = createXeroWorld();
  const { session } = await connected(xeroConnector, world);
  const companies = await companiesOf(session);
  const before = world.sent.length;
  const { calls: took } = await reading(session, { companies });
  const asked = world.sent.slice(before);
  expect(took).toBe(asked.length);
  expect(asked.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
    'CreditNotes',
    'Invoices',
  ]);
  for (const { query } of asked) expect(query.get('where')).toContain('Date>=DateTime(2025,10,23)');
  expect(world.judge.problems()).toEqual([]);
});

const tooLong = () => {
  const pagination = { page: 1, pageSize: 1000, pageCount: 101, itemCount: 100_001 };
  return Response.json({ pagination, Invoices: [] });
};
const daysAskedIn = (sent: { path: string; query: URLSearchParams }[]) =>
  sent
    .filter(({ path }) => path.endsWith('/Invoices'))
    .map(({ query }) => query.get('where')?.replace('Type=="ACCREC" AND ', ''));

test('Xero: a list that is too long is told by its first page, and read in shorter spans of days', async () => {
  const world = createXeroWorld();
  const { session, account } = await connected(xeroConnector, world);
  const wanted = await newDocument({ session, account, clock: world.clock, n: 1 });
  await session.write(session.prepare([wanted]), 'new-1');
  const companies = await companiesOf(session);
  const whole = await reading(session, { companies });
  world.answer(tooLong());
  const before = world.sent.length;
  const read = await reading(session, { companies });
  expect(daysAskedIn(world.sent.slice(before))).toEqual([
    'Date>=DateTime(2025,10,23)',
    'Date>=DateTime(2025,10,23) AND Date<DateTime(2026,5,9)',
    'Date>=DateTime(2026,5,9)',
  ]);
  expect(whole.records.length).toBeGreaterThan(0);
  expect(read.records.map(({ id }) => id).sort()).toEqual(whole.records.map(({ id }) => id).sort());
  expect(world.judge.problems()).toEqual([]);
});

test('Xero: where even one day is too long, the reading ends and says so', async () => {
  const world = createXeroWorld();
  const { session } = await connected(xeroConnector, world);
  world.player.setFault('high-volume', {});
  const before = world.sent.length;
  expect((await failureIn(reading(session))).code).toBe('system.volume');
  expect(daysAskedIn(world.sent.slice(before)).at(-1)).toBe(
    'Date>=DateTime(2025,10,23) AND Date<DateTime(2025,10,24)',
  );
});
