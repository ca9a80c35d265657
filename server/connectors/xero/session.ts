import type { GenericSchema, InferOutput } from 'valibot';
import { dateAt } from '../../domain/dates.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Delta } from '../../domain/ports/read.ts';
import type { ConnectorSession, OAuthContext } from '../../domain/ports/session.ts';
import { invoiceFile } from '../kit/pdf.ts';
import { createClient } from './client.ts';
import { changedInvoices } from './invoices.ts';
import { contactList, itemList, repeatingList } from './lists.ts';
import {
  accountOf,
  companyOf,
  itemOf,
  referenceAccounts,
  referenceTaxRates,
  referenceTracking,
  schedulesOf,
} from './map-records.ts';
import { documentPosition, isRecent, positionOf } from './positions.ts';
import { prepareCatalogueItem, prepareContact, prepareDocument } from './prepare.ts';
import { createReader } from './reader.ts';
import type { Listed } from './records.ts';
import { recoverIntents } from './recover.ts';
import {
  accountSchema,
  currencySchema,
  organisationSchema,
  taxRateSchema,
  themeSchema,
  trackingSchema,
} from './schema.ts';
import { writeElements } from './write.ts';

/** One organisation, through the port. https://developer.xero.com/documentation/api/accounting/overview */
export function openSession(context: OAuthContext, apiUrl: string): ConnectorSession {
  const { account, clock } = context;
  const client = createClient({ context, apiUrl });
  const today = () => dateAt(clock.nowMs(), account.timeZone);
  const reader = createReader({ client, account, today });

  const listed = <S extends GenericSchema>(name: string, schema: S, path = name) =>
    client.list({ name, schema, what: name, idName: 'Name', path });
  /** Of what every organisation has, only strange entries are no answer. */
  const needed = async <S extends GenericSchema>(
    name: string,
    schema: S,
    path = name,
  ): Promise<InferOutput<S>[]> => {
    const { records, unreadable } = await listed(name, schema, path);
    if (records.length === 0 && unreadable.length > 0)
      throw new AppError('system.answer', { retry: retryLater() });
    return records;
  };

  return {
    async account() {
      const [organisation] = await needed('Organisations', organisationSchema, 'Organisation');
      if (organisation === undefined) throw new AppError('system.answer', { retry: retryLater() });
      return accountOf(account.id, organisation);
    },

    async companies(since) {
      const contacts = await client.pages({ ...contactList, since });
      // Templates have no time of change; a contact without change keeps what was read of it.
      const templates = contacts.records.length === 0 ? null : await client.list(repeatingList);
      const known = schedulesOf(templates?.records ?? [], today(), account.baseCurrency);
      const read = delta(contacts, since, (contact) => companyOf(contact, known));
      return { ...read, unreadable: [...read.unreadable, ...(templates?.unreadable ?? [])] };
    },

    async items(since) {
      const items = await client.list({ ...itemList, since });
      return delta(items, since, itemOf);
    },

    async reference() {
      const [accounts, taxRates, currencies, tracking, themes] = await Promise.all([
        needed('Accounts', accountSchema),
        needed('TaxRates', taxRateSchema),
        needed('Currencies', currencySchema),
        listed('TrackingCategories', trackingSchema),
        listed('BrandingThemes', themeSchema),
      ]);
      return {
        accounts: referenceAccounts(accounts),
        taxRates: referenceTaxRates(taxRates),
        currencies: currencies.map(({ Code }) => Code),
        tracking: referenceTracking(tracking.records),
        themes: themes.records.map(({ BrandingThemeID: id, Name: name }) => ({ id, name })),
      };
    },

    async documents(since, { sparing } = { sparing: false }) {
      const from = documentPosition.read(since);
      const [invoices, creditNotes] = await Promise.all([
        reader.invoices({ since: from.invoices }),
        sparing && isRecent(from.creditNotes, clock.nowMs())
          ? null
          : reader.creditNotes({ since: from.creditNotes }),
      ]);
      return {
        records: [...invoices.records, ...(creditNotes?.records ?? [])],
        unreadable: [...invoices.unreadable, ...(creditNotes?.unreadable ?? [])],
        position: documentPosition.write({
          invoices: positionOf(invoices, from.invoices),
          creditNotes:
            creditNotes === null ? from.creditNotes : positionOf(creditNotes, from.creditNotes),
        }),
      };
    },

    invoices: (wanted) => changedInvoices(client, wanted, { account, today: today() }),
    invoiceFile: async ({ id, kind }) => {
      const list = kind === 'creditNote' ? 'CreditNotes' : 'Invoices';
      return invoiceFile(await client.file(`${list}/${encodeURIComponent(id)}/pdf`));
    },
    invoicesDated: (from, page) => reader.invoicesDated(from, page === null ? 1 : Number(page)),
    documentsById: (wanted) => reader.byId(wanted),
    marked: () => reader.marked({}),
    prepare: (writes) => writes.flatMap(prepareDocument),
    prepareCompany: prepareContact,
    prepareItem: prepareCatalogueItem,
    write: (elements, idempotencyKey) =>
      writeElements({ client, account, elements, idempotencyKey }),
    recover: (intents) => recoverIntents({ client, reader, intents }),
  };
}

function delta<From, To>(
  list: Listed<From>,
  since: string | null,
  map: (record: From) => To,
): Delta<To> {
  const { records, unreadable } = list;
  return { records: records.map(map), unreadable, position: positionOf(list, since) };
}
