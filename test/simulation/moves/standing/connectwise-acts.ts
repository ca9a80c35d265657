import * as v from 'valibot';
import { addDays, dateOf } from '../../../sandbox/calendar.ts';
import type { World } from '../../../sandbox/world.ts';
import type { Scene } from '../../scene.ts';
import type { StandingLine } from '../../standing/books.ts';
import type { Acts } from './by-hand.ts';

const invoiceSchema = v.object({ row: v.object({ id: v.number() }) });
const at = (day: string): string => `${day}T00:00:00Z`;

/** What the reseller's people do on ConnectWise's own pages. */
export function connectWiseActs(
  { world, chance: { moves } }: Scene,
  { line, documentId }: { line: StandingLine | undefined; documentId: string | null },
): Acts {
  const { person } = world.systems.connectwise;
  const today = dateOf(world.clock.nowMs());
  const later = addDays(today, moves.integer(0, 40));
  const agreementId = Number(documentId);
  const ownId = Number(line?.id);
  const add = (): unknown =>
    person.create(
      'Addition',
      {
        product: line?.item ?? '',
        quantity: '1',
        unitPrice: '12.5',
        billCustomer: 'Billable',
        effectiveDate: at(later),
        description: 'By hand',
      },
      agreementId,
    );
  return {
    [`invoice through ${later}`]: () => person.invoice({ through: later }),
    [`invoice agreement ${documentId}`]: () => person.invoice({ through: later, agreementId }),
    'delete the last invoice': () => person.deleteInvoice(lastInvoice(world)),
    [`add an addition to ${documentId}`]: add,
    [`also add an addition to ${documentId}`]: add,
    [`change the price of ${line?.key}`]: () =>
      person.change('Addition', ownId, { unitPrice: '7.77' }),
    [`change the quantity of ${line?.key}`]: () =>
      person.change('Addition', ownId, { quantity: String((line?.quantity ?? 0) + 1) }),
    [`end ${line?.key}`]: () => person.change('Addition', ownId, { cancelledDate: at(later) }),
    [`delete ${line?.key}`]: () => person.remove('Addition', ownId),
    [`cancel agreement ${documentId}`]: () =>
      person.change('Agreement', agreementId, { cancelledFlag: 'true' }),
    [`take agreement ${documentId} up again`]: () =>
      person.change('Agreement', agreementId, { cancelledFlag: 'false' }),
  };
}

/** Of those that stand; 0 where there is none. */
function lastInvoice(world: World): number {
  const made = new Set<number>();
  for (const { kind, data } of world.systems.connectwise.journal()) {
    const invoice = v.safeParse(invoiceSchema, data);
    if (!invoice.success) continue;
    if (kind === 'invoice.created') made.add(invoice.output.row.id);
    if (kind === 'invoice.deleted') made.delete(invoice.output.row.id);
  }
  return [...made].at(-1) ?? 0;
}
