import { html } from 'hono/html';
import { dateOf } from '../../calendar.ts';
import { decimalText } from '../../decimal.ts';
import { actButton } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { LINE_KINDS, type LineKind } from '../billing/line-kind.ts';
import { standingOn, timelineOf } from '../billing/timeline.ts';
import { type Row, textOf, wholeOf } from '../row.ts';
import {
  CONTRACT_PERIODS,
  CONTRACT_STATUSES,
  CONTRACT_TYPES,
  RECURRING_SERVICE,
} from '../schema/picklists.ts';
import type { World } from '../world.ts';
import { chargesPart } from './charges.ts';
import { actForm, facts, frame, link, number, table } from './frame.ts';
import { activeOf, choicesOf, companyName, currencyOf, day, labelOf, rowChoices } from './words.ts';

/** One contract with its services by today's units, their adjustments, and its charges. */
export function contractPage(world: World, contract: Row, problem: string | undefined): Markup {
  const title = textOf(contract, 'contractName');
  const back = `/contracts/${contract.id}`;
  const companyId = wholeOf(contract, 'companyID') ?? 0;
  const isRecurring = wholeOf(contract, 'contractType') === RECURRING_SERVICE;
  const body = html`<h1>${title} <span class="status">${labelOf(CONTRACT_STATUSES, wholeOf(contract, 'status'))}</span></h1>
    ${facts([
      ['Company', link(`/companies/${companyId}`, companyName(world, contract))],
      ['Type', labelOf(CONTRACT_TYPES, wholeOf(contract, 'contractType'))],
      ['Billing period', labelOf(CONTRACT_PERIODS, wholeOf(contract, 'contractPeriodType'))],
      ['From', day(contract, 'startDate')],
      ['To', day(contract, 'endDate')],
      ['Currency', currencyOf(world, world.tables.get('Companies', companyId))],
      ['Number', textOf(contract, 'contractNumber') || 'None'],
    ])}
    <div class="row">
      ${actButton({
        action: 'post',
        words: 'Approve and post up to today',
        fields: { contractId: String(contract.id) },
        back,
        primary: true,
      })}
    </div>
    <details class="card"><summary>Edit contract</summary>
      ${actForm({
        action: 'change',
        fields: { entity: 'Contracts', id: String(contract.id) },
        back,
        words: 'Save contract',
        inputs: [
          { name: 'contractName', words: 'Name', value: title, isWide: true },
          { name: 'startDate', words: 'From', type: 'date', value: day(contract, 'startDate') },
          { name: 'endDate', words: 'To', type: 'date', value: day(contract, 'endDate') },
          {
            name: 'status',
            words: 'Status',
            value: String(wholeOf(contract, 'status') ?? ''),
            choices: choicesOf(CONTRACT_STATUSES),
          },
        ],
      })}
    </details>
    ${isRecurring ? LINE_KINDS.map((kind) => linesPart(world, { kind, contract, back })) : ''}
    ${chargesPart(world, contract, back)}`;
  return frame({ world, section: 'contracts', title, body, problem });
}

function linesPart(
  world: World,
  { kind, contract, back }: { kind: LineKind; contract: Row; back: string },
): Markup {
  const words = kind.lines === 'ContractServices' ? 'Services' : 'Service bundles';
  const lines = world.tables
    .all(kind.lines)
    .filter((line) => line.values.contractID === contract.id);
  const today = dateOf(world.nowMs());
  return html`<h2>${words}</h2>
    ${table({
      label: words,
      none: 'Nothing on this contract.',
      heads: [
        'Name',
        'Internal description',
        number('Units today'),
        number('Unit price'),
        'Changes',
      ],
      rows: lines.map((line) => {
        const timeline = timelineOf(world, kind, line);
        const now = standingOn(timeline, today);
        return [
          nameOf(world, kind, line),
          textOf(line, 'internalDescription'),
          String(now.units),
          decimalText(now.price),
          html`${timeline.steps.map(
            (step) =>
              html`<div>${step.date}: ${step.unitChange > 0 ? '+' : ''}${step.unitChange}${step.price ? ` at ${decimalText(step.price)}` : ''}</div>`,
          )}`,
        ];
      }),
    })}
    ${lines.map(
      (line) => html`<details class="card"><summary>Adjust ${nameOf(world, kind, line)}</summary>
        ${actForm({
          action: 'create',
          fields: { entity: kind.adjustments, [kind.lineField]: String(line.id) },
          back,
          words: 'Save adjustment',
          inputs: [
            { name: 'effectiveDate', words: 'Effective date', type: 'date', value: today },
            { name: 'unitChange', words: 'Change of units', type: 'decimal', value: '1' },
            ...(kind.adjustsPrice
              ? [{ name: 'adjustedUnitPrice', words: 'Unit price', type: 'decimal' as const }]
              : []),
          ],
        })}
      </details>`,
    )}
    <details class="card"><summary>Add to ${words.toLowerCase()}</summary>
      ${actForm({
        action: 'create',
        fields: { entity: kind.lines, parentId: String(contract.id) },
        back,
        words: 'Add',
        inputs: [
          {
            name: kind.offerField,
            words: 'Name',
            choices: rowChoices(activeOf(world, kind.offers), 'name'),
          },
          { name: 'adjustedPrice', words: 'Adjusted price', type: 'decimal' },
        ],
      })}
    </details>`;
}

function nameOf(world: World, kind: LineKind, line: Row): string {
  const offer = world.tables.get(kind.offers, wholeOf(line, kind.offerField));
  return offer ? textOf(offer, 'name') : '';
}
