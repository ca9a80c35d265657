import { describe, expect, it } from 'vitest';
import { BASE_URL, listOf } from './connect.ts';
import { agreementScene, errorOf } from './scene.ts';

const CSV = 'name,login\r\nZoë,zoe@customer.example\r\n';

async function world() {
  const scene = await agreementScene();
  const { api, agreementId, connectwise, headers } = scene;
  const form = (fields: Record<string, string> = {}, name = 'users.csv', text = CSV) => {
    const made = new FormData();
    made.set('file', new Blob([text], { type: 'text/csv' }), name);
    const all = { recordType: 'Agreement', recordId: String(agreementId), ...fields };
    for (const [key, value] of Object.entries(all)) made.set(key, value);
    return made;
  };
  const upload = (fields?: Record<string, string>) =>
    api('POST', '/system/documents', form(fields));
  const list = async () =>
    listOf(
      (await api('GET', `/system/documents?recordType=Agreement&recordId=${agreementId}`)).json,
    );
  const bytes = async (id: unknown) => {
    const address = `${BASE_URL}/v2026_4/apis/3.0/system/documents/${String(id)}/download`;
    const response = await connectwise.fetch(new Request(address, { headers }));
    return { response, text: await response.text() };
  };
  return { ...scene, form, upload, list, bytes };
}

describe('documents of an agreement', () => {
  it('are uploaded as multipart, private, and come back byte for byte with their name', async () => {
    const { upload, list, bytes, connectwise } = await world();
    const reply = await upload({ title: 'Users', privateFlag: 'true', readOnlyFlay: 'true' });
    expect([reply.status, reply.json]).toMatchObject([
      201,
      {
        title: 'Users',
        fileName: 'users.csv',
        publicFlag: false,
        readOnlyFlag: true,
        size: new TextEncoder().encode(CSV).byteLength,
        owner: 'Ledgerport',
      },
    ]);
    expect(await list()).toEqual([reply.json]);
    const { response, text } = await bytes(reply.json.id);
    expect(text).toBe(CSV);
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="users.csv"');
    expect(connectwise.journal().at(-1)).toMatchObject({
      kind: 'document.created',
      data: { row: { recordType: 'Agreement', size: new TextEncoder().encode(CSV).byteLength } },
    });
  });

  it('are public unless they are told to be private', async () => {
    const { upload } = await world();
    expect((await upload()).json).toMatchObject({ title: 'users.csv', publicFlag: true });
  });

  it('are replaced under their id, and deleted', async () => {
    const { api, upload, form, list, bytes } = await world();
    const path = `/system/documents/${String((await upload()).json.id)}`;
    const replaced = await api('POST', path, form({ title: 'New' }, 'new.csv', 'name\r\n'));
    expect(replaced.json).toMatchObject({ title: 'New', fileName: 'new.csv', size: 6 });
    expect((await bytes(replaced.json.id)).text).toBe('name\r\n');
    expect(await list()).toHaveLength(1);
    expect((await api('DELETE', path)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await api('GET', `${path}/download`)).status).toBe(404);
  });

  it('are counted for one record alone', async () => {
    const { api, upload, agreementId, company } = await world();
    await upload();
    const count = async (type: string, id: unknown) =>
      (await api('GET', `/system/documents/count?recordType=${type}&recordId=${String(id)}`)).json;
    expect(await count('Agreement', agreementId)).toEqual({ count: 1 });
    expect(await count('Company', company?.id)).toEqual({ count: 0 });
    expect((await api('GET', '/system/documents')).status).toBe(400);
  });

  it('keep their agreement from being deleted', async () => {
    const { api, upload, below } = await world();
    await upload();
    expect(errorOf(await api('DELETE', below))).toEqual([
      409,
      'RecordInUse',
      'The agreement has documents.',
    ]);
  });

  it('are refused as JSON, without a file, and on a record that is not there', async () => {
    const { api, upload, agreementId } = await world();
    const json = { recordType: 'Agreement', recordId: agreementId, file: CSV };
    expect((await api('POST', '/system/documents', json)).status).toBe(415);
    const empty = new FormData();
    empty.set('recordType', 'Agreement');
    empty.set('recordId', String(agreementId));
    expect(errorOf(await api('POST', '/system/documents', empty))[2]).toBe('file is required.');
    expect((await upload({ recordType: 'Cupboard' })).status).toBe(400);
    expect((await upload({ recordId: '1' })).status).toBe(404);
  });

  it('need the right to manage attachments, verb by verb', async () => {
    const { api, upload, list, connectwise } = await world();
    const { json } = await upload();
    connectwise.person.setRight('Companies > Manage Attachments', 'Add', false);
    expect((await upload()).status).toBe(403);
    expect(await list()).toHaveLength(1);
    connectwise.person.setRight('Companies > Manage Attachments', 'Delete', false);
    expect((await api('DELETE', `/system/documents/${String(json.id)}`)).status).toBe(403);
  });
});
