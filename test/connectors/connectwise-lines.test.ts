import { expect, test } from 'vitest';
import {
  changeOf,
  documentIn,
  intentOf,
  lineMark,
  overTime,
} from '../batteries/connector-world.ts';
import { must } from '../sandbox/must.ts';
import { five, openAgreement as open } from './connectwise-agreement.ts';

test('a change ends one addition with the day before and opens the next, and they stay one line', async () => {
  const { document, stand, change, additions } = await open();
  const outcomes = await change([stand(1, [['2027-01-01', '8', '9.9']], document, five)]);
  expect(await additions()).toEqual(['5 from 2026-11-01 to 2026-12-31', '8 from 2027-01-01']);
  const after = documentIn(outcomes[0]);
  expect(after.lines.filter(({ marker }) => marker === lineMark(1))).toMatchObject([
    { id: document.lines[0]?.id, quantity: '8' },
  ]);
});

test('an addition that bills nothing before the day of a change takes it where it is', async () => {
  const { document, stand, change, additions } = await open();
  await change([stand(1, [['2026-11-01', '6', '9.5']], document, five)]);
  expect(await additions()).toEqual(['6 from 2026-11-01']);
});

test('a line that never billed ends on its own day with nothing to bill', async () => {
  const { document, stand, change, additions } = await open();
  const [outcome] = await change([stand(1, [['2026-11-01', '0', '9.9']], document, five)]);
  expect(await additions()).toEqual(['0 from 2026-11-01 to 2026-11-01']);
  expect(documentIn(outcome).lines).toMatchObject([{ quantity: '0', amount: { amountMinor: 0n } }]);
});

test('a one-off line is one period whole, and moves to the first that is not invoiced', async () => {
  const { world, document, once, change, additions } = await open();
  await change([once(2, '2026-11-16')]);
  world.player.person.invoice({ agreementId: Number(document.id) });
  // What was read stands for half a minute.
  world.advanceMs(31_000);
  const [outcome] = await change([once(3, '2026-11-20')]);
  expect((await additions()).slice(1)).toEqual([
    '2 from 2026-11-01 to 2026-11-30',
    '2 from 2026-12-01 to 2026-12-31',
  ]);
  // It was billed once and whole, and still says what it billed.
  expect(documentIn(outcome).lines.map(({ quantity }) => quantity)).toEqual(['5', '2', '2']);
  const invoiced = world.player
    .journal()
    .flatMap(({ kind, data }) => (kind === 'invoice.created' ? [JSON.stringify(data)] : []));
  expect(invoiced.join()).toContain('"amount":"25.00"');
});

test('on a prorating agreement a one-off line is billed whole as well', async () => {
  const { world, document, once, change } = await open();
  world.player.person.change('Agreement', Number(document.id), { prorateFlag: 'true' });
  await change([once(2, '2026-11-16')]);
  world.player.person.invoice({ agreementId: Number(document.id) });
  const [invoice] = world.player.journal().filter(({ kind }) => kind === 'invoice.created');
  expect(JSON.stringify(invoice?.data)).toContain('"amount":"25.00"');
});

test('what a group did is taken back when one of its lines is refused: ends are reopened', async () => {
  const { document, stand, once, change, additions } = await open();
  const before = await additions();
  const outcomes = await change([
    once(2, '2026-11-16'),
    stand(1, [['2027-01-01', '8', '9.9']], document, five),
    // Before the billing start: ConnectWise refuses it when the others are done.
    stand(3, [['2026-10-01', '1', '1']]),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await additions()).toEqual(before);
});

test('a change of which the second half was lost is finished, never half done or done twice', async () => {
  for (const kind of ['time-out-before-commit', 'time-out-after-commit'])
    for (const method of ['PATCH', 'POST']) {
      const { world, session, document, stand, additions, clock } = await open();
      const elements = session.prepare([
        changeOf(document, { lines: [stand(1, [['2027-01-01', '8', '9.9']], document, five)] }),
      ]);
      const intents = elements.map((element) => intentOf(element, clock));
      world.player.setFault(kind, { times: 1, method });
      const [outcome] = await overTime(world, session.write(elements, 'lost'));
      expect(outcome?.status).toBe('unknown');
      world.player.setFault(kind, null);
      world.advanceMs(121_000);
      const [answer] = await session.recover(intents);
      if (answer?.status !== 'happened') {
        expect(['absent', 'unfinished']).toContain(answer?.status);
        const [again] = await session.write(elements, 'again');
        expect(again?.status).toBe('ok');
      }
      expect(await additions()).toEqual(['5 from 2026-11-01 to 2026-12-31', '8 from 2027-01-01']);
    }
});

test('an agreement whose lines are refused is taken back with them', async () => {
  const { session, write, stand } = await open();
  const count = async () => (await session.documents(null)).records.length;
  const before = await count();
  const refused = {
    ...write,
    open: write.open && { ...write.open, marker: lineMark(9), reference: 'SO-9' },
    lines: [stand(9, [['2026-10-01', '5', '9.9']])],
  };
  const [outcome] = await session.write(session.prepare([refused]), 'refused');
  expect(outcome).toMatchObject({
    status: 'rejected',
    failure: { said: expect.stringContaining('billing start') },
  });
  expect(await count()).toBe(before);
});

test('a company without a contact cannot have an agreement, and that is said', async () => {
  const { world, session, write } = await open();
  const companyId = world.player.person.create('Company', {
    identifier: 'Lonely',
    name: 'Lonely',
    city: 'Sydney',
  });
  const alone = {
    ...write,
    open: write.open && { ...write.open, companyId: String(companyId), marker: lineMark(8) },
  };
  const [outcome] = await session.write(session.prepare([alone]), 'alone');
  expect(outcome).toMatchObject({
    status: 'rejected',
    failure: { said: expect.stringContaining('contact') },
  });
});

test('an addition of somebody else goes on as ours once a person linked it', async () => {
  const { world, document, stand, session, additions } = await open();
  const foreign = world.player.person.create(
    'Addition',
    {
      product: String(must((await session.items(null)).records[0], 'a product').id),
      quantity: '4',
      unitPrice: '9.9',
      billCustomer: 'Billable',
      effectiveDate: '2026-11-01T00:00:00Z',
    },
    Number(document.id),
  );
  world.advanceMs(60_000);
  const linked = {
    ...document,
    lines: document.lines.map((own) => ({ ...own, id: String(foreign), marker: lineMark(5) })),
  };
  const change = stand(5, [['2026-12-01', '6', '9.9']], linked, {
    quantity: '4',
    unitPrice: '9.9',
  });
  const [outcome] = await session.write(
    session.prepare([changeOf(document, { lines: [change] })]),
    'linked',
  );
  expect((await additions()).slice(1)).toEqual([
    '4 from 2026-11-01 to 2026-11-30',
    '6 from 2026-12-01',
  ]);
  const ours = documentIn(outcome).lines.find(({ marker }) => marker === lineMark(5));
  expect(ours).toMatchObject({ quantity: '6' });
});
