import { compareText } from '../../domain/compare-text.ts';
import type { Document } from '../../domain/document.ts';
import { isOpen } from '../../domain/document.ts';
import { type Leaving, leavingOf } from '../../domain/leaving.ts';
import { nextPeriodAfter, type OwnCharge } from '../../domain/own-charge.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { Task } from '../../domain/task.ts';
import { isOpenTask } from '../check/tasks.ts';
import { billsFor } from '../check/who-bills.ts';
import { isByUse, newestWhole, productsOf } from '../look/held-products.ts';
import type { PlanWorld } from '../plan/world.ts';

/** A customer who is leaving, with everything that is still to come. */
export interface Leaver {
  customerId: string;
  name: string;
  leaving: Leaving;
  /** Orders not billed yet, those that ask among them. */
  tasks: Task[];
  /** Our documents that nobody has approved yet. */
  drafts: Document[];
  /** Something of theirs is charged by use: that comes late. */
  byUse: boolean;
  /** Own charges that go on, though the customer leaves. */
  own: OwnCharge[];
  /** Their contact is archived, so that nothing can be written before somebody chooses. */
  archived: boolean;
}

/** Who is leaving of those that this connection bills, the next last day first. */
export function leaversOf(reader: Reader, world: PlanWorld): Leaver[] {
  const isOurs = billsFor(reader, world.connection.id);
  const subscriptions = Map.groupBy(reader.list('subscription'), ({ customerId }) => customerId);
  const tasks = Map.groupBy(world.tasks().filter(isOpenTask), ({ customerId }) => customerId);
  const newest = newestWhole(reader);
  const own = reader
    .list('ownCharge')
    .filter(({ connectionId }) => connectionId === world.connection.id);
  const byUse = (one: Subscription): boolean =>
    productsOf(one, newest.get(one.id)).some((product) => isByUse(world, product));
  return reader
    .list('customer')
    .filter(({ id }) => isOurs(id))
    .flatMap((customer): Leaver[] => {
      const { id: customerId, name } = customer;
      const held = subscriptions.get(customerId) ?? [];
      const openTasks = tasks.get(customerId) ?? [];
      const companyId = world.customerMapping(customerId)?.targetId ?? null;
      const drafts = companyId === null ? [] : draftsOf(world, companyId);
      const goingOn = own.filter(
        (one) => one.customerId === customerId && nextPeriodAfter(one, world.today) !== null,
      );
      const leaving = leavingOf(customer, held, {
        today: world.today,
        leaveDays: world.settings.leaveDays,
        endedOn: ({ id }) => world.endedOn(id),
        hasOpen: openTasks.length + drafts.length + goingOn.length > 0,
      });
      if (leaving === null) return [];
      const archived = companyId !== null && world.company(companyId)?.archived !== false;
      return [
        {
          customerId,
          name,
          leaving,
          tasks: openTasks,
          drafts,
          byUse: held.some(byUse),
          own: goingOn,
          archived,
        },
      ];
    })
    .sort((a, b) => compareText(dayOf(a), dayOf(b)) || compareText(a.name, b.name));
}

const draftsOf = (world: PlanWorld, companyId: string): Document[] =>
  world
    .documentsOf(companyId)
    .flatMap(({ document }) =>
      isOpen(document.state) && document.state !== 'running' ? [document] : [],
    );

/** Those whose last day nobody knows come last. */
const dayOf = ({ leaving }: Leaver): string => leaving.lastDay ?? '9999-12-31';
