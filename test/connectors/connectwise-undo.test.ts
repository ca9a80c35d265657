import { expect, test } from 'vitest';
import {
  changeOf,
  documentIn,
  intentOf,
  lineMark,
  overTime,
} from '../batteries/connector-world.ts';
import { five, openAgreement } from './connectwise-agreement.ts';

/** A line that came from 5 to 8 in January, and from there to 6 in March. */
async function changedTwice() {
  const world = await openAgreement();
  const { stand, change } = world;
  const [eight] = await change([stand(1, [['2027-01-01', '8', '9.9']], world.document, five)]);
  const middle = documentIn(eight);
  const [six] = await change(
    [stand(1, [['2027-03-01', '6', '8.5']], middle, { quantity: '8', unitPrice: '9.9' })],
    middle,
  );
  return { ...world, document: documentIn(six), atSix: { quantity: '6', unitPrice: '8.5' } };
}
const chain = [
  '5 from 2026-11-01 to 2026-12-31',
  '8 from 2027-01-01 to 2027-02-28',
  '6 from 2027-03-01',
];

test('a change that is taken back goes, and the addition that it ended runs on', async () => {
  const { document, stand, change, additions, atSix } = await changedTwice();
  expect(await additions()).toEqual(chain);
  const back = stand(1, [['2027-03-01', '8', '9.9']], document, atSix);
  const [outcome] = await change([back], document);
  expect(await additions()).toEqual([chain[0], '8 from 2027-01-01']);
  expect(documentIn(outcome).lines[0]).toMatchObject({ quantity: '8', unitPrice: '9.9' });
});

test('a change in the middle is taken back while the one after it stays', async () => {
  const { document, stand, change, additions, atSix } = await changedTwice();
  const steps: [string, string, string][] = [
    ['2027-01-01', '5', '9.9'],
    ['2027-03-01', '6', '8.5'],
  ];
  await change([stand(1, steps, document, atSix)], document);
  expect(await additions()).toEqual(['5 from 2026-11-01 to 2027-02-28', '6 from 2027-03-01']);
});

test('the first order is taken back while a later change stays: nothing is billed before it', async () => {
  const { document, stand, change, additions, atSix } = await changedTwice();
  const steps: [string, string, string][] = [
    ['2026-11-01', '0', '9.9'],
    ['2027-03-01', '6', '8.5'],
  ];
  const [outcome] = await change([stand(1, steps, document, atSix)], document);
  expect(await additions()).toEqual(['0 from 2026-11-01 to 2026-11-01', '6 from 2027-03-01']);
  expect(documentIn(outcome).lines[0]).toMatchObject({ id: document.lines[0]?.id, quantity: '6' });
});

test('all orders are taken back: nothing of the line is billed any more, and it can be billed again', async () => {
  const { document, stand, change, additions, atSix } = await changedTwice();
  const [outcome] = await change(
    [stand(1, [['2026-11-01', '0', '8.5']], document, atSix)],
    document,
  );
  expect(await additions()).toEqual(['0 from 2026-11-01 to 2026-11-01']);
  const ended = documentIn(outcome);
  await change(
    [stand(1, [['2026-11-01', '5', '9.9']], ended, { quantity: '0', unitPrice: '8.5' })],
    ended,
  );
  expect(await additions()).toEqual(['5 from 2026-11-01']);
});

test('a change of a change that is not there yet takes its place, and no day is left without units', async () => {
  const { document, stand, change, additions, atSix } = await changedTwice();
  await change([stand(1, [['2026-12-01', '7', '9.9']], document, atSix)], document);
  expect(await additions()).toEqual(['5 from 2026-11-01 to 2026-11-30', '7 from 2026-12-01']);
});

test('what was invoiced meanwhile is not taken away: it is refused in its words, and nothing is half done', async () => {
  const { world, document, stand, change, additions, atSix } = await changedTwice();
  world.player.person.invoice({ agreementId: Number(document.id), through: '2027-03-01' });
  world.advanceMs(31_000);
  const back = stand(1, [['2027-03-01', '8', '9.9']], document, atSix);
  const [outcome] = await change([back], document);
  expect(outcome).toMatchObject({
    status: 'rejected',
    failure: { said: expect.stringContaining('invoiced') },
  });
  expect(await additions()).toEqual(chain);
});

test('a removal is taken back with its group: the addition stands as it was', async () => {
  const { document, stand, change, additions, atSix } = await changedTwice();
  const outcomes = await change(
    [
      stand(1, [['2027-03-01', '8', '9.9']], document, atSix),
      // Before the billing start: refused when the other is done.
      stand(3, [['2026-10-01', '1', '1']]),
    ],
    document,
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await additions()).toEqual(chain);
});

test('an undo of which an answer was lost is finished, whichever call it was', async () => {
  for (const kind of ['time-out-before-commit', 'time-out-after-commit'])
    for (const method of ['PATCH', 'DELETE']) {
      const { world, session, document, stand, additions, clock, atSix } = await changedTwice();
      const steps = stand(1, [['2027-03-01', '8', '9.9']], document, atSix);
      const elements = session.prepare([changeOf(document, { lines: [steps] })]);
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
      expect(await additions()).toEqual([chain[0], '8 from 2027-01-01']);
      expect(await session.recover(intents)).toMatchObject([{ status: 'happened' }]);
    }
});

test('an undo is not written over what a person changed since', async () => {
  const { world, session, document, stand, change, additions, atSix } = await changedTwice();
  const [own] = (await session.documentsById([document])).records;
  const last = own?.lines.find(({ marker }) => marker === lineMark(1));
  const ids = JSON.stringify(last?.raw).match(/\d+/g) ?? [];
  world.player.person.change('Addition', Number(ids.at(-1)), { quantity: '9' });
  world.advanceMs(31_000);
  const back = stand(1, [['2027-03-01', '8', '9.9']], document, atSix);
  const [outcome] = await change([back], document);
  expect(outcome?.status).toBe('rejected');
  expect(await additions()).toEqual([chain[0], chain[1], '9 from 2027-03-01']);
});
