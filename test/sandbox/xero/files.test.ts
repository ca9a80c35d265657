import { describe, expect, it } from 'vitest';
import { responseErrors } from '../../contract/xero.ts';
import {
  type ConnectedXero,
  connectXero,
  draft,
  elementsOf,
  firstContact,
  SCOPES,
} from './connect.ts';

const scope = `${SCOPES} accounting.attachments`;
const NOTE = 'CreditNotes';

async function documents() {
  const connected = await connectXero({ scope });
  const contactId = await firstContact(connected);
  const made = async (name: string, members: Record<string, unknown>) =>
    (
      await connected.api('PUT', `/${name}?summarizeErrors=false`, {
        [name]: [draft(contactId, members)],
      })
    ).json[name]?.[0];
  const invoice = await made('Invoices', {});
  const note = await made(NOTE, { Type: 'ACCRECCREDIT' });
  return {
    ...connected,
    paths: [`/Invoices/${invoice?.InvoiceID}`, `/${NOTE}/${note?.CreditNoteID}`] as const,
  };
}

const attach = (api: ConnectedXero['api'], path: string, body = 'a,b\n1,2\n', type = 'text/csv') =>
  api('PUT', path, body, { 'content-type': type });

describe('files at a document', () => {
  it('are kept, listed and read back as they were sent', async () => {
    const { api, paths } = await documents();
    for (const path of paths) {
      const sent = await attach(api, `${path}/Attachments/seats.csv?IncludeOnline=true`);
      const template = path.startsWith('/Inv')
        ? '/Invoices/{InvoiceID}/Attachments/{FileName}'
        : '/CreditNotes/{CreditNoteID}/Attachments/{FileName}';
      expect(responseErrors('PUT', template, sent.status, sent.json)).toEqual([]);
      const [file] = elementsOf((await api('GET', `${path}/Attachments`)).json.Attachments);
      expect(file).toMatchObject({ FileName: 'seats.csv', MimeType: 'text/csv', ContentLength: 8 });
      const byId = await api('GET', `${path}/Attachments/${file?.AttachmentID}`);
      const byName = await api('GET', `${path}/Attachments/seats.csv`);
      expect([byId.text, byName.text, byName.headers.get('content-type')]).toEqual([
        'a,b\n1,2\n',
        'a,b\n1,2\n',
        'text/csv',
      ]);
    }
  });

  it('replace one of the same name and set HasAttachments', async () => {
    const { api, paths } = await documents();
    const [path] = paths;
    await attach(api, `${path}/Attachments/a.csv`);
    await attach(api, `${path}/Attachments/a.csv`, 'new', 'application/octet-stream');
    const { json } = await api('GET', `${path}/Attachments`);
    expect(json.Attachments).toHaveLength(1);
    expect(json.Attachments?.[0]).toMatchObject({ ContentLength: 3, MimeType: 'text/csv' });
    expect((await api('GET', path)).json.Invoices?.[0]?.HasAttachments).toBe(true);
  });

  it('are ten at most, and need the scope', async () => {
    const { api, paths } = await documents();
    for (let at = 0; at < 10; at += 1) await attach(api, `${paths[0]}/Attachments/${at}.txt`);
    expect((await attach(api, `${paths[0]}/Attachments/more.txt`)).status).toBe(400);
    const other = await connectXero();
    expect((await other.api('GET', `${paths[0]}/Attachments`)).status).toBe(401);
  });

  it('are 404 at a document that is not there', async () => {
    const { api } = await documents();
    const path = '/Invoices/00000000-0000-4000-8000-000000000000/Attachments';
    expect((await api('GET', path)).status).toBe(404);
    expect((await attach(api, `${path}/a.csv`)).status).toBe(404);
  });
});

describe('the PDF of a document', () => {
  it('comes for its own address and for Accept: application/pdf', async () => {
    const { api, paths } = await documents();
    for (const path of paths) {
      const asked = await api('GET', path, undefined, { accept: 'application/pdf' });
      const named = await api('GET', `${path}/pdf`);
      for (const { text, headers } of [asked, named])
        expect([text.slice(0, 5), headers.get('content-type')]).toEqual([
          '%PDF-',
          'application/pdf',
        ]);
    }
  });
});

describe('the history of a credit note', () => {
  it('tells its making and takes notes', async () => {
    const { api, paths } = await documents();
    const note = { HistoryRecords: [{ Details: 'Sent by post' }] };
    expect((await api('PUT', `${paths[1]}/History`, note)).status).toBe(200);
    const { json } = await api('GET', `${paths[1]}/History`);
    expect(elementsOf(json.HistoryRecords).map(({ Changes }) => Changes)).toEqual([
      'Note',
      'Created',
    ]);
  });
});
