import { instant } from '../../domain/dates.ts';
import type { Reference } from '../../domain/item.ts';
import type { ConnectorSession, CredentialContext } from '../../domain/ports/session.ts';
import { invoiceFile } from '../kit/pdf.ts';
import { createCallbacks } from './callbacks.ts';
import { createClient } from './client.ts';
import { changedSince } from './conditions.ts';
import { codeOf, lackedFeatures, requireRights } from './connect.ts';
import { createInvoiceReader } from './invoices.ts';
import { companyOf, itemOf } from './map.ts';
import { prepareAgreement, prepareCompany, prepareItem } from './prepare.ts';
import { readQuotes } from './quotes.ts';
import { createReader } from './reader.ts';
import { recoverIntents } from './recover.ts';
import {
  agreementTypeSchema,
  catalogItemSchema,
  companySchema,
  subcategorySchema,
  taxCodeSchema,
} from './schema.ts';
import type { Places } from './site.ts';
import { createServiceDesk } from './tickets.ts';
import { createUserLists } from './user-lists.ts';
import { writeElements } from './write.ts';

/** One tenant's ConnectWise, through the port. */
export function openSession(
  context: CredentialContext,
  places: Places,
  sandboxUrl: string | undefined,
): ConnectorSession {
  const { account, clock } = context;
  const client = createClient({ context, places });
  const reader = createReader({ client, clock, account });
  const invoices = createInvoiceReader({ client, clock, account, reader });
  const now = () => instant(clock.nowMs());
  const since = (position: string | null) =>
    position === null ? {} : { conditions: changedSince(position) };

  return {
    // Currency and site were settled when it was connected; nothing else of it is told.
    account: async () => {
      const { timeZone = account.timeZone } = await context.credentials();
      const { companyName } = await client.place();
      return { ...account, name: companyName, timeZone };
    },

    companies: async (position) => {
      const at = now();
      const { records, unreadable } = await client.list(
        'company/companies',
        companySchema,
        since(position),
      );
      const around = records.length === 0 ? { currencies: [] } : await reader.around();
      return {
        records: records.map((company) => companyOf(company, around)),
        unreadable,
        position: at,
      };
    },

    items: async (position) => {
      const at = now();
      const read = await client.list('procurement/catalog', catalogItemSchema, since(position));
      return { records: read.records.map(itemOf), unreadable: read.unreadable, position: at };
    },

    reference: async (): Promise<Reference> => {
      const subcategories = await client.list('procurement/subcategories', subcategorySchema);
      const taxCodes = await client.list('finance/taxCodes', taxCodeSchema);
      const types = await client.list('finance/agreements/types', agreementTypeSchema);
      const { currencies } = await reader.around();
      return {
        accounts: subcategories.records.map(({ id, name, category, inactiveFlag }) => ({
          code: id,
          name: category?.name == null ? name : `${category.name}: ${name}`,
          kind: 'Subcategory',
          taxType: null,
          archived: inactiveFlag === true,
          forSales: inactiveFlag !== true,
        })),
        taxRates: taxCodes.records.map(({ id, identifier, levelOneRate }) => ({
          type: id,
          name: identifier,
          rate: levelOneRate ?? '0',
          archived: false,
          forSales: true,
        })),
        currencies: currencies.flatMap((currency) => codeOf(currency) ?? []),
        tracking: [],
        themes: [],
        documentTypes: types.records
          .filter(({ inactiveFlag }) => inactiveFlag !== true)
          .map(({ id, name }) => ({ id, name })),
      };
    },

    invoices: invoices.changed,
    invoiceFile: async ({ id }) => invoiceFile(await client.file(`finance/invoices/${id}/pdf`)),
    quotes: (wanted) => readQuotes(client, wanted),
    requireRights: () => requireRights(client),
    lacks: () => lackedFeatures(client),
    tickets: createServiceDesk(client),
    userLists: createUserLists(client),
    callbacks: createCallbacks({ client, credentials: () => context.credentials(), sandboxUrl }),

    documents: (position, how) => reader.changed(position, { sparing: how?.sparing === true }),
    documentsById: (wanted) => reader.byId(wanted.map(({ id }) => id)),
    marked: async () => {
      const { records, unreadable } = await reader.changed(null, { sparing: false });
      return {
        records: records.filter(
          ({ marker, lines }) => marker !== null || lines.some((line) => line.marker !== null),
        ),
        unreadable,
      };
    },
    prepare: (writes) => writes.flatMap(prepareAgreement),
    prepareCompany,
    prepareItem,
    write: (elements) => writeElements({ client, reader, elements }),
    recover: (intents) => recoverIntents({ client, reader, intents }),
  };
}
