import type { Company } from '../../domain/company.ts';
import { canonical } from '../../domain/json.ts';
import { wholePortion } from '../../domain/link.ts';
import { sum } from '../../domain/money.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Need, Task } from '../../domain/task.ts';
import { documentMarker, lineMarker } from '../markers.ts';
import { billingOfNew, onBillingDays } from './billing-days.ts';
import { creditNoteFor, type Destination, invoiceFor, standingFor } from './destination.ts';
import { accountNeeds, documentPlan, planLine } from './document-plan.ts';
import { type DraftLine, type GroupResult, isOpen } from './draft-line.ts';
import { evaluateSafely, notPlannable } from './evaluate-safely.ts';
import { runningSince } from './header.ts';
import type { PlanWorld } from './world.ts';

export interface Planned {
  plans: Plan[];
  /** Earlier orders of a chosen subscription, taken in so that documents grow in order. */
  alsoTaken: { orderNumber: string; because: string }[];
}
interface Placed {
  task: Task;
  group: GroupResult;
  lines: DraftLine[];
}
interface Draft {
  customerId: string;
  company: Company;
  destination: Destination;
  placed: Placed[];
}

/**
 * From tasks to the exact change of each document. Pure: the choice and the world decide, so a plan
 * made again from the same world has the same fingerprint. Groups that need a person never hold
 * other groups: they come as a plan of their own that cannot be confirmed. `isMeant` leaves out charges
 * of the tasks that this is not about.
 */
export function planTasks(
  world: PlanWorld,
  wanted: readonly Task[],
  isMeant: (chargeKey: string) => boolean = () => true,
): Planned {
  // What a person ignored is not written, whichever way it came to be chosen.
  const chosen = wanted.filter(({ ignored }) => ignored === null || ignored.by.kind === 'app');
  const { tasks, alsoTaken } = withEarlier(world, chosen);
  const drafts = new Map<string, Draft>();
  const blocked = new Map<string, Placed[]>();
  const pending: { task: Task; group: GroupResult }[] = [];
  const block = (placed: Placed): void => {
    const { customerId } = placed.task;
    blocked.set(customerId, [...(blocked.get(customerId) ?? []), placed]);
  };
  /** A fault of ours holds what it is about, and no other document. */
  const hold = ({ task, group }: Pick<Placed, 'task' | 'group'>, error: unknown): void =>
    block({ task, group: { ...group, needs: [notPlannable(task.orderId, error)] }, lines: [] });
  for (const task of tasks) {
    const order = world.order(task.orderId);
    if (order === null) continue;
    for (const whole of evaluateSafely(world, order)) {
      if (!isOpen(whole) || whole.unknown) continue;
      const lines = whole.lines.filter(({ charge }) => isMeant(charge.key));
      const group = { ...whole, lines };
      if (!whole.chargeKeys.some(isMeant)) continue;
      if (group.needs.length === 0 && group.lines.length > 0) pending.push({ task, group });
      else if (group.needs.length > 0) block({ task, group, lines: group.lines });
    }
  }
  // Groups that add come first, so that a credit joins the invoice it makes smaller.
  for (const { task, group } of [...pending].sort(
    (a, b) => Number(net(a.group) < 0n) - Number(net(b.group) < 0n),
  ))
    try {
      assign(world, drafts, task, group);
    } catch (error) {
      hold({ task, group }, error);
    }
  const plans = [...drafts.values()].flatMap((draft) => {
    try {
      return [planOf(world, draft)];
    } catch (error) {
      for (const placed of draft.placed) hold(placed, error);
      return [];
    }
  });
  return {
    plans: [
      ...plans,
      ...[...blocked].map(([customerId, placed]) => blockedPlan(world, customerId, placed)),
    ],
    alsoTaken,
  };
}

const planOf = (world: PlanWorld, { placed, ...draft }: Draft): Plan =>
  documentPlan(world, {
    ...draft,
    placed: placed.map(({ task, lines }) => ({ taskId: task.id, lines })),
    postAs: draft.destination.purpose === 'month' ? 'draft' : world.settings.postAs,
  });

function withEarlier(
  world: PlanWorld,
  chosen: readonly Task[],
): { tasks: Task[]; alsoTaken: Planned['alsoTaken'] } {
  const ids = new Set(chosen.map(({ id }) => id));
  const order = new Map(world.tasks().map((task, index) => [task.id, index]));
  const placeOf = ({ id }: Task): number => order.get(id) ?? 0;
  const latestChosen = new Map<string, Task>();
  for (const task of chosen.toSorted((a, b) => placeOf(a) - placeOf(b)))
    for (const { subscriptionId } of task.groups)
      if (subscriptionId !== null) latestChosen.set(subscriptionId, task);
  const alsoTaken: Planned['alsoTaken'] = [];
  const earlier = world.tasks().filter((task) => {
    if (ids.has(task.id) || task.state !== 'ready') return false;
    const later = task.groups
      .map(({ subscriptionId }) =>
        subscriptionId === null ? undefined : latestChosen.get(subscriptionId),
      )
      .find((found) => found !== undefined && placeOf(found) > placeOf(task));
    if (later === undefined) return false;
    alsoTaken.push({ orderNumber: task.orderNumber, because: later.orderNumber });
    return true;
  });
  return {
    tasks: [...chosen, ...earlier].sort((a, b) => placeOf(a) - placeOf(b)),
    alsoTaken,
  };
}

const net = ({ lines }: Pick<GroupResult, 'lines'>): bigint =>
  lines.reduce((amount, line) => amount + line.amount.amountMinor, 0n);

/**
 * What gives money back, and what does not, where the two stand on documents of their own. A correction's
 * mirror and its new line stay together: of two documents one may never be written.
 */
function apart(lines: readonly DraftLine[]): { credits: DraftLine[]; debits: DraftLine[] } {
  const charges = [...Map.groupBy(lines, ({ charge }) => charge.key).values()];
  const givesBack = (own: DraftLine[]): boolean => net({ lines: own }) < 0n;
  return {
    credits: charges.filter(givesBack).flat(),
    debits: charges.filter((own) => !givesBack(own)).flat(),
  };
}

function assign(
  world: PlanWorld,
  drafts: Map<string, Draft>,
  task: Task,
  group: GroupResult,
): void {
  const mapping = world.customerMapping(task.customerId);
  const company = mapping?.targetId == null ? null : world.company(mapping.targetId);
  const [first] = group.lines;
  if (company === null || first === undefined) return;
  const put = (destination: Destination, lines: DraftLine[]): void => {
    const draft = drafts.get(destination.key) ?? {
      customerId: task.customerId,
      company,
      destination,
      placed: [],
    };
    draft.placed.push({ task, group, lines });
    drafts.set(destination.key, draft);
  };
  if (world.manifest.kind === 'standing') {
    put(standingFor(world, company.id, task.customerId, group, first), group.lines);
    return;
  }
  const { credits, debits } = apart(group.lines);
  const target = invoiceFor(world, company.id, task.customerId, group, first);
  if (world.settings.refunds === 'credit-note' && credits.length > 0) {
    put(creditNoteFor(world, task.customerId, first), credits);
    if (debits.length > 0) put(target, debits);
  } else if (net(group) < 0n && totalOf(target, drafts) + net(group) < 0n)
    put(creditNoteFor(world, task.customerId, first), group.lines);
  else put(target, group.lines);
}

/**
 * What only shows where a group's lines would go: a closed document that is to be held, a missing
 * account. A task asks for it before anybody looks at a plan.
 */
export function placeNeeds(world: PlanWorld, customerId: string, group: GroupResult): Need[] {
  const companyId = world.customerMapping(customerId)?.targetId ?? null;
  const [first] = group.lines;
  if (companyId === null || first === undefined || group.needs.length > 0) return [];
  if (world.manifest.kind === 'standing')
    return standingNeeds(world, standingFor(world, companyId, customerId, group, first), group);
  const isApart = world.settings.refunds === 'credit-note';
  const takesInvoice = isApart ? apart(group.lines).debits.length > 0 : net(group) >= 0n;
  return [
    ...(takesInvoice ? invoiceFor(world, companyId, customerId, group, first).needs : []),
    ...accountNeeds(world, group.lines, world.settings.postAs),
  ];
}

function standingNeeds(
  world: PlanWorld,
  { snapshot, needs, cycle }: Destination,
  { lines }: GroupResult,
): Need[] {
  // What is still to be opened is asked about as well, before it is.
  const billing =
    snapshot === null
      ? billingOfNew(world, { cycle, date: runningSince(lines) })
      : (snapshot.document.billing ?? null);
  return [...needs, ...onBillingDays(world, snapshot?.document ?? null, billing, lines).needs];
}

/** What the document would come to with what is already assigned to it. */
function totalOf(destination: Destination, drafts: ReadonlyMap<string, Draft>): bigint {
  const there =
    destination.snapshot?.document.lines.reduce(
      (amount, line) => amount + line.amount.amountMinor,
      0n,
    ) ?? 0n;
  return (drafts.get(destination.key)?.placed ?? []).reduce(
    (amount, { lines }) => lines.reduce((inner, line) => inner + line.amount.amountMinor, amount),
    there,
  );
}

/** What cannot be written yet, with what it waits for; shown beside the others, never confirmed. */
function blockedPlan(world: PlanWorld, customerId: string, placed: readonly Placed[]): Plan {
  const lines = placed.flatMap(({ task, lines: own }) =>
    own.map((line) => planLine(task.id, line, 'invoice')),
  );
  const currency =
    lines[0]?.amount.currency ??
    placed[0]?.task.amount.currency ??
    world.connection.account.baseCurrency;
  const same = lines.filter(({ amount }) => amount.currency === currency);
  const marker = documentMarker(
    world.crypto,
    same[0]?.marker ?? lineMarker(world.crypto, world.scope, customerId, wholePortion),
    'order',
  );
  const plan = {
    ref: `blocked:${customerId}`,
    connectionId: world.connection.id,
    customerId,
    documentKind: 'invoice' as const,
    purpose: 'order' as const,
    target: {
      kind: 'existing' as const,
      documentId: `blocked:${customerId}`,
      number: null,
      seen: marker,
    },
    postAs: world.settings.postAs,
    taskIds: [...new Set(placed.map(({ task }) => task.id))],
    lines: same,
    before: sum(currency, []),
    after: sum(
      currency,
      same.map(({ amount }) => amount),
    ),
    needs: unique(placed.flatMap(({ group }) => group.needs)),
    warnings: [],
  };
  return { ...plan, fingerprint: world.crypto.hash(canonical(plan)) };
}

const unique = (needs: readonly Need[]): Need[] => [
  ...new Map(needs.map((one) => [`${one.code} ${one.subject}`, one])).values(),
];
