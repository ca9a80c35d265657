/** The settings: each field's name, its sentence of help, and what its values are called. */
export const settingsTexts = {
  title: 'Settings',
  firstTitle: 'Five settings to begin with',
  first:
    'All but the account has a sensible value already. You can change all of it later behind the gear.',
  basics: 'Basics',
  more: 'More settings',
  groups: {
    lines: 'Lines',
    documents: 'Documents',
    exports: 'What to export',
    special: 'Special cases',
  },
  exports: {
    on: 'On',
    off: 'Off',
    noUsers: '{name} does not tell users; this export is off.',
    usualType: 'The usual one',
  },
  save: 'Save settings',
  saved: 'The settings are saved.',
  turnOn: {
    title: 'Switch automatic on?',
    row: {
      one: '{customer}: {amount}, {count} line',
      other: '{customer}: {amount}, {count} lines',
    },
    more: 'and {count} more',
    settings:
      'That is what it would write now with the settings as saved, for the customers that are switched on.',
    yes: 'Switch on',
  },
  savedNext: 'They act on orders that are not billed yet.',
  mail: 'By mail too: to whom, and when',
  people: 'People: who may approve and switch automatic on',
  twoPeopleCurrency: 'Its currency, such as EUR',
  billFrom: 'Next: the date to bill from',
  needsAdmin: 'Only an admin can change settings. You can read them here.',
  none: 'Not chosen',
  asItem: 'As the product or account says',
  yes: 'Yes',
  no: 'No',
  time: 'Time of day',
  days: 'Days',
  rate: {
    one: 'One',
    is: 'is so many',
    to: 'of',
    since: 'from',
    add: 'Add a rate',
    remove: 'Remove the rate of {since}',
  },
  percentOfPrice: 'Percent of the price',
  dayOfMonth: 'Day of the month',
  tracking: 'Tracking: {name}',
  runs: 'Lines become invoices only when somebody runs invoicing in {system}.',
  /** What is not offered where lines stay open, each with its reason. */
  notOffered: 'Not offered in {system}',
  impossible: {
    'contract-runs':
      'No {document} is a draft or approved: it runs, and its lines become invoices when somebody runs invoicing in {system}.',
    'seats-by-step':
      'Each change of seats is a step of its open line, on its day: changes that come to nothing can be left out, but not put together in one line.',
    'yearly-by-system':
      'A yearly subscription stands on {aDocument} that {system} invoices once a year. Monthly parts would be invoiced beside it.',
    'one-currency':
      'An open line has one price in the currency of its {document}, for as long as it stands. An order in another currency gets its own {document}, or asks where {system} keeps the {company} in one currency.',
    'invoiced-by-system':
      'No invoice is written: {system} makes them, when somebody runs invoicing there.',
    'no-credit-notes': 'What is given back is a line of its own on the {document}.',
    'existing-needs-open':
      'An approved {document} cannot take further lines. Choose “Draft” or “Awaiting approval”, or a new {document} for each order.',
    'closing-day-needs-monthly': 'There is a closing day only with one {document} a month.',
    'tax-type-without-tax':
      'With line amounts of “No tax” there is no default tax. Choose “As the product or account says”, or other line amounts.',
    'tracking-category-twice': 'Each tracking category can be chosen once.',
    'bill-from-first':
      'First choose the date to bill from, on the Dashboard. Without it nothing is written automatically.',
  },
  warnings: {
    'no-account':
      'Please choose one. Until then this warning stays, and lines without their own {account} ask.',
    other: 'Please check this setting.',
  },
  fields: {
    priceFrom: {
      label: 'Price from',
      help: 'Where the price of a line comes from. With {system}: its price × quantity × the marketplace’s share of the period; where one is missing, it asks.',
      values: { marketplace: 'Marketplace', system: '{system}' },
    },
    automatic: {
      label: 'Write automatically',
      help: 'Acts only for customers whose own switch is on. Reading always runs, every five minutes.',
      values: {
        off: 'Off',
        daily: 'Once a day, at a time',
        'every-5-minutes': 'Every 5 minutes',
      },
    },
    notifications: {
      label: 'Notifications',
      help: 'What pops up and what the Action log shows first. The log always holds everything.',
      values: { 'errors-and-action': 'Errors and my action', all: 'All tasks' },
    },
    invoice: {
      label: 'Which {document} a line goes to',
      help: 'The latest by this app in the customer’s currency that can still change, or a new one each.',
      values: {
        'per-order': 'A new {document} for each order',
        existing: 'The customer’s open {document}',
        monthly: 'One per customer, currency and month',
      },
    },
    closingDay: {
      label: 'Closing day',
      help: 'On this day of the month the collected draft is posted. Later charges open the next one.',
    },
    exportProducts: {
      label: 'Export products',
      help: 'Off: lines keep the {item} they have, and no new line is opened without your answer.',
    },
    exportQuantity: {
      label: 'Export quantities',
      help: 'Off: a change leaves the quantity as it is in {system}; a new line gets its default.',
    },
    exportPrice: {
      label: 'Export prices',
      help: 'Off: a change leaves the price as it is in {system}; a new line gets the {item}’s own.',
    },
    exportCost: {
      label: 'Export your costs',
      help: 'Off, or unknown: a change leaves the cost as it is in {system}; a new line gets the {item}’s own.',
    },
    exportUsers: {
      label: 'Export lists of users',
      help: 'On: once a day each {document} gets a private file with the names and e-mail addresses of its customer’s users, in place of the one before. Off: the files of this app are taken away again. These are personal data: nothing of them is kept here.',
    },
    documentTypeId: {
      label: 'Type of new {document}s',
      help: 'For {document}s that this app opens.',
    },
    quoteField: {
      label: 'Field with the quote’s address',
      help: 'The name of the user-defined field of opportunities in {system}, such as Document URL. Only https addresses are linked. Empty: none are.',
    },
    missingAfterDays: {
      label: 'Days until a missing charge asks',
      help: 'When a subscription’s period began and no order came for it. It is never billed unasked.',
    },
    otherCurrency: {
      label: 'When an order is in another currency',
      help: 'Than the {company} has in {system}, or than your base currency. The rate stands beside each line; where one is missing, it asks.',
      values: {
        separate: 'Its own {document} in that currency',
        'system-price': 'The price of {system}',
        'order-rate': 'Convert at the order’s rate',
        'my-rate': 'Convert at my rate',
      },
    },
    rates: {
      label: 'My rates',
      help: 'The newest one on the day of the order counts. A rate the other way round is another rate.',
    },
    priceChanges: {
      label: 'When a price is not the one billed last',
      help: 'All lines of the product wait for one answer: pass it on, keep the old price until a date, or hold.',
      values: { ask: 'Ask me', 'pass-on': 'Pass it on' },
    },
    monthOffPercent: {
      label: 'Percent a customer’s month may be off the last one',
      help: 'Beyond it nothing is written for the customer until you say it is right. Yearly and own charges do not count. Empty: never ask.',
    },
    marginFloor: {
      label: 'When too little is left over cost',
      help: 'For all lines; other floors for a product, a customer or a vendor are under Mappings > Prices. An unknown cost is never taken as fine.',
      values: { off: 'Nothing', warn: 'Warn in the preview', hold: 'Hold the line and ask me' },
    },
    leaveDays: {
      label: 'Days after the end that charges are expected',
      help: 'Credits and usage of a subscription that ended go to the last open or a new {document} for so long. What comes later asks.',
    },
    twoPeopleAbove: {
      label: 'Two people above',
      help: 'Above this amount one person prepares a run and another confirms it; automatic waits too. Any amount in another currency needs two. It looks at each run by itself: several smaller runs are not added up, and the Action log says who wrote them. Empty: never.',
    },
    whenClosed: {
      label: 'When the {document} can no longer change',
      help: 'Somebody approved, paid or locked it in {system} meanwhile.',
      values: { new: 'Open a new {document}', hold: 'Hold and ask me' },
    },
    refunds: {
      label: 'Refunds',
      help: 'Whether money back stands beside the other lines of its order or on a credit note of its own.',
      values: { with: 'With their order’s lines', 'credit-note': 'On their own credit note' },
    },
    accountCode: {
      label: 'Default {account}',
      help: 'For lines whose {item} has no {account} of its own, and for {item}s that you create from here.',
    },
    accountCodeRecurring: {
      label: 'Default {account} for recurring charges',
      help: 'Overrides the default for subscriptions’ regular charges.',
    },
    accountCodeOneOff: {
      label: 'Default {account} for one-off charges',
      help: 'Overrides the default for setup, fees and usage.',
    },
    descriptionFrom: {
      label: 'Description from',
      help: 'Whose words the line begins with.',
      values: { marketplace: 'Marketplace', system: '{system}' },
    },
    trimDescription: {
      label: 'Only the product’s name',
      help: 'Leaves out everything else of the description. The short line mark stays.',
      values: { no: 'No', yes: 'Yes' },
    },
    sharedItems: {
      label: 'Several products to one {item}',
      help: 'Whether two products of the marketplace may share one {item}.',
      values: { allowed: 'Allowed', refused: 'Not allowed' },
    },
    numberBy: {
      label: 'Number by',
      help: 'Who gives a new {document} its number.',
      values: { system: '{system}', marketplace: 'Marketplace' },
    },
    seatsDown: {
      label: 'When seats go down',
      help: 'Whether the customer gets the refund the marketplace gives you.',
      values: {
        credit: 'Credit the customer',
        'quantity-only': 'Change the quantity only, I keep it',
      },
    },
    proration: {
      label: 'Parts of a period',
      help: 'Who works out what a change in the middle of a period costs. With the marketplace, its own amount is a charge, and the {document} changes from the next period on. With {system}, the {document} changes on that day, and no charge is added beside it.',
      values: { marketplace: 'The marketplace', system: '{system}' },
    },
    seatChanges: {
      label: 'When seats go up and down',
      help: 'Within one billing period. Changes that come to nothing together, such as five seats added and taken off on one day, can be left out; the others are lines that add up on the {document}, or one line at a blended price that says its parts. Where no price of four places gives the sum to the cent, or a change asks, is converted or edited, they stay two lines.',
      values: {
        lines: 'A line for each change',
        net: 'Leave out what comes to nothing',
        blend: 'One blended line',
      },
    },
    taxType: {
      label: 'Default tax',
      help: 'Used where neither {company}, {item} nor account says one.',
    },
    taxBasis: {
      label: 'Line amounts',
      help: 'Whether amounts on a line are without or with tax.',
      values: {
        organisation: 'As the organisation does',
        exclusive: 'Without tax',
        inclusive: 'With tax',
        none: 'No tax',
      },
    },
    postAs: {
      label: 'Post as',
      help: 'The state in which {aDocument} arrives. A draft can be undone from here.',
      values: {
        draft: 'Draft',
        submitted: 'Awaiting approval',
        approved: 'Approved',
        sent: 'Approved and e-mailed by {system}',
      },
    },
    documentDate: {
      label: 'Date of the {document}',
      help: 'In a closed period the next open day is taken, and the preview says so.',
      values: {
        'first-order': 'Date of its first order',
        written: 'Day it is written',
        'period-start': 'Start of the period',
        'closing-day': 'Closing day',
      },
    },
    dueDate: {
      label: 'Due date',
      help: 'When the customer has to pay.',
      values: {
        'company-terms': 'By the {company}’s terms',
        'days-after': 'Days after its date',
        'day-of-next-month': 'A day of the next month',
      },
    },
    referenceTemplate: {
      label: 'Reference',
      help: 'May contain {order} {customer} {purchaseOrder} {month}. The document’s mark is added.',
    },
    lineTemplate: {
      label: 'Text of a line',
      help: 'May contain {product} {text} {quantity} {from} {to} {purchaseOrder} {order}. The line’s mark is added.',
    },
    yearly: {
      label: 'Yearly charges',
      help: 'Its own {document} with the whole order, or monthly parts: each the twelfth, rounded, the last one the rest; what is open is billed when the customer leaves.',
      values: {
        own: 'Own {document}',
        join: 'Join the others',
        parts: 'In monthly parts on the usual {document}',
      },
    },
    zeroLines: {
      label: 'Lines of zero',
      help: 'Free months and the like. They count as billed either way.',
      values: { 'leave-out': 'Leave out', write: 'Write' },
    },
    themeId: {
      label: 'Branding theme',
      help: 'The look {system} gives the {document}.',
    },
  },
} as const;
