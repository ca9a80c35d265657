import * as v from 'valibot';
import type { JournalEntry } from '../../bookkeeper/journal-entry.ts';
import type { World } from '../../sandbox/world.ts';
import type { StandingBooks, StandingLine } from './books.ts';

const id = v.pipe(v.number(), v.transform(String));
const text = v.nullish(v.string(), null);
const number = v.pipe(v.nullish(v.union([v.string(), v.number()]), 0), v.transform(Number));
const chargeSchema = v.object({
  id,
  contractID: id,
  name: v.string(),
  description: text,
  unitQuantity: number,
  unitPrice: number,
  internalPurchaseOrderNumber: text,
  productID: v.nullish(id, null),
});
const serviceSchema = v.object({
  id,
  contractID: id,
  serviceID: id,
  invoiceDescription: text,
  internalDescription: text,
});
const adjustmentSchema = v.object({
  contractServiceID: id,
  unitChange: number,
  adjustedUnitPrice: v.nullish(v.union([v.string(), v.number()]), null),
});
const contractSchema = v.object({ id, status: v.number() });
const inEffect = 1;
const billedSchema = v.object({ contractChargeID: v.nullish(id, null) });
const rowIn = <S extends v.GenericSchema>(schema: S, data: unknown): v.InferOutput<S> =>
  v.parse(v.object({ row: schema }), data).row;

const marked = /^(LP[0-9A-HJKMNP-TV-Z]{16})$/;
const markIn = (told: string | null): string | null => marked.exec(told ?? '')?.[1] ?? null;

/** Contract services with what their adjustments come to, and charges. */
export function readAutotaskLines(world: World): StandingBooks {
  const lines = new Map<string, StandingLine>();
  const trespasses: string[] = [];
  /** Contracts that somebody ended: nothing on them is billed any more, and their lines go on elsewhere. */
  const endedContracts = new Set<string>();
  /** Lines that a person wants back as they were: a write whose answer got lost does not tell the app that they are. */
  const wantedBack = new Set<string>();
  let seen = 0;
  const journal = () => world.systems.autotask.journal();

  function follow(): void {
    const entries = journal();
    for (const entry of entries.slice(seen)) note(entry);
    seen = entries.length;
  }
  function note({ kind, actor, atMs, data }: JournalEntry): void {
    const byApp = actor.startsWith('api:');
    const touch = (key: string): void => {
      if (byApp && lines.get(key)?.byApp !== true) trespasses.push(`${kind} of ${key} by the app`);
    };
    const touched = (key: string): Partial<StandingLine> =>
      byApp ? {} : { editedMs: wantedBack.has(key) ? null : atMs };
    switch (kind) {
      case 'contract.changed': {
        const contract = rowIn(contractSchema, data);
        if (contract.status === inEffect) endedContracts.delete(contract.id);
        else endedContracts.add(contract.id);
        return;
      }
      case 'contractCharge.created':
      case 'contractCharge.changed': {
        const charge = rowIn(chargeSchema, data);
        const key = `charge ${charge.id}`;
        const before = lines.get(key);
        if (kind === 'contractCharge.changed') touch(key);
        lines.set(key, {
          ...fresh,
          byApp,
          ...before,
          ...(before === undefined ? {} : touched(key)),
          key,
          id: charge.id,
          documentId: charge.contractID,
          mark: markIn(charge.internalPurchaseOrderNumber),
          item: charge.productID,
          text: charge.description ?? charge.name,
          quantity: charge.unitQuantity,
          unitPrice: charge.unitPrice,
          first: before?.first ?? { quantity: charge.unitQuantity, unitPrice: charge.unitPrice },
          isOnce: true,
        });
        return;
      }
      case 'contractCharge.deleted':
      case 'contractService.deleted': {
        const key =
          kind === 'contractCharge.deleted'
            ? `charge ${rowIn(chargeSchema, data).id}`
            : `service ${rowIn(serviceSchema, data).id}`;
        touch(key);
        change(key, { isGone: true, ...touched(key) });
        return;
      }
      case 'contractService.created':
      case 'contractService.changed': {
        const service = rowIn(serviceSchema, data);
        const key = `service ${service.id}`;
        const before = lines.get(key);
        lines.set(key, {
          ...fresh,
          byApp,
          ...before,
          ...(before === undefined ? {} : touched(key)),
          key,
          id: service.id,
          documentId: service.contractID,
          mark: markIn(service.internalDescription),
          item: service.serviceID,
          text: service.invoiceDescription ?? '',
        });
        return;
      }
      case 'contractServiceAdjustment.created': {
        const { contractServiceID, unitChange, adjustedUnitPrice } = rowIn(adjustmentSchema, data);
        const key = `service ${contractServiceID}`;
        touch(key);
        const before = lines.get(key);
        if (before === undefined) return;
        change(key, {
          quantity: before.quantity + unitChange,
          ...(adjustedUnitPrice === null ? {} : { unitPrice: Number(adjustedUnitPrice) }),
          ...touched(key),
        });
        return;
      }
      case 'billingItem.created': {
        const { contractChargeID } = rowIn(billedSchema, data);
        if (contractChargeID !== null) change(`charge ${contractChargeID}`, { billedMs: atMs });
      }
    }
  }
  function change(key: string, changes: Partial<StandingLine>): void {
    const before = lines.get(key);
    if (before !== undefined) lines.set(key, { ...before, ...changes });
  }
  return {
    system: 'autotask',
    hasChanged: () => journal().length > seen,
    lines: () => {
      follow();
      return [...lines.values()];
    },
    line: (key) => {
      follow();
      return lines.get(key);
    },
    trespasses: () => {
      follow();
      return trespasses;
    },
    answered: (documentId, answer) => {
      follow();
      for (const [key, line] of lines) {
        if (line.documentId !== documentId) continue;
        if (answer === 'again' && line.editedMs !== null) wantedBack.add(key);
        change(key, { editedMs: null });
      }
    },
    twice: () => {
      follow();
      const standing = [...lines.values()].filter(
        ({ mark, isGone, documentId }) =>
          mark !== null && !isGone && !endedContracts.has(documentId),
      );
      return [...Map.groupBy(standing, ({ mark }) => mark)].flatMap(([mark, same]) =>
        same.length === 1
          ? []
          : [`${mark} stands on ${same.map(({ key }) => key).join(' and ')} of Autotask`],
      );
    },
  };
}

const fresh = {
  isOnce: false,
  quantity: 0,
  unitPrice: 0,
  first: { quantity: 0, unitPrice: 0 },
  from: null,
  until: null,
  billedMs: null,
  editedMs: null,
  isGone: false,
};
