import * as v from 'valibot';
import type { Element } from '../../domain/intent.ts';
import { rawNumber } from '../../domain/json.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import { storedBody } from '../kit/elements.ts';
import { answerless, type Failed, okOf, outcomeOf, refusal, unsent } from '../kit/written.ts';
import { companyBodySchema, itemBodySchema } from './body.ts';
import type { Client, Written } from './client.ts';
import { isText } from './conditions.ts';
import { codeOf } from './connect.ts';
import { companyOf, itemOf } from './map.ts';
import type { Reader } from './reader.ts';
import {
  catalogItemSchema,
  companySchema,
  productTypeSchema,
  subcategorySchema,
} from './schema.ts';

const identifierMax = 50;
const itemIdentifierMax = 75;
const itemDescriptionMax = 60;
const customerDescriptionMax = 6_000;
const crossReferenceMax = 50;
/** "At least one address field is required"; the marketplace may tell none. */
const noAddress = '-';

/** A company by its account number, which our creation carries; its identifier is unique there as well. */
export async function createCompany(
  client: Client,
  reader: Reader,
  element: Element,
): Promise<Outcome> {
  const { name, number, taxNumber, address, currency } = storedBody(companyBodySchema, element);
  const found = await companiesByNumber(client, number).catch(unsent);
  if ('status' in found) return outcomeOf(found);
  if (found.length > 0) return outcomeOf(refusal(`A company with the number ${number} is there.`));
  const around = await reader.around().catch(unsent);
  if ('status' in around) return outcomeOf(around);
  const kept = around.currencies.find((each) => codeOf(each) === currency);
  if (currency !== null && kept === undefined)
    return outcomeOf(
      refusal(`${currency} is not a currency of this ConnectWise. Add it there first.`),
    );
  const made = await client.write({
    method: 'POST',
    path: 'company/companies',
    body: {
      identifier: identifierOf(name, number),
      name,
      accountNumber: number,
      addressLine1: (address?.street ?? '').slice(0, 50) || noAddress,
      ...(address === null
        ? {}
        : {
            city: address.city.slice(0, 50),
            state: address.state.slice(0, 50),
            zip: address.postalCode.slice(0, 12),
          }),
      ...(taxNumber === null ? {} : { taxIdentifier: taxNumber }),
      ...(kept === undefined ? {} : { currency: { id: rawNumber(kept.id) } }),
    },
  });
  const answer = madeOf(made, companySchema);
  if ('failed' in answer)
    return outcomeOf(withRight(answer.failed, 'Companies > Company Maintenance'));
  return okOf({
    company: companyOf(answer.record, around),
    warnings: await addContact(client, answer.record.id),
  });
}

/** An agreement names a contact; without one the company is there all the same, and that is said. */
async function addContact(client: Client, companyId: string): Promise<string[]> {
  const made = await client.write({
    method: 'POST',
    path: 'company/contacts',
    body: { firstName: 'Accounts', lastName: 'Payable', company: { id: rawNumber(companyId) } },
  });
  return made.status === 'done'
    ? []
    : ['The company has no contact yet, and an agreement needs one. Add a contact to it.'];
}

/** Creating is for roles that may; a connection works without it. */
const withRight = (failed: Failed, module: string): Failed =>
  failed.failure.code === 'system.scope'
    ? refusal(`The role of the API member may not add this. Grant it: ${module}, Add Level: All.`)
    : failed;

export const companiesByNumber = async (client: Client, number: string) =>
  (
    await client.list('company/companies', companySchema, {
      conditions: isText('accountNumber', number),
    })
  ).records.filter(({ accountNumber }) => accountNumber === number);

/** What a person sees as the company's id: its name's letters, and the number that makes it unique. */
function identifierOf(name: string, number: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 20);
  return `${letters}${number.replace(/[^A-Za-z0-9]/g, '')}`.slice(0, identifierMax);
}

/** A catalogue item by its identifier, in the chosen subcategory or the one that is the default. */
export async function createItem(client: Client, element: Element): Promise<Outcome> {
  const { code, name, description, price, subcategoryId } = storedBody(itemBodySchema, element);
  const found = await itemsByCode(client, code).catch(unsent);
  if ('status' in found) return outcomeOf(found);
  if (found.length > 0)
    return outcomeOf(refusal(`A product with the identifier ${code} is there.`));
  const lists = await Promise.all([
    client.list('procurement/subcategories', subcategorySchema),
    client.list('procurement/types', productTypeSchema),
  ]).catch(unsent);
  if ('status' in lists) return outcomeOf(lists);
  const [subcategories, types] = lists.map(({ records }) => records);
  const subcategory =
    subcategories?.find(({ id }) => id === subcategoryId) ?? usual(subcategories ?? []);
  const type = usual(types ?? []);
  if (subcategory === undefined || type === undefined)
    return outcomeOf(
      refusal('The product needs a subcategory and a product type, and none is active.'),
    );
  const made = await client.write({
    method: 'POST',
    path: 'procurement/catalog',
    body: {
      identifier: code.slice(0, itemIdentifierMax),
      description: name.slice(0, itemDescriptionMax),
      customerDescription: (description ?? name).slice(0, customerDescriptionMax),
      subcategory: { id: rawNumber(subcategory.id) },
      type: { id: rawNumber(type.id) },
      productClass: 'NonInventory',
      integrationXRef: code.slice(0, crossReferenceMax),
      ...(price === null ? {} : { price: rawNumber(price) }),
    },
  });
  const answer = madeOf(made, catalogItemSchema);
  return 'failed' in answer
    ? outcomeOf(withRight(answer.failed, 'Procurement > Product Catalog'))
    : okOf({ item: itemOf(answer.record) });
}

export const itemsByCode = async (client: Client, code: string) =>
  (
    await client.list('procurement/catalog', catalogItemSchema, {
      conditions: isText('identifier', code.slice(0, itemIdentifierMax)),
    })
  ).records.filter(({ identifier }) => identifier === code.slice(0, itemIdentifierMax));

/** The one that is marked as default, else the first that is in use. */
export const usual = <T extends { defaultFlag: boolean | null; inactiveFlag: boolean | null }>(
  records: readonly T[],
): T | undefined => {
  const active = records.filter(({ inactiveFlag }) => inactiveFlag !== true);
  return active.find(({ defaultFlag }) => defaultFlag === true) ?? active[0];
};

/** The whole record comes back (201); where it cannot be read, recovery looks for it. */
export function madeOf<S extends v.GenericSchema>(
  made: Written,
  schema: S,
): { record: v.InferOutput<S> } | { failed: Failed } {
  if (made.status === 'failed') return { failed: made };
  const known = v.safeParse(schema, made.value);
  if (known.success) return { record: known.output };
  return { failed: { status: 'failed', certainty: 'unknown', failure: answerless() } };
}
