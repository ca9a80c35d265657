import type { LineContent } from '../../domain/document.ts';
import type { Marker } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Shape } from '../../domain/shape.ts';
import { withLineMark } from '../markers.ts';
import type { Books } from './books.ts';
import { describe } from './describe.ts';
import type { LineFigures } from './line-figures.ts';
import type { Priced } from './price.ts';
import { unitCostAfter, unitCostIn } from './unit-cost.ts';
import type { WantedLine } from './wanted-line.ts';
import type { PlanWorld } from './world.ts';

/** Room for the mark and its brackets at the end of a line's text. */
const markLengthMax = 24;

/** The text of a line, without its mark: as a person wrote it, else as the settings say. */
export const lineText = (
  world: PlanWorld,
  { charge, order, fee, productKey, item, edit }: WantedLine,
  shape: Shape,
): string =>
  edit.description ??
  describe({
    charge,
    order,
    fee,
    product: productKey === null ? null : world.product(productKey),
    item,
    shape,
    settings: world.settings,
    textMax: world.manifest.limits.lineTextMax - markLengthMax,
  });

/** The line as it is written into the system. */
export function lineContent(
  world: PlanWorld,
  line: WantedLine,
  as: {
    text: string;
    marker: Marker;
    figures: LineFigures;
    discount: Priced['discount'];
    cost: Money | null;
    books: Books;
  },
): LineContent {
  const { text, marker, figures, discount, cost, books } = as;
  const { shape, amount } = figures;
  const { item, stands } = line;
  const ofStanding = () => ({
    itemId: item?.id ?? null,
    unitCost:
      stands?.as === undefined
        ? unitCostIn(cost, amount, shape.quantity)
        : unitCostAfter(world, line, shape.quantity),
  });
  return {
    description: withLineMark(text, marker),
    quantity: shape.quantity,
    unitPrice: shape.unitPrice,
    discount: discount ?? null,
    itemCode: item?.code ?? null,
    ...(world.manifest.kind === 'standing' ? ofStanding() : {}),
    accountCode: books.accountCode,
    taxType: books.taxType,
    tracking: world.settings.tracking,
  };
}
