const reasons = {
  'never-billed': 'No {document} of the last three months has it.',
  stopped: 'Billed last on {since}, not since.',
  ended: 'It ended on {since}, and the line goes on.',
  'no-subscription': '{customer} has no such subscription, and the line comes every month.',
  'more-here': '{here} here, {there} there: the difference is not paid.',
  'fewer-here': '{here} here, {there} there: the customer pays for more than there is.',
  'dearer-here': 'The same quantity, for more here than there.',
  'cheaper-here': 'The same quantity, for less here than there.',
  'at-or-below-cost': 'It costs {cost} a month and brings {billed}.',
  'other-words': 'The same quantity and amount under another name.',
  'price-unknown': 'The same quantity; the marketplace tells no price.',
  'shared-line':
    'The same in sum, but several on one line, or one on several: here each has a line of its own. Open one for each there, then look again.',
  'other-cycle':
    'The same a month, but billed more or less often than its subscription, so that it cannot go on where it is. Started with the next order, it gets a line of its own: end this one then.',
  same: 'The same on both sides.',
} as const;

/** The page of the read-only look: what is billed by hand beside what the marketplace sells. */
export const lookTexts = {
  title: 'Money found',
  lead: 'What your customers have in the marketplace beside what was billed by hand in {system} in the last three months. Looking and answering write nothing.',
  openLead:
    'What your customers have in the marketplace beside the lines that somebody opened by hand on the {document}s in {system}. Looking and answering write nothing.',
  start: 'Look now',
  again: 'Look again',
  never: 'Nobody has looked yet',
  neverHelp:
    'Match customers and products first: what is not matched cannot be compared. Then look: it only reads.',
  reading: 'Reading invoices since {from}: {documents} so far.',
  openReading: 'Comparing with the open lines of {documents} {document}s.',
  details: 'Reading what each subscription holds: {read} of {total}.',
  leave: 'You can leave this page; it goes on.',
  soFar: 'Below is what is known so far.',
  progress: 'How far it is',
  done: 'Looked {time}: invoices since {from}, {documents} of them.',
  openDone: 'Looked {time}: the open lines of {documents} {document}s as they stand now.',
  missing: 'Not paid, a month',
  tooMuch: 'Paid too much, a month',
  aMonth: 'a month',
  nothing: 'Nothing',
  csv: 'Export as CSV',
  csvName: 'money-found.csv',
  exact: {
    one: '{count} subscription is the same on both sides.',
    other: '{count} subscriptions are the same on both sides.',
  },
  linkExact: 'Link all exact matches',
  linkedExact: {
    one: '{count} linked. Nothing was written.',
    other: '{count} linked. Nothing was written.',
  },
  notCompared: {
    unmatched: {
      one: '{count} subscription of a customer who is not matched yet',
      other: '{count} subscriptions of customers who are not matched yet',
    },
    unread: {
      one: '{count} subscription whose products are not read yet',
      other: '{count} subscriptions whose products are not read yet',
    },
    usage: {
      one: '{count} subscription billed by what is used',
      other: '{count} subscriptions billed by what is used',
    },
    ours: {
      one: '{count} subscription billed from here already',
      other: '{count} subscriptions billed from here already',
    },
    elsewhere: {
      one: '{count} subscription billed by another connection',
      other: '{count} subscriptions billed by another connection',
    },
  },
  notComparedTitle: 'Not compared',
  show: 'Show',
  shows: {
    all: 'All to be answered',
    unpaid: 'Nobody pays',
    cancelled: 'Paid though cancelled',
    quantity: 'Other quantity',
    price: 'Other price',
    'below-cost': 'Below cost',
    unsure: 'Perhaps the same',
    exact: 'The same',
    answered: 'Answered',
  },
  customer: 'Customer',
  currency: 'Currency',
  any: 'Any',
  none: 'Nothing to be answered',
  noneHelp: 'Nothing here differs, or all of it was answered.',
  what: 'What',
  here: 'In the marketplace',
  there: 'In {system}',
  monthly: 'A month',
  act: 'Answer',
  open: 'stays open',
  noLine: 'No line',
  noSubscription: 'No subscription',
  ended: 'Ended {date}',
  figures: '{quantity} × {price}',
  summed: { one: '{count} line', other: '{count} lines together' },
  summedHere: { one: '{count} subscription', other: '{count} subscriptions together' },
  cost: 'Costs you {amount} a month',
  belowCost: 'Billed below cost',
  more: 'not paid',
  less: 'paid too much',
  loss: 'lost',
  reasons,
  /** Of lines that stay open until somebody ends them. */
  openReasons: {
    ...reasons,
    'never-billed': 'No {document} has a line for it.',
    'no-subscription': '{customer} has no such subscription, and the line stays open.',
  },
  /** Why one that differs cannot be linked before somebody puts it right there. */
  noLink: {
    'shared-line':
      'It cannot be linked as it is: here each subscription has a line of its own. Open one for each there, then look again.',
    'other-cycle':
      'It cannot be linked as it is: it is billed more or less often than its subscription.',
  },
  answers: {
    link: 'It is this line',
    'next-order': 'Start with the next order',
    known: 'Leave it as it is',
    open: 'Take back',
  },
  given: {
    link: 'Linked',
    'next-order': 'Starts with the next order',
    'newest-order': 'Its newest order is billed',
    known: 'Left as it is',
  },
  said: {
    link: 'Linked. From its next order on it is billed as the marketplace says.',
    'next-order': 'It is billed from its next order on.',
    known: 'Left as it is. It comes back when its figures change.',
    open: 'Taken back: it is to be answered again.',
    besideOpenLine:
      'It is billed from its next order on, on a line of its own. End the one that is there now, or both are billed.',
  },
} as const;
