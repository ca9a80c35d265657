import type { Read } from '../../domain/ports/read.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import { isField, type Quote, quoteDocument } from '../../domain/quote.ts';
import type { Client } from './client.ts';
import { anyId, isEmpty } from './conditions.ts';
import { idsPerQuery } from './limits.ts';
import { type Opportunity, opportunitySchema } from './schema.ts';

type QuotesRead = ReturnType<NonNullable<ConnectorSession['quotes']>>;
type QuotesWanted = Parameters<NonNullable<ConnectorSession['quotes']>>[0];

/**
 * Opportunities that nobody closed. A record carries every user-defined field of its kind with its
 * caption; what an opportunity is worth stands in forecasts, a call each, and is not read.
 */
export async function readQuotes(
  client: Client,
  { companies, documentField }: QuotesWanted,
): QuotesRead {
  const all: Read<Opportunity> = { records: [], unreadable: [] };
  for (let at = 0; at < companies.length; at += idsPerQuery) {
    const ids = companies.slice(at, at + idsPerQuery).map(({ id }) => id);
    const read = await client.list('sales/opportunities', opportunitySchema, {
      conditions: `${anyId('company/id', ids)} and ${isEmpty('closedDate')}`,
    });
    all.records.push(...read.records);
    all.unreadable.push(...read.unreadable);
  }
  const open = all.records.filter(({ closedDate }) => closedDate === null);
  return {
    records: open.map((one) => quoteOf(one, documentField)),
    unreadable: all.unreadable,
    fields: [...new Set(open.flatMap((one) => one.customFields.flatMap((f) => f.caption ?? [])))],
  };
}

function quoteOf(opportunity: Opportunity, documentField: string | null): Quote {
  const field = opportunity.customFields.find(
    ({ caption }) => documentField !== null && isField(caption ?? '', documentField),
  );
  return {
    id: opportunity.id,
    companyId: opportunity.company.id,
    title: opportunity.name,
    stage: opportunity.stage?.name ?? null,
    amount: null,
    closesOn: opportunity.expectedCloseDate,
    document: quoteDocument(field?.value),
  };
}
