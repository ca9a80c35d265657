import { money } from '../../domain/money.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import { isField, quoteDocument } from '../../domain/quote.ts';
import { anyOf, type Client, type Condition, idValue } from './client.ts';
import { labelsOf } from './picklist.ts';
import { below } from './reader.ts';
import { opportunitySchema } from './schema.ts';

type QuotesRead = ReturnType<NonNullable<ConnectorSession['quotes']>>;
type QuotesWanted = Parameters<NonNullable<ConnectorSession['quotes']>>[0];

/**
 * Active opportunities. The statuses are the vendor's, their values the tenant's; where none is called
 * so, those that are neither closed nor lost are taken.
 */
export async function readQuotes(
  client: Client,
  { companies, documentField }: QuotesWanted,
  account: { baseCurrency: string },
): QuotesRead {
  const stages = await labelsOf(client, 'Opportunities', 'stage');
  const statuses = await labelsOf(client, 'Opportunities', 'status');
  const active = [...statuses].find(([, label]) => /^active$/i.test(label.trim()))?.[0];
  const open: readonly Condition[] =
    active === undefined
      ? [
          { op: 'notExist', field: 'closedDate' },
          { op: 'notExist', field: 'lostDate' },
        ]
      : [{ op: 'eq', field: 'status', value: idValue(active) }];
  const { records, unreadable } = await below(
    companies.map(({ id }) => id),
    (part) => client.query('Opportunities', opportunitySchema, [anyOf('companyID', part), ...open]),
  );
  const currencyBy = new Map(companies.map(({ id, currency }) => [id, currency]));
  return {
    records: records.map((one) => {
      const field = one.userDefinedFields.find(
        ({ name }) => documentField !== null && isField(name, documentField),
      );
      const currency = currencyBy.get(one.companyID) ?? account.baseCurrency;
      // Of another currency it is not told whether the amount is in the customer's or the house's own.
      const isOne = currency === account.baseCurrency;
      return {
        id: one.id,
        companyId: one.companyID,
        title: one.title,
        stage: one.stage === null ? null : (stages.get(one.stage) ?? null),
        amount: isOne && one.amount !== null ? money(one.amount, currency) : null,
        closesOn: one.projectedCloseDate,
        document: quoteDocument(field?.value),
      };
    }),
    unreadable,
    fields: [...new Set(records.flatMap((one) => one.userDefinedFields.map(({ name }) => name)))],
  };
}
