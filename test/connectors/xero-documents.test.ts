import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import { money } from '../../server/domain/money.ts';
import type { DocumentWrite } from '../../server/domain/ports/write.ts';
import {
  changeOf,
  connected,
  documentIn,
  documentMark,
  failureIn,
  intentOf,
  line,
  newDocument,
} from '../batteries/connector-world.ts';
import { keepsToTheDescription } from './keeps-to.ts';
import { createXeroWorld, xeroConnector } from './xero-world.ts';

const makeWorld = keepsToTheDescription({
  vendor: 'xero',
  world: createXeroWorld,
  operations: [
    'GET /Contacts',
    'GET /CreditNotes',
    'GET /CreditNotes/{CreditNoteID}',
    'GET /Invoices',
    'GET /Organisation',
    'GET /RepeatingInvoices',
    'GET /connections',
    'POST /Invoices',
    'POST /Invoices/{InvoiceID}/Email',
    'POST /connect/token authorization_code',
    'PUT /CreditNotes',
    'PUT /CreditNotes/{CreditNoteID}/Allocations',
    'PUT /Invoices',
  ],
});

async function start() {
  const world = makeWorld();
  const made = await connected(xeroConnector, world);
  const { session, account } = made;
  const write = async (wanted: DocumentWrite, key: string) => {
    const outcomes = [];
    for (const element of session.prepare([wanted]))
      outcomes.push((await session.write([element], `${key}-${element.kind}`))[0]);
    return outcomes;
  };
  const create = async (n: number, more: Partial<Parameters<typeof newDocument>[0]> = {}) =>
    documentIn(
      (
        await write(
          await newDocument({ session, account, clock: world.clock, n, ...more }),
          `new-${n}`,
        )
      )[0],
    );
  return { world, ...made, write, create };
}

describe('Xero documents', () => {
  it('are read in spans of days where they are more than Xero lists at once', async () => {
    const { world, session, create } = await start();
    await create(1);
    await create(2);
    const all = await session.documents(null);
    expect(all.records).toHaveLength(2);
    const pagination = { page: 1, pageSize: 1000, pageCount: 101, itemCount: 100_001 };
    world.answer(Response.json({ pagination, Invoices: [] }));
    const before = world.sent.length;
    const read = await session.documents(null);
    const asked = world.sent.slice(before).filter(({ path }) => path.endsWith('/Invoices'));
    expect(asked.map(({ query }) => query.get('where'))).toEqual([
      'Type=="ACCREC"',
      'Type=="ACCREC" AND Date>=DateTime(1900,1,1)',
    ]);
    expect(read.records).toEqual(all.records);
  });

  it('approves, sends and voids', async () => {
    const { world, session, create, write, account } = await start();
    world.player.person.setEmailsADay(account.id, 20);
    const draft = await create(1);
    const [approved, sent] = await write(
      changeOf(draft, { state: 'approved', send: true }),
      'post',
    );
    expect(documentIn(approved)).toMatchObject({ state: 'approved', locked: null });
    expect(sent).toMatchObject({ status: 'ok', document: null });
    const [after] = (await session.documentsById([draft])).records;
    expect(after?.sent).toBe(true);
    const [voided] = await write(changeOf(documentIn(approved), { state: 'voided' }), 'void');
    expect(documentIn(voided).state).toBe('voided');
  });

  it('creates an approved invoice in one call', async () => {
    const { create } = await start();
    expect((await create(1, { state: 'approved' })).state).toBe('approved');
  });

  it('deletes a draft, and finds it deleted', async () => {
    const { create, write, session, world } = await start();
    const draft = await create(1);
    const wanted = changeOf(draft, { state: 'deleted' });
    const intents = session.prepare([wanted]).map((element) => intentOf(element, world.clock));
    expect((await session.recover(intents))[0]).toEqual({ status: 'absent' });
    await write(wanted, 'delete');
    expect((await session.recover(intents))[0]).toMatchObject({
      status: 'happened',
      document: { state: 'deleted' },
    });
  });

  it('credits and allocates, and knows whether it was allocated', async () => {
    const { world, session, create, write } = await start();
    const invoice = await create(1, { state: 'approved' });
    const note = await create(20, {
      kind: 'creditNote',
      state: 'approved',
      lines: [line(20, 'Two seats fewer', { quantity: '2' })],
    });
    expect(note).toMatchObject({ kind: 'creditNote', state: 'approved', locked: null });
    const amount = money('14.52', note.currency);
    const wanted = changeOf(note, {
      allocate: { documentId: invoice.id, amount, date: note.date ?? date('2026-11-23') },
    });
    const intents = session.prepare([wanted]).map((element) => intentOf(element, world.clock));
    expect(await session.recover(intents)).toEqual([{ status: 'absent' }]);
    expect((await write(wanted, 'allocate'))[0]).toMatchObject({ status: 'ok', warnings: [] });
    expect((await session.recover(intents))[0]).toMatchObject({ status: 'happened' });
    const documents = (await session.documentsById([invoice, note])).records;
    expect(documents.map(({ kind }) => kind)).toEqual(['invoice', 'creditNote']);
    expect(documents[0]?.locked).toBe('allocated');
  });

  it('will not e-mail or allocate a document whose id is not filled in yet', async () => {
    const { session, account, world } = await start();
    const wanted = await newDocument({
      session,
      account,
      clock: world.clock,
      n: 1,
      state: 'approved',
    });
    const elements = session.prepare([{ ...wanted, send: true }]);
    expect(elements.map(({ kind }) => kind)).toEqual(['document-create', 'send']);
    const [outcome] = await session.write(elements.slice(1), 'send');
    expect(outcome).toMatchObject({ status: 'unsent', failure: { code: 'system.bug' } });
  });

  it('refuses to mix batches in one call', async () => {
    const { session, account, world } = await start();
    const wanted = await newDocument({
      session,
      account,
      clock: world.clock,
      n: 1,
      state: 'approved',
    });
    const elements = session.prepare([{ ...wanted, send: true }]);
    expect((await failureIn(session.write(elements, 'mixed'))).code).toBe('system.bug');
  });

  it('finds hundreds of documents of ours, and asks for them in chunks', async () => {
    const { session, account, world } = await start();
    const one = await newDocument({ session, account, clock: world.clock, n: 1 });
    const { open } = one;
    if (open === null) throw new Error('not a new document');
    for (const batch of [0, 1]) {
      const writes = Array.from({ length: 50 }, (_, at): DocumentWrite => {
        const marker = documentMark(batch * 50 + at);
        return { ...one, ref: marker, open: { ...open, marker, reference: marker } };
      });
      await session.write(session.prepare(writes), `batch-${batch}`);
    }
    const { records } = await session.marked();
    expect(records).toHaveLength(100);
    world.sent.length = 0;
    expect((await session.documentsById(records)).records).toHaveLength(100);
    expect(world.sent).toHaveLength(3);
  });

  it('flags a contact that Xero bills by itself', async () => {
    const { session } = await start();
    const { records } = await session.companies(null);
    expect(
      records.filter(({ billedBySchedule }) => billedBySchedule !== null).length,
    ).toBeGreaterThan(0);
  });

  it('links to the document in the organisation it belongs to', async () => {
    const { account } = await start();
    const url = xeroConnector.documentUrl(
      { ...account, shortCode: '!mBdtL' },
      { id: 'a-b', kind: 'invoice' },
    );
    expect(url).toBe(
      'https://go.xero.com/organisationlogin/default.aspx?shortcode=!mBdtL&redirecturl=/AccountsReceivable/View.aspx?InvoiceID=a-b',
    );
  });

  it('does not call a document absent that it could not read', async () => {
    const { world, session, account } = await start();
    const wanted = await newDocument({ session, account, clock: world.clock, n: 1 });
    const elements = session.prepare([wanted]);
    await session.write(elements, 'key');
    world.player.setFault('malformed-answer', { times: 1, field: 'Total' });
    const intents = elements.map((element) => intentOf(element, world.clock));
    expect((await session.recover(intents))[0]).toMatchObject({ status: 'unclear' });
  });
});
