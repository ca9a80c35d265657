import { html } from 'hono/html';
import type { Markup } from '../../people/layout.ts';
import { amountText, type Row, textOf, wholeOf } from '../row.ts';
import { DOCUMENT_UDF, OPPORTUNITY_STATUSES } from '../schema/sales.ts';
import { PRIORITIES, QUEUES, TICKET_STATUSES } from '../schema/tickets.ts';
import type { World } from '../world.ts';
import { actForm, frame, number, table } from './frame.ts';
import { choicesOf, companyName, day, labelOf } from './words.ts';

/** Tickets, newest first, with their status. */
export function ticketsPage(world: World, problem: string | undefined): Markup {
  const tickets = world.tables.all('Tickets').toReversed();
  const body = html`<h1>Tickets</h1>
    ${table({
      label: 'Tickets',
      none: 'No ticket yet.',
      heads: ['Number', 'Title', 'Company', 'Queue', 'Priority', 'Status'],
      rows: tickets.map((ticket) => [
        textOf(ticket, 'ticketNumber'),
        textOf(ticket, 'title'),
        companyName(world, ticket),
        labelOf(QUEUES, wholeOf(ticket, 'queueID')),
        labelOf(PRIORITIES, wholeOf(ticket, 'priority')),
        labelOf(TICKET_STATUSES, wholeOf(ticket, 'status')),
      ]),
    })}
    ${tickets.map(
      (ticket) => html`<details class="card"><summary>${textOf(ticket, 'ticketNumber')}</summary>
        <p class="text">${textOf(ticket, 'description')}</p>
        ${actForm({
          action: 'change',
          fields: { entity: 'Tickets', id: String(ticket.id) },
          back: '/tickets',
          words: 'Save ticket',
          inputs: [statusOf(ticket, TICKET_STATUSES)],
        })}
      </details>`,
    )}`;
  return frame({ world, section: 'tickets', title: 'Tickets', body, problem });
}

/** Opportunities with the address of the document that was sent. */
export function opportunitiesPage(world: World, problem: string | undefined): Markup {
  const opportunities = world.tables.all('Opportunities');
  const body = html`<h1>Opportunities</h1>
    ${table({
      label: 'Opportunities',
      none: 'No opportunity yet.',
      heads: ['Title', 'Company', number('Amount'), 'Close', 'Status', DOCUMENT_UDF],
      rows: opportunities.map((one) => [
        textOf(one, 'title'),
        companyName(world, one),
        amountText(one, 'amount'),
        day(one, 'projectedCloseDate'),
        labelOf(OPPORTUNITY_STATUSES, wholeOf(one, 'status')),
        one.udfs[DOCUMENT_UDF] ?? '',
      ]),
    })}
    ${opportunities.map(
      (one) => html`<details class="card"><summary>Edit ${textOf(one, 'title')}</summary>
        ${actForm({
          action: 'change',
          fields: { entity: 'Opportunities', id: String(one.id) },
          back: '/opportunities',
          words: 'Save opportunity',
          inputs: [
            statusOf(one, OPPORTUNITY_STATUSES),
            {
              name: `udf:${DOCUMENT_UDF}`,
              words: DOCUMENT_UDF,
              value: one.udfs[DOCUMENT_UDF] ?? '',
              isWide: true,
            },
          ],
        })}
      </details>`,
    )}`;
  return frame({ world, section: 'opportunities', title: 'Opportunities', body, problem });
}

const statusOf = (row: Row, list: Parameters<typeof choicesOf>[0]) => ({
  name: 'status',
  words: 'Status',
  value: String(wholeOf(row, 'status') ?? ''),
  choices: choicesOf(list),
});
