import type { CompanyDraft } from '../../domain/company.ts';
import { date } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { ItemDraft } from '../../domain/item.ts';
import { canonical } from '../../domain/json.ts';
import type { DocumentWrite, LineChange } from '../../domain/ports/write.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import { withoutLineMark } from '../kit/marks.ts';
import type { ContractBody, LineBody } from './body.ts';
import { periodMonths } from './schema.ts';

const nameMax = 100;
const numberMax = 50;
const monthly = '2';

/**
 * A new contract is one element with all its lines; on a standing one each line is an element, what can
 * be taken back first: charges, then services that open or change, then those that end. They share the
 * document's batch, and are finished or undone together. Throws `system.bug` for what Autotask cannot do.
 */
export function prepareContract(write: DocumentWrite): Element[] {
  if (write.documentKind !== 'contract' || write.send || write.allocate !== null)
    throw new AppError('system.bug');
  const lines = [...write.lines].sort((a, b) => rankOf(a) - rankOf(b));
  if (write.open !== null) {
    const { companyId, reference, date: startDate, cycle, marker } = write.open;
    const body: ContractBody = {
      companyId,
      name: nameOf(reference, marker),
      number: reference.slice(-numberMax),
      startDate,
      periodType: periodTypeOf(cycle),
      lines: lines.map((line) => lineBody(line, startDate)),
    };
    return [
      {
        ref: write.ref,
        kind: 'document-create',
        batch: `contract ${marker}`,
        body: canonical(body),
        documentId: null,
        touchedAt: null,
        marker,
        lineMarkers: lines.flatMap(markerOf),
      },
    ];
  }
  const { before } = write;
  if (before === null) throw new AppError('system.bug');
  return lines.map((line) => ({
    ref: write.ref,
    kind: 'document-change',
    batch: `contract ${before.id}`,
    body: canonical(lineBody(line, before.date ?? date('1970-01-01'))),
    documentId: before.id,
    touchedAt: before.updatedAt,
    marker: before.marker ?? '',
    lineMarkers: markerOf(line),
  }));
}

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
  ...aside(number),
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
  ...aside(code),
  kind: 'item-create',
  batch: `service ${code}`,
  body: canonical({ code, name, description, price, accountCode }),
});

const aside = (marker: string) => ({
  ref: marker,
  documentId: null,
  touchedAt: null,
  marker,
  lineMarkers: [],
});

const nameOf = (reference: string, marker: string): string =>
  (reference.replace(marker, '').trim() || `Cloud subscriptions ${marker}`).slice(0, nameMax);

function rankOf(line: LineChange): number {
  if (line.change !== 'stand') return 0;
  return line.steps.at(-1)?.quantity === '0' ? 2 : 1;
}
const markerOf = (line: LineChange) => (line.change === 'remove' ? [] : [line.marker]);

function lineBody(line: LineChange, fallbackDate: ReturnType<typeof date>): LineBody {
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
