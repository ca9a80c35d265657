import { expect, test } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import type { Document } from '../../server/domain/document.ts';
import type { DocumentWrite, LineChange, Outcome } from '../../server/domain/ports/write.ts';
import {
  changeOf,
  documentIn,
  documentMark,
  intentOf,
  line,
  lineMark,
  newDocument,
  overTime,
} from '../batteries/connector-world.ts';
import { must } from '../sandbox/must.ts';
import { autotaskConnector, createAutotaskWorld } from './autotask-world.ts';

const contracts = [1, 2, 3];
const five = { quantity: '5', unitPrice: '9.9' };

/** Three new contracts with a service of 5 units each, not written yet. */
async function threeContracts() {
  const world = createAutotaskWorld();
  const { fetch, clock, client, credentials } = world;
  const limiter = autotaskConnector.limiter(clock);
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await autotaskConnector.connect({ ...own, credentials });
  const session = autotaskConnector.open({ ...own, account, credentials: async () => credentials });
  const item = must((await session.items(null)).records.find(world.items.recurring), 'a service');
  const stand = (n: number, from: string, quantity: string, on?: Document): LineChange => ({
    change: 'stand',
    lineId: on?.lines.find(({ marker }) => marker === lineMark(n))?.id ?? null,
    content: line(n, 'Seat', { itemId: item.id, accountCode: null }),
    marker: lineMark(n),
    before: on === undefined ? null : five,
    steps: [{ from: date(from), quantity, unitPrice: '9.9' }],
  });
  const opened = async (n: number): Promise<DocumentWrite> => {
    const made = await newDocument({ session, account, clock, n });
    const open = must(made.open, 'a header');
    return {
      ...made,
      documentKind: 'contract',
      open: {
        ...open,
        date: date('2026-11-01'),
        dueDate: null,
        cycle: { unit: 'month', count: 1 },
      },
      lines: [stand(n, '2026-11-01', '5')],
    };
  };
  const news = session.prepare(await Promise.all(contracts.map(opened)));
  /** Each contract of a list gets 8 units from December. */
  const changes = (documents: readonly Document[]) =>
    session.prepare(
      documents.map((document, index) =>
        changeOf(document, { lines: [stand(index + 1, '2026-12-01', '8', document)] }),
      ),
    );
  const units = async () =>
    (await session.marked()).records
      .toSorted((a, b) => Number(a.id) - Number(b.id))
      .map(({ lines }) => lines.map(({ quantity }) => quantity).join());
  return { world, session, news, changes, units };
}
const statuses = (outcomes: readonly Outcome[]) => outcomes.map(({ status }) => status);
const callsTo = (entity: string, calls: Record<string, number>) =>
  calls[`POST /V1.0/${entity}/query`] ?? 0;

test('contracts that are written together are read in the same queries', async () => {
  const { world, session, news, changes, units } = await threeContracts();
  const documents = (await session.write(news, 'open')).map(documentIn);
  expect(documents.map(({ marker }) => marker)).toEqual(contracts.map(documentMark));
  const before = world.player.calls();
  expect(statuses(await session.write(changes(documents), 'change'))).toEqual(['ok', 'ok', 'ok']);
  const after = world.player.calls();
  for (const entity of ['Contracts', 'ContractServices', 'ContractServiceUnits', 'ContractCharges'])
    expect([entity, callsTo(entity, after) - callsTo(entity, before)]).toEqual([entity, 2]);
  expect(await units()).toEqual(['8', '8', '8']);
});

test('what a person changed on one contract holds back no other one', async () => {
  const { world, session, news, changes, units } = await threeContracts();
  const documents = (await session.write(news, 'open')).map(documentIn);
  const touched = must(documents[1], 'a contract');
  world.person.setUnits(touched.id, must(touched.lines[0], 'a line').id, '7');
  const outcomes = await session.write(changes(documents), 'change');
  expect(statuses(outcomes)).toEqual(['ok', 'rejected', 'ok']);
  expect(await units()).toEqual(['8', '7', '8']);
});

test('a contract that can no longer be read waits alone', async () => {
  const { session, news, changes, units } = await threeContracts();
  const documents = (await session.write(news, 'open')).map(documentIn);
  const elements = changes(documents).map((element, index) =>
    index === 1 ? { ...element, documentId: '404' } : element,
  );
  expect(statuses(await session.write(elements, 'change'))).toEqual(['ok', 'unsent', 'ok']);
  expect(await units()).toEqual(['8', '5', '8']);
});

test.each(['lost-before', 'lost-after'] as const)(
  'of new contracts one is %s: those after it are not sent, and each is there once in the end',
  async (kind) => {
    const { world, session, news, units } = await threeContracts();
    const intents = news.map((element) => intentOf(element, world.clock));
    world.fault(kind, { times: 1, path: 'ServiceAdjustments' });
    const outcomes = await overTime(world, session.write(news, 'lost'));
    expect(statuses(outcomes)).toEqual(['unknown', 'unsent', 'unsent']);
    world.calm();
    world.advanceMs(autotaskConnector.manifest.limits.lateCommitMaxMs);
    const recovered = (await session.recover(intents)).map(({ status }) => status);
    expect(recovered).toEqual([
      kind === 'lost-after' ? 'happened' : 'unfinished',
      'absent',
      'absent',
    ]);
    expect(statuses(await session.write(news, 'again'))).toEqual(['ok', 'ok', 'ok']);
    expect(await units()).toEqual(['5', '5', '5']);
  },
);
