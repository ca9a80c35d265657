import { date, instant } from '../../server/domain/dates.ts';
import type { Run } from '../../server/domain/intent.ts';
import { duePeriods } from '../../server/domain/missing.ts';
import { amountText } from '../../server/domain/money.ts';
import type { Plan, PlanLine } from '../../server/domain/plan.ts';
import { createEvents } from '../../server/http/events.ts';
import { createNotices } from '../../server/http/notices.ts';
import { startAutomatic } from '../../server/sync/automatic.ts';
import { dueForClosing } from '../../server/sync/closing.ts';
import { createLeases } from '../../server/sync/lease.ts';
import { withoutLineMark } from '../../server/sync/markers.ts';
import { closesOn } from '../../server/sync/plan/destination.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { readQuotes } from '../../server/sync/read-back/read-quotes.ts';
import { userListSteps } from '../../server/sync/user-lists/steps.ts';
import { writeOf } from '../../server/sync/write-plan.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { type MadeWorld, planManifest } from '../kit/plan-world.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { silentLogger, testCrypto } from '../kit/test-crypto.ts';
import { vendorConnector } from '../kit/vendor-connector.ts';
import { createCheckWorld, tenantId } from '../sync/check-world.ts';

const monthly = {
  status: 'active' as const,
  autoRenews: true,
  billingPeriod: { unit: 'month' as const, count: 1 },
  startDate: date('2026-01-01'),
  renewalDate: null,
  expirationDate: null,
};

/** Where a setting shows, as the text that `settings.md` states. */
export const places: Readonly<Record<string, (made: MadeWorld) => string | Promise<string>>> = {
  documents: (made) =>
    made
      .plan()
      .plans.filter(({ ref }) => !ref.startsWith('blocked:'))
      .map(({ target, purpose, documentKind }) => `${target.kind} ${purpose} ${documentKind}`)
      .join('; '),
  price: ofLine(
    ({ content, amount }) => `${content.quantity} x ${content.unitPrice} = ${amountText(amount)}`,
  ),
  line: ofLine(({ amount }) => `${amount.currency} ${amountText(amount)}`),
  standing: ofLine(({ stands, sets, content }) =>
    stands === undefined
      ? `once, then ${sets?.content.quantity} from ${sets?.from}`
      : `${content.quantity} from ${stands.from}`,
  ),
  text: ofLine(({ content }) => withoutLineMark(content.description)),
  account: ofLine(({ content }) => content.accountCode ?? 'none'),
  tax: ofLine(({ content }) => content.taxType ?? 'none'),
  tracking: ofLine(
    ({ content }) =>
      content.tracking.map(({ categoryId, optionId }) => `${categoryId} ${optionId}`).join('; ') ||
      'none',
  ),
  number: ofHeader((header) => header.number ?? 'none'),
  basis: ofHeader((header) => header.taxBasis),
  date: ofHeader((header) => header.date),
  due: ofHeader((header) => header.dueDate ?? 'none'),
  reference: ofHeader((header) => header.reference.replace(/ LD\w+$/, '')),
  type: ofHeader((header) => header.typeId ?? 'none'),
  leaves: (made) =>
    made
      .plan()
      .plans.flatMap(({ leaves = [] }) => leaves)
      .join('; ') || 'none',
  theme: ofHeader((header) => header.themeId ?? 'none'),
  needs: (made) =>
    made
      .plan()
      .plans.flatMap(({ needs }) => needs.map(({ code }) => code))
      .join('; ') || 'none',
  warnings: (made) =>
    made
      .plan()
      .plans.flatMap(({ warnings }) => warnings.map(({ code }) => code))
      .filter((code) => code.startsWith('margin') || code === 'seats-apart')
      .join('; ') || 'none',
  left: ({ world }) => {
    const order = world.order('o1');
    const groups = order === null ? [] : evaluateOrder(world, order);
    const reasons = groups.flatMap(({ left }) => left.map(({ reason }) => reason));
    return reasons.join('; ') || 'none';
  },
  posted: (made) =>
    made
      .plan()
      .plans.filter(({ needs }) => needs.length === 0)
      .map((plan) => `${plan.postAs} as ${writeOf(made.world, plan).state ?? 'it was'}`)
      .join('; '),
  missing: ({ world }) =>
    duePeriods(monthly, {
      from: date('2026-11-01'),
      today: date('2026-11-04'),
      afterDays: world.settings.missingAfterDays,
      arrears: false,
    })
      .map(({ start }) => start)
      .join('; ') || 'none',
  closing: ({ world, reader }) =>
    dueForClosing(world, reader.list('snapshot'))
      .map((due) => `due on ${closesOn(due, world.settings.closingDay) ?? 'no day'}`)
      .join('; ') || 'none due',
  automatic: async (made) => ((await startedAutomatically(made)) === null ? 'stays' : 'starts'),
  second: async (made) =>
    (await startedAutomatically(made))?.awaits?.why === 'limit' ? 'waits' : 'starts',
  notices: noticesOfOneWrite,
  quotes: fieldOfQuotes,
  users: listsOfUsers,
};

function ofLine(tell: (line: PlanLine) => string): (made: MadeWorld) => string {
  return (made) =>
    made
      .plan()
      .plans.flatMap(({ lines }) => lines.map(tell))
      .join('; ');
}

type Header = Extract<Plan['target'], { kind: 'new' }>['header'];
function ofHeader(tell: (header: Header) => string): (made: MadeWorld) => string {
  return (made) =>
    made
      .plan()
      .plans.flatMap(({ target }) => (target.kind === 'new' ? [tell(target.header)] : []))
      .join('; ');
}

/** Ten in the morning, on a store that holds the world. */
async function startedAutomatically({ world, fill }: MadeWorld): Promise<Run | null> {
  const clock = createTestClock('2026-11-23T10:00:00Z');
  const store = createMemoryStore(clock);
  const { tenantId } = world.scope;
  await store.transact(tenantId, fill);
  let last = 0;
  const ids = {
    next: () => {
      last += 1;
      return `id-${last}`;
    },
  };
  const unused = () => {
    throw new Error('automatic starts a run; it calls nobody');
  };
  const context = {
    store,
    clock,
    ids,
    crypto: testCrypto,
    logger: silentLogger,
    leases: createLeases({ store, clock, ids }),
    wake: { at: () => {}, cancel: () => {}, start: () => {}, stop: async () => {} },
    publish: () => {},
    post: { store, clock, logger: silentLogger, mailer: null, compose: unused },
    connector: () => ({ ...vendorConnector, manifest: planManifest }),
    openSession: unused,
    openMarketplace: unused,
  };
  const started = await startAutomatic(context, tenantId, world.connection);
  const [run = null] = (await store.read(tenantId)).list('run');
  return started ? run : null;
}

/** Whether the check has a step for lists of users, where both sides can. */
async function listsOfUsers({ world }: MadeWorld): Promise<string> {
  const { context } = createCheckWorld();
  const session = await context.openSession(tenantId, world.connection.id, 'background');
  const marketplace = await context.openMarketplace(tenantId, 'background');
  const steps = await userListSteps(
    {
      ...context,
      openMarketplace: async () =>
        marketplace && { ...marketplace, users: async () => ({ records: [], unreadable: [] }) },
      tenantId,
      purpose: 'background',
      at: instant(context.clock.nowMs()),
    },
    world.connection,
    { ...session, userLists: { put: async () => true, remove: async () => 0 } },
  );
  return steps.length === 0 ? 'none' : 'a list a day';
}

/** The field of opportunities that is asked for when quotes are read. */
async function fieldOfQuotes({ world, fill }: MadeWorld): Promise<string> {
  const { store, context } = createCheckWorld();
  await store.transact(tenantId, fill);
  const asked: (string | null)[] = [];
  const check = {
    ...context,
    tenantId,
    purpose: 'background' as const,
    at: instant(context.clock.nowMs()),
  };
  const session = await context.openSession(tenantId, world.connection.id, 'background');
  await readQuotes(check, world.connection, {
    ...session,
    quotes: async ({ documentField }) => {
      asked.push(documentField);
      return { records: [], unreadable: [], fields: [] };
    },
  });
  return asked.map((field) => field ?? 'no field').join('; ');
}

/** The pop-ups an open page gets when a document was written without any fault. */
async function noticesOfOneWrite({ world, fill }: MadeWorld): Promise<string> {
  const store = createMemoryStore(createTestClock('2026-11-23T10:00:00Z'));
  const { tenantId } = world.scope;
  await store.transact(tenantId, (tx) => {
    fill(tx);
    tx.log({
      actor: { kind: 'app' },
      action: 'written',
      result: 'ok',
      connectionId: world.connection.id,
      customerId: 'cust1',
      subject: 'INV-1',
      taskId: null,
      orderId: null,
      documentId: null,
      documentUrl: null,
      amount: null,
      failure: null,
      facts: {},
      details: null,
    });
  });
  const heard: string[] = [];
  const events = createEvents();
  const notices = createNotices({
    store,
    events: {
      ...events,
      publish: (_tenant, event) => {
        if (event.type === 'notice') heard.push(event.result);
      },
    },
  });
  notices.changed(tenantId, ['log'], world.connection.id);
  await new Promise((resolve) => setImmediate(resolve));
  return heard.join('; ') || 'none';
}
