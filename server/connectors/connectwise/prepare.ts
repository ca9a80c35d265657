import type { CompanyDraft } from '../../domain/company.ts';
import { type CalendarDate, date } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { ItemDraft } from '../../domain/item.ts';
import { canonical } from '../../domain/json.ts';
import type { DocumentWrite, LineChange } from '../../domain/ports/write.ts';
import type { ExportField } from '../../domain/settings.ts';
import { withoutLineMark } from '../kit/marks.ts';
import type { AgreementBody, LineBody } from './body.ts';

const nameMax = 100;
const companyNameMax = 156;
const numberMax = 50;
const monthly = { unit: 'month', count: 1 } as const;

/**
 * A new agreement is one element with all its lines; on a running one each line is an element, those that
 * open before those that end or go. They share the document's batch, and are finished or undone together.
 * Throws `system.bug` for what ConnectWise cannot do.
 */
export function prepareAgreement(write: DocumentWrite): Element[] {
  if (write.documentKind !== 'agreement' || write.send || write.allocate !== null)
    throw new AppError('system.bug');
  const lines = [...write.lines].sort((a, b) => rankOf(a) - rankOf(b));
  if (write.open !== null) {
    const { companyId, reference, date: startDate, cycle, marker, currency } = write.open;
    const body: AgreementBody = {
      companyId,
      name: nameOf(reference, marker),
      typeId: write.open.typeId ?? null,
      currency,
      startDate,
      cycle: cycle ?? monthly,
      lines: lines.map((line) => lineBody(line, startDate, write.leaves)),
    };
    return [
      {
        ref: write.ref,
        kind: 'document-create',
        batch: `agreement ${marker}`,
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
    batch: `agreement ${before.id}`,
    body: canonical(lineBody(line, before.date ?? date('1970-01-01'), write.leaves)),
    documentId: before.id,
    touchedAt: before.updatedAt,
    marker: before.marker ?? '',
    lineMarkers: markerOf(line),
  }));
}

export const prepareCompany = ({
  name,
  number,
  taxNumber,
  address,
  currency = null,
}: CompanyDraft): Element => ({
  ...aside(number),
  kind: 'company-create',
  batch: `company ${number}`,
  body: canonical({
    name: name.slice(0, companyNameMax),
    number: number.slice(0, numberMax),
    taxNumber,
    address,
    currency,
  }),
});

export const prepareItem = ({
  code,
  name,
  description,
  price,
  accountCode,
}: ItemDraft): Element => ({
  ...aside(code),
  kind: 'item-create',
  batch: `item ${code}`,
  body: canonical({ code, name, description, price, subcategoryId: accountCode }),
});

const aside = (marker: string) => ({
  ref: marker,
  documentId: null,
  touchedAt: null,
  marker,
  lineMarkers: [],
});

/** The name is what a person sees and what is searched: the mark ends it, whatever is cut. */
function nameOf(reference: string, marker: string): string {
  const text = reference.replace(marker, '').trim() || 'Cloud subscriptions';
  return `${text.slice(0, nameMax - marker.length - 1)} ${marker}`;
}

/** Last what is hardest to take back. */
function rankOf(line: LineChange): number {
  if (line.change === 'remove') return 3;
  if (line.change !== 'stand') return 0;
  return line.steps.at(-1)?.quantity === '0' ? 2 : 1;
}
const markerOf = (line: LineChange) => (line.change === 'remove' ? [] : [line.marker]);

function lineBody(
  line: LineChange,
  fallbackDate: CalendarDate,
  leaves: readonly ExportField[] = [],
): LineBody {
  switch (line.change) {
    case 'remove':
      return { kind: 'remove', lineId: line.lineId };
    case 'add':
      return {
        kind: 'once',
        ...contentOf(line, leaves),
        quantity: line.content.quantity,
        unitPrice: line.content.unitPrice,
        date: line.date ?? fallbackDate,
      };
    case 'stand':
      return {
        kind: 'open',
        ...contentOf(line, leaves),
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

const contentOf = (
  { content, marker }: Extract<LineChange, { change: 'add' | 'stand' }>,
  leaves: readonly ExportField[],
) => ({
  marker,
  itemId: content.itemId ?? null,
  description: withoutLineMark(content.description),
  unitCost: content.unitCost ?? null,
  leaves: [...leaves],
});
