/** Texts of the dashboard's card about what costs nothing today. */
export const watchTexts = {
  title: 'Worth knowing',
  look: 'Money found: what is billed by hand',
  lookOpen: 'Money found: the lines kept open by hand on {document}s',
  shadow: 'By hand and automatic: compare a month, then switch over',
  leaving: 'Leaving customers, and what is still to come',
  openings: { one: '{count} opening question', other: '{count} opening questions' },
  unmappedCustomers: {
    one: '{count} customer not mapped',
    other: '{count} customers not mapped',
  },
  unmappedProducts: { one: '{count} product not mapped', other: '{count} products not mapped' },
  manual: {
    one: '{count} customer is not billed automatically',
    other: '{count} customers are not billed automatically',
  },
  kept: {
    one: '{count} record could not be read and was kept',
    other: '{count} records could not be read and were kept',
  },
  warnings: {
    'no-account': 'No default {account} is chosen. Lines without their own {account} ask.',
    'month-to-post': 'Closed months to post in {system}: {count}.',
    'queue-full': 'Too many open tasks: no new orders are taken in until some are done.',
    'company-scheduled':
      '{system} itself bills {customer} {amount} every {every}. Automatic stays off for it until you say, under Mappings, that this is something else.',
    drift:
      'Changed by a person in {system}: {count}, first {document}. It is never put back unasked.',
    other: 'A warning: {code}',
  },
} as const;
