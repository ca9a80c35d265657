import { describe, expect, it } from 'vitest';
import { BASE_URL, createTestConnectWise, replyOf } from './connect.ts';
import { agreementScene } from './scene.ts';

describe("a person's acts", () => {
  const post = (
    connectwise: ReturnType<typeof createTestConnectWise>['connectwise'],
    body: unknown,
  ) =>
    replyOf(
      connectwise.fetch(
        new Request(`${BASE_URL}/sandbox/person`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    );

  it('follow the rules of the API and stand in the journal under their own name', async () => {
    const { connectwise, company, api } = await agreementScene();
    const id = String(company?.id);
    const change = { action: 'change', record: 'Company', id, city: 'Perth', faxNumber: '' };
    expect((await post(connectwise, change)).json).toEqual({ ok: true, result: null });
    expect((await api('GET', `/company/companies/${id}`)).json.city).toBe('Perth');
    expect(connectwise.journal().at(-1)).toMatchObject({
      kind: 'company.changed',
      actor: 'person:reseller',
      data: { changed: { city: { before: 'Sydney', after: 'Perth' } } },
    });
    const wrong = { ...change, name: '' };
    expect((await post(connectwise, wrong)).json).toMatchObject({
      ok: false,
      message: 'name is required.',
    });
  });

  it('change rights one by one, costs, keys and codebase', async () => {
    const { connectwise, api } = await agreementScene();
    const right = { action: 'setRight', right: 'Finance > Agreements', verb: 'Inquire' };
    await post(connectwise, { ...right, granted: 'false' });
    expect((await api('GET', '/finance/agreements')).status).toBe(403);
    await post(connectwise, { ...right, granted: 'true' });
    expect((await api('GET', '/finance/agreements')).status).toBe(200);
    const table = { action: 'setTable', table: 'Invoicing / Tax Code', granted: 'false' };
    await post(connectwise, table);
    expect((await api('GET', '/finance/taxCodes')).status).toBe(403);
    await post(connectwise, { action: 'setHidesCosts', hides: 'true' });
    await post(connectwise, { action: 'setCodebase', codebase: 'v2027_1' });
    expect(connectwise.organisations()[0]?.codebase).toBe('v2027_1');
    await post(connectwise, { action: 'newKeys' });
    expect(connectwise.journal().map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['role.changed', 'tenant.upgraded', 'member.changed']),
    );
  });

  it.each([
    { action: 'dance' },
    { action: 'change', record: 'Nothing', id: '1' },
    { action: 'change', record: 'Company', id: 'x' },
    { action: 'change', record: 'Company', id: '1', colour: 'red' },
    { action: 'invoice', through: 'tomorrow' },
    { action: 'deleteInvoice', id: '1' },
    { action: 'pay', id: '1' },
    { action: 'setRight', right: 'Everything', verb: 'Add' },
    { action: 'setTable', table: 'Everything' },
    { action: 'setCodebase', codebase: 'new' },
  ])('are refused with words: %j', async (body) => {
    const { connectwise } = createTestConnectWise();
    const { status, json } = await post(connectwise, body);
    expect([status, typeof json.message]).toEqual([400, 'string']);
  });
});
