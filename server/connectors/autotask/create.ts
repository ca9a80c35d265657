import { AppError, retryLater } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import { rawNumber } from '../../domain/json.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import { storedBody } from '../kit/elements.ts';
import { answerless, okOf, outcomeOf, refusal, unsent } from '../kit/written.ts';
import { companyBodySchema, itemBodySchema } from './body.ts';
import { type Client, equals, idValue } from './client.ts';
import { companyOf, itemOfService } from './map.ts';
import type { Reader } from './reader.ts';
import { billingCodeSchema, companySchema, recurringCode, serviceSchema } from './schema.ts';

const monthly = '2';
const skuMax = 50;

/** Autotask demands a phone; the marketplace tells none. */
const noPhone = '-';

/** A company by its number, which our creation carries; its owner is the own company's, never the API user. */
export async function createCompany(
  client: Client,
  reader: Reader,
  element: Element,
): Promise<Outcome> {
  const { name, number, currency } = storedBody(companyBodySchema, element);
  const found = await companiesByNumber(client, number).catch(unsent);
  if ('status' in found) return outcomeOf(found);
  if (found.length > 0) return outcomeOf(refusal(`A company with the number ${number} is there.`));
  const own = await client
    .query('Companies', companySchema, [equals('id', idValue('0'))])
    .catch(unsent);
  if ('status' in own) return outcomeOf(own);
  const owner = own.records[0]?.ownerResourceID ?? null;
  if (owner === null)
    return outcomeOf(refusal('The own company has no owner: a new company takes its.'));
  const currencies = currency === null ? [] : await reader.currencies().catch(unsent);
  if ('status' in currencies) return outcomeOf(currencies);
  const kept = currencies.find(
    ({ name: code, isActive }) => code === currency && isActive !== false,
  );
  if (currency !== null && kept === undefined)
    return outcomeOf(
      refusal(`${currency} is not a currency of this Autotask. Add it there first.`),
    );
  const made = await client.write({
    method: 'POST',
    path: 'Companies',
    body: {
      companyName: name,
      companyNumber: number,
      companyType: rawNumber('1'),
      phone: noPhone,
      ownerResourceID: idValue(owner),
      billToAddressToUse: rawNumber('1'),
      ...(kept === undefined ? {} : { currencyID: idValue(kept.id) }),
    },
  });
  if (made.status === 'failed') return outcomeOf(made);
  const read = await readCompany(client, reader, made.id).catch(unsent);
  if ('status' in read) return { status: 'unknown', failure: read.failure };
  return okOf({ company: read });
}

export const companiesByNumber = async (client: Client, number: string) =>
  (await client.query('Companies', companySchema, [equals('companyNumber', number)])).records;

async function readCompany(client: Client, reader: Reader, id: string) {
  const [company] = (await client.query('Companies', companySchema, [equals('id', idValue(id))]))
    .records;
  if (company === undefined) throw new AppError('system.answer', { retry: retryLater() });
  return companyOf(company, await reader.currencies());
}

/** A monthly service by its SKU, under the chosen recurring code or the only one there is. */
export async function createService(client: Client, element: Element): Promise<Outcome> {
  const { code, name, description, price, accountCode } = storedBody(itemBodySchema, element);
  const found = await servicesBySku(client, code).catch(unsent);
  if ('status' in found) return outcomeOf(found);
  if (found.length > 0) return outcomeOf(refusal(`A service with the SKU ${code} is there.`));
  const codes = await client
    .query('BillingCodes', billingCodeSchema, [
      equals('useType', rawNumber(recurringCode)),
      equals('isActive', true),
    ])
    .catch(unsent);
  if ('status' in codes) return outcomeOf(codes);
  const billingCode = codes.records.find(({ id }) => id === accountCode) ?? codes.records[0];
  if (billingCode === undefined)
    return outcomeOf(refusal('There is no active billing code for recurring contract services.'));
  const made = await client.write({
    method: 'POST',
    path: 'Services',
    body: {
      name,
      description,
      sku: code.slice(0, skuMax),
      billingCodeID: idValue(billingCode.id),
      periodType: rawNumber(monthly),
      unitPrice: rawNumber(price ?? '0'),
      isActive: true,
    },
  });
  if (made.status === 'failed') return outcomeOf(made);
  const read = await client
    .query('Services', serviceSchema, [equals('id', idValue(made.id))])
    .catch(unsent);
  const service = 'status' in read ? undefined : read.records[0];
  return service === undefined
    ? { status: 'unknown', failure: answerless() }
    : okOf({ item: itemOfService(service) });
}

export const servicesBySku = async (client: Client, sku: string) =>
  (await client.query('Services', serviceSchema, [equals('sku', sku)])).records;
