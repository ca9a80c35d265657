import type { Charge } from '../../domain/charge.ts';
import { ownKey } from '../../domain/ids.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { FeeKind } from '../../domain/product.ts';
import { feeByClass } from '../../domain/rules/rule.ts';
import type { Task } from '../../domain/task.ts';
import { evaluateSafely } from '../../sync/plan/evaluate-safely.ts';
import { openingLinkOf } from '../../sync/plan/opening.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { DocumentRef } from '../views/common.ts';
import type { TargetView } from '../views/mappings.ts';
import type { ChargeView, TaskRow, TaskView } from '../views/tasks.ts';
import { failureView } from './failure.ts';
import { moneyView, nameOf } from './money.ts';
import { needView } from './need.ts';
import { linkedDocument } from './opening.ts';

interface Shown {
  reader: Reader;
  world: PlanWorld;
  connector: Connector;
  requestId: string;
  /** Who else has a task open; nobody where it does not matter. */
  present?(taskId: string): string[];
}

/** A task as a row: what it is, what it needs, where its money went. */
export function taskRow(shown: Shown, task: Task): TaskRow {
  const { reader, world, connector, requestId } = shown;
  const needs = task.groups.flatMap((group) => group.needs);
  const documents = documentsOf(
    { reader, world, connector },
    task.groups.flatMap(({ chargeKeys }) => chargeKeys),
  );
  return {
    id: task.id,
    orderId: task.orderId,
    orderNumber: task.orderNumber,
    orderType: task.orderType,
    customerId: task.customerId,
    customerName: world.customer(task.customerId)?.name ?? task.customerId,
    placedOn: task.placedOn,
    amount: moneyView(task.amount),
    state: task.state,
    needs: [...new Map(needs.map((need) => [`${need.code} ${need.subject}`, need])).values()].map(
      (need) => needView(reader, world, need),
    ),
    written: task.groups.reduce((sum, group) => sum + group.written, 0),
    lines: task.groups.reduce((sum, group) => sum + group.chargeKeys.length, 0),
    retryAt: task.failure?.retry.kind === 'later' ? task.failure.retry.at : null,
    failure: task.failure === null ? null : failureView(task.failure, requestId, connector),
    ignored:
      task.ignored === null
        ? null
        : {
            reason: task.ignored.reason,
            by: nameOf(task.ignored.by),
            at: task.ignored.at,
            document: task.ignored.reason === 'linked' ? billedByHand(shown, task) : null,
          },
    documents,
    care: careView(reader, task),
    present: shown.present?.(task.id) ?? [],
  };
}

function careView(reader: Reader, { id }: Task): TaskRow['care'] {
  const care = reader.get('taskCare', id);
  return {
    assignee: care?.assignee ?? null,
    note:
      care?.note == null
        ? null
        : { text: care.note.text, by: nameOf(care.note.by), at: care.note.at },
    snoozedUntil: care?.snoozedUntil ?? null,
  };
}

/** The document that a person said its subscription was billed on. */
function billedByHand(shown: Shown, { groups }: Task): DocumentRef | null {
  const [link] = groups.flatMap(({ subscriptionId }) =>
    subscriptionId === null ? [] : (openingLinkOf(shown.world, subscriptionId) ?? []),
  );
  return link === undefined ? null : linkedDocument(shown, link);
}

/** A task whole: its groups with their charges, and what the wizard's first steps ask. */
export function taskView(shown: Shown, task: Task): TaskView {
  const { reader, world } = shown;
  const order = world.order(task.orderId);
  const left = new Map(
    (order === null ? [] : evaluateSafely(world, order)).flatMap((group) =>
      group.left.map(({ chargeKey, reason }) => [chargeKey, reason]),
    ),
  );
  const charges = order?.charges ?? [];
  return {
    ...taskRow(shown, task),
    groups: task.groups.map((group) => ({
      subscriptionId: group.subscriptionId,
      subscriptionName:
        group.subscriptionId === null
          ? null
          : (world.subscription(group.subscriptionId)?.name ?? null),
      state: group.state,
      needs: group.needs.map((need) => needView(reader, world, need)),
      charges: charges
        .filter(({ key }) => group.chargeKeys.includes(key))
        .map((charge) => chargeView(shown, charge, left.get(charge.key) ?? null)),
    })),
    customerMapped: customerTarget(reader, world, task.customerId),
    products: productsOf(world, charges),
  };
}

export function customerTarget(
  reader: Reader,
  world: PlanWorld,
  customerId: string,
): TargetView | null {
  const targetId = world.customerMapping(customerId)?.targetId ?? null;
  const company =
    targetId === null
      ? null
      : (reader.get('company', ownKey(world.connection.id, targetId))?.company ?? null);
  return company === null
    ? null
    : {
        id: company.id,
        name: company.name,
        detail: company.email ?? '',
        archived: company.archived,
      };
}

function chargeView(
  { reader, world, connector }: Shown,
  charge: Charge,
  excluded: string | null,
): ChargeView {
  const productKey = productKeyOf(charge);
  const [document] = documentsOf({ reader, world, connector }, [charge.key]);
  return {
    key: charge.key,
    description: charge.description,
    detailType: charge.detailType,
    class: charge.class,
    productKey,
    productName: productKey === null ? null : (world.product(productKey)?.name ?? null),
    subscriptionId: charge.subscriptionId,
    candidates: charge.candidates.map((id) => ({ id, name: world.subscription(id)?.name ?? id })),
    quantity: charge.quantity,
    unitPrice: charge.unitPrice,
    amount: moneyView(charge.amount),
    link:
      document === undefined
        ? null
        : { documentId: document.id, number: document.number, url: document.url },
    excluded,
  };
}

function productsOf(world: PlanWorld, charges: readonly Charge[]): TaskView['products'] {
  const fees = new Map<string, Set<FeeKind>>();
  for (const charge of charges) {
    const key = productKeyOf(charge);
    if (key !== null && charge.class !== 'movement')
      fees.set(key, (fees.get(key) ?? new Set()).add(feeByClass(charge)));
  }
  return [...fees].map(([productKey, kinds]) => {
    const mapping = world.productMapping(productKey, [...kinds][0] ?? 'recurring');
    const target =
      mapping?.targetId == null
        ? null
        : {
            id: mapping.targetId,
            name: mapping.targetName ?? '',
            detail: mapping.itemCode ?? '',
            archived: false,
          };
    const name =
      world.product(productKey)?.name ??
      charges.find((charge) => productKeyOf(charge) === productKey)?.description ??
      productKey;
    return { productKey, name, fees: [...kinds], target };
  });
}

/** The documents that carry any of the charges, each once. */
export function documentsOf(
  { world, connector }: { reader: Reader; world: PlanWorld; connector: Connector },
  chargeKeys: readonly string[],
): TaskRow['documents'] {
  const links = chargeKeys.flatMap((key) => world.linkState(key).live ?? []);
  return [...new Map(links.map((link) => [link.documentId, link])).values()].map((link) => ({
    id: link.documentId,
    number: link.documentNumber,
    url: connector.documentUrl(world.connection.account, {
      id: link.documentId,
      kind: link.documentKind,
    }),
  }));
}
