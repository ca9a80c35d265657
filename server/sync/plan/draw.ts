import type { Portion } from '../../domain/link.ts';
import type { Order } from '../../domain/order.ts';
import type { ExplanationStep } from '../../domain/plan.ts';
import type { Wanted } from '../../domain/rules/rule.ts';
import { notExported } from '../../domain/settings.ts';
import type { Need } from '../../domain/task.ts';
import { lineMarker } from '../markers.ts';
import { belowCostNeeds } from './below-cost.ts';
import { booksOf } from './books.ts';
import { costOf } from './cost.ts';
import type { Of, Place } from './decisions.ts';
import type { GroupResult } from './draft-line.ts';
import { lineContent, lineText } from './line-content.ts';
import { type LineFigures, lineFigures } from './line-figures.ts';
import { linePrice } from './line-price.ts';
import { marginOf } from './margin.ts';
import { need } from './needs.ts';
import { openLineStep } from './open-line-step.ts';
import { openLineMarker } from './open-lines.ts';
import { removedLineNeeds } from './removed-line.ts';
import { type WantedLine, wantedLine } from './wanted-line.ts';
import type { PlanWorld } from './world.ts';
import { zeroLineOf } from './zero-line.ts';

/** Makes the line of a charge that is to be billed, and says what it needs from a person first. */
export function draw(
  world: PlanWorld,
  order: Order,
  group: GroupResult,
  wanted: Wanted,
  portion: Portion,
  place: Place,
): void {
  const { charge, fee, stands } = wanted;
  const { subscriptionId } = group;

  // What it is made of, and what it costs.
  const { line, needs } = wantedLine(world, { order, subscriptionId, place, wanted });
  const price = linePrice(world, line);
  if (!price.ok) {
    group.needs.push(...needs, price.need);
    return;
  }
  const { discount, priceFrom, steps, asks } = price.priced;
  const asked = asks === undefined ? [] : [asks.need];
  const figures = lineFigures(world, line, price.priced);
  const { open, shape, amount } = figures;

  // Whether it is a line at all.
  const zero = zeroLineOf(world, line, figures);
  if (zero.kind === 'step') {
    // The step is made of the same, and asks for it itself.
    group.needs.push(...asked);
    draw(world, order, group, zero.wanted, portion, place);
    return;
  }
  group.needs.push(...needs, ...asked);
  if (zero.kind === 'left') {
    group.left.push({ chargeKey: charge.key, reason: zero.reason });
    return;
  }

  // Whether it is worth it to the reseller.
  const net = priceFrom === 'marketplace' ? charge.amount : amount;
  const cost = costOf(world, charge, fee, subscriptionId);
  group.needs.push(...belowCostNeeds(world, { charge, net, cost }));
  const margin = order.type === 'own' ? null : marginOf(world, { charge, net, cost, place });
  group.needs.push(...(margin?.needs ?? []));

  // How it is written.
  group.needs.push(...exportNeeds(world, line, open), ...removedLineNeeds(world, line, open));
  const { edit, mapping, item, productKey } = line;
  const { settings, reference } = world;
  const books = booksOf({ edit, mapping, item, fee, settings, reference });
  const marker = stands
    ? openLineMarker(world, subscriptionId, charge)
    : lineMarker(world.crypto, world.scope, charge.key, portion);
  const text = lineText(world, line, shape);
  const content = lineContent(world, line, { text, marker, figures, discount, cost, books });
  group.lines.push({
    charge,
    order,
    portion,
    marker,
    fee,
    productKey,
    amount,
    priceFrom,
    subscriptionId,
    content,
    ...(asks === undefined ? {} : { asks: asks.move }),
    ...openLineStep(world, line, { open, text, content }),
    ...(margin?.warns == null ? {} : { margin: margin.warns }),
    explanation: [
      ...steps,
      ...(margin?.steps ?? []),
      ...books.steps,
      ...line.edits.flatMap(explainEdit),
    ],
  });
}

/** A new line names its product, which is not sent where products are not exported. */
const exportNeeds = (
  world: PlanWorld,
  { charge, productKey }: WantedLine,
  open: LineFigures['open'],
): Need[] =>
  open === null &&
  notExported(world.settings, world.manifest.standing?.exports).includes('products')
    ? [need('products-not-exported', productKey ?? charge.key, {})]
    : [];

const explainEdit = ({ value, by }: Of<'edit'>): ExplanationStep[] =>
  Object.entries(value.edit).map(([field, to]) => ({
    step: 'edited',
    field,
    from: '',
    to: typeof to === 'string' ? to : JSON.stringify(to),
    by: by.kind === 'user' ? by.name : by.kind,
  }));
