import type { CalendarDate } from '../../domain/dates.ts';
import { normalized } from '../../domain/decimal.ts';
import { rawNumber } from '../../domain/json.ts';
import { type Failed, refusal, unsent } from '../kit/written.ts';
import { withMark } from './additions.ts';
import type { OnceBody, OpenBody } from './body.ts';
import type { Written } from './client.ts';
import { type Desk, type Made, takeIn } from './desk.ts';
import { asDay } from './map.ts';
import type { Addition } from './schema.ts';

// Each change of an addition leaves on the desk how it is taken back.

const invoiceTextMax = 6_000;
const descriptionMax = 200;

/** A new addition; `before` is the one that it follows, whose own figures stay where they are not exported. */
export async function openAddition(
  desk: Desk,
  body: OnceBody | OpenBody,
  before: Addition | null,
  as: {
    quantity: string;
    unitPrice: string;
    effectiveDate: CalendarDate;
    cancelledDate: CalendarDate | null;
    once: boolean;
  },
): Promise<Made> {
  const { marker, description, leaves } = body;
  const kept = before !== null && leaves.includes('products') ? before.product.id : body.itemId;
  if (kept === null)
    return refusal('An addition needs a product. Map the product to one of your catalogue.');
  const told = await toldFields(desk, body, as);
  if ('status' in told) return told;
  const { agreement } = desk.whole;
  const made = await desk.client.write({
    method: 'POST',
    path: `finance/agreements/${agreement.id}/additions`,
    body: {
      product: { id: rawNumber(kept) },
      ...(before === null ? {} : ownFigures(before)),
      ...told.fields,
      billCustomer: before?.billCustomer ?? 'Billable',
      effectiveDate: asDay(as.effectiveDate),
      ...(as.cancelledDate === null ? {} : { cancelledDate: asDay(as.cancelledDate) }),
      description: withMark(firstLine(description).slice(0, descriptionMax), marker, as.once),
      invoiceDescription: description.slice(0, invoiceTextMax),
    },
  });
  const taken = takeIn(desk, made);
  if (taken.status === 'failed') return taken;
  desk.takeBack.push(() => remove(desk, taken.addition.id));
  return { status: 'done' };
}

/** Changes these fields alone; null clears one. */
export async function patchAddition(
  desk: Desk,
  before: Addition,
  fields: Readonly<Record<string, unknown>>,
): Promise<Made> {
  const path = `finance/agreements/${desk.whole.agreement.id}/additions/${before.id}`;
  const change = (values: Readonly<Record<string, unknown>>) =>
    desk.client.write({
      method: 'PATCH',
      path,
      body: Object.entries(values).map(([name, value]) =>
        value === null ? { op: 'remove', path: name } : { op: 'replace', path: name, value },
      ),
    });
  const made = takeIn(desk, await change(fields));
  if (made.status === 'failed') return made;
  const held: Readonly<Record<string, unknown>> = {
    quantity: rawNumber(normalized(before.quantity)),
    unitPrice: before.unitPrice === null ? null : rawNumber(before.unitPrice),
    unitCost: before.unitCost === null ? null : rawNumber(before.unitCost),
    cancelledDate: before.cancelledDate === null ? null : asDay(before.cancelledDate),
  };
  desk.takeBack.push(async () => {
    const back = await change(
      Object.fromEntries(Object.keys(fields).map((name) => [name, held[name] ?? null])),
    );
    takeIn(desk, back);
    return back;
  });
  return { status: 'done' };
}

/** "DELETE is for lines never invoiced": ConnectWise refuses it otherwise, and says so. */
export async function removeAddition(desk: Desk, addition: Addition): Promise<Made> {
  const gone = await remove(desk, addition.id);
  if (gone.status === 'failed') return gone;
  desk.takeBack.push(async () => {
    const { agreement } = desk.whole;
    const again = await desk.client.write({
      method: 'POST',
      path: `finance/agreements/${agreement.id}/additions`,
      body: asItWas(addition),
    });
    takeIn(desk, again);
    return again;
  });
  return { status: 'done' };
}

/** What is exported of a line's figures; a cost only where it is known and the role may see costs. */
export async function toldFields(
  { reader }: Desk,
  { leaves, unitCost, itemId }: Pick<OpenBody, 'leaves' | 'unitCost' | 'itemId'>,
  { quantity, unitPrice }: { quantity: string; unitPrice: string },
): Promise<{ fields: Record<string, unknown> } | Failed> {
  const isCosted = unitCost !== null && !leaves.includes('cost');
  const isSeen = isCosted ? await reader.seesCosts(itemId).catch(unsent) : false;
  if (typeof isSeen !== 'boolean') return isSeen;
  const fields = {
    ...(leaves.includes('quantity') ? {} : { quantity: rawNumber(quantity) }),
    ...(leaves.includes('price') ? {} : { unitPrice: rawNumber(unitPrice) }),
    ...(isSeen && unitCost !== null ? { unitCost: rawNumber(unitCost) } : {}),
  };
  return { fields };
}

async function remove(desk: Desk, additionId: string): Promise<Written> {
  const { agreement, additions } = desk.whole;
  const gone = await desk.client.write({
    method: 'DELETE',
    path: `finance/agreements/${agreement.id}/additions/${additionId}`,
  });
  if (gone.status === 'done') {
    desk.reader.forget(agreement.id, additionId);
    desk.whole = { ...desk.whole, additions: additions.filter(({ id }) => id !== additionId) };
  } else desk.reader.learn(agreement.id, null);
  return gone;
}

const asItWas = (addition: Addition) => ({
  product: { id: rawNumber(addition.product.id) },
  ...ownFigures(addition),
  ...(addition.billCustomer === null ? {} : { billCustomer: addition.billCustomer }),
  ...(addition.effectiveDate === null ? {} : { effectiveDate: asDay(addition.effectiveDate) }),
  ...(addition.cancelledDate === null ? {} : { cancelledDate: asDay(addition.cancelledDate) }),
  ...(addition.description === null ? {} : { description: addition.description }),
  ...(addition.invoiceDescription === null
    ? {}
    : { invoiceDescription: addition.invoiceDescription }),
});

/** The figures of an addition as the next one keeps them, and how it is taxed. */
const ownFigures = ({ quantity, unitPrice, unitCost, taxableFlag }: Addition) => ({
  quantity: rawNumber(quantity),
  ...(unitPrice === null ? {} : { unitPrice: rawNumber(unitPrice) }),
  ...(unitCost === null ? {} : { unitCost: rawNumber(unitCost) }),
  ...(taxableFlag === null ? {} : { taxableFlag }),
});

const firstLine = (text: string): string => text.split('\n')[0]?.trim() || 'Addition';
