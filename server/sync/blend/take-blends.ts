import type { Connection } from '../../domain/connection.ts';
import { millisecondsOf } from '../../domain/dates.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import { billedBeforeFinder, isBilledBefore } from '../check/billed-before.ts';
import type { Check } from '../check/context.ts';
import { forgetMarksIn } from '../check/forget-marks.ts';
import { takeTask } from '../check/intake.ts';
import { billsFor } from '../check/who-bills.ts';
import { evaluateOrder } from '../plan/evaluate.ts';
import { linkStateOf } from '../plan/links.ts';
import { isChange, seatChangesWith, type WaitingChange } from '../plan/seat-changes.ts';
import { orderOf } from '../plan/stored-orders.ts';
import { type PlanWorld, worldOf } from '../plan/world.ts';
import { blendedNow, blendOrder, gone } from './blend-orders.ts';

/**
 * Makes one order of several changes of seats that are to be one line, and ends those that are no longer:
 * another change came, or the setting says else. No call is made. Always takes all of them in.
 */
export async function takeBlends(check: Check): Promise<boolean> {
  const reader = await check.store.read(check.tenantId);
  if (changedBlends(reader, check).length === 0) return true;
  await check.store.transact(check.tenantId, (tx) => {
    // As it stands inside: a run may have begun to write one of the changes meanwhile.
    const changed = changedBlends(tx, check);
    // Billed before the app was installed anew: its marks are adopted before anything is billed again.
    if (isBilledBefore(tx, check, changed)) forgetMarksIn(tx);
    store(tx, check, changed);
  });
  return true;
}

/** All of them before anything is judged: a change may leave one line for another. */
function store(tx: Transaction, check: Check, orders: readonly Order[]): void {
  for (const order of orders) {
    for (const charge of order.charges) tx.put('charge', { id: charge.key, ...charge });
    tx.put('order', { ...order, charges: order.charges.map(({ key }) => key) });
  }
  for (const order of orders) takeTask(tx, check, order);
  const changes = orders.flatMap(({ charges }) =>
    charges.flatMap(({ blend = [] }) => blend.map(({ of }) => of)),
  );
  // Their own tasks have nothing left to do, or everything again.
  for (const id of new Set(changes.flatMap((key) => tx.get('charge', key)?.orderId ?? [])))
    judgeChange(tx, check, id);
}

function judgeChange(tx: Transaction, check: Check, orderId: string): void {
  const order = orderOf(tx, orderId);
  if (order === null) return;
  const task = tx.list('task').find((one) => one.orderId === orderId);
  if (task === undefined) {
    takeTask(tx, check, order);
    return;
  }
  if (task.state === 'applying') return;
  const judged = check.assess(tx, check.tenantId, task);
  if (judged.state === 'synced') tx.remove('task', task.id);
  else tx.put('task', judged);
}

/** New ones, those whose changes are otherwise now, and as cancelled those that are no line any more. */
function changedBlends(reader: Reader, check: Check): Order[] {
  // Before the marks are adopted nobody knows which of the changes stands there by itself.
  if (!active(reader).every(({ marksAdopted }) => marksAdopted)) return [];
  const stored = reader.list('order').filter(({ type }) => type === 'blend');
  const wanted = new Map(wantedBlends(reader, check).map((order) => [order.id, order]));
  const isBilled = (keys: readonly string[]): boolean =>
    keys.some((key) => linkStateOf(reader, key).live !== null);
  const known = stored.flatMap(({ id, status, revision, charges }) => {
    if (isBilled(charges)) {
      const blend = reader.get('charge', charges[0] ?? '')?.blend ?? [];
      const now = blendedNow(check.crypto, reader, blend);
      return now === null || now.revision === revision ? [] : [now];
    }
    return wanted.has(id) || status !== 'completed' ? [] : (gone(reader, id) ?? []);
  });
  const news = [...wanted.values()].filter((order) => {
    const before = reader.get('order', order.id);
    return before?.revision !== order.revision && !isBilled(before?.charges ?? []);
  });
  return [...known, ...news];
}

/** What each connection wants as one line, by its setting; and what stands as one already, whatever it says now. */
function wantedBlends(reader: Reader, check: Check): Order[] {
  const changes = reader
    .list('order')
    .filter(({ type, status }) => type === 'change' && status === 'completed');
  if (changes.length === 0) return [];
  const wasBilled = billedBeforeFinder(reader, check);
  return active(reader).flatMap((connection) => {
    const manifest = check.manifest(connection.systemId);
    if (manifest.kind !== 'perOrder') return [];
    const bills = billsFor(reader, connection.id);
    const { tenantId, crypto } = check;
    const nowMs = millisecondsOf(check.at);
    const isWanted = connection.settings.seatChanges === 'blend';
    const settings = { ...connection.settings, seatChanges: 'blend' as const };
    const made = { ...connection, settings };
    const world = worldOf({ reader, tenantId, connection: made, manifest, crypto, nowMs });
    // As if each were by itself.
    const apart = { ...world, blendOf: () => null };
    const own = changes.filter(({ customerId }) => bills(customerId));
    return groupsOf(world, own).flatMap((group) => {
      const before = runsOf(group)
        .map((run) => blendOrder(crypto, run))
        .find((order) => order !== null && wasBilled(order));
      if (before != null) return [before];
      if (!isWanted) return [];
      const plain = group.filter((one) => isPlain(apart, one));
      return plain.length < 2 ? [] : (blendOrder(crypto, plain) ?? []);
    });
  });
}

const active = (reader: Reader): Connection[] =>
  reader.list('connection').filter(({ state }) => state !== 'disconnected');

/** Changes that could be one line: of one subscription, product and period, oldest first. */
function groupsOf(world: PlanWorld, orders: ReturnType<PlanWorld['ordersOf']>): WaitingChange[][] {
  const groups: WaitingChange[][] = [];
  const seen = new Set<string>();
  for (const order of orders)
    for (const key of order.charges) {
      const charge = world.charge(key);
      if (charge === null || seen.has(key) || !isChange(order, charge)) continue;
      const rest = seatChangesWith(world, order, charge, charge.subscriptionId)?.rest ?? [];
      for (const one of rest) seen.add(one.charge.key);
      if (rest.length > 1) groups.push([...rest]);
    }
  return groups;
}

/** Changes after one another, two at least, the most first: as they may have been one line before. */
function runsOf(group: readonly WaitingChange[]): WaitingChange[][] {
  const some = group.slice(0, blendedMax);
  const runs: WaitingChange[][] = [];
  for (let length = some.length; length > 1; length -= 1)
    for (let start = 0; start + length <= some.length; start += 1)
      runs.push(some.slice(start, start + length));
  return runs;
}
/** Changes of one period whose earlier lines are looked for; each pair of them costs a hash. */
const blendedMax = 12;

/**
 * Whether a change would be a line without a question, at the marketplace's own figures: one that asks, is
 * converted, kept at an old price or edited by itself stays a line of its own.
 */
function isPlain(world: PlanWorld, { order: stored, charge }: WaitingChange): boolean {
  const order = world.order(stored.id);
  const place = {
    charge,
    orderId: stored.id,
    subscriptionId: charge.subscriptionId,
    customerId: stored.customerId,
  };
  const isOwn = ({ scope }: { scope: { kind: string } }): boolean =>
    scope.kind === 'charge' || scope.kind === 'order';
  const document = world.decisions.nearest('document', place);
  if (order === null || (document !== null && isOwn(document))) return false;
  if (world.decisions.edits(place).length > 0) return false;
  try {
    const group = evaluateOrder(world, order).find(({ chargeKeys }) =>
      chargeKeys.includes(charge.key),
    );
    const line = group?.lines.find((one) => one.charge.key === charge.key);
    return (
      group?.needs.length === 0 &&
      line?.priceFrom === 'marketplace' &&
      line.amount.currency === charge.amount.currency
    );
  } catch {
    // A fault of ours asks on the order itself.
    return false;
  }
}
