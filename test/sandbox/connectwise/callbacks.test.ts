import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BASE_URL, replyOf } from './connect.ts';
import { agreementScene, errorOf } from './scene.ts';

const set = (path: string, value: unknown) => ({ op: 'replace', path, value });

async function world(answer: () => Response = () => new Response(null, { status: 204 })) {
  const got: { url: string; signature: string; text: string }[] = [];
  const scene = await agreementScene({
    deliver: async (request) => {
      got.push({
        url: request.url,
        signature: request.headers.get('x-content-signature') ?? '',
        text: await request.text(),
      });
      return answer();
    },
  });
  const { api, connectwise } = scene;
  const register = (more: Record<string, unknown> = {}) =>
    api('POST', '/system/callbacks', {
      url: 'https://app.example/hooks/cw?secret=s1',
      objectId: 1,
      type: 'agreement',
      level: 'owner',
      ...more,
    });
  const sent = async () => {
    await connectwise.callbacksSent();
    return got;
  };
  const signed = async (text: string) => {
    const address: string = JSON.parse(text).Metadata.key_url;
    const { json } = await replyOf(connectwise.fetch(new Request(address)));
    const key = createHash('sha256').update(String(json.signing_key)).digest();
    return createHmac('sha256', key).update(text).digest('base64');
  };
  return { ...scene, register, sent, signed };
}

describe('callbacks', () => {
  it('are sent after a save, signed with the key of the tenant, to the address as it was registered', async () => {
    const { api, register, sent, signed, below, agreementId } = await world();
    expect((await register()).status).toBe(201);
    await api('PATCH', below, [set('name', 'Renamed')]);
    const [first, ...more] = await sent();
    expect(more).toEqual([]);
    expect(first?.url).toBe('https://app.example/hooks/cw?secret=s1');
    const payload = JSON.parse(first?.text ?? '');
    expect(payload).toMatchObject({
      Action: 'updated',
      Type: 'agreement',
      ID: agreementId,
      CompanyId: 'wattlecloud',
      MemberId: 'Ledgerport',
      FromUrl: 'connectwise.test',
      Metadata: { key_url: `${BASE_URL}/login/callbackkey` },
    });
    expect(JSON.parse(payload.Entity)).toMatchObject({ id: agreementId, name: 'Renamed' });
    expect(first?.signature).toBe(await signed(first?.text ?? ''));
  });

  it('tell what was added and deleted, by persons too', async () => {
    const { register, sent, connectwise, find, company, contact } = await world();
    await register();
    const [type] = await find('/finance/agreements/types');
    const id = connectwise.person.create('Agreement', {
      name: 'By hand',
      type: String(type?.id),
      company: String(company?.id),
      contact: String(contact?.id),
    });
    connectwise.person.remove('Agreement', id);
    const actions = (await sent()).map(({ text }) => JSON.parse(text));
    expect(actions.map(({ Action, MemberId }) => [Action, MemberId])).toEqual([
      ['added', 'NOkafor'],
      ['deleted', 'NOkafor'],
    ]);
  });

  it.each([
    ['company', 'own', 1],
    ['company', 'other', 0],
    ['agreement', 'own', 1],
    ['agreement', 'other', 0],
  ])('of the level %s hear of their %s object', async (level, whose, times) => {
    const { api, register, sent, below, company, agreementId } = await world();
    const own = level === 'company' ? company?.id : agreementId;
    await register({ level, objectId: whose === 'own' ? own : 1 });
    await api('PATCH', below, [set('name', 'Renamed')]);
    expect(await sent()).toHaveLength(times);
  });

  it('are kept back from their own writes, while inactive, and after they are deleted', async () => {
    const { api, register, sent, below } = await world();
    await register({ isSelfSuppressedFlag: true });
    await register({ inactiveFlag: true });
    const { json } = await register();
    await api('DELETE', `/system/callbacks/${String(json.id)}`);
    await api('PATCH', below, [set('name', 'Renamed')]);
    expect(await sent()).toEqual([]);
  });

  it('are not sent of a ticket that asks for none', async () => {
    const { api, register, sent, company } = await world();
    await register({ type: 'ticket' });
    const ticket = { summary: 'Look', company: { id: company?.id } };
    await api('POST', '/service/tickets', { ...ticket, skipCallback: true });
    expect(await sent()).toEqual([]);
    await api('POST', '/service/tickets', ticket);
    expect(await sent()).toHaveLength(1);
  });

  it('tell of companies, items, tickets and invoices by their own types', async () => {
    const { api, register, sent, add, company, itemId, connectwise, agreementId } = await world();
    for (const type of ['company', 'productcatalog', 'ticket', 'invoice']) await register({ type });
    await add();
    await api('PATCH', `/company/companies/${String(company?.id)}`, [set('city', 'Perth')]);
    await api('PATCH', `/procurement/catalog/${itemId}`, [set('price', 11)]);
    await api('POST', '/service/tickets', { summary: 'Look', company: { id: company?.id } });
    connectwise.person.invoice({ agreementId });
    const types = (await sent()).map(({ text }) => JSON.parse(text).Type);
    expect(types).toEqual(['company', 'productcatalog', 'ticket', 'invoice']);
  });

  it.each([
    [{ type: 'cupboard' }, 'type must be one of'],
    [{ level: 'cupboard' }, 'level must be one of'],
    [{ url: 'nowhere' }, 'absolute address'],
    [{ url: undefined }, 'url is required'],
    [{ objectId: undefined }, 'objectId is required'],
  ])('are refused with %j', async (more, words) => {
    const { register } = await world();
    expect(errorOf(await register(more))[2]).toContain(words);
  });

  it('stand in the journal with what the listener answered, also when nobody does', async () => {
    const answers = [
      () => new Response(null, { status: 500 }),
      () => {
        throw new TypeError('fetch failed');
      },
    ];
    const { api, register, sent, below, connectwise } = await world(() =>
      (answers.shift() ?? (() => new Response()))(),
    );
    await register();
    await api('PATCH', below, [set('name', 'One')]);
    await api('PATCH', below, [set('name', 'Two')]);
    expect(await sent()).toHaveLength(2);
    const told = connectwise.journal().filter(({ kind }) => kind === 'callback.sent');
    expect(told.map(({ data }) => data)).toMatchObject([
      { status: 500 },
      { status: null, failure: 'TypeError' },
    ]);
  });

  it('can be lost, forged, or name a key on another host', async () => {
    const { api, register, sent, signed, below, connectwise } = await world();
    await register();
    const save = (name: string) => api('PATCH', below, [set('name', name)]);
    connectwise.setFault('callback-lost', { times: 1 });
    await save('Lost');
    connectwise.setFault('callback-forged', { times: 1 });
    await save('Forged');
    connectwise.setFault('callback-key-elsewhere', { url: 'https://evil.example/key', times: 1 });
    await save('Elsewhere');
    const [forged, elsewhere, ...more] = await sent();
    expect(more).toEqual([]);
    expect(forged?.signature).not.toBe(await signed(forged?.text ?? ''));
    expect(JSON.parse(elsewhere?.text ?? '').Metadata.key_url).toBe('https://evil.example/key');
  });
});
