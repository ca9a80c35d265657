import { rawNumber } from '../../domain/json.ts';
import { refusal, unsent } from '../kit/written.ts';
import type { ChargeBody } from './body.ts';
import { type Client, idValue, type Written } from './client.ts';
import { partOf } from './map.ts';
import { defaultValue } from './picklist.ts';
import type { Made, Place } from './place.ts';

const nameMax = 100;
const descriptionMax = 2000;

/** Makes a one-off charge unless one with its mark is there already. */
export async function ensureCharge({ client, state }: Place, body: ChargeBody): Promise<Made> {
  const there = state.charges.find(({ internalPurchaseOrderNumber: mark }) => mark === body.marker);
  if (there !== undefined) return { status: 'there', id: there.id };
  const item = partOf(body.itemId ?? '');
  const what =
    item.kind === 'product'
      ? { productID: idValue(item.id) }
      : body.accountCode === null
        ? null
        : { billingCodeID: idValue(body.accountCode) };
  if (what === null)
    return refusal(
      'A one-off charge of a service needs a billing code. Choose one for one-off fees in Settings.',
    );
  const chargeType = await defaultValue(client, 'ContractCharges', 'chargeType').catch(unsent);
  if (typeof chargeType !== 'string') return chargeType;
  return client.write({
    method: 'POST',
    path: `Contracts/${state.contract.id}/Charges`,
    body: {
      ...what,
      name: firstLine(body.description).slice(0, nameMax),
      description: body.description.slice(0, descriptionMax),
      chargeType: rawNumber(chargeType),
      datePurchased: `${body.date}T00:00:00`,
      unitQuantity: rawNumber(body.quantity),
      unitPrice: rawNumber(body.unitPrice),
      isBillableToCompany: true,
      internalPurchaseOrderNumber: body.marker,
    },
  });
}

/** "Delete is allowed only when isBilled = false": a service is ended, never deleted. */
export const removeCharge = (
  client: Client,
  contractId: string,
  lineId: string,
): Promise<Written> =>
  client.write({ method: 'DELETE', path: `Contracts/${contractId}/Charges/${partOf(lineId).id}` });

const firstLine = (text: string): string => text.split('\n')[0]?.trim() || 'Charge';
