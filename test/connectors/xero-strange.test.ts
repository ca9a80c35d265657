import { describe, expect, it } from 'vitest';
import { connected, failureIn } from '../batteries/connector-world.ts';
import { createXeroWorld, xeroConnector } from './xero-world.ts';

/** A session of a Xero whose lists of these names hold one strange entry alone, from `spoil` on. */
async function start() {
  const world = createXeroWorld();
  const { fetch } = world;
  const spoiled = new Set<string>();
  world.fetch = async (request) => {
    const name = new URL(request.url).pathname.split('/').at(-1) ?? '';
    return spoiled.has(name)
      ? Response.json({ [name]: [{ RepeatingInvoiceID: 'r-1', Name: {}, Type: {}, Code: {} }] })
      : fetch(request);
  };
  const { session } = await connected(xeroConnector, world);
  const spoil = (...names: string[]): void => {
    for (const name of names) spoiled.add(name);
  };
  return { session, spoil };
}

describe('a list of which Xero gives nothing that can be read', () => {
  it('holds no contact back where it is the templates, and is kept beside them', async () => {
    const { session, spoil } = await start();
    const { records } = await session.companies(null);
    expect(records.length).toBeGreaterThan(0);
    spoil('RepeatingInvoices');
    const read = await session.companies(null);
    expect(read.records.map(({ id }) => id)).toEqual(records.map(({ id }) => id));
    expect(read.unreadable).toMatchObject([{ what: 'repeatingInvoice', id: 'r-1' }]);
  });

  it('leaves accounts and taxes usable where it is tracking or the looks of an invoice', async () => {
    const { session, spoil } = await start();
    const all = await session.reference();
    spoil('TrackingCategories', 'BrandingThemes');
    expect(await session.reference()).toEqual({ ...all, tracking: [], themes: [] });
  });

  it.for(['Accounts', 'TaxRates', 'Currencies'])('is no answer where it is %s', async (name) => {
    const { session, spoil } = await start();
    spoil(name);
    expect(await failureIn(session.reference())).toMatchObject({
      code: 'system.answer',
      retry: { kind: 'later' },
    });
  });
});
