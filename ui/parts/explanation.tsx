import type { ExplanationStep, View } from '../api.ts';
import { day, money, number, price } from '../i18n.ts';
import { wizardTexts } from '../texts/en-wizard.ts';
import { sayWith } from '../texts/words.ts';

const texts = wizardTexts.explanation;

/** Every step from the order to the amount, in words with its numbers. */
export const Explanation = ({ line }: { line: View.PlanLineView }) => (
  <div class="explanation">
    <h3>{texts.title}</h3>
    <ol>
      {line.explanation.map((step, index) => (
        <li key={`${step.step} ${index}`}>{sentence(step, line.amount.currency)}</li>
      ))}
    </ol>
    <p>
      {texts.result} <strong class="money">{money(line.amount)}</strong>
    </p>
  </div>
);

/** One step as a sentence; enough for somebody else to compute it again. */
export function sentence(step: ExplanationStep, currency: string): string {
  const cash = (amount: string) => money({ amount, currency });
  switch (step.step) {
    case 'charge':
      return sayWith(step.unitPrice === null ? texts.charge : texts.chargePriced, {
        order: step.orderNumber,
        type: step.detailType,
        quantity: number(step.quantity),
        price: step.unitPrice === null ? '' : price(step.unitPrice),
        amount: money({ amount: step.amount, currency: step.currency }),
      });
    case 'price':
      return sayWith(texts.price[step.from], {
        price: price(step.unitPrice),
        source: step.source,
      });
    case 'share':
      return sayWith(step.period ? texts.sharePeriod : texts.share, {
        share: number(step.share),
        from: step.period ? day(step.period.start) : '',
        to: step.period ? day(step.period.end) : '',
      });
    case 'discount':
      return sayWith(texts.discount, {
        value: step.kind === 'percent' ? `${number(step.value)} %` : cash(step.value),
      });
    case 'round':
      return sayWith(step.exact === step.amount ? texts.exact : texts.round, {
        exact: number(step.exact),
        amount: cash(step.amount),
      });
    case 'shape':
      return sayWith(texts.shape[step.shape], {
        quantity: number(step.quantity),
        price: price(step.unitPrice),
      });
    case 'tax-included':
      return sayWith(texts.taxIncluded, { tax: cash(step.tax) });
    case 'part':
      return sayWith(step.first === step.last ? texts.part : texts.parts, {
        part: String(step.first),
        last: String(step.last),
        count: String(step.count),
        whole: cash(step.whole),
        amount: cash(step.amount),
      });
    case 'blend':
      return sayWith(texts.blend, {
        changes: step.changes
          .map((one) =>
            sayWith(texts.blended, {
              order: one.orderNumber,
              seats: number(one.seats),
              from: day(one.from),
              amount: cash(one.amount),
            }),
          )
          .join('; '),
        amount: cash(step.amount),
      });
    case 'apart':
      return sayWith(texts.apart, { lines: String(step.lines) });
    case 'convert':
      return sayWith(texts.convert[step.source], {
        from: step.from,
        to: step.to,
        rate: number(step.rate),
        on: step.on === null ? '' : sayWith(texts.convert.on, { date: day(step.on) }),
        exact: number(step.exact),
        amount: money({ amount: step.amount, currency: step.to }),
      });
    case 'margin':
      return sayWith(step.cost === null ? texts.margin.unknown : texts.margin.known, {
        cost: step.cost === null ? '' : money({ amount: step.cost, currency: step.currency }),
        margin: step.margin === null ? '' : number(step.margin),
        floor: number(step.floor),
      });
    case 'turned':
      return texts.turned[step.reason];
    case 'account':
      return sayWith(texts.account[step.rule], { code: step.code ?? '' });
    case 'tax':
      return sayWith(texts.tax[step.rule], { type: step.type ?? '' });
    case 'edited':
      return sayWith(texts.edited, {
        field: texts.fields[fieldOf(step.field)],
        from: step.from || texts.nothing,
        to: step.to || texts.nothing,
        by: step.by,
      });
    default:
      return step satisfies never;
  }
}

const fields = [
  'description',
  'quantity',
  'unitPrice',
  'discount',
  'priceFrom',
  'accountCode',
  'taxType',
] as const;
const fieldOf = (name: string) => fields.find((field) => field === name) ?? 'description';
