import { dateOf } from '../../calendar.ts';
import { decimalText } from '../../decimal.ts';
import type { Refusal } from '../api/refusal.ts';
import { deleteInvoice, runInvoicing } from '../billing/invoice.ts';
import type { Row } from '../row.ts';
import { balanceOf } from '../rules/invoice.ts';
import type { Outcome, Work } from '../rules/work.ts';
import { changeRow, createRow, removeRow } from '../rules/write.ts';
import type { Entity } from '../schema/entity.ts';
import { entityOf } from '../schema/index.ts';
import type { World } from '../world.ts';
import { openByHand } from './by-hand.ts';
import { bodyOf } from './form-body.ts';
import type { Person } from './types.ts';

const ACTOR = 'person:reseller';
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function createPerson(current: () => World): Person {
  const work = (): Work => ({
    world: current(),
    actor: ACTOR,
    memberId: current().personId,
    hidesCosts: false,
  });
  const note = (kind: string, data: unknown) => current().record({ kind, actor: ACTOR, data });
  const create: Person['create'] = (record, fields, parentId) => {
    const entity = known(record);
    return need(createRow(work(), { entity, body: bodyOf(entity, fields), parentId })).id;
  };
  const change: Person['change'] = (record, id, fields) => {
    const entity = known(record);
    const body = bodyOf(entity, fields);
    need(changeRow(work(), { entity, id, body, mode: 'patch' }));
  };
  return {
    create,
    change,
    openByHand: (company, given) => openByHand(current(), { create, change }, company, given),
    remove: (record, id) => {
      need(removeRow(work(), { entity: known(record), id }));
    },
    invoice: ({ through, agreementId } = {}) => {
      const day = through ?? dateOf(current().nowMs());
      if (!DATE.test(day)) throw new RangeError('A day is written as YYYY-MM-DD.');
      return runInvoicing({ ...work(), through: day, agreementId }).map(({ id }) => id);
    },
    deleteInvoice: (invoiceId) => deleteInvoice(work(), invoiceOf(current(), invoiceId)),
    pay: (invoiceId, { amount, date } = {}) => {
      const open = decimalText(balanceOf(current(), invoiceOf(current(), invoiceId)));
      const fields = { amount: amount || open, ...(date ? { paymentDate: date } : {}) };
      return create('InvoicePayment', fields, invoiceId);
    },
    setRight: (right, verb, isGranted) => {
      current().role.set(right, verb, isGranted);
      note('role.changed', { right, verb, isGranted });
    },
    setTable: (table, isGranted) => {
      current().role.setTable(table, isGranted);
      note('role.changed', { table, isGranted });
    },
    setHidesCosts: (hides) => {
      current().role.hidesCosts = hides;
      note('role.changed', { hidesCosts: hides });
    },
    setMemberActive: (isActive) => {
      current().member.isActive = isActive;
      note('member.changed', { isActive });
    },
    newKeys: () => {
      const { member, tables } = current();
      const next = tables.next('keys');
      member.publicKey = `${member.publicKey.split('.')[0]}.${next}`;
      member.privateKey = `${member.privateKey.split('.')[0]}.${next}`;
      note('member.changed', { keys: 'new' });
      return { publicKey: member.publicKey, privateKey: member.privateKey };
    },
    setCodebase: (codebase) => {
      if (!/^v\d{4}_\d{1,2}$/.test(codebase))
        throw new RangeError('A codebase is written as v2027_1.');
      current().codebase = codebase;
      note('tenant.upgraded', { codebase });
    },
  };
}

function known(record: string): Entity {
  const found = entityOf(record);
  if (!found) throw new RangeError('There is no such record.');
  return found;
}

function invoiceOf({ tables }: World, id: number): Row {
  const invoice = tables.get('Invoice', id);
  if (!invoice) throw new RangeError('There is no such invoice.');
  return invoice;
}

function need(outcome: Outcome<Row>): Row {
  if (outcome.status === 'failed') throw new RangeError(wordsOf(outcome.refusal));
  return outcome.value;
}

const wordsOf = ({ message, errors }: Refusal): string =>
  errors && errors.length > 0 ? errors.map((error) => error.message).join(' ') : message;
