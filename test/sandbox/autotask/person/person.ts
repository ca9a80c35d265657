import { dateOf } from '../../calendar.ts';
import type { JsonObject } from '../../json.ts';
import { NumberText } from '../../json.ts';
import { processInvoices, voidInvoice } from '../billing/invoice.ts';
import { approveAndPost } from '../billing/post.ts';
import type { Row } from '../row.ts';
import type { Outcome, Work } from '../rules/work.ts';
import { changeRow, createRow, removeRow } from '../rules/write.ts';
import type { Entity } from '../schema/entity.ts';
import { entityOfPath } from '../schema/index.ts';
import type { World } from '../world.ts';
import { openByHand } from './by-hand.ts';
import type { Fields, Person } from './types.ts';

const ACTOR = 'person:reseller';
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function createPerson(current: () => World): Person {
  const work = (): Work => ({
    world: current(),
    actor: ACTOR,
    resourceId: current().personId,
    impersonatorId: undefined,
    hidesCosts: false,
  });
  const invoicing = () => ({ world: current(), actor: ACTOR, resourceId: current().personId });
  const note = (kind: string, data: unknown) => current().record({ kind, actor: ACTOR, data });
  const user = () => {
    const [first] = current().apiUsers;
    if (!first) throw new RangeError('There is no API user.');
    return first;
  };
  const change = (entity: string, id: number, fields: Fields): void => {
    const body = { ...bodyOf(fields), id: new NumberText(String(id)) };
    need(changeRow(work(), { entity: known(entity), body, mode: 'patch' }));
  };
  const create: Person['create'] = (entity, fields, parentId) =>
    need(createRow(work(), { entity: known(entity), body: bodyOf(fields), parentId })).id;
  return {
    create,
    change,
    openByHand: (company, given) => openByHand(current(), { create, change }, company, given),
    remove: (entity, id) => {
      need(removeRow(work(), { entity: known(entity), id }));
    },
    post: ({ through, contractId } = {}) => {
      if (through !== undefined && !DATE.test(through))
        throw new RangeError('A day is written as YYYY-MM-DD.');
      const world = current();
      const day = through ?? dateOf(world.nowMs());
      return approveAndPost({ world, actor: ACTOR, through: day, contractId });
    },
    invoice: ({ companyId } = {}) =>
      processInvoices({ ...invoicing(), companyId }).map(({ id }) => id),
    voidInvoice: (invoiceId) => {
      const invoice = current().tables.get('Invoices', invoiceId);
      if (!invoice) throw new RangeError('There is no such invoice.');
      voidInvoice(invoicing(), invoice);
    },
    setPaid: (invoiceId, date) => change('Invoices', invoiceId, { paidDate: date ?? '' }),
    setHidesCosts: (hides) => {
      current().hidesCosts = hides;
      note('security.changed', { hidesCosts: hides });
    },
    setApiUserActive: (isActive) => {
      user().isActive = isActive;
      note('apiUser.changed', { isActive });
    },
    newSecret: () => {
      const secret = `${user().secret.split('.')[0]}.${current().tables.next('secret')}`;
      user().secret = secret;
      note('apiUser.changed', { secret: 'new' });
      return secret;
    },
    moveZone: (zone) => {
      if (!Number.isInteger(zone) || zone < 1 || zone > 99)
        throw new RangeError('A zone is a number from 1 to 99.');
      current().zone = zone;
      note('tenant.moved', { zone });
    },
  };
}

function known(entity: string): Entity {
  const found = entityOfPath(entity);
  if (!found) throw new RangeError('There is no such entity.');
  return found;
}

/** `udf:Name` fills in the user-defined field of this name. */
const UDF = 'udf:';

function bodyOf(fields: Fields): JsonObject {
  const entries = Object.entries(fields).map(([name, value]): [string, string | null] => [
    name,
    value === '' ? null : value,
  ]);
  const udfs = entries.filter(([name]) => name.startsWith(UDF));
  return {
    ...Object.fromEntries(entries.filter(([name]) => !name.startsWith(UDF))),
    userDefinedFields: udfs.map(([name, value]) => ({ name: name.slice(UDF.length), value })),
  };
}

function need(outcome: Outcome<Row>): Row {
  if (outcome.status === 'failed') throw new RangeError(outcome.errors.join(' '));
  return outcome.value;
}
