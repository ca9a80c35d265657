import * as v from 'valibot';
import { AppError } from '../../domain/errors.ts';
import { customerMappingId, productMappingId } from '../../domain/mapping.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { createInSystem } from '../../sync/mapping/create.ts';
import {
  customerMappingOf,
  mapCustomer,
  mapProduct,
  productMappingOf,
} from '../../sync/mapping/map.ts';
import {
  createItemsBody,
  customerBulkBody,
  customerMapBody,
  itemMapBody,
  productBulkBody,
} from '../bodies.ts';
import { type MappingFilter, pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf } from '../desk.ts';
import { mayApproveHere } from '../may-approve.ts';
import { failureView } from '../present/failure.ts';
import { nameOf } from '../present/money.ts';
import { type AnyRoute, route } from '../route.ts';
import type { ErrorView, MoneyView } from '../views/common.ts';
import type {
  CustomerMappingRow,
  MappingHistoryView,
  ProductMappingRow,
  TargetView,
} from '../views/mappings.ts';
import { changeCustomers } from './mapping-customers.ts';
import { changeProducts } from './mapping-products.ts';
import { customerRows, productRows } from './mapping-rows.ts';

const targetsShownMax = 20;
const filter = v.strictObject({
  only: v.optional(v.picklist(['unmapped', 'suggested', 'excluded'])),
  search: v.optional(v.pipe(v.string(), v.maxLength(200))),
  sort: v.optional(v.picklist(['name', 'money', 'state'])),
  page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))),
});
const search = v.strictObject({ search: v.pipe(v.string(), v.maxLength(200)) });

/** Where customers and products go: by hand, by suggestion, in bulk, or by creating the target. */
export const mappingRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/mappings/customers',
    { role: 'viewer', query: filter },
    async ({ session, params, query }) => {
      const { reader, world } = await atConnection(desk, session.tenantId, params.connectionId);
      return filtered(customerRows(reader, world), query);
    },
  ),
  route(
    'GET /v1/connections/:connectionId/mappings/products',
    { role: 'viewer', query: filter },
    async ({ session, params, query }) => {
      const { reader, world } = await atConnection(desk, session.tenantId, params.connectionId);
      return filtered(productRows(reader, world), query);
    },
  ),
  route(
    'PUT /v1/connections/:connectionId/mappings/customers',
    { role: 'operator', body: customerMapBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        if (tx.get('customer', body.customerId) === null) throw new AppError('request.not-found');
        const change = {
          tx,
          connectionId: connection.id,
          by: session.actor,
          at,
          how: 'screen' as const,
        };
        if (!mapCustomer(change, body.customerId, body.targetId, body.from ?? null))
          throw new AppError('request.not-found');
        return { changed: 1 };
      }),
  ),
  route(
    'PUT /v1/connections/:connectionId/mappings/products',
    { role: 'operator', body: itemMapBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const change = {
          tx,
          connectionId: connection.id,
          by: session.actor,
          at,
          how: 'screen' as const,
        };
        if (!mapProduct(change, body)) throw new AppError('request.not-found');
        return { changed: 1 };
      }),
  ),
  route(
    'POST /v1/connections/:connectionId/mappings/customers/bulk',
    { role: 'operator', callsOut: true, body: customerBulkBody },
    async ({ session, params, body, requestId }) => {
      if (body.do === 'create')
        return createCompanies(desk, session, params.connectionId, body.ids, requestId);
      const changed = await changeConnection(
        desk,
        session.tenantId,
        params.connectionId,
        (tx, connection, at) =>
          changeCustomers(
            {
              tx,
              connection,
              by: session.actor,
              at,
              mayApprove: mayApproveHere(connection, session),
            },
            body,
            desk.context,
          ),
      );
      return { changed, failed: [] };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/mappings/products/bulk',
    { role: 'operator', body: productBulkBody },
    async ({ session, params, body }) => {
      const changed = await changeConnection(
        desk,
        session.tenantId,
        params.connectionId,
        (tx, connection, at) =>
          changeProducts({ tx, connection, by: session.actor, at }, body, desk.context),
      );
      return { changed, failed: [] };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/mappings/products/create',
    { role: 'operator', callsOut: true, body: createItemsBody },
    async ({ session, params, body, requestId }) => {
      const { connection, connector } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      await changeConnection(desk, session.tenantId, connection.id, (tx) => {
        for (const { productKey, fee } of body.items)
          tx.put('productMapping', productMappingOf(tx, connection.id, productKey, fee));
      });
      const creations = body.items.map(({ productKey, fee, draft }) => ({
        kind: 'item' as const,
        mappingId: productMappingId(connection.id, productKey, fee),
        draft,
      }));
      const result = await desk.engine.withJob(session.tenantId, connection.id, 'person', (job) =>
        createInSystem(job, creations, session.actor),
      );
      return {
        changed: result.created.length,
        failed: result.failed.map(({ failure }) => failureView(failure, requestId, connector)),
      };
    },
  ),
  route(
    'GET /v1/connections/:connectionId/mappings/customers/:id/history',
    { role: 'viewer' },
    async ({ session, params }) => {
      const { reader, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      return historyView(
        reader.get('customerMapping', customerMappingId(connection.id, params.id))?.history ?? [],
      );
    },
  ),
  route(
    'GET /v1/connections/:connectionId/mappings/products/:id/history',
    { role: 'viewer' },
    async ({ session, params }) => {
      const { reader, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const mapping = reader.get('productMapping', params.id);
      return historyView(mapping?.connectionId === connection.id ? mapping.history : []);
    },
  ),
  route(
    'GET /v1/connections/:connectionId/targets/companies',
    { role: 'viewer', query: search },
    async ({ session, params, query }) => {
      const { reader, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const all = reader
        .list('company')
        .filter((record) => record.connectionId === connection.id)
        .map(({ company }) => ({
          id: company.id,
          name: company.name,
          detail: company.email ?? company.number ?? '',
          archived: company.archived,
        }));
      return bestTargets(all, query.search);
    },
  ),
  route(
    'GET /v1/connections/:connectionId/targets/items',
    { role: 'viewer', query: search },
    async ({ session, params, query }) => {
      const { reader, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const all = reader
        .list('item')
        .filter((record) => record.connectionId === connection.id)
        .map(({ item }) => ({
          id: item.id,
          name: item.name,
          detail: item.code,
          archived: item.archived,
        }));
      return bestTargets(all, query.search);
    },
  ),
];

async function createCompanies(
  desk: Desk,
  session: {
    tenantId: Parameters<typeof atConnection>[1];
    actor: Parameters<typeof createInSystem>[2];
  },
  connectionId: string,
  ids: readonly string[],
  requestId: string,
): Promise<{ changed: number; failed: ErrorView[] }> {
  const { reader, connection, connector } = await atConnection(
    desk,
    session.tenantId,
    connectionId,
  );
  const customers = ids
    .flatMap((id) => reader.get('customer', id) ?? [])
    .filter(({ id }) => customerMappingOf(reader, connection.id, id).targetId === null);
  if (customers.length !== new Set(ids).size) throw new AppError('request.conflict');
  await changeConnection(desk, session.tenantId, connection.id, (tx) => {
    for (const { id } of customers)
      tx.put('customerMapping', customerMappingOf(tx, connection.id, id));
  });
  const creations = customers.map((customer) => ({
    kind: 'company' as const,
    mappingId: customerMappingId(connection.id, customer.id),
    draft: {
      name: customer.name,
      number: customer.id,
      email: customer.email,
      taxNumber: customer.taxNumber,
      address: customer.address,
      currency: newestCurrency(reader, customer.id),
    },
  }));
  const result = await desk.engine.withJob(session.tenantId, connection.id, 'person', (job) =>
    createInSystem(job, creations, session.actor),
  );
  return {
    changed: result.created.length,
    failed: result.failed.map(({ failure }) => failureView(failure, requestId, connector)),
  };
}

/** Customers have no currency at the marketplace; their newest order tells it. */
function newestCurrency(reader: Reader, customerId: string): string | null {
  const own = reader.list('order').filter((order) => order.customerId === customerId);
  const newest = own.reduce<(typeof own)[number] | null>(
    (last, order) => (last === null || order.placedAt > last.placedAt ? order : last),
    null,
  );
  return newest?.total.currency ?? null;
}

type Row = CustomerMappingRow | ProductMappingRow;

function filtered<T extends Row>(
  rows: readonly T[],
  {
    only,
    search: wanted,
    sort,
    page,
  }: { [Name in keyof MappingFilter]: MappingFilter[Name] | undefined },
) {
  const text = wanted?.toLowerCase() ?? '';
  const mapped = (row: Row): boolean =>
    row.target !== null || ('fee' in row && (row.fee !== null || row.accountCode !== null));
  const chosen = rows
    .filter(
      (row) =>
        only === undefined ||
        (only === 'excluded' && row.excluded !== null) ||
        (only === 'suggested' && row.suggestion !== null) ||
        (only === 'unmapped' && !mapped(row) && row.excluded === null),
    )
    .filter(
      (row) =>
        text === '' ||
        row.name.toLowerCase().includes(text) ||
        (row.target?.name.toLowerCase().includes(text) ?? false),
    )
    .toSorted(
      (a, b) =>
        (sort === 'money'
          ? worth(b.monthly) - worth(a.monthly)
          : sort === 'state'
            ? Number(mapped(a)) - Number(mapped(b))
            : 0) || (a.name < b.name ? -1 : 1),
    );
  const counts = {
    all: rows.length,
    unmapped: rows.filter((row) => !mapped(row)).length,
    suggested: rows.filter((row) => row.suggestion !== null).length,
    excluded: rows.filter((row) => row.excluded !== null).length,
  };
  return { ...pageOf(chosen, page, pageSize), counts };
}

/** A number to sort by alone; no amount is made from it. */
const worth = (amounts: readonly MoneyView[]): number =>
  amounts.reduce((sum, { amount }) => sum + Number.parseFloat(amount), 0);

function bestTargets(all: readonly TargetView[], wanted: string): TargetView[] {
  const text = wanted.trim().toLowerCase();
  const score = ({ name, detail }: TargetView): number =>
    name.toLowerCase().startsWith(text) || detail.toLowerCase().startsWith(text) ? 0 : 1;
  return all
    .filter(
      ({ name, detail, archived }) =>
        !archived &&
        (text === '' || name.toLowerCase().includes(text) || detail.toLowerCase().includes(text)),
    )
    .toSorted((a, b) => score(a) - score(b) || (a.name < b.name ? -1 : 1))
    .slice(0, targetsShownMax);
}

const historyView = (
  history: ReturnType<typeof customerMappingOf>['history'],
): MappingHistoryView[] =>
  history
    .toReversed()
    .map(({ at, by, targetName, from, how }) => ({ at, by: nameOf(by), targetName, from, how }));
