import { expect } from 'vitest';
import type { CorrectionPreviewBody } from '../../server/http/bodies.ts';
import type { RunView } from '../../server/http/views/runs.ts';
import type { CorrectionPreviewView } from '../../server/http/views/undo.ts';
import { decisionsIn } from '../kit/decisions.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { lookAtUndo, takeBack } from '../kit/take-back.ts';
import { marksIn, standingIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { addTwin } from '../sandbox/stories/two-contacts.ts';
import { expectToTheCent, journey, marketOf } from './journey.ts';

type Correction = CorrectionPreviewBody['correction'];

const preview = ({ road, params }: ReadyRoad, correction: Correction) =>
  road.call('POST /v1/connections/:connectionId/corrections/preview', {
    params,
    body: { correction },
  });
const confirm = (
  { road, params }: ReadyRoad,
  correction: Correction,
  { seen }: Pick<CorrectionPreviewView, 'seen'>,
): Promise<RunView> =>
  road.call('POST /v1/connections/:connectionId/corrections', {
    params,
    body: { correction, seen },
  });
const written = ({ parts }: RunView) => parts.map(() => 'written');
const statesOf = ({ parts }: RunView) => parts.map(({ state }) => state);

/** The invoice with the most lines, whose customer was mapped to the wrong contact. */
async function wronglyBilled(ready: ReadyRoad) {
  const { road, params } = ready;
  await ready.syncAll();
  const invoice = must(
    standingIn(ready).toSorted((a, b) => b.lines.length - a.lines.length)[0],
    'an invoice',
  );
  const { rows } = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params,
  });
  const row = must(
    rows.find(({ target }) => target?.id === invoice.contactId),
    'its customer',
  );
  const companies = await road.call('GET /v1/connections/:connectionId/targets/companies', {
    params,
    query: { search: '' },
  });
  const { id: right, name: rightName } = must(
    companies.find(({ id }) => rows.every(({ target }) => target?.id !== id)),
    'a contact that nobody is mapped to',
  );
  const correction = {
    kind: 'customer' as const,
    customerId: row.id,
    targetId: right,
    since: '2026-01-01',
  };
  return { invoice, row, right, rightName, correction };
}
const totalOf = (ready: ReadyRoad, contactId: string): number =>
  standingIn(ready)
    .filter((document) => document.contactId === contactId)
    .reduce(
      (cents, { kind, total }) =>
        cents + Math.round(Number(total) * 100) * (kind === 'creditnote' ? -1 : 1),
      0,
    );
const historyOf = ({ road, params }: ReadyRoad, id: string) =>
  road.call('GET /v1/connections/:connectionId/mappings/customers/:id/history', {
    params: { ...params, id },
  });

journey(
  'a wrong contact is corrected since a date: credited there, billed here, in one run that can be undone',
  {},
  async (ready) => {
    const { invoice, row, right, rightName, correction } = await wronglyBilled(ready);
    const { person } = ready.road.world.systems.xero;
    person.approve(invoice.id);
    person.pay(invoice.id, { amount: invoice.total });
    ready.road.world.clock.advance({ ms: 1_000 });
    await ready.check();
    const owed = totalOf(ready, invoice.contactId);
    const seen = await preview(ready, correction);
    expect(seen.takes.documents.map(({ how }) => how)).toContain('credit-note');
    expect(seen.plans.map(({ companyName }) => companyName)).toEqual([rightName]);
    expect(seen.totals).toEqual(seen.takes.totals);
    const run = await ready.ended((await confirm(ready, correction, seen)).id);
    expect(statesOf(run)).toEqual(written(run));
    expect(run.kind).toBe('correction');
    expect(totalOf(ready, invoice.contactId)).toBe(0);
    expect(totalOf(ready, right)).toBe(owed);
    // Nothing is held or asked any more, and nothing is left to correct.
    expect((await decisionsIn(ready)).filter(({ value }) => value.kind === 'hold')).toEqual([]);
    expect(await ready.syncAll()).toBeNull();
    const [newest] = await historyOf(ready, row.id);
    expect(newest).toMatchObject({ from: '2026-01-01', how: 'corrected' });
    await expectToTheCent(ready);

    // Undone, the line stands where it stood, and the mapping is what it was.
    const choice = { kind: 'run' as const, runId: run.id };
    expect((await lookAtUndo(ready, choice)).mapsBack).toMatchObject({ name: row.name });
    const undone = await ready.ended((await takeBack(ready, choice)).id);
    expect(statesOf(undone)).toEqual(written(undone));
    expect(totalOf(ready, right)).toBe(0);
    expect(totalOf(ready, invoice.contactId)).toBe(owed);
    expect((await historyOf(ready, row.id))[0]).toMatchObject({ how: 'undone' });
    expect(await ready.syncAll()).toBeNull();
    await expectToTheCent(ready);
  },
);

journey(
  'the twin of a contact, matched by name, is found after three months: all of them move',
  {
    settings: { invoice: 'per-order', postAs: 'approved' },
    change: (given, world) => {
      addTwin(world, must(world.systems.xero.organisations()[1], 'an organisation').tenantId);
      return given;
    },
  },
  async (ready) => {
    const { person } = ready.road.world.systems.xero;
    const { customers } = marketOf(ready);
    const customer = must(
      [...customers.values()].find(
        ({ name }) => person.findContact(ready.organisation, `${name} (Sydney)`) !== null,
      ),
      'the customer who is there twice',
    );
    const right = must(
      person.findContact(ready.organisation, `${customer.name} (Sydney)`),
      'the right contact',
    );
    const wrong = must(person.findContact(ready.organisation, customer.name), 'the twin');
    for (const _month of [1, 2, 3]) {
      await ready.syncAll();
      ready.road.world.clock.advance({ months: 1 });
      await ready.order({ action: 'billing-run' });
    }
    await ready.syncAll();
    const months = (contactId: string) =>
      standingIn(ready).filter((one) => one.contactId === contactId).length;
    expect([months(wrong) > 2, months(right)]).toEqual([true, 0]);
    const owed = totalOf(ready, wrong);
    const correction = {
      kind: 'customer' as const,
      customerId: customer.id,
      targetId: right,
      since: '2026-01-01',
    };
    const run = await ready.ended(
      (await confirm(ready, correction, await preview(ready, correction))).id,
    );
    expect(statesOf(run)).toEqual(written(run));
    expect([totalOf(ready, wrong), totalOf(ready, right)]).toEqual([0, owed]);
    await expectToTheCent(ready);
  },
);

journey('a kill in the middle neither loses a line nor writes one twice', {}, async (ready) => {
  const { invoice, right, correction } = await wronglyBilled(ready);
  const { road } = ready;
  const before = totalOf(ready, invoice.contactId);
  const retryAfterS = 7_200;
  // The first half is written, the second meets the day's limit.
  road.world.systems.xero.setFault('rate-limit-day', {
    times: 1,
    method: 'PUT',
    retryAfterS,
  });
  const run = await confirm(ready, correction, await preview(ready, correction));
  await road.until('the limit', async () =>
    (await ready.run(run.id)).parts.some(({ state }) => state === 'delayed'),
  );
  // Taken back and not yet written anew: held, and said so; nobody else bills it.
  expect(totalOf(ready, invoice.contactId) + totalOf(ready, right)).toBeLessThan(before);
  await road.crash();
  await road.begin();
  road.world.clock.advance({ ms: (retryAfterS + 120) * 1000 });
  const ended = await ready.ended(run.id);
  expect(statesOf(ended)).toEqual(written(ended));
  expect(totalOf(ready, right)).toBe(before);
  expect(new Set(marksIn(ready)).size).toBe(marksIn(ready).length);
  await expectToTheCent(ready);
});

journey('a wrong item is corrected since a date, on the same contact', {}, async (ready) => {
  const { road, params } = ready;
  await ready.syncAll();
  const { rows } = await road.call('GET /v1/connections/:connectionId/mappings/products', {
    params,
  });
  const codes = standingIn(ready).flatMap(({ lines }) => lines.map(({ itemCode }) => itemCode));
  const row = must(
    rows.find(({ target, fee }) => fee === null && codes.includes(target?.detail ?? '-')),
    'a product that was billed',
  );
  const other = must(
    rows.find(({ target }) => target !== null && target.id !== row.target?.id)?.target,
    'another item',
  );
  const before = standingIn(ready).reduce((sum, { total }) => sum + Number(total), 0);
  const correction = {
    kind: 'product' as const,
    productKey: row.productKey,
    fee: null,
    targetId: other.id,
    since: '2026-01-01',
  };
  const run = await ready.ended(
    (await confirm(ready, correction, await preview(ready, correction))).id,
  );
  expect(statesOf(run)).toEqual(written(run));
  const after = standingIn(ready);
  expect(
    after.flatMap(({ lines }) => lines.filter(({ itemCode }) => itemCode === row.target?.detail)),
  ).toEqual([]);
  expect(after.reduce((sum, { total }) => sum + Number(total), 0)).toBeCloseTo(before, 2);
  await expectToTheCent(ready);
});

journey(
  'only what was seen is corrected, and a later day leaves the lines alone',
  {},
  async (ready) => {
    const { invoice, correction } = await wronglyBilled(ready);
    const late = { ...correction, since: '2027-06-01' };
    expect((await preview(ready, late)).takes.documents).toEqual([]);
    const { seen } = await preview(ready, correction);
    ready.road.world.systems.xero.person.approve(invoice.id);
    ready.road.world.clock.advance({ ms: 1_000 });
    await ready.check();
    const refused = await ready.road.ask('POST /v1/connections/:connectionId/corrections', {
      params: ready.params,
      body: { correction, seen },
    });
    expect([refused.status, (await refused.json()).code]).toEqual([409, 'plan.stale']);
  },
);
