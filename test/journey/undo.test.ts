import { expect } from 'vitest';
import type { Document } from '../bookkeeper/xero-journal.ts';
import { decisionsIn } from '../kit/decisions.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { lookAtUndo, takeBack } from '../kit/take-back.ts';
import { documentsIn, markOf, marksIn, standingIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { expectToTheCent, journey } from './journey.ts';

/** A person releases everything that was held, and bills it. */
async function billAgain(ready: ReadyRoad) {
  const { road, params } = ready;
  for (const { id, value } of await decisionsIn(ready))
    if (value.kind === 'hold')
      await road.call('DELETE /v1/connections/:connectionId/decisions/:decisionId', {
        params: { ...params, decisionId: id },
      });
  return ready.syncAll();
}

journey('undo takes back what was written; billing it again gives new marks', {}, async (ready) => {
  const written = await ready.syncAll();
  const marks = marksIn(ready);
  expect(marks.length).toBeGreaterThan(0);
  const undo = await takeBack(ready, { kind: 'run', runId: written?.id ?? '' });
  const undone = await ready.ended(undo.id);
  expect(undone.parts.map(({ state }) => state)).toEqual(undone.parts.map(() => 'written'));
  expect(standingIn(ready)).toEqual([]);
  expect(documentsIn(ready).every(({ status }) => status === 'DELETED')).toBe(true);

  // Held, also after looking again, until a person bills it.
  expect(await ready.syncAll()).toBeNull();
  const held = await ready.tasks('needs');
  expect(held.length).toBeGreaterThan(0);
  for (const { needs } of held) expect(needs.map(({ code }) => code)).toContain('undone');

  const again = await billAgain(ready);
  expect(again?.parts.map(({ state }) => state)).toEqual(again?.parts.map(() => 'written'));
  const fresh = marksIn(ready);
  expect(fresh.length).toBe(marks.length);
  expect(fresh.filter((mark) => marks.includes(mark))).toEqual([]);
  await expectToTheCent(ready);
});

journey(
  'an undo that meets the day’s limit goes on by itself, also after a kill',
  { settings: { invoice: 'per-order' } },
  async (ready) => {
    const { road } = ready;
    const { clock, systems } = road.world;
    const written = await ready.syncAll();
    const runId = written?.id ?? '';
    const retryAfterS = 7_200;
    systems.xero.setFault('rate-limit-day', { times: 1, method: 'POST', retryAfterS });
    const undo = await takeBack(ready, { kind: 'run', runId });
    const delayed = await road.until('the limit', async () => {
      const run = await ready.run(undo.id);
      return run.parts.some(({ state }) => state === 'delayed') ? run : null;
    });
    expect(delayed.endedAt).toBeNull();
    expect(delayed.parts.every(({ state }) => state !== 'waiting')).toBe(true);
    expect(standingIn(ready).length).toBeGreaterThan(0);
    // Nobody starts it a second time meanwhile.
    expect((await ready.run(runId)).canUndo).toBe(false);
    expect((await lookAtUndo(ready, { kind: 'run', runId })).documents).toEqual([]);

    await road.crash();
    await road.begin();
    clock.advance({ ms: (retryAfterS + 120) * 1000 });
    const done = await ready.ended(undo.id);
    expect(done.parts.map(({ state }) => state)).toEqual(done.parts.map(() => 'written'));
    expect(standingIn(ready)).toEqual([]);
    expect((await ready.run(runId)).canUndo).toBe(false);
    expect(await ready.syncAll()).toBeNull();
  },
);

/** Everything is billed on one invoice a customer; a person does something to one of them. */
async function afterwards(ready: ReadyRoad, act: (invoice: Document) => void) {
  const run = must(await ready.syncAll(), 'the run');
  const invoice = must(
    standingIn(ready).find(({ kind, lines }) => kind === 'invoice' && lines.length > 1),
    'an invoice',
  );
  ready.road.world.clock.advance({ ms: 1_000 });
  act(invoice);
  ready.road.world.clock.advance({ ms: 1_000 });
  await ready.check();
  return { run, invoice };
}
const owes = (ready: ReadyRoad, contactId: string): number =>
  standingIn(ready)
    .filter((document) => document.contactId === contactId)
    .reduce(
      (cents, { kind, total }) =>
        cents + Math.round(Number(total) * 100) * (kind === 'creditnote' ? -1 : 1),
      0,
    );

journey('an approved invoice that is not paid is voided', {}, async (ready) => {
  const { person } = ready.road.world.systems.xero;
  const { run, invoice } = await afterwards(ready, ({ id }) => person.approve(id));
  const choice = { kind: 'run' as const, runId: run.id };
  const { documents, kept } = await lookAtUndo(ready, choice);
  expect(documents.find(({ documentId }) => documentId === invoice.id)?.how).toBe('void');
  expect(documents.filter(({ how }) => how === 'delete').length).toBe(documents.length - 1);
  expect(kept).toEqual([]);
  const undone = await ready.ended((await takeBack(ready, choice)).id);
  expect(undone.parts.map(({ state }) => state)).toEqual(undone.parts.map(() => 'written'));
  expect(standingIn(ready)).toEqual([]);
  expect((await ready.tasks('needs')).length).toBeGreaterThan(0);
  await billAgain(ready);
  await expectToTheCent(ready);
});

journey('a paid invoice is answered by a credit note over the same amount', {}, async (ready) => {
  const { person } = ready.road.world.systems.xero;
  const { run, invoice } = await afterwards(ready, ({ id, total }) => {
    person.approve(id);
    person.pay(id, { amount: total });
  });
  const before = owes(ready, invoice.contactId);
  const choice = { kind: 'run' as const, runId: run.id };
  const { documents } = await lookAtUndo(ready, choice);
  const row = must(
    documents.find(({ documentId }) => documentId === invoice.id),
    'its row',
  );
  expect(row.how).toBe('credit-note');
  expect(row.dated).not.toBeNull();
  await ready.ended((await takeBack(ready, choice)).id);
  const notes = standingIn(ready).filter(({ kind }) => kind === 'creditnote');
  expect(notes.map(({ status, total }) => [status, total])).toEqual([
    ['AUTHORISED', invoice.total],
  ]);
  const rest = before - Math.round(Number(invoice.total) * 100);
  expect(owes(ready, invoice.contactId)).toBe(rest);
  // Taken back once: nothing of the run is left to take back, and looking again asks nothing new.
  expect((await lookAtUndo(ready, choice)).documents).toEqual([]);
  expect((await ready.run(run.id)).canUndo).toBe(false);
  await ready.check();
  const held = await ready.tasks('needs');
  expect(held.length).toBeGreaterThan(0);
  for (const { needs } of held) expect(needs.map(({ code }) => code)).toContain('undone');
  await billAgain(ready);
  await expectToTheCent(ready);
});

journey(
  'what a person changed is given back as it stands; what they took off is given back by nobody',
  {},
  async (ready) => {
    const { person } = ready.road.world.systems.xero;
    const { run, invoice } = await afterwards(ready, ({ id, lines: [edited, removed] }) => {
      const line = must(edited, 'a line').lineItemId;
      person.editLine(id, line, { quantity: '3', unitAmount: '7.77' });
      person.deleteLine(id, must(removed, 'another').lineItemId);
      const visit = { description: 'By hand', quantity: '1', unitAmount: '12.5' };
      person.addLine(id, { ...visit, accountCode: '200' });
      person.approve(id);
    });
    const now = must(
      standingIn(ready).find(({ id }) => id === invoice.id),
      'as it stands',
    );
    const left = now.lines.filter((line) => markOf(line).length > 0);
    expect(left).toHaveLength(invoice.lines.length - 1);
    const amounts = left.map(({ lineAmount }) => lineAmount);
    expect(amounts).toContain('23.31');
    const choice = { kind: 'run' as const, runId: run.id };
    const { documents } = await lookAtUndo(ready, choice);
    const row = documents.find(({ documentId }) => documentId === invoice.id);
    expect(row?.how).toBe('credit-note');
    expect(cents(row?.amount.amount ?? '')).toBe(amounts.map(cents).reduce((a, b) => a + b, 0));
    await ready.ended((await takeBack(ready, choice)).id);
    const notes = standingIn(ready).filter(({ kind }) => kind === 'creditnote');
    expect(notes.map(({ lines }) => lines.map(({ lineAmount }) => lineAmount))).toEqual([amounts]);
    await billAgain(ready);
    await expectToTheCent(ready);
  },
);
const cents = (amount: string): number => Math.round(Number(amount) * 100);

journey('in a closed period the answer bears the next open day', {}, async (ready) => {
  const { systems } = ready.road.world;
  const { invoice, run } = await afterwards(ready, ({ id }) => systems.xero.person.approve(id));
  const today = new Date(ready.road.world.clock.nowMs()).toISOString().slice(0, 10);
  systems.xero.person.setLockDate(ready.organisation, today);
  ready.road.world.clock.advance({ days: 1 });
  await ready.check();
  const choice = { kind: 'run' as const, runId: run.id };
  const { documents, kept } = await lookAtUndo(ready, choice);
  const row = documents.find(({ documentId }) => documentId === invoice.id);
  expect([row?.how, (row?.dated ?? '') > today]).toEqual(['credit-note', true]);
  expect(kept).toEqual([]);
});

journey('one order, one line or a customer since a day is taken back alone', {}, async (ready) => {
  const { road, params } = ready;
  await ready.syncAll();
  const [task, ...others] = await ready.tasks('done');
  const { id: taskId, customerId } = must(task, 'a task');
  expect(others.length).toBeGreaterThan(0);
  const view = await road.call('GET /v1/connections/:connectionId/tasks/:taskId', {
    params: { ...params, taskId },
  });
  const order = { kind: 'order' as const, orderId: view.orderId };
  const { documents } = await lookAtUndo(ready, order);
  expect(documents.reduce((lines, row) => lines + row.lines, 0)).toBe(view.lines);
  await ready.ended((await takeBack(ready, order)).id);
  const left = await ready.tasks('done');
  expect(left.map(({ id }) => id)).not.toContain(taskId);
  expect(left.length).toBe(others.length);

  const since = new Date(road.world.clock.nowMs() + 86_400_000).toISOString().slice(0, 10);
  const tomorrow = { kind: 'customer' as const, customerId, since };
  expect((await lookAtUndo(ready, tomorrow)).documents).toEqual([]);
  const theirs = { ...tomorrow, since: '2026-01-01' };
  if ((await lookAtUndo(ready, theirs)).documents.length > 0)
    await ready.ended((await takeBack(ready, theirs)).id);
  const done = await ready.tasks('done');
  expect(done.filter((one) => one.customerId === customerId)).toEqual([]);
  expect(done.length).toBeGreaterThan(0);
  await billAgain(ready);
  await expectToTheCent(ready);
});

journey('only what a person saw is taken back', {}, async (ready) => {
  const { road, params } = ready;
  const { person } = road.world.systems.xero;
  const { run, invoice } = await afterwards(ready, () => undefined);
  const choice = { kind: 'run' as const, runId: run.id };
  const { seen } = await lookAtUndo(ready, choice);
  person.approve(invoice.id);
  road.world.clock.advance({ ms: 1_000 });
  await ready.check();
  const refused = await road.ask('POST /v1/connections/:connectionId/undo', {
    params,
    body: { choice, seen },
  });
  expect([refused.status, (await refused.json()).code]).toEqual([409, 'plan.stale']);
  expect((await ready.run(run.id)).canUndo).toBe(true);
});

journey('a document that changed while the undo waited stays as it is', {}, async (ready) => {
  const { clock, systems } = ready.road.world;
  const run = must(await ready.syncAll(), 'the run');
  const [changed] = standingIn(ready);
  const documentId = must(changed, 'a document').id;
  const retryAfterS = 7_200;
  systems.xero.setFault('rate-limit-day', { times: 1, method: 'POST', retryAfterS });
  const undo = await takeBack(ready, { kind: 'run', runId: run.id });
  await ready.road.until('the limit', async () =>
    (await ready.run(undo.id)).parts.some(({ state }) => state === 'delayed'),
  );
  clock.advance({ ms: 1_000 });
  systems.xero.person.addLine(documentId, {
    description: 'A visit by hand',
    quantity: '1',
    unitAmount: '120',
    accountCode: '200',
  });
  clock.advance({ ms: (retryAfterS + 120) * 1000 });
  const ended = await ready.ended(undo.id);
  const states = ended.parts.map(({ state }) => state).sort();
  expect(states).toEqual(['stale', ...Array(states.length - 1).fill('written')]);
  const left = standingIn(ready);
  expect(left.map(({ id }) => id)).toEqual([documentId]);
  expect(left[0]?.lines.some(({ description }) => description === 'A visit by hand')).toBe(true);
  // Seen again, it is taken back too, and what a person wrote there stays.
  const again = await ready.ended((await takeBack(ready, { kind: 'run', runId: run.id })).id);
  expect(again.parts.map(({ state }) => state)).toEqual(['written']);
  expect(standingIn(ready)[0]?.lines.map(({ description }) => description)).toEqual([
    'A visit by hand',
  ]);
});
