import { html } from 'hono/html';
import type { Markup } from '../../people/layout.ts';
import { actForm, table } from '../../people/parts.ts';
import { type Row, textOf, wholeOf } from '../row.ts';
import { OPPORTUNITY_FIELDS } from '../schema/custom.ts';
import type { World } from '../world.ts';
import { frame } from './frame.ts';
import { companyName, day, idText, nameOf, rowChoices } from './words.ts';

/** Tickets, newest first, each with its notes and its status. */
export function ticketsPage(world: World, problem: string | undefined): Markup {
  const tickets = world.tables.all('Ticket').toReversed();
  const body = html`<h1>Service board</h1>
    ${table({
      label: 'Tickets',
      none: 'No ticket yet.',
      heads: ['Ticket', 'Summary', 'Company', 'Board', 'Type', 'Priority', 'Status'],
      rows: tickets.map((ticket) => [
        String(ticket.id),
        textOf(ticket, 'summary'),
        companyName(world, ticket),
        nameOf(world, ticket, { field: 'board', record: 'Board' }),
        nameOf(world, ticket, { field: 'type', record: 'BoardType' }),
        nameOf(world, ticket, { field: 'priority', record: 'Priority' }),
        nameOf(world, ticket, { field: 'status', record: 'BoardStatus' }),
      ]),
    })}
    ${tickets.map((ticket) => ticketPart(world, ticket))}`;
  return frame({ world, section: 'tickets', title: 'Service board', body, problem });
}

function ticketPart(world: World, ticket: Row): Markup {
  const notes = world.tables
    .all('ServiceNote')
    .filter(({ values }) => values.ticketId === ticket.id);
  const statuses = world.tables
    .all('BoardStatus')
    .filter((status) => wholeOf(status, 'board') === wholeOf(ticket, 'board'));
  return html`<details class="card"><summary>Ticket ${ticket.id}</summary>
    ${notes.map((note) => html`<p class="text">${textOf(note, 'text')}</p>`)}
    ${actForm({
      action: 'change',
      fields: { record: 'Ticket', id: String(ticket.id) },
      back: '/tickets',
      words: 'Save ticket',
      inputs: [
        {
          name: 'status',
          words: 'Status',
          value: idText(ticket, 'status'),
          choices: rowChoices(statuses),
        },
      ],
    })}
  </details>`;
}

/** Opportunities with the address of the document that was sent. */
export function opportunitiesPage(world: World, problem: string | undefined): Markup {
  const opportunities = world.tables.all('Opportunity');
  const body = html`<h1>Opportunities</h1>
    ${table({
      label: 'Opportunities',
      none: 'No opportunity yet.',
      heads: [
        'Name',
        'Company',
        'Close',
        'Status',
        ...OPPORTUNITY_FIELDS.map(({ caption }) => caption),
      ],
      rows: opportunities.map((one) => [
        textOf(one, 'name'),
        companyName(world, one),
        day(one, 'expectedCloseDate'),
        nameOf(world, one, { field: 'status', record: 'OpportunityStatus' }),
        ...OPPORTUNITY_FIELDS.map(({ id }) => String(one.custom[id] ?? '')),
      ]),
    })}
    ${opportunities.map(
      (one) => html`<details class="card"><summary>Edit ${textOf(one, 'name')}</summary>
        ${actForm({
          action: 'change',
          fields: { record: 'Opportunity', id: String(one.id) },
          back: '/opportunities',
          words: 'Save opportunity',
          inputs: [
            {
              name: 'status',
              words: 'Status',
              value: idText(one, 'status'),
              choices: rowChoices(world.tables.all('OpportunityStatus')),
            },
            ...OPPORTUNITY_FIELDS.map(({ id, caption }) => ({
              name: `custom:${caption}`,
              words: caption,
              value: String(one.custom[id] ?? ''),
              isWide: true,
            })),
          ],
        })}
      </details>`,
    )}`;
  return frame({ world, section: 'opportunities', title: 'Opportunities', body, problem });
}
