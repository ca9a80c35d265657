import type { Element } from '../../domain/intent.ts';
import { rawNumber } from '../../domain/json.ts';
import { storedBody } from '../kit/elements.ts';
import { type Failed, refusal, unsent } from '../kit/written.ts';
import { type AgreementBody, agreementBodySchema } from './body.ts';
import type { Client } from './client.ts';
import { isId } from './conditions.ts';
import { codeOf } from './connect.ts';
import { madeOf, usual } from './create.ts';
import { monthsOf, monthsOfPeriod } from './cycles.ts';
import { asDay } from './map.ts';
import type { Reader, Whole } from './reader.ts';
import { agreementSchema, agreementTypeSchema, companySchema, contactSchema } from './schema.ts';

/** The agreement of a creation: found by its mark, or made now. */
export async function ensureAgreement(
  client: Client,
  reader: Reader,
  element: Element,
): Promise<{ whole: Whole; isNew: boolean } | Failed> {
  const body = storedBody(agreementBodySchema, element);
  const found = await reader.byMark(element.marker).catch(unsent);
  if ('status' in found) return found;
  const [there, other] = found;
  if (other !== undefined)
    return refusal(`Several agreements carry ${element.marker}. Take the mark out of one's name.`);
  if (there !== undefined) {
    const whole = await reader.whole(there.id).catch(unsent);
    if (whole === null) return refusal('The agreement is gone.');
    return 'status' in whole ? whole : { whole, isNew: false };
  }
  const parts = await partsOf(client, reader, body).catch(unsent);
  if ('status' in parts) return parts;
  const made = await client.write({
    method: 'POST',
    path: 'finance/agreements',
    body: {
      name: body.name,
      ...parts.named,
      company: { id: rawNumber(body.companyId) },
      startDate: asDay(body.startDate),
      billStartDate: asDay(body.startDate),
      noEndingDateFlag: true,
      // Parts of a period come from the marketplace, to the cent: they are lines of their own.
      prorateFlag: false,
    },
  });
  const answer = madeOf(made, agreementSchema);
  return 'failed' in answer
    ? answer.failed
    : { whole: { agreement: answer.record, parent: null, additions: [] }, isNew: true };
}

/** What an agreement must name, by what the reseller's tables have. */
async function partsOf(
  client: Client,
  reader: Reader,
  { companyId, typeId, currency, cycle }: AgreementBody,
): Promise<{ named: Record<string, { id: unknown }> } | Failed> {
  const { cycles, currencies } = await reader.around();
  const months = monthsOfPeriod(cycle);
  const billingCycle = cycles.find((each) => months !== null && monthsOf(each) === months);
  if (billingCycle === undefined)
    return refusal(`There is no billing cycle of ${months ?? 'such'} months in ConnectWise.`);
  const money = currencies.find((each) => codeOf(each) === currency);
  if (money === undefined) return refusal(`The currency ${currency} is not set up in ConnectWise.`);
  const contactId = await contactOf(client, companyId);
  if (contactId === null)
    return refusal('The company has no contact, and an agreement needs one. Add a contact to it.');
  const type = typeId ?? (await usualType(client));
  if (type === null) return refusal('There is no active agreement type in ConnectWise.');
  return {
    named: {
      type: { id: rawNumber(type) },
      contact: { id: rawNumber(contactId) },
      billingCycle: { id: rawNumber(billingCycle.id) },
      currency: { id: rawNumber(money.id) },
    },
  };
}

/** The company's billing contact, its default one, or the first that is in use. */
async function contactOf(client: Client, companyId: string): Promise<string | null> {
  const [company] = (
    await client.list('company/companies', companySchema, { conditions: isId('id', companyId) })
  ).records;
  const named = company?.billingContact?.id ?? company?.defaultContact?.id;
  if (named !== undefined) return named;
  const { records } = await client.list('company/contacts', contactSchema, {
    conditions: `${isId('company/id', companyId)} and inactiveFlag=False`,
  });
  return records[0]?.id ?? null;
}

async function usualType(client: Client): Promise<string | null> {
  const { records } = await client.list('finance/agreements/types', agreementTypeSchema);
  return usual(records)?.id ?? null;
}
