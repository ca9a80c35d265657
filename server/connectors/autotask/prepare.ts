import type { CompanyDraft } from '../../domain/company.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { ItemDraft } from '../../domain/item.ts';
import { canonical } from '../../domain/json.ts';
import type { DocumentWrite, LineChange } from '../../domain/ports/write.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import { asideOf } from '../kit/elements.ts';
import { withoutLineMark } from '../kit/marks.ts';
import { standingElements } from '../kit/standing-elements.ts';
import type { ContractBody, LineBody } from './body.ts';
import { periodMonths } from './schema.ts';

const nameMax = 100;
const numberMax = 50;
const monthly = '2';

/**
 * What can be taken back comes first: charges, then services that open or change, then those that end.
 * Throws `system.bug` for what Autotask cannot do.
 */
export const prepareContract = (write: DocumentWrite): Element[] =>
  standingElements<LineBody>(write, {
    kind: 'contract',
    together: true,
    rankOf,
    lineBody,
    documentBody: (open, lines): ContractBody => ({
      companyId: open.companyId,
      name: nameOf(open.reference, open.marker),
      number: open.reference.slice(-numberMax),
      startDate: open.date,
      periodType: periodTypeOf(open.cycle),
      lines,
    }),
  });

/** The picklist value of a billing period that Autotask has; null for one it has not. */
export function periodTypeFor({ unit, count }: BillingPeriod): string | null {
  const months = unit === 'month' ? count : unit === 'year' ? count * 12 : null;
  return Object.entries(periodMonths).find(([, length]) => length === months)?.[0] ?? null;
}

function periodTypeOf(cycle: BillingPeriod | undefined): string {
  if (cycle === undefined) return monthly;
  const type = periodTypeFor(cycle);
  if (type === null) throw new AppError('system.bug');
  return type;
}

export const prepareCompany = ({ name, number, currency = null }: CompanyDraft): Element => ({
  ...asideOf(number),
  kind: 'company-create',
  batch: `company ${number}`,
  body: canonical({ name: name.slice(0, nameMax), number: number.slice(0, numberMax), currency }),
});

export const prepareService = ({
  code,
  name,
  description,
  price,
  accountCode,
}: ItemDraft): Element => ({
  ...asideOf(code),
  kind: 'item-create',
  batch: `service ${code}`,
  body: canonical({ code, name, description, price, accountCode }),
});

const nameOf = (reference: string, marker: string): string =>
  (reference.replace(marker, '').trim() || `Cloud subscriptions ${marker}`).slice(0, nameMax);

function rankOf(line: LineChange): number {
  if (line.change !== 'stand') return 0;
  return line.steps.at(-1)?.quantity === '0' ? 2 : 1;
}

function lineBody(line: LineChange, fallbackDate: CalendarDate): LineBody {
  switch (line.change) {
    case 'remove':
      return { kind: 'remove', lineId: line.lineId };
    case 'add':
      return {
        kind: 'charge',
        marker: line.marker,
        ...contentOf(line),
        quantity: line.content.quantity,
        unitPrice: line.content.unitPrice,
        date: line.date ?? fallbackDate,
      };
    case 'stand':
      return {
        kind: 'service',
        marker: line.marker,
        ...contentOf(line),
        lineId: line.lineId,
        before: line.before,
        steps: [...line.steps],
      };
    case 'amend':
      throw new AppError('system.bug');
    default:
      return line satisfies never;
  }
}

const contentOf = ({ content }: Extract<LineChange, { change: 'add' | 'stand' }>) => ({
  itemId: content.itemId ?? null,
  accountCode: content.accountCode,
  description: withoutLineMark(content.description),
});
