import { numberOption, textOption } from '../../switches.ts';
import type { ActiveFaults } from '../faults.ts';
import type { Account, Contact, Organisation } from '../state.ts';
import type { World } from '../world.ts';

/** One write being done: where, by whom, with how many decimals, under which faults. */
export interface Work {
  world: World;
  organisation: Organisation;
  /** `api:<client id>` or `person:bookkeeper`. */
  actor: string;
  clientId: string | undefined;
  /** Decimals of unit prices: 2, or 4 with unitdp=4. */
  unitPlaces: 2 | 4;
  faults: ActiveFaults;
}

export type Outcome<T> = { status: 'done'; value: T } | { status: 'failed'; errors: string[] };

export const failed = (...errors: string[]): { status: 'failed'; errors: string[] } => ({
  status: 'failed',
  errors,
});

/** The last locked day: the organisation's own, or the one a fault sets. */
export function lockDateOf({
  organisation,
  faults,
  world,
}: Pick<Work, 'organisation' | 'faults' | 'world'>): string | undefined {
  const fault = faults.get('lock-date');
  if (!fault) return organisation.periodLockDate;
  return (
    textOption(fault, 'date') ?? new Date(world.nowMs() - 86_400_000).toISOString().slice(0, 10)
  );
}

export function contactStatus(faults: ActiveFaults, contact: Contact): Contact['status'] {
  const fault = faults.get('contact-archived');
  if (!fault) return contact.status;
  const wanted = textOption(fault, 'contactId');
  return wanted === undefined || wanted === contact.id ? 'ARCHIVED' : contact.status;
}

export function accountStatus(faults: ActiveFaults, account: Account): Account['status'] {
  const fault = faults.get('account-archived');
  if (!fault) return account.status;
  const wanted = textOption(fault, 'code');
  return wanted === undefined || wanted === account.code ? 'ARCHIVED' : account.status;
}

export function currenciesOf(
  faults: ActiveFaults,
  organisation: Organisation,
): Organisation['currencies'] {
  if (!faults.has('multi-currency-off')) return organisation.currencies;
  return organisation.currencies.filter(({ code }) => code === organisation.baseCurrency);
}

/** Some plans approve at most 20 invoices a month; drafts do not count (auxosoftware help pages). */
export function approvalsLeft({
  faults,
  organisation,
  world,
}: Pick<Work, 'faults' | 'organisation' | 'world'>): number {
  const fault = faults.get('approve-limit');
  if (!fault) return Number.POSITIVE_INFINITY;
  const month = new Date(world.nowMs()).toISOString().slice(0, 7);
  const approved = [...organisation.documents.values()].filter(
    ({ kind, approvedMs }) =>
      kind === 'invoice' &&
      approvedMs !== undefined &&
      new Date(approvedMs).toISOString().startsWith(month),
  );
  return (
    numberOption(fault, 'limit', 20) - Math.max(approved.length, numberOption(fault, 'used', 20))
  );
}
