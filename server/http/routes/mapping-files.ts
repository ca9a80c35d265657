import * as v from 'valibot';
import { csvOf, parseCsv } from '../../domain/csv.ts';
import { AppError } from '../../domain/errors.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { type FeeKind, feeKindSchema } from '../../domain/product.ts';
import { mapCustomer, mapProduct } from '../../sync/mapping/map.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { csvBody, csvTextMax } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { type AnyRoute, route } from '../route.ts';
import type { CsvPreviewView } from '../views/mappings.ts';
import { customerRows, productRows } from './mapping-rows.ts';

const customerHead = ['Customer id', 'Customer', 'Contact id', 'Contact'];
const productHead = ['Product', 'Name', 'Fee', 'Item code', 'Item', 'Account', 'Tax'];

type Change = CsvPreviewView['changes'][number] & {
  target: string | null;
  key: string;
  fee: FeeKind | null;
};

/** Mappings as files: out for a spreadsheet, in with a preview; a wrong row changes nothing. */
export const mappingFileRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/mappings/customers.csv',
    { role: 'viewer', audit: 'export', csv: true },
    async ({ session, params }) => {
      const { reader, world } = await atConnection(desk, session.tenantId, params.connectionId);
      return csvOf([
        customerHead,
        ...customerRows(reader, world).map(({ id, name, target }) => [
          id,
          name,
          target?.id ?? '',
          target?.name ?? '',
        ]),
      ]);
    },
  ),
  route(
    'GET /v1/connections/:connectionId/mappings/products.csv',
    { role: 'viewer', audit: 'export', csv: true },
    async ({ session, params }) => {
      const { reader, world } = await atConnection(desk, session.tenantId, params.connectionId);
      return csvOf([
        productHead,
        ...productRows(reader, world).map((row) => [
          row.productKey,
          row.name,
          row.fee ?? '',
          row.target?.detail ?? '',
          row.target?.name ?? '',
          row.accountCode ?? '',
          row.taxType ?? '',
        ]),
      ]);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/mappings/:kind/csv',
    { role: 'operator', body: csvBody, bodyMaxBytes: csvTextMax + 1000 },
    async ({ session, params, body }) => {
      const { reader, world, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      if (params.kind !== 'customers' && params.kind !== 'products')
        throw new AppError('request.not-found');
      const changes =
        params.kind === 'customers'
          ? customerChanges(reader, world, body.text)
          : productChanges(reader, world, body.text);
      const valid = changes.filter(({ problem }) => problem === null);
      const apply = body.apply && valid.length === changes.length && valid.length > 0;
      if (apply)
        await changeConnection(desk, session.tenantId, connection.id, (tx, _connection, at) => {
          const change = {
            tx,
            connectionId: connection.id,
            by: session.actor,
            at,
            how: 'csv' as const,
          };
          for (const one of valid) {
            if (params.kind === 'customers') mapCustomer(change, one.key, one.target);
            else mapProduct(change, { productKey: one.key, fee: one.fee, targetId: one.target });
          }
          tx.log({
            actor: session.actor,
            action: 'imported',
            result: 'ok',
            connectionId: connection.id,
            customerId: null,
            subject: params.kind,
            taskId: null,
            orderId: null,
            documentId: null,
            documentUrl: null,
            amount: null,
            failure: null,
            facts: { count: String(valid.length) },
            details: null,
          });
        });
      return {
        changes: changes.map(({ line, name, from, to, problem }) => ({
          line,
          name,
          from,
          to,
          problem,
        })),
        valid: valid.length,
        invalid: changes.length - valid.length,
        applied: apply,
      };
    },
  ),
];

function customerChanges(reader: Reader, world: PlanWorld, text: string): Change[] {
  const rows = new Map(customerRows(reader, world).map((row) => [row.id, row]));
  return rowsOf(text, customerHead).flatMap(
    ({ line, values: [id = '', name = '', targetId = ''] }): Change[] => {
      const row = rows.get(id);
      const company = targetId === '' ? null : world.company(targetId);
      const from = row?.target?.name ?? null;
      if (row !== undefined && (row.target?.id ?? '') === targetId) return [];
      const problem =
        row === undefined
          ? 'unknown-customer'
          : targetId !== '' && company === null
            ? 'unknown-contact'
            : company?.archived === true
              ? 'archived-contact'
              : null;
      return [
        {
          line,
          name: row?.name ?? name,
          from,
          to: company?.name ?? null,
          problem,
          target: targetId === '' ? null : targetId,
          key: id,
          fee: null,
        },
      ];
    },
  );
}

function productChanges(reader: Reader, world: PlanWorld, text: string): Change[] {
  const rows = new Map(
    productRows(reader, world).map((row) => [`${row.productKey}|${row.fee ?? ''}`, row]),
  );
  const items = new Map(
    reader
      .list('item')
      .filter((record) => record.connectionId === world.connection.id)
      .map(({ item }) => [item.code, item]),
  );
  return rowsOf(text, productHead).flatMap(
    ({ line, values: [productKey = '', name = '', fee = '', code = ''] }): Change[] => {
      const row = rows.get(`${productKey}|${fee}`);
      const item = code === '' ? null : (items.get(code) ?? null);
      if (row !== undefined && (row.target?.detail ?? '') === code) return [];
      const problem =
        row === undefined
          ? 'unknown-product'
          : code !== '' && item === null
            ? 'unknown-item'
            : item?.archived === true
              ? 'archived-item'
              : null;
      const parsed = v.safeParse(feeKindSchema, fee);
      return [
        {
          line,
          name: row?.name ?? name,
          from: row?.target?.name ?? null,
          to: item?.name ?? null,
          problem,
          target: item?.id ?? null,
          key: productKey,
          fee: parsed.success ? parsed.output : null,
        },
      ];
    },
  );
}

function rowsOf(text: string, head: readonly string[]): { line: number; values: string[] }[] {
  const [first, ...rows] = parseCsv(text.replace(/^\uFEFF/, ''));
  if (first === undefined || head.some((name, index) => first[index] !== name))
    throw new AppError('request.invalid', { facts: { field: 'text' } });
  return rows.map((values, index) => ({ line: index + 2, values }));
}
