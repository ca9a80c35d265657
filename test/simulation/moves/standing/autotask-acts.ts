import { addDays, dateOf } from '../../../sandbox/calendar.ts';
import type { Scene } from '../../scene.ts';
import type { StandingLine } from '../../standing/books.ts';
import type { Acts } from './by-hand.ts';

const at = (day: string): string => `${day}T00:00:00`;

/** What the reseller's people do on Autotask's own pages. */
export function autotaskActs(
  { world, chance: { moves } }: Scene,
  {
    line,
    documentId,
    code,
  }: {
    line: StandingLine | undefined;
    documentId: string | null;
    /** The billing code of one-off charges. */
    code: string | null;
  },
): Acts {
  const { person } = world.systems.autotask;
  const today = dateOf(world.clock.nowMs());
  const later = addDays(today, moves.integer(0, 40));
  const contractId = Number(documentId);
  const ownId = Number(line?.id);
  const charge = (name: string): (() => unknown) => {
    return () =>
      person.create(
        'ContractCharges',
        {
          name,
          datePurchased: at(later),
          unitQuantity: '1',
          unitPrice: '12.5',
          billingCodeID: code ?? '',
        },
        contractId,
      );
  };
  return {
    [`post through ${later}`]: () => person.post({ through: later }),
    [`post contract ${documentId}`]: () => person.post({ through: later, contractId }),
    'process invoices': () => person.invoice(),
    [`add a charge to ${documentId}`]: charge('By hand'),
    [`also add a charge to ${documentId}`]: charge('Also by hand'),
    [`change ${line?.key}`]: () =>
      line?.isOnce === true
        ? person.change('ContractCharges', ownId, { unitPrice: '7.77' })
        : adjust(line, '1'),
    [`take one of ${line?.key}`]: () => adjust(line, '-1'),
    [`end ${line?.key}`]: () => adjust(line, String(-(line?.quantity ?? 0))),
    [`delete ${line?.key}`]: () =>
      person.remove(line?.isOnce === true ? 'ContractCharges' : 'ContractServices', ownId),
    [`end contract ${documentId}`]: () => person.change('Contracts', contractId, { status: '0' }),
    [`take contract ${documentId} up again`]: () =>
      person.change('Contracts', contractId, { status: '1' }),
  };

  function adjust(of: StandingLine | undefined, unitChange: string): number {
    return person.create(
      'ContractServiceAdjustments',
      { contractServiceID: of?.id ?? '', effectiveDate: at(later), unitChange },
      Number(of?.documentId),
    );
  }
}
