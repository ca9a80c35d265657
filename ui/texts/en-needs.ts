/** Every question a task can ask: the sentence, and what its answers are called. */
export const needTexts = {
  'map-customer': { ask: 'Choose the {company} of this customer.', go: 'Choose' },
  'map-product': { ask: 'Choose the {item} for {subject}.', go: 'Choose' },
  'item-recurring': {
    ask: '{system} can bill what you chose for {subject} once only. A fee that recurs needs {anItem}.',
    go: 'Choose another',
  },
  'bill-from': {
    ask: 'From which day on should orders be billed here? Until you say so, nothing is written.',
    set: 'Choose the date',
  },
  straddle: {
    ask: 'The order’s date and its service period lie on different sides of your bill-from date. Who bills it? Your answer holds for this customer.',
    bill: 'Bill it here',
    billed: 'I have billed it already',
  },
  opening: {
    ask: 'This subscription was active on your bill-from date. Say once how it begins here.',
    go: 'To the opening questions',
  },
  'subscription-of-charge': {
    ask: 'Several subscriptions fit the charge “{subject}”. Which one is it?',
  },
  'unknown-order': {
    ask: 'The marketplace calls this order a type that is not known here. Is it to be billed as it stands?',
    accept: 'Bill it as it stands',
    ignore: 'Ignore the order',
  },
  'unknown-charge': {
    ask: 'The charge “{subject}” is of a kind that is not known here. Is it to be billed as it stands?',
    accept: 'Bill it as it stands',
    exclude: 'Do not bill it',
  },
  'total-differs': {
    ask: 'The charges do not add up to the order’s total. Usually the marketplace should correct the order first.',
    accept: 'Bill the charges as they are',
    ignore: 'Ignore the order',
  },
  'currency-differs': {
    ask: 'The {document} and the order have different currencies. Choose another {document} in the next step, or a new one.',
    accept: 'Use a new {document}',
  },
  'below-cost': {
    ask: 'The price of {subject} is at or below what you pay yourself.',
    accept: 'Bill at this price',
    edit: 'Change the price',
  },
  'below-margin': {
    ask: 'What {subject} leaves over its cost is less than your floor, or its cost is not known.',
    accept: 'Bill at this price',
    edit: 'Change the price',
  },
  'no-rate': {
    ask: 'The order is in another currency than this customer’s {document}s, and there is no rate for that day. Nothing else is taken instead.',
    settings: 'Enter a rate in the settings',
    accept: 'Write {aDocument} in the order’s currency',
  },
  'month-off': {
    ask: 'This month of the customer is further off the last one than you allow, so nothing of it is written. Is it right?',
    accept: 'It is right, bill it',
    edit: 'Look at the lines',
  },
  'price-changed': {
    ask: 'One of {subject} costs something else than when it was billed last. Your answer holds for all lines of it that change likewise, now and later.',
    passOn: 'Pass it on',
    keepUntil: 'Keep the old price until a date',
    hold: 'Hold these lines',
  },
  'company-archived': {
    ask: 'The {company} is archived in {system}. Bring it back there, or choose another one.',
    map: 'Choose another {company}',
    again: 'It is back, check again',
  },
  'company-currency': {
    ask: 'In {system} this {company} is kept in {kept}, and the order is in {currency}. Choose {aCompany} of that currency, or change it there.',
    map: 'Choose another {company}',
    again: 'It is changed, check again',
  },
  'cycle-differs': {
    ask: '{subject} is paid every {months} months, and the {document} that you chose is billed every {billed}. Choose another one in the next step, or a new one.',
    again: 'It is changed, check again',
  },
  'no-cycle': {
    ask: '{subject} is paid every {months} months, and no {document} of {system} can be billed so. Bill it by hand, and leave it out here.',
    exclude: 'Do not bill it here',
  },
  'company-scheduled': {
    ask: '{system} already bills this {company} by itself, on a schedule. Is that something else than these orders?',
    schedule: 'It is something else',
    exclude: 'Do not bill here',
  },
  'period-locked': {
    ask: 'The books are closed for this date in {system}.',
    accept: 'Use the next open day',
    ignore: 'Ignore the order',
  },
  'products-not-exported': {
    ask: 'Products are not exported, and {system} opens no line without one. Link the subscription to a line that is there, or switch products on in the settings.',
    settings: 'Open settings',
    exclude: 'Do not bill here',
  },
  'proration-differs': {
    ask: 'Your settings say who works out parts of a period, the marketplace or {system}, and this {document} says otherwise: they would be billed twice or not at all. Change the setting, or “Prorate” of the {document} in {system}.',
    settings: 'Open settings',
    again: 'They agree now, check again',
  },
  'earlier-waits': {
    ask: 'Order {earlier} of the same subscription came first and is not billed yet. Answer it, or ignore it; this one follows by itself.',
    again: 'Check again',
  },
  'line-changed': {
    ask: 'Somebody changed the line of {subject} on its {document} in {system}. Say first what that means, under “Changed in {system}”; this order follows by itself.',
    again: 'Check again',
  },
  'period-invoiced': {
    ask: 'The {document} is invoiced for this period already and does not prorate, so {system} would refuse the change of {subject}. Turn on “Prorate” there, or let it count from the next period; the difference until then is not billed.',
    accept: 'From the next period',
    again: 'It prorates now, check again',
    ignore: 'Ignore the order',
  },
  'before-billing-start': {
    ask: 'The {document} is billed only from a later day, so {system} would refuse {subject}. Move its billing start there, or begin on that day; the time before it is not billed.',
    accept: 'From the billing start',
    again: 'It begins earlier now, check again',
    ignore: 'Ignore the order',
  },
  'line-removed': {
    ask: 'Somebody took the line of {subject} off {from} in {system}. The order would put it there again.',
    accept: 'Bill it again from here on',
    exclude: 'Do not bill it any more',
  },
  'document-closed': {
    ask: 'The chosen {document} can no longer change.',
    accept: 'Use a new {document}',
  },
  'no-share': {
    ask: 'The marketplace does not tell which share of the period {subject} is for, so the price of {system} cannot be used.',
    marketplace: 'Use the marketplace’s price',
    edit: 'Enter a price',
  },
  'no-price': {
    ask: '{system} has no price for {subject} in this currency.',
    marketplace: 'Use the marketplace’s price',
    edit: 'Enter a price',
  },
  'no-account': {
    ask: 'Lines have no {account}: neither their product, nor the {item}, nor your settings say one.',
    settings: 'Choose a default account',
    edit: 'Choose for a single line',
  },
  'revision-changed': {
    ask: 'The marketplace changed {subject} after it was billed. Correcting takes the old line back and writes the new one.',
    correct: 'Correct it in {system}',
    keep: 'Leave it as it is billed',
  },
  undone: {
    ask: 'A person undid this. It is held until somebody bills it again.',
    release: 'Bill it again',
    ignore: 'Ignore the order',
  },
  'edit-outdated': {
    ask: 'You edited {subject}, and then the marketplace changed its amount. Does your edit still hold?',
    accept: 'Keep my edit',
    edit: 'Edit again',
  },
  'duplicate-marks': {
    ask: 'The same line stands twice in {system}. Delete one of them there, then check again.',
    again: 'Check again',
  },
  'write-rejected': {
    ask: '{system} refused this. Mend the cause, then go on and write it again.',
    edit: 'Look at the lines',
    ignore: 'Ignore the order',
  },
  'outcome-unclear': {
    ask: 'It is unclear whether {system} took {subject}. Please look there first: writing it again could bill it twice.',
    accept: 'I looked: it is not there',
    again: 'Check again',
  },
  'currency-disabled': {
    ask: 'This currency is switched off in {system}. Switch it on there, then check again.',
    again: 'Check again',
  },
  'not-plannable': {
    ask: 'A fault of ours: this order could not be worked out, so nothing of it was billed. It is tried again once a day and after every update. Until then bill it by hand and ignore it here, or tell support the words below.',
    again: 'Try again',
    ignore: 'Ignore the order',
  },
  'shared-item': {
    ask: 'Another product already uses this {item}, and your settings do not allow sharing.',
    map: 'Choose another {item}',
    settings: 'Allow it in the settings',
  },
  'missing-charge': {
    ask: 'The marketplace has charged nothing for {subject} in this period. Billed from the subscription, an order that comes later takes the line over, and only a difference asks.',
    accept: 'Bill it from the subscription',
    wait: 'Wait until a date',
    ignore: 'Not billed on purpose',
  },
  'customer-closed': {
    ask: 'The marketplace closed {subject}. Last charges, credits and usage may still come; they are billed like any other once you say so.',
    accept: 'Bill what still comes',
    ignore: 'Not billed on purpose',
  },
  'late-charge': {
    ask: '{subject} came later than last charges are expected after a subscription’s end.',
    accept: 'Bill it',
    ignore: 'Not billed on purpose',
  },
  'who-bills': {
    ask: 'No connection bills this customer yet.',
    bills: 'Bill it from here',
  },
} as const;
