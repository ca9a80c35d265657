import { instant } from '../../domain/dates.ts';
import type { Item, Reference } from '../../domain/item.ts';
import type { Delta, Read } from '../../domain/ports/read.ts';
import type { ConnectorSession, CredentialContext } from '../../domain/ports/session.ts';
import { anyOf, createClient, everything } from './client.ts';
import { lackedFeatures, readAccount, requireRights } from './connect.ts';
import { changedInvoices, invoicePdf } from './invoices.ts';
import { companyOf, itemOfProduct, itemOfService } from './map.ts';
import { prepareCompany, prepareContract, prepareService } from './prepare.ts';
import { readQuotes } from './quotes.ts';
import { createReader } from './reader.ts';
import { recoverIntents } from './recover.ts';
import {
  billingCodeSchema,
  companySchema,
  materialCode,
  productSchema,
  recurringCode,
  serviceSchema,
  taxSchema,
} from './schema.ts';
import { createServiceDesk } from './tickets.ts';
import { writeElements } from './write.ts';
import type { Zones } from './zone.ts';

/** One tenant's Autotask, through the port. */
export function openSession(context: CredentialContext, zones: Zones): ConnectorSession {
  const { account, clock } = context;
  const client = createClient({ context, zones });
  const reader = createReader({ client, clock });
  const position = () => instant(clock.nowMs());

  return {
    account: async () => {
      const { timeZone } = await context.credentials();
      return readAccount(client, timeZone ?? account.timeZone);
    },

    companies: async (since) => {
      // Its own time of change; the query includes its edge, so that nothing of that moment is lost.
      const changed =
        since === null
          ? everything
          : { op: 'gte', field: 'lastTrackedModifiedDateTime', value: since };
      const read = await client.query('Companies', companySchema, [changed]);
      const currencies = read.records.length === 0 ? [] : await reader.currencies();
      const newest = read.records
        .flatMap(({ lastTrackedModifiedDateTime: at }) => at ?? [])
        .reduce((last, at) => (at > last ? at : last), since ?? '1970-01-01T00:00:00');
      return {
        records: read.records.map((company) => companyOf(company, currencies)),
        unreadable: read.unreadable,
        position: newest,
      };
    },

    // Services and products have no time of change that can be relied on: all are read.
    items: async () => {
      const services = await client.query('Services', serviceSchema, [everything]);
      const products = await client.query('Products', productSchema, [everything]);
      // A recurring fee needs the service: where both carry a SKU, it names the service alone.
      const taken = new Set(services.records.map(({ sku }) => sku));
      return {
        records: [
          ...services.records.map(itemOfService),
          ...products.records.map((product) =>
            itemOfProduct(taken.has(product.sku) ? { ...product, sku: null } : product),
          ),
        ] satisfies Item[],
        unreadable: [...services.unreadable, ...products.unreadable],
        position: position(),
      };
    },

    reference: async (): Promise<Reference> => {
      const codes = await client.query('BillingCodes', billingCodeSchema, [
        anyOf('useType', [materialCode, recurringCode]),
      ]);
      const taxes = await client.query('Taxes', taxSchema, [everything]);
      return {
        accounts: codes.records.map(({ id, name, useType, isActive }) => ({
          code: id,
          name,
          kind: useType === materialCode ? 'Material cost code' : 'Recurring service code',
          taxType: null,
          archived: isActive === false,
          forSales: isActive !== false,
        })),
        taxRates: taxes.records.map(({ id, taxName, taxRate }) => ({
          type: id,
          name: taxName,
          rate: taxRate ?? '0',
          archived: false,
          forSales: true,
        })),
        currencies: (await reader.currencies())
          .filter(({ isActive }) => isActive !== false)
          .map(({ name }) => name),
        tracking: [],
        themes: [],
      };
    },

    invoices: (wanted) => changedInvoices(client, wanted, account),
    invoiceFile: ({ id }) => invoicePdf(client, id),
    quotes: (wanted) => readQuotes(client, wanted, account),
    requireRights: () => requireRights(client),
    lacks: () => lackedFeatures(client),
    tickets: createServiceDesk(client),

    documents: async () => ({ ...withPosition(await reader.running(), position()), isAll: true }),
    documentsById: (wanted) => reader.byId(wanted.map(({ id }) => id)),
    marked: async () => {
      const { records, unreadable } = await reader.running();
      return {
        records: records.filter(
          ({ marker, lines }) => marker !== null || lines.some((line) => line.marker !== null),
        ),
        unreadable,
      };
    },
    prepare: (writes) => writes.flatMap(prepareContract),
    prepareCompany,
    prepareItem: prepareService,
    write: (elements) => writeElements({ client, reader, clock }, elements),
    recover: (intents) => recoverIntents({ client, reader, intents }),
  };
}

const withPosition = <T>(read: Read<T>, position: string): Delta<T> => ({ ...read, position });
