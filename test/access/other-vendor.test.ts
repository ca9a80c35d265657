import { expect, test } from 'vitest';
import { createFlowWorld, sessionOf } from '../kit/flow-world.ts';
import { createLedgerVendor } from '../kit/ledger-vendor.ts';

async function world() {
  const vendor = createLedgerVendor();
  const flowWorld = await createFlowWorld({ other: vendor });
  const ada = await sessionOf('ada');
  return { ...flowWorld, vendor, ada };
}
type World = Awaited<ReturnType<typeof world>>;

/** Through consent for one company and back with what the query names. */
async function comeBack({ flows, begin, vendor, ada }: World, realmId: string | null) {
  const { flowId, state, cookie, shown } = await begin(ada, 'other');
  const code = vendor.consent(shown.authorizeUrl, 'company-1');
  const parameter = (name: string) => (name === 'realmId' ? realmId : null);
  await flows.callback({ systemId: 'other', state, cookie, code, error: null, parameter });
  return flows.complete(ada, flowId);
}

test('a company named in the callback is linked once the vendor confirms it', async () => {
  expect(await comeBack(await world(), 'company-1')).toMatchObject({
    state: 'choose',
    accounts: [{ id: 'company-1', name: 'Bluegum IT' }],
  });
});

test.each([['company-2'], ['company-1/../company-2'], [''], [null]])(
  'T32: the company %j in the query is only a question, which the new token does not answer',
  async (realmId) => {
    const result = await comeBack(await world(), realmId);
    expect(result).toMatchObject({ state: 'failed', accounts: [] });
    expect(result.failure?.code).toBe('connect.no-organisation');
  },
);

test('T31, V10.2.2: the answer of one vendor at the address of another is refused, both ways', async () => {
  for (const [from, to] of [
    ['xero', 'other'],
    ['other', 'xero'],
  ] as const) {
    const { flows, begin, ada, linked, asked } = await world();
    const { state, cookie, flowId } = await begin(ada, from);
    const call = { code: 'code-1', error: null, parameter: () => null };
    expect(await flows.callback({ ...call, systemId: to, state, cookie })).toBe('refused');
    expect(await flows.callback({ ...call, systemId: from, state, cookie })).toBe('expired');
    expect((await flows.complete(ada, flowId)).failure?.code).toBe('connect.mismatch');
    expect([linked, asked]).toEqual([[], []]);
  }
});

test('T29, V10.2.1, V10.1.2: a code that was begun with another verifier is worth nothing, one’s own is', async () => {
  expect((await comeBack(await world(), 'company-1')).state).toBe('choose');
  const { flows, begin, vendor, ada } = await world();
  const stranger = await sessionOf('eve');
  const theirs = await begin(stranger, 'other');
  const stolen = vendor.consent(theirs.shown.authorizeUrl, 'company-2');
  const { flowId, state, cookie } = await begin(ada, 'other');
  const parameter = () => 'company-2';
  await flows.callback({ systemId: 'other', state, cookie, code: stolen, error: null, parameter });
  expect((await flows.complete(ada, flowId)).failure?.code).toBe('system.reconnect');
});
