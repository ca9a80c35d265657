/** Before a setting or mapping is saved: what it would have done. */
export const whatIfTexts = {
  title: 'This changes what is billed',
  lead: 'The last three months, planned again with it as if nothing of them were billed. What is billed already stays as it is.',
  month: {
    one: '{month}: otherwise for {count} customer.',
    other: '{month}: otherwise for {count} customers.',
  },
  ready: {
    one: 'Ready to bill now: otherwise for {count} customer.',
    other: 'Ready to bill now: otherwise for {count} customers.',
  },
  row: '{customer}: {before}, then {after}{what}',
  papers: { one: '{count} {document} of {amount}', other: '{count} {document}s, {amount}' },
  credits: { one: '{count} credit note of {amount}', other: '{count} credit notes, {amount}' },
  nothing: 'nothing',
  what: ' ({fields})',
  more: 'Over these months customers would have owed {amount} more.',
  less: 'Over these months customers would have owed {amount} less.',
  rest: { one: 'and {count} more customer', other: 'and {count} more customers' },
  fields: {
    amount: 'other amounts',
    price: 'other prices',
    text: 'other words',
    item: 'another {item}',
    account: 'another account',
    tax: 'another tax',
    tracking: 'other tracking',
    document: 'on other {document}s',
    billed: 'lines come or go',
    asks: 'asks you, or no longer does',
  },
  yes: 'Save it',
} as const;
