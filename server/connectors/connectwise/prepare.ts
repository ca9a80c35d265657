import type { CompanyDraft } from '../../domain/company.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { ItemDraft } from '../../domain/item.ts';
import { canonical } from '../../domain/json.ts';
import type { DocumentWrite, LineChange } from '../../domain/ports/write.ts';
import type { ExportField } from '../../domain/settings.ts';
import { asideOf } from '../kit/elements.ts';
import { withoutLineMark } from '../kit/marks.ts';
import { standingElements } from '../kit/standing-elements.ts';
import type { AgreementBody, LineBody } from './body.ts';

const nameMax = 100;
const companyNameMax = 156;
const numberMax = 50;
const monthly = { unit: 'month', count: 1 } as const;

/** Lines that open come before those that end or go. Throws `system.bug` for what ConnectWise cannot do. */
export const prepareAgreement = (write: DocumentWrite): Element[] =>
  standingElements<LineBody>(write, {
    kind: 'agreement',
    together: false,
    rankOf,
    lineBody: (line, fallbackDate) => lineBody(line, fallbackDate, write.leaves),
    documentBody: (open, lines): AgreementBody => ({
      companyId: open.companyId,
      name: nameOf(open.reference, open.marker),
      typeId: open.typeId ?? null,
      currency: open.currency,
      startDate: open.date,
      cycle: open.cycle ?? monthly,
      lines,
    }),
  });

export const prepareCompany = ({
  name,
  number,
  taxNumber,
  address,
  currency = null,
}: CompanyDraft): Element => ({
  ...asideOf(number),
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
  ...asideOf(code),
  kind: 'item-create',
  batch: `item ${code}`,
  body: canonical({ code, name, description, price, subcategoryId: accountCode }),
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
