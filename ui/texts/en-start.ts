/** The checklist until the first sync. */
export const startTexts = {
  title: 'Set up {system}',
  lead: 'Eight steps from here to the first correct {document}. Reading starts at once; writing only when you say so.',
  done: '{done} of {total} done',
  isDone: 'Done',
  open: 'Open',
  go: {
    marketplace: 'Give access',
    connect: 'Connect',
    settings: 'Answer',
    customers: 'Map',
    products: 'Map',
    'bill-from': 'Choose',
    preview: 'Preview',
    sync: 'Choose one',
  },
  steps: {
    marketplace: [
      'Give access to {marketplace}',
      'So that orders, customers and products can be read.',
    ],
    connect: ['Connect {system}', 'You see beforehand what will happen on both sides.'],
    settings: [
      'Answer five settings',
      'Price, automatic writing, notifications, invoice, account.',
    ],
    customers: ['Map customers', 'Say which {company} each customer is.'],
    products: ['Map products', 'Say which {item} each product and fee is.'],
    'bill-from': ['Choose the date to bill from', 'Everything before it counts as billed by you.'],
    preview: ['Preview a month', 'See every line and total before anything is written.'],
    sync: ['Sync one order', 'Write the first {document}, look at it, undo it if you like.'],
  },
} as const;
