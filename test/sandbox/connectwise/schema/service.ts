import { noteRules, ticketRules } from '../rules/ticket.ts';
import { entity } from './entity.ts';
import { setup } from './rights.ts';

const tickets = { name: 'Service Desk > Service Tickets' } as const;

export const TICKETS = entity({
  name: 'Ticket',
  path: 'service/tickets',
  can: 'CRUD',
  right: tickets,
  computed: ['closedDate', 'closedBy', 'closedFlag', 'recordType'],
  writeOnly: ['initialDescription', 'initialInternalAnalysis', 'initialResolution', 'skipCallback'],
  rules: ticketRules,
});

export const TICKET_NOTES = entity({
  name: 'ServiceNote',
  resource: 'serviceNote',
  path: 'service/tickets/{parent}/notes',
  can: 'CR',
  parent: { record: 'Ticket', field: 'ticketId' },
  right: tickets,
  computed: ['ticketId', 'dateCreated', 'createdBy'],
  required: ['text'],
  rules: noteRules,
});

export const BOARDS = entity({
  name: 'Board',
  path: 'service/boards',
  can: 'R',
  right: setup('Service / Service Board'),
});

const below = { record: 'Board', field: 'board' };

export const BOARD_TYPES = entity({
  name: 'BoardType',
  path: 'service/boards/{parent}/types',
  can: 'R',
  parent: below,
  right: setup('Service / Service Board'),
});

export const BOARD_SUBTYPES = entity({
  name: 'BoardSubType',
  path: 'service/boards/{parent}/subtypes',
  can: 'R',
  parent: below,
  right: setup('Service / Service Board'),
});

export const BOARD_STATUSES = entity({
  name: 'BoardStatus',
  path: 'service/boards/{parent}/statuses',
  can: 'R',
  parent: below,
  right: setup('Service / Service Board'),
});

export const PRIORITIES = entity({
  name: 'Priority',
  path: 'service/priorities',
  can: 'R',
  right: setup('Service / Priority'),
});
