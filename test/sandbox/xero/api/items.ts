import { flagOf, type JsonObject, numberOf, objectOf, rawNumber, textOf } from '../../json.ts';
import { coarser, fineText, moneyText, scaled } from '../amounts.ts';
import { msMoment } from '../dates.ts';
import { failed, type Outcome, type Work } from '../rules/work.ts';
import type { Item } from '../state.ts';
import { writeBatch } from './batch.ts';
import { type Handler, unitPlacesOf } from './call.ts';
import { notFound } from './errors.ts';
import { select } from './select.ts';
import { momentText } from './where-words.ts';

/** GET /Items: all at once, If-Modified-Since and unitdp. */
export const listItems: Handler = (call) => {
  const rows = select(call, call.organisation.items.values(), { type: 'Item', fieldsOf });
  if ('status' in rows) return rows;
  return { status: 200, body: { Items: rows.map((item) => renderItem(item, unitPlacesOf(call))) } };
};

/** By ItemID or by Code. */
export const oneItem: Handler = (call) => {
  const wanted = call.ids[0] ?? '';
  const item = [...call.organisation.items.values()].find(
    ({ id, code }) => id === wanted.toLowerCase() || code === wanted,
  );
  return item
    ? { status: 200, body: { Items: [renderItem(item, unitPlacesOf(call))] } }
    : notFound();
};

export const writeItems: Handler = (call) =>
  writeBatch(call, {
    collection: 'Items',
    idName: 'ItemID',
    write: (work, element) => {
      const outcome = writeItem(work, element, {
        mode: call.method === 'PUT' ? 'create' : 'update',
        id: call.ids[0],
      });
      if (outcome.status === 'failed') return outcome;
      return {
        status: 'done',
        value: { rendered: renderItem(outcome.value, work.unitPlaces), warnings: [] },
      };
    },
  });

function writeItem(
  work: Work,
  element: JsonObject,
  how: { mode: 'create' | 'update'; id: string | undefined },
): Outcome<Item> {
  const code = textOf(element, 'Code');
  const items = [...work.organisation.items.values()];
  const id = how.id ?? textOf(element, 'ItemID');
  const byCode = items.find((item) => item.code === code);
  if (how.mode === 'create' && byCode)
    return failed(`Price List Item with Code '${code}' already exists`);
  const target =
    how.mode === 'create' ? undefined : (items.find((item) => item.id === id) ?? byCode);
  if (how.mode === 'update' && id !== undefined && !target)
    return failed('The item does not exist');
  if (code === undefined && !target) return failed('Code must be specified');
  if (flagOf(element, 'IsTrackedAsInventory') === true)
    return failed('Tracked items are not available in this sandbox');
  const sales = objectOf(element, 'SalesDetails') ?? {};
  const accountCode = textOf(sales, 'AccountCode');
  if (
    accountCode !== undefined &&
    !work.organisation.accounts.some((one) => one.code === accountCode && one.status === 'ACTIVE')
  )
    return failed(`Account code '${accountCode}' is not a valid code for this item.`);
  const taxType = textOf(sales, 'TaxType');
  if (
    taxType !== undefined &&
    !work.organisation.taxRates.some((one) => one.taxType === taxType && one.canApplyToRevenue)
  )
    return failed(
      `The TaxType code '${taxType}' does not exist or cannot be used for this type of transaction.`,
    );
  const price = numberOf(sales, 'UnitPrice');
  const places = work.unitPlaces;
  const units = price === undefined ? undefined : scaled(price, places);
  const item: Item = {
    id: target?.id ?? work.world.guid(),
    code: code ?? target?.code ?? '',
    name: textOf(element, 'Name') ?? target?.name ?? code ?? '',
    description: textOf(element, 'Description') ?? target?.description ?? '',
    isSold: flagOf(element, 'IsSold') ?? target?.isSold ?? true,
    unitPrice: units === undefined ? target?.unitPrice : units * 10n ** BigInt(4 - places),
    accountCode: accountCode ?? target?.accountCode,
    taxType: taxType ?? target?.taxType,
    updatedMs: work.world.nowMs(),
  };
  work.organisation.items.set(item.id, item);
  const data = {
    tenantId: work.organisation.tenantId,
    ...item,
    unitPrice: item.unitPrice === undefined ? null : fineText(item.unitPrice),
  };
  work.world.record({ kind: target ? 'item.updated' : 'item.created', actor: work.actor, data });
  return { status: 'done', value: item };
}

function renderItem(item: Item, places: 2 | 4): Record<string, unknown> {
  const price = item.unitPrice;
  return {
    ItemID: item.id,
    Code: item.code,
    Name: item.name,
    Description: item.description,
    UpdatedDateUTC: msMoment(item.updatedMs),
    PurchaseDetails: {},
    SalesDetails: {
      ...(price === undefined
        ? {}
        : {
            UnitPrice: rawNumber(places === 4 ? fineText(price) : moneyText(coarser(price, 4, 2))),
          }),
      ...(item.accountCode === undefined ? {} : { AccountCode: item.accountCode }),
      ...(item.taxType === undefined ? {} : { TaxType: item.taxType }),
    },
    IsTrackedAsInventory: false,
    IsSold: item.isSold,
    IsPurchased: false,
  };
}

const fieldsOf = (item: Item) => ({
  ItemID: item.id,
  Code: item.code,
  Name: item.name,
  Description: item.description,
  IsSold: item.isSold,
  IsPurchased: false,
  IsTrackedAsInventory: false,
  'SalesDetails.UnitPrice': item.unitPrice,
  'SalesDetails.AccountCode': item.accountCode,
  UpdatedDateUTC: momentText(item.updatedMs),
});
