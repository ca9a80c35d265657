import { noteRules, ticketRules } from '../rules/ticket.ts';
import { entity } from './entity.ts';

export const NEW_TICKET = 1;
export const TICKET_STATUSES = [
  { value: NEW_TICKET, label: 'New', isDefault: true },
  { value: 5, label: 'Complete' },
  { value: 8, label: 'In Progress' },
] as const;
export const PRIORITIES = [
  { value: 4, label: 'Critical' },
  { value: 1, label: 'High' },
  { value: 2, label: 'Medium', isDefault: true },
  { value: 3, label: 'Low' },
] as const;
export const QUEUES = [
  { value: 29_683_481, label: 'Billing' },
  { value: 29_683_482, label: 'Service desk' },
  { value: 29_683_483, label: 'Old queue', isActive: false },
] as const;
export const ISSUE_TYPES = [
  { value: 10, label: 'Cloud services' },
  { value: 11, label: 'Accounts' },
] as const;

/** Tickets (help: Tickets): queues, issue types and priorities are picklists of the tenant. */
export const TICKETS = entity({
  name: 'Tickets',
  model: 'Ticket',
  can: 'CUQ',
  lengths: { title: 255, description: 8_000, externalID: 50, purchaseOrderNumber: 50 },
  readOnly: [
    'ticketNumber',
    'createDate',
    'creatorResourceID',
    'impersonatorCreatorResourceID',
    'creatorType',
    'lastActivityDate',
    'lastTrackedModificationDateTime',
    'completedDate',
    'completedByResourceID',
  ],
  references: {
    companyID: 'Company',
    contactID: 'Contact',
    contractID: 'Contract',
    assignedResourceID: 'Resource',
    opportunityID: 'Opportunity',
  },
  picklists: {
    status: TICKET_STATUSES,
    priority: PRIORITIES,
    queueID: QUEUES,
    issueType: ISSUE_TYPES,
    subIssueType: [
      { value: 101, label: 'Licences', parent: 10 },
      { value: 102, label: 'Renewal', parent: 10 },
      { value: 111, label: 'Invoice', parent: 11 },
    ],
    ticketType: [
      { value: 1, label: 'Service Request', isDefault: true },
      { value: 2, label: 'Incident' },
    ],
    source: [
      { value: -1, label: 'Other' },
      { value: 4, label: 'Email' },
    ],
  },
  picklistParents: { subIssueType: 'issueType' },
  udfs: ['Ledgerport task'],
  supportsWebhooks: true,
  rules: ticketRules,
});

export const TICKET_NOTES = entity({
  name: 'TicketNotes',
  model: 'TicketNote',
  can: 'CUQ',
  parent: { entity: 'Tickets', path: 'Notes', field: 'ticketID' },
  required: ['title', 'description', 'noteType', 'publish'],
  lengths: { title: 250, description: 32_000 },
  readOnly: [
    'createDateTime',
    'creatorResourceID',
    'impersonatorCreatorResourceID',
    'impersonatorUpdaterResourceID',
    'lastActivityDate',
  ],
  fixed: ['ticketID'],
  references: { ticketID: 'Ticket' },
  picklists: {
    noteType: [
      { value: 1, label: 'Task Detail' },
      { value: 3, label: 'Task Notes' },
    ],
    publish: [
      { value: 1, label: 'All Autotask Users' },
      { value: 2, label: 'Internal only' },
    ],
  },
  supportsWebhooks: true,
  rules: noteRules,
});
